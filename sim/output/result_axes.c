/* The dimensions of a result file: their members and labels. */
#include <stdio.h>
#include <stdlib.h>

#include "output/result_parts.h"

enum { LARGEST = 1 << 28 };

/* Size of a 1-D set with sane bounds, 0 if it is none. */
static size_t length_of(hid_t set)
{
    hsize_t size[H5S_MAX_RANK];
    hid_t space = H5Dget_space(set);
    int rank = space < 0 ? -1 : H5Sget_simple_extent_dims(space, size, NULL);
    if (space >= 0) H5Sclose(space);
    return rank == 1 && size[0] > 0 && size[0] < LARGEST ? (size_t)size[0] : 0;
}

static double *read_numbers(hid_t file, const char *name, size_t *count)
{
    double *x = NULL;
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT);
    if (set < 0) return NULL;
    *count = length_of(set);
    if (*count > 0 && (x = malloc(*count * sizeof *x)) &&
        H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, x) < 0) {
        free(x);
        x = NULL;
    }
    H5Dclose(set);
    return x;
}

void output_result_free_strings(char **text, size_t count)
{
    for (size_t i = 0; text && i < count; i++) H5free_memory(text[i]);
    free(text);
}

static char **read_strings(hid_t file, const char *name, size_t *count)
{
    char **text = NULL;
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT), type = -1, memory = output_store_string_type();
    *count = 0;
    if (set < 0) goto out;
    type = H5Dget_type(set);
    *count = length_of(set);
    if (*count == 0 || type < 0 || H5Tis_variable_str(type) <= 0) goto out;
    text = calloc(*count, sizeof *text);
    if (text && H5Dread(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) < 0) {
        free(text);
        text = NULL;
    }
    for (size_t i = 0; text && i < *count; i++) {
        if (text[i]) continue;
        output_result_free_strings(text, *count);
        text = NULL;
    }
out:
    if (type >= 0) H5Tclose(type);
    if (memory >= 0) H5Tclose(memory);
    if (set >= 0) H5Dclose(set);
    return text;
}

static int read_axis(struct output_result *r, enum statistics_axis axis, struct report *report)
{
    char name[32];
    size_t count = 0, labels = 0;
    struct labels *l = &r->axis[axis];
    const char *axis_name = output_axis_name(axis);
    if (H5Lexists(r->id, axis_name, H5P_DEFAULT) <= 0) return STATUS_OK;
    if (axis == AXIS_QUANTILE) r->table.quantile = r->quantile = read_numbers(r->id, axis_name, &count);
    if (axis == AXIS_STEP) r->table.step = r->step = read_numbers(r->id, axis_name, &count);
    if (axis != AXIS_QUANTILE && axis != AXIS_STEP) l->name = read_strings(r->id, axis_name, &count);
    if (count == 0 || (!l->name && axis != AXIS_QUANTILE && axis != AXIS_STEP)) return output_result_refuse(r, report, axis_name);
    r->table.shape.size[axis] = (int)count;
    snprintf(name, sizeof name, "%s_label", axis_name);
    if (l->name && H5Lexists(r->id, name, H5P_DEFAULT) > 0) {
        l->label = read_strings(r->id, name, &labels);
        if (labels != count || !l->label) return output_result_refuse(r, report, name);
    }
    r->table.names[axis] = (struct output_names){(int)count, (const char *const *)l->name, (const char *const *)l->label, NULL};
    return STATUS_OK;
}

int output_result_read_axes(struct output_result *r, struct report *report)
{
    r->scenario = read_strings(r->id, "scenario", &r->table.scenarios);
    if (!r->scenario) return output_result_refuse(r, report, "scenario");
    r->table.scenario = (const char *const *)r->scenario;
    r->table.shape.size[AXIS_NONE] = 1;
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_PATH; axis++) {
        int status = read_axis(r, axis, report);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

