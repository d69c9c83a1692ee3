/* What differs between the scenarios of a result file: variables of one dimension that have the scale `scenario`. */
#include <stdlib.h>
#include <string.h>

#include "output/result_parts.h"

/* 0: numbers, 1: texts, -1: no coordinate on scenario. */
static int kind_of(const struct output_result *r, hid_t set)
{
    char scale[RESULT_SCALE];
    hsize_t size[H5S_MAX_RANK];
    hid_t space = H5Dget_space(set), type = H5Dget_type(set);
    int kind = -1;
    if (space < 0 || type < 0 || H5Sget_simple_extent_ndims(space) != 1) goto out;
    if (H5Sget_simple_extent_dims(space, size, NULL) != 1 || size[0] != r->table.scenarios) goto out;
    output_result_scale(set, 0, scale);
    if (strcmp(scale, "scenario") != 0) goto out;
    if (H5Tis_variable_str(type) > 0) kind = 1;
    else if (H5Tget_class(type) == H5T_FLOAT) kind = 0;
out:
    if (type >= 0) H5Tclose(type);
    if (space >= 0) H5Sclose(space);
    return kind;
}

herr_t output_result_take_varied(struct output_result *r, hid_t set, const char *name)
{
    struct output_coordinate one = {.text = kind_of(r, set)};
    if (one.text < 0) return 0;
    struct output_coordinate *more = realloc(r->varied, (r->varied_count + 1) * sizeof *more);
    if (!more) return -1;
    r->varied = more;
    one.name = strdup(name);
    if (!one.name) return -1;
    if (!one.text) output_result_attribute(set, "units", one.unit, sizeof one.unit);
    r->varied[r->varied_count++] = one;
    return 0;
}

void output_result_free_varied(struct output_result *r)
{
    for (size_t k = 0; k < r->varied_count; k++) free(r->varied[k].name);
    free(r->varied);
}

size_t output_result_varied(const struct output_result *result, const struct output_coordinate **varied)
{
    *varied = result->varied;
    return result->varied_count;
}

static int read_values(struct output_result *r, size_t index, size_t first, size_t count, hid_t type, void *values,
                       struct report *report)
{
    const char *name = r->varied[index].name;
    hsize_t start = first, n = count;
    int status = output_result_check(r, first, count, report);
    if (status != STATUS_OK) return status;
    hid_t set = H5Dopen2(r->id, name, H5P_DEFAULT), space = -1, here = -1;
    status = STATUS_REFUSED;
    if (set < 0 || (space = H5Dget_space(set)) < 0 || (here = H5Screate_simple(1, &n, NULL)) < 0) goto out;
    if (H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, NULL, &n, NULL) < 0) goto out;
    if (H5Dread(set, type, here, space, H5P_DEFAULT, values) >= 0) status = STATUS_OK;
out:
    if (status != STATUS_OK) output_result_refuse(r, report, name);
    if (here >= 0) H5Sclose(here);
    if (space >= 0) H5Sclose(space);
    if (set >= 0) H5Dclose(set);
    return status;
}

int output_result_varied_numbers(struct output_result *result, size_t index, size_t first, size_t count, double *x,
                                 struct report *report)
{
    output_store_begin();
    return read_values(result, index, first, count, H5T_NATIVE_DOUBLE, x, report);
}

int output_result_varied_texts(struct output_result *result, size_t index, size_t first, size_t count, char **text,
                               struct report *report)
{
    output_store_begin();
    hid_t type = output_store_string_type();
    memset(text, 0, count * sizeof *text);
    int status = type < 0 ? output_result_refuse(result, report, result->varied[index].name)
                          : read_values(result, index, first, count, type, text, report);
    if (status != STATUS_OK) output_result_texts_free(text, count);
    if (type >= 0) H5Tclose(type);
    return status;
}

void output_result_texts_free(char **text, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (text[k]) H5free_memory(text[k]);
        text[k] = NULL;
    }
}
