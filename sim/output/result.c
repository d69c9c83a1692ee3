#include "output/result.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output/digest.h"
#include "output/probe.h"
#include "output/store.h"

enum { RANK = 4, ROWS = 4096, LARGEST = 1 << 28 };

struct labels {
    char **name, **label;
};

struct output_result {
    char *path;
    hid_t id;
    struct output_table table;
    struct result_row *row; /* of table.row */
    struct labels axis[AXIS_COUNT];
    char **scenario;
    double *quantile, *step;
    char *title, *currency, *volume;
};

static int refuse(const struct output_result *r, struct report *report, const char *what)
{
    char reason[STORE_REASON];
    output_store_reason(reason);
    return report_error(report, STATUS_REFUSED, (struct place){r->path, 0, 0}, NULL, "%s: %s", what, reason);
}

static int refuse_plain(const struct output_result *r, struct report *report, const char *what)
{
    return report_error(report, STATUS_REFUSED, (struct place){r->path, 0, 0}, NULL, "%s", what);
}

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

static void free_strings(char **text, size_t count)
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
        free_strings(text, *count);
        text = NULL;
    }
out:
    if (type >= 0) H5Tclose(type);
    if (memory >= 0) H5Tclose(memory);
    if (set >= 0) H5Dclose(set);
    return text;
}

static double read_number(hid_t file, const char *name, double fallback)
{
    double x = fallback;
    hid_t at = H5Aexists(file, name) > 0 ? H5Aopen(file, name, H5P_DEFAULT) : -1;
    if (at < 0) return fallback;
    hid_t space = H5Aget_space(at);
    if (space >= 0 && H5Sget_simple_extent_npoints(space) == 1) H5Aread(at, H5T_NATIVE_DOUBLE, &x);
    if (space >= 0) H5Sclose(space);
    H5Aclose(at);
    return x;
}

/* Refuses what a later major version wrote; minor versions only add. */
static int read_root(struct output_result *r, struct report *report)
{
    char *version = NULL;
    if (output_store_read_attribute(r->id, "format_version", &version) < 0) {
        return refuse_plain(r, report, "is no result of this program: no format_version");
    }
    long major = strtol(version, NULL, 10);
    if (major != 1) {
        report_error(report, STATUS_REFUSED, (struct place){r->path, 0, 0}, NULL,
                     "written in format %.20s, this program reads 1; a newer one reads it", version);
        free(version);
        return STATUS_REFUSED;
    }
    free(version);
    output_store_read_attribute(r->id, "title", &r->title);
    output_store_read_attribute(r->id, "currency", &r->currency);
    output_store_read_attribute(r->id, "volume_unit", &r->volume);
    r->table.title = r->title;
    r->table.currency = r->currency;
    r->table.volume = r->volume;
    r->table.confidence = read_number(r->id, "confidence", 0.95);
    r->table.tail = read_number(r->id, "tail", 0.05);
    return STATUS_OK;
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
    if (count == 0 || (!l->name && axis != AXIS_QUANTILE && axis != AXIS_STEP)) return refuse(r, report, axis_name);
    r->table.shape.size[axis] = (int)count;
    snprintf(name, sizeof name, "%s_label", axis_name);
    if (l->name && H5Lexists(r->id, name, H5P_DEFAULT) > 0) {
        l->label = read_strings(r->id, name, &labels);
        if (labels != count || !l->label) return refuse(r, report, name);
    }
    r->table.names[axis] = (struct output_names){(int)count, (const char *const *)l->name, (const char *const *)l->label, NULL};
    return STATUS_OK;
}

static int read_axes(struct output_result *r, struct report *report)
{
    r->scenario = read_strings(r->id, "scenario", &r->table.scenarios);
    if (!r->scenario) return refuse(r, report, "scenario");
    r->table.scenario = (const char *const *)r->scenario;
    r->table.shape.size[AXIS_NONE] = 1;
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_PATH; axis++) {
        int status = read_axis(r, axis, report);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static herr_t take_name(hid_t set, unsigned dim, hid_t scale, void *out)
{
    (void)set;
    (void)dim;
    return H5DSget_scale_name(scale, out, 64) < 0 ? -1 : 1;
}

static enum statistics_axis axis_of(hid_t set, unsigned dim)
{
    char name[64] = "";
    if (H5DSiterate_scales(set, dim, NULL, take_name, name) < 0) return AXIS_NONE;
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_COUNT; axis++) {
        if (strcmp(name, output_axis_name(axis)) == 0) return axis;
    }
    return AXIS_NONE;
}

