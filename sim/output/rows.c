/* The summaries: one variable per row of the table, written some scenarios at a time, in whole chunks. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/file_parts.h"

enum { PENDING_BYTES = 16 << 20, PENDING_SCENARIOS = 1024, RANK = 5 };

hid_t output_rows_properties(int rank, const hsize_t *chunk)
{
    double nan = (double)NAN;
    hid_t plist = output_store_properties();
    if (plist >= 0 && (H5Pset_chunk(plist, rank, chunk) < 0 || H5Pset_fill_value(plist, H5T_NATIVE_DOUBLE, &nan) < 0)) {
        H5Pclose(plist);
        return -1;
    }
    return plist;
}

herr_t output_rows_describe(struct output_file *file, hid_t set, const char *unit, const char *sentence,
                            const enum statistics_axis *axis, int axes)
{
    char text[OUTPUT_UNIT];
    unsigned dim = 0;
    output_unit_text(text, unit, file->table);
    if (output_store_string(set, "units", text) < 0 || output_store_string(set, "long_name", sentence) < 0 ||
        output_store_number(set, "_FillValue", (double)NAN) < 0 ||
        (file->coordinates && output_store_string(set, "coordinates", file->coordinates) < 0) ||
        H5DSattach_scale(set, file->scenario, dim++) < 0) {
        return -1;
    }
    for (int a = 0; a < axes; a++) {
        if (axis[a] != AXIS_NONE && H5DSattach_scale(set, file->scale[axis[a]], dim++) < 0) return -1;
    }
    return 0;
}

static int ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), e = strlen(end);
    return n >= e && strcmp(name + n - e, end) == 0;
}

/* Why a number can be missing. */
static const char *remark_of(const char *name)
{
    if (ends_with(name, "_standard_error") || ends_with(name, "_sd") || ends_with(name, "_skewness")) {
        return "NaN: undefined for one path";
    }
    if (ends_with(name, "_low") || ends_with(name, "_high")) {
        return "NaN: undefined for one path, and where the paths are too few to bound it";
    }
    return NULL;
}

static herr_t describe(struct output_file *file, const struct result_row *row, hid_t set)
{
    const char *remark = remark_of(row->name);
    if (output_rows_describe(file, set, row->unit, row->sentence, row->axis, 3) < 0) return -1;
    if (remark && output_store_string(set, "remark", remark) < 0) return -1;
    return output_store_string(set, "level", row->level == RESULT_HEADLINE ? "headline" : "full");
}

static hid_t create(struct output_file *file, const struct result_row *row)
{
    hsize_t size[RANK] = {file->table->scenarios}, chunk[RANK] = {file->room};
    size_t cells[3];
    int rank = 1 + output_table_dims(file->table, row->axis, 3, cells);
    for (int d = 1; d < rank; d++) size[d] = chunk[d] = cells[d - 1];
    hid_t plist = output_rows_properties(rank, chunk), space = H5Screate_simple(rank, size, NULL), set = -1;
    if (plist >= 0 && space >= 0 && H5Pset_shuffle(plist) >= 0 && H5Pset_deflate(plist, 1) >= 0 &&
        H5Pset_fletcher32(plist) >= 0) {
        set = H5Dcreate2(file->id, row->name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    }
    if (space >= 0) H5Sclose(space);
    if (plist >= 0) H5Pclose(plist);
    if (set >= 0 && describe(file, row, set) < 0) {
        H5Dclose(set);
        set = -1;
    }
    return set;
}

/* Room for the scenarios of a chunk; where each number of the flat array goes. */
static int prepare(struct output_file *file, struct report *report)
{
    const struct output_table *t = file->table;
    size_t most = 0, room = PENDING_BYTES / (t->doubles * sizeof(double) + 1);
    for (int r = 0; r < t->rows; r++) most = t->row[r].count > most ? t->row[r].count : most;
    if (room > PENDING_SCENARIOS) room = PENDING_SCENARIOS;
    if (room > t->scenarios) room = t->scenarios;
    file->room = room > 0 ? room : 1;
    file->row = malloc((size_t)(t->rows + 1) * sizeof *file->row);
    file->place = malloc((t->doubles + 1) * sizeof *file->place);
    file->pending = malloc((file->room * t->doubles + 1) * sizeof *file->pending);
    file->scratch = malloc((file->room * most + 1) * sizeof *file->scratch);
    for (int r = 0; file->row && r < t->rows; r++) file->row[r] = -1;
    if (!file->row || !file->place || !file->pending || !file->scratch) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for the rows of a result file");
    }
    for (int r = 0; r < t->rows; r++) {
        const struct result_row *row = &t->row[r];
        for (size_t k = 0; k < row->count; k++) file->place[row->offset + k] = row->offset + output_table_cell(t, row, k);
    }
    return STATUS_OK;
}

int output_rows_create(struct output_file *file, struct report *report)
{
    int status = prepare(file, report);
    for (int r = 0; r < file->table->rows && status == STATUS_OK; r++) {
        if (file->table->row[r].count == 0) continue;
        file->row[r] = create(file, &file->table->row[r]);
        if (file->row[r] < 0) status = output_file_fail(file, report, file->table->row[r].name);
    }
    return status;
}

/* One row of all waiting scenarios, in declared order; every NaN has the same bits. */
static herr_t write_row(struct output_file *file, int r)
{
    const struct result_row *row = &file->table->row[r];
    hsize_t start[RANK] = {file->first}, count[RANK] = {file->waiting};
    size_t cells[3], n = 0;
    int rank = 1 + output_table_dims(file->table, row->axis, 3, cells);
    for (int d = 1; d < rank; d++) count[d] = cells[d - 1];
    for (size_t s = 0; s < file->waiting; s++) {
        const double *flat = file->pending + s * file->table->doubles;
        for (size_t k = 0; k < row->count; k++) {
            double x = flat[file->place[row->offset + k]];
            file->scratch[n++] = isnan(x) ? (double)NAN : x;
        }
    }
    hid_t there = H5Dget_space(file->row[r]), here = H5Screate_simple(rank, count, NULL);
    herr_t status = there < 0 || here < 0 || H5Sselect_hyperslab(there, H5S_SELECT_SET, start, NULL, count, NULL) < 0
                        ? -1
                        : H5Dwrite(file->row[r], H5T_NATIVE_DOUBLE, here, there, H5P_DEFAULT, file->scratch);
    if (there >= 0) H5Sclose(there);
    if (here >= 0) H5Sclose(here);
    return status;
}

int output_rows_flush(struct output_file *file, struct report *report)
{
    for (int r = 0; r < file->table->rows && file->waiting > 0; r++) {
        if (file->row[r] >= 0 && write_row(file, r) < 0) {
            return output_file_fail(file, report, file->table->row[r].name);
        }
    }
    file->waiting = 0;
    return STATUS_OK;
}

int output_file_scenario(struct output_file *file, size_t scenario, const double *flat, struct report *report)
{
    int status = file->failed ? STATUS_FILE : STATUS_OK;
    output_store_begin();
    if (scenario >= file->table->scenarios) {
        return report_error(report, STATUS_INTERNAL, (struct place){0}, NULL, "scenario %zu of %zu", scenario,
                            file->table->scenarios);
    }
    if (file->waiting > 0 && scenario != file->first + file->waiting) status = output_rows_flush(file, report);
    if (status != STATUS_OK) return status;
    if (file->waiting == 0) file->first = scenario;
    memcpy(file->pending + file->waiting * file->table->doubles, flat, file->table->doubles * sizeof *flat);
    file->waiting++;
    if ((scenario + 1) % file->room == 0) status = output_rows_flush(file, report);
    return status;
}
