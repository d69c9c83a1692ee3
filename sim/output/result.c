/* Opens a result file, its texts and its digest. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output/digest.h"
#include "output/probe.h"
#include "output/result_parts.h"

int output_result_refuse(const struct output_result *r, struct report *report, const char *what)
{
    char reason[STORE_REASON];
    output_store_reason(reason);
    return report_error(report, STATUS_REFUSED, (struct place){r->path, 0, 0}, NULL, "%s: %s", what, reason);
}

int output_result_refuse_plain(const struct output_result *r, struct report *report, const char *what)
{
    return report_error(report, STATUS_REFUSED, (struct place){r->path, 0, 0}, NULL, "%s", what);
}

int output_result_check(const struct output_result *r, size_t first, size_t count, struct report *report)
{
    const size_t scenarios = r->table.scenarios;
    if (first < scenarios && count <= scenarios - first) return STATUS_OK;
    return report_error(report, STATUS_REFUSED, (struct place){r->path, 0, 0}, NULL, "scenario %zu, the file has %zu",
                        first < scenarios ? scenarios : first, scenarios);
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
        return output_result_refuse_plain(r, report, "is no result of this program: no format_version");
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
    return r->id < 0 ? output_result_refuse(r, report, "cannot be read as HDF5") : STATUS_OK;
}

static int read_head(struct output_result *r, struct report *report)
{
    int status = open_store(r, report);
    if (status == STATUS_OK) status = read_root(r, report);
    if (status == STATUS_OK) status = output_result_read_axes(r, report);
    if (status == STATUS_OK) status = output_result_read_rows(r, report);
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
        output_result_free_strings(result->axis[a].name, (size_t)result->table.shape.size[a]);
        output_result_free_strings(result->axis[a].label, (size_t)result->table.shape.size[a]);
    }
    output_result_free_strings(result->scenario, result->table.scenarios);
    output_result_free_varied(result);
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

int output_result_text(struct output_result *result, const char *name, char **text, struct report *report)
{
    char group[64];
    const char *slash = strchr(name, '/');
    output_store_begin();
    *text = NULL;
    snprintf(group, sizeof group, "%.*s", slash ? (int)(slash - name) : 0, name);
    if (slash && H5Lexists(result->id, group, H5P_DEFAULT) <= 0) return STATUS_OK;
    if (H5Lexists(result->id, name, H5P_DEFAULT) <= 0) return STATUS_OK;
    return output_store_read_text(result->id, name, text) < 0 ? output_result_refuse(result, report, name) : STATUS_OK;
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
    return status < 0 ? output_result_refuse(result, report, "provenance") : STATUS_OK;
}

int output_result_digest(struct output_result *result, int samples, char out[RESULT_DIGEST], struct report *report)
{
    output_store_begin();
    return output_digest(result->id, samples, out) < 0 ? output_result_refuse(result, report, "cannot be read to its end") : STATUS_OK;
}

int output_result_verify(struct output_result *result, struct report *report)
{
    char digest[RESULT_DIGEST], *stored = NULL;
    int status = output_result_digest(result, 0, digest, report);
    if (status != STATUS_OK) return status;
    output_store_read_attribute(result->id, "digest", &stored);
    int same = stored && strcmp(stored, digest) == 0;
    free(stored);
    return same ? STATUS_OK : output_result_refuse_plain(result, report, "damaged: its content does not match its digest");
}