static void copy_attribute(hid_t set, const char *name, char *out, size_t room)
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

/* A summary is what carries the attribute `level`. */
static herr_t take_row(hid_t file, const char *name, const H5L_info_t *info, void *out)
{
    struct output_result *r = out;
    struct result_row row = {.offset = r->table.doubles};
    char level[16] = "";
    (void)info;
    if (strcmp(name, "provenance") == 0) return 0;
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT);
    if (set < 0) return -1;
    herr_t status = 0;
    if (H5Aexists(set, "level") <= 0) goto out;
    copy_attribute(set, "level", level, sizeof level);
    copy_attribute(set, "units", row.unit, sizeof row.unit);
    copy_attribute(set, "long_name", row.sentence, sizeof row.sentence);
    row.level = strcmp(level, "full") == 0 ? RESULT_FULL : RESULT_HEADLINE;
    if (strlen(name) >= sizeof row.name || r->table.rows == ROWS || take_shape(r, set, &row) != 0) {
        status = -1;
        goto out;
    }
    strcpy(row.name, name);
    r->row[r->table.rows++] = row;
    r->table.doubles += row.count;
out:
    H5Dclose(set);
    return status;
}

static int read_rows(struct output_result *r, struct report *report)
{
    r->table.row = r->row = calloc(ROWS, sizeof *r->row);
    if (!r->row) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for the rows of a result");
    if (H5Literate(r->id, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, take_row, r) < 0) {
        return refuse(r, report, "a variable cannot be read or has another shape than its axes");
    }
    return STATUS_OK;
}

static int open_store(struct output_result *r, struct report *report)
{
    struct stat there;
    if (stat(r->path, &there) != 0) {
        return report_error(report, STATUS_FILE, (struct place){r->path, 0, 0}, NULL, "%s", strerror(errno));
    }
    if (!S_ISREG(there.st_mode)) {
        return report_error(report, STATUS_FILE, (struct place){r->path, 0, 0}, NULL, "is not a regular file");
    }
    r->id = H5Fopen(r->path, H5F_ACC_RDONLY, H5P_DEFAULT);
    return r->id < 0 ? refuse(r, report, "cannot be read as HDF5") : STATUS_OK;
}

static int read_head(struct output_result *r, struct report *report)
{
    int status = open_store(r, report);
    if (status == STATUS_OK) status = read_root(r, report);
    if (status == STATUS_OK) status = read_axes(r, report);
    if (status == STATUS_OK) status = read_rows(r, report);
    return status;
}

/* In a process of its own: the whole way to the last summary. */
static int rehearse(void *context, struct report *report)
{
    output_store_begin();
    int status = read_head(context, report);
    return status == STATUS_OK ? output_result_verify(context, report) : status;
}

int output_result_open(struct output_result **out, const char *path, struct report *report)
{
    struct output_result *r = calloc(1, sizeof *r);
    int status = STATUS_MEMORY;
    *out = NULL;
    if (r) r->id = -1;
    if (!r || !(r->path = strdup(path))) {
        report_error(report, status, (struct place){0}, NULL, "no memory for a result");
        goto out;
    }
    if ((status = output_probe(path, rehearse, r, report)) != STATUS_OK) goto out;
    output_store_begin();
    status = read_head(r, report);
out:
    if (status != STATUS_OK) {
        output_result_close(r);
        r = NULL;
    }
    *out = r;
    return status;
}

void output_result_close(struct output_result *result)
{
    if (!result) return;
    for (int a = 0; a < AXIS_COUNT; a++) {
        free_strings(result->axis[a].name, (size_t)result->table.shape.size[a]);
        free_strings(result->axis[a].label, (size_t)result->table.shape.size[a]);
    }
    free_strings(result->scenario, result->table.scenarios);
    free(result->quantile);
    free(result->step);
    free(result->row);
    free(result->title);
    free(result->currency);
    free(result->volume);
    free(result->path);
    if (result->id >= 0) H5Fclose(result->id);
    free(result);
}

const struct output_table *output_result_table(const struct output_result *result)
{
    return &result->table;
}

