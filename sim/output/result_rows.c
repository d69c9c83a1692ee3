/* The rows of a result file: what they are, and their numbers, of some scenarios at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/result_parts.h"

enum { RANK = 4, ROWS = 4096, SLAB_BYTES = 16 << 20, SLAB_SCENARIOS = 4096 };

static herr_t take_name(hid_t set, unsigned dim, hid_t scale, void *out)
{
    (void)set;
    (void)dim;
    return H5DSget_scale_name(scale, out, RESULT_SCALE) < 0 ? -1 : 1;
}

void output_result_scale(hid_t set, unsigned dim, char name[RESULT_SCALE])
{
    *name = 0;
    if (H5DSiterate_scales(set, dim, NULL, take_name, name) < 0) *name = 0;
}

static enum statistics_axis axis_of(hid_t set, unsigned dim)
{
    char name[RESULT_SCALE];
    output_result_scale(set, dim, name);
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_COUNT; axis++) {
        if (strcmp(name, output_axis_name(axis)) == 0) return axis;
    }
    return AXIS_NONE;
}

void output_result_attribute(hid_t set, const char *name, char *out, size_t room)
{
    char *text = NULL;
    if (output_store_read_attribute(set, name, &text) == 0) snprintf(out, room, "%s", text);
    free(text);
}

/* Fills a row from a data set whose shape is (scenario, axes...). Nonzero if it is none. */
static int take_shape(struct output_result *r, hid_t set, struct result_row *row)
{
    hsize_t size[H5S_MAX_RANK];
    hid_t space = H5Dget_space(set);
    int rank = space < 0 ? -1 : H5Sget_simple_extent_dims(space, size, NULL);
    if (space >= 0) H5Sclose(space);
    if (rank < 1 || rank > RANK || size[0] != r->table.scenarios) return 1;
    row->count = 1;
    for (int d = 1; d < rank; d++) {
        row->axis[d - 1] = axis_of(set, (unsigned)d);
        int want = r->table.shape.size[row->axis[d - 1]];
        if (row->axis[d - 1] == AXIS_NONE || size[d] != (hsize_t)want) return 1;
        row->count *= (size_t)size[d];
    }
    return 0;
}

/* Nonzero if it cannot be read as a row. */
static herr_t take_row(struct output_result *r, hid_t set, const char *name)
{
    struct result_row row = {.offset = r->table.doubles};
    char level[16] = "";
    output_result_attribute(set, "level", level, sizeof level);
    output_result_attribute(set, "units", row.unit, sizeof row.unit);
    output_result_attribute(set, "long_name", row.sentence, sizeof row.sentence);
    row.level = strcmp(level, "full") == 0 ? RESULT_FULL : RESULT_HEADLINE;
    if (strlen(name) >= sizeof row.name || r->table.rows == ROWS || take_shape(r, set, &row) != 0) return -1;
    strcpy(row.name, name);
    r->row[r->table.rows++] = row;
    r->table.doubles += row.count;
    return 0;
}

/* A summary is what carries the attribute `level`. */
static herr_t take_link(hid_t file, const char *name, const H5L_info_t *info, void *out)
{
    (void)info;
    if (strcmp(name, "provenance") == 0) return 0;
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT);
    if (set < 0) return -1;
    herr_t status = H5Aexists(set, "level") > 0 ? take_row(out, set, name) : output_result_take_varied(out, set, name);
    H5Dclose(set);
    return status;
}

int output_result_read_rows(struct output_result *r, struct report *report)
{
    r->table.row = r->row = calloc(ROWS, sizeof *r->row);
    if (!r->row) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for the rows of a result");
    if (H5Literate(r->id, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, take_link, r) < 0) {
        return output_result_refuse(r, report, "a variable cannot be read or has another shape than its axes");
    }
    return STATUS_OK;
}

int output_result_slab(struct output_result *r, int index, size_t first, size_t scenarios, double *values, struct report *report)
{
    const struct result_row *row = &r->row[index];
    hsize_t start[RANK] = {first}, count[RANK] = {scenarios}, n = scenarios * row->count;
    int status = output_result_check(r, first, scenarios, report);
    output_store_begin();
    if (status != STATUS_OK) return status;
    hid_t set = H5Dopen2(r->id, row->name, H5P_DEFAULT), space = -1, here = -1;
    status = STATUS_REFUSED;
    for (int a = 0; a < 3; a++) count[a + 1] = (hsize_t)r->table.shape.size[row->axis[a]];
    if (set < 0 || (space = H5Dget_space(set)) < 0 || (here = H5Screate_simple(1, &n, NULL)) < 0) goto out;
    if (H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL) < 0) goto out;
    if (H5Dread(set, H5T_NATIVE_DOUBLE, here, space, H5P_DEFAULT, values) >= 0) status = STATUS_OK;
out:
    if (status != STATUS_OK) output_result_refuse(r, report, row->name);
    if (here >= 0) H5Sclose(here);
    if (space >= 0) H5Sclose(space);
    if (set >= 0) H5Dclose(set);
    return status;
}

/* Scenarios of a chunk of a row as the file has it; 1 where it has none. */
static size_t chunk_of(const struct output_result *r, const struct result_row *row)
{
    hsize_t chunk[H5S_MAX_RANK] = {1};
    hid_t set = H5Dopen2(r->id, row->name, H5P_DEFAULT), plist = set < 0 ? -1 : H5Dget_create_plist(set);
    if (plist >= 0 && H5Pget_layout(plist) == H5D_CHUNKED && H5Pget_chunk(plist, H5S_MAX_RANK, chunk) < 1) chunk[0] = 1;
    if (plist >= 0) H5Pclose(plist);
    if (set >= 0) H5Dclose(set);
    return chunk[0] > 0 ? (size_t)chunk[0] : 1;
}

size_t output_result_room(const struct output_result *r, size_t doubles)
{
    const size_t most = SLAB_BYTES / sizeof(double) / (doubles + 1) + 1;
    size_t room = 1;
    output_store_begin();
    if (r->table.rows > 0) room = chunk_of(r, &r->row[0]);
    while (2 * room <= most && 2 * room <= SLAB_SCENARIOS) room *= 2;
    if (room > most) room = most;
    return room < r->table.scenarios ? room : r->table.scenarios;
}

int output_result_scenarios(struct output_result *result, size_t first, size_t count, double *flat, struct report *report)
{
    const struct output_table *t = &result->table;
    size_t most = 1;
    int status = STATUS_OK;
    for (int i = 0; i < t->rows; i++) most = t->row[i].count > most ? t->row[i].count : most;
    double *values = malloc(most * (count + 1) * sizeof *values);
    if (!values) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for the rows of a result");
    for (int i = 0; i < t->rows && status == STATUS_OK; i++) {
        const struct result_row *row = &t->row[i];
        status = output_result_slab(result, i, first, count, values, report);
        for (size_t s = 0; s < count && status == STATUS_OK; s++) {
            memcpy(flat + s * t->doubles + row->offset, values + s * row->count, row->count * sizeof *flat);
        }
    }
    free(values);
    return status;
}

int output_result_scenario(struct output_result *result, size_t scenario, double *flat, struct report *report)
{
    return output_result_scenarios(result, scenario, 1, flat, report);
}

int output_result_row(struct output_result *result, const char *name, size_t scenario, double *values,
                      struct report *report)
{
    const struct result_row *row = output_table_row(&result->table, name);
    if (row) return output_result_slab(result, (int)(row - result->row), scenario, 1, values, report);
    return report_error(report, STATUS_REFUSED, (struct place){result->path, 0, 0}, name, "the file has no such row");
}
