/* The dimensions: netCDF-4 scales with their labels, and what varies between scenarios. */
#include <stdlib.h>
#include <string.h>

#include "output/file_parts.h"

static const char *const AXIS_SENTENCE[AXIS_COUNT] = {NULL,
                                                      "Partner",
                                                      "Line of the ledger",
                                                      "Level of the quantile",
                                                      "Time from the start",
                                                      "Why a partner left",
                                                      "Region",
                                                      "Mechanism that the value is attributed to",
                                                      "Deal of the portfolio",
                                                      "What chance brings from outside",
                                                      "Path"};

/* A dimension without values of its own, in the form that netCDF-4 hides from readers. */
static hid_t bare_scale(struct output_file *file, const char *name, hsize_t size)
{
    char text[96];
    hid_t plist = output_store_properties(), space = H5Screate_simple(1, &size, NULL), set = -1;
    snprintf(text, sizeof text, "This is a netCDF dimension but not a netCDF variable.%10d", (int)size);
    if (plist >= 0 && space >= 0) {
        set = H5Dcreate2(file->id, name, H5T_IEEE_F32BE, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    }
    if (space >= 0) H5Sclose(space);
    if (plist >= 0) H5Pclose(plist);
    if (set >= 0 && H5DSset_scale(set, text) < 0) {
        H5Dclose(set);
        set = -1;
    }
    return set;
}

static hid_t named_scale(struct output_file *file, const char *name, hid_t set, const char *sentence, const char *unit)
{
    (void)file;
    if (set < 0) return -1;
    if (H5DSset_scale(set, name) < 0 || output_store_string(set, "long_name", sentence) < 0 ||
        (unit && output_store_string(set, "units", unit) < 0)) {
        H5Dclose(set);
        return -1;
    }
    return set;
}

static hid_t number_scale(struct output_file *file, enum statistics_axis axis, const double *given, const char *unit)
{
    hsize_t size = (hsize_t)file->table->shape.size[axis];
    const char *name = output_axis_name(axis);
    double *count = malloc((size_t)size * sizeof *count);
    hid_t set = -1;
    if (!count) return -1;
    for (hsize_t i = 0; i < size; i++) count[i] = given ? given[i] : (double)i;
    set = named_scale(file, name, output_store_numbers(file->id, name, count, size), AXIS_SENTENCE[axis], unit);
    free(count);
    return set;
}

/* A text for each member, on a dimension that stands already. */
static herr_t write_labels(struct output_file *file, enum statistics_axis axis, const char **text)
{
    char name[32], sentence[64];
    int size = file->table->shape.size[axis];
    for (int k = 0; k < size; k++) text[k] = output_table_label(file->table, axis, k);
    snprintf(name, sizeof name, "%s_label", output_axis_name(axis));
    hid_t set = output_store_strings(file->id, name, text, (hsize_t)size);
    if (set < 0) return -1;
    snprintf(sentence, sizeof sentence, "%s, in words", AXIS_SENTENCE[axis]);
    herr_t status = H5DSattach_scale(set, file->scale[axis], 0) < 0 || output_store_string(set, "long_name", sentence) < 0;
    if (H5Dclose(set) < 0) status = 1;
    return status ? -1 : 0;
}

static hid_t name_scale(struct output_file *file, enum statistics_axis axis)
{
    const struct output_table *t = file->table;
    const char *name = output_axis_name(axis);
    int size = t->shape.size[axis];
    if (!t->names[axis].name) return number_scale(file, axis, NULL, "1");
    const char **text = malloc((size_t)size * sizeof *text);
    if (!text) return -1;
    for (int k = 0; k < size; k++) text[k] = output_table_name(t, axis, k);
    file->scale[axis] = named_scale(file, name, output_store_strings(file->id, name, text, (hsize_t)size),
                                    AXIS_SENTENCE[axis], NULL);
    if (file->scale[axis] >= 0 && t->names[axis].label && write_labels(file, axis, text) < 0) {
        H5Dclose(file->scale[axis]);
        file->scale[axis] = -1;
    }
    free(text);
    return file->scale[axis];
}

static hid_t make_scale(struct output_file *file, enum statistics_axis axis)
{
    switch (axis) {
    case AXIS_QUANTILE: return number_scale(file, axis, file->table->quantile, "1");
    case AXIS_STEP: return number_scale(file, axis, file->table->step, file->table->step ? "year" : "1");
    case AXIS_PATH: return bare_scale(file, "path", (hsize_t)file->config.paths);
    default: return name_scale(file, axis);
    }
}

static int is_used(const struct output_file *file, enum statistics_axis axis)
{
    const struct output_table *t = file->table;
    if (axis == AXIS_PATH) return file->config.samples > 0 && file->config.paths > 0;
    if (t->shape.size[axis] <= 0) return 0;
    for (int r = 0; r < t->rows; r++) {
        for (int a = 0; a < 3; a++) {
            if (t->row[r].axis[a] == axis) return 1;
        }
    }
    for (int s = 0; s < file->config.samples; s++) {
        if (file->config.sample[s].axis[0] == axis || file->config.sample[s].axis[1] == axis) return 1;
    }
    return 0;
}

static herr_t write_varied(struct output_file *file, const struct output_varied *varied)
{
    char unit[OUTPUT_UNIT];
    hsize_t count = (hsize_t)file->table->scenarios;
    hid_t set = varied->number ? output_store_numbers(file->id, varied->name, varied->number, count)
                               : output_store_strings(file->id, varied->name, varied->text, count);
    if (set < 0) return -1;
    herr_t status = H5DSattach_scale(set, file->scenario, 0) < 0 ? -1 : 0;
    output_unit_text(unit, varied->unit ? varied->unit : "1", file->table);
    if (status == 0 && output_store_string(set, "long_name", varied->name) < 0) status = -1;
    if (status == 0 && varied->number && output_store_string(set, "units", unit) < 0) status = -1;
    if (H5Dclose(set) < 0) status = -1;
    return status;
}

static herr_t write_weight(struct output_file *file)
{
    hid_t set = output_store_numbers(file->id, "weight", file->config.weight, (hsize_t)file->table->scenarios);
    if (set < 0) return -1;
    herr_t status = H5DSattach_scale(set, file->scenario, 0) < 0 || output_store_string(set, "units", "1") < 0 ||
                            output_store_string(set, "long_name", "Weight of the scenario in the mixture") < 0
                        ? -1
                        : 0;
    if (H5Dclose(set) < 0) status = -1;
    return status;
}

int output_axes_write(struct output_file *file, struct report *report)
{
    const struct output_table *t = file->table;
    file->scenario = named_scale(file, "scenario",
                                 output_store_strings(file->id, "scenario", t->scenario, (hsize_t)t->scenarios), "Scenario",
                                 NULL);
    if (file->scenario < 0) return output_file_fail(file, report, "scenario");
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_COUNT; axis++) {
        if (!is_used(file, axis)) continue;
        file->scale[axis] = make_scale(file, axis);
        if (file->scale[axis] < 0) return output_file_fail(file, report, output_axis_name(axis));
    }
    for (int v = 0; v < file->config.varied_count; v++) {
        if (write_varied(file, &file->config.varied[v]) < 0) {
            return output_file_fail(file, report, file->config.varied[v].name);
        }
    }
    if (file->config.weight && write_weight(file) < 0) return output_file_fail(file, report, "weight");
    return STATUS_OK;
}