static int read_row(struct output_result *r, const struct result_row *row, size_t scenario, double *values,
                    struct report *report)
{
    hsize_t start[RANK] = {scenario}, count[RANK] = {1}, n = row->count;
    hid_t set = H5Dopen2(r->id, row->name, H5P_DEFAULT), space = -1, here = -1;
    herr_t status = -1;
    for (int a = 0; a < 3; a++) count[a + 1] = (hsize_t)r->table.shape.size[row->axis[a]];
    if (set < 0 || (space = H5Dget_space(set)) < 0 || (here = H5Screate_simple(1, &n, NULL)) < 0) goto out;
    if (H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL) < 0) goto out;
    status = H5Dread(set, H5T_NATIVE_DOUBLE, here, space, H5P_DEFAULT, values);
out:
    if (status < 0) refuse(r, report, row->name);
    if (here >= 0) H5Sclose(here);
    if (space >= 0) H5Sclose(space);
    if (set >= 0) H5Dclose(set);
    return status < 0 ? STATUS_REFUSED : STATUS_OK;
}

static int check_scenario(const struct output_result *r, size_t scenario, struct report *report)
{
    if (scenario < r->table.scenarios) return STATUS_OK;
    return report_error(report, STATUS_REFUSED, (struct place){r->path, 0, 0}, NULL, "scenario %zu, the file has %zu", scenario,
                        r->table.scenarios);
}

int output_result_scenario(struct output_result *result, size_t scenario, double *flat, struct report *report)
{
    int status = check_scenario(result, scenario, report);
    output_store_begin();
    for (int i = 0; i < result->table.rows && status == STATUS_OK; i++) {
        status = read_row(result, &result->row[i], scenario, flat + result->row[i].offset, report);
    }
    return status;
}

int output_result_row(struct output_result *result, const char *name, size_t scenario, double *values,
                      struct report *report)
{
    const struct result_row *row = output_table_row(&result->table, name);
    int status = check_scenario(result, scenario, report);
    output_store_begin();
    if (status != STATUS_OK) return status;
    if (!row) return report_error(report, STATUS_REFUSED, (struct place){result->path, 0, 0}, name, "the file has no such row");
    return read_row(result, row, scenario, values, report);
}

int output_result_text(struct output_result *result, const char *name, char **text, struct report *report)
{
    char group[64];
    const char *slash = strchr(name, '/');
    output_store_begin();
    *text = NULL;
    snprintf(group, sizeof group, "%.*s", slash ? (int)(slash - name) : 0, name);
    if (slash && H5Lexists(result->id, group, H5P_DEFAULT) <= 0) return STATUS_OK;
    if (H5Lexists(result->id, name, H5P_DEFAULT) <= 0) return STATUS_OK;
    return output_store_read_text(result->id, name, text) < 0 ? refuse(result, report, name) : STATUS_OK;
}

struct visit {
    void (*entry)(const char *name, const char *value, void *context);
    void *context;
};

static herr_t visit_entry(hid_t group, const char *name, const H5L_info_t *info, void *out)
{
    const struct visit *visit = out;
    char *value = NULL;
    (void)info;
    if (output_store_read_text(group, name, &value) < 0) return -1;
    visit->entry(name, value, visit->context);
    free(value);
    return 0;
}

int output_result_provenance(struct output_result *result,
                             void (*entry)(const char *name, const char *value, void *context), void *context,
                             struct report *report)
{
    struct visit visit = {entry, context};
    output_store_begin();
    hid_t group = H5Gopen2(result->id, "provenance", H5P_DEFAULT);
    herr_t status = group < 0 ? -1 : H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, visit_entry, &visit);
    if (group >= 0) H5Gclose(group);
    return status < 0 ? refuse(result, report, "provenance") : STATUS_OK;
}

int output_result_digest(struct output_result *result, int samples, char out[RESULT_DIGEST], struct report *report)
{
    output_store_begin();
    return output_digest(result->id, samples, out) < 0 ? refuse(result, report, "cannot be read to its end") : STATUS_OK;
}

int output_result_verify(struct output_result *result, struct report *report)
{
    char digest[RESULT_DIGEST], *stored = NULL;
    int status = output_result_digest(result, 0, digest, report);
    if (status != STATUS_OK) return status;
    output_store_read_attribute(result->id, "digest", &stored);
    int same = stored && strcmp(stored, digest) == 0;
    free(stored);
    return same ? STATUS_OK : refuse_plain(result, report, "damaged: its content does not match its digest");
}
