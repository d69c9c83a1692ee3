#include "output/file.h"

#include <stdlib.h>
#include <string.h>

#include "output/file_parts.h"

int output_file_fail(struct output_file *file, struct report *report, const char *what)
{
    char reason[STORE_REASON];
    if (!file->failed) {
        output_store_reason(reason);
        const char *hint = strstr(reason, "lock") ? " (on a network file system HDF5_USE_FILE_LOCKING=FALSE may help)" : "";
        report_error(report, STATUS_FILE, (struct place){file->config.path, 0, 0}, NULL, "%s: %s%s", what, reason, hint);
    }
    file->failed = 1;
    return STATUS_FILE;
}

static int create_store(struct output_file *file, struct report *report)
{
    hid_t plist = H5Pcreate(H5P_FILE_CREATE);
    if (plist < 0 || H5Pset_link_creation_order(plist, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) < 0 ||
        H5Pset_attr_creation_order(plist, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) < 0 ||
        H5Pset_obj_track_times(plist, 0) < 0) {
        return output_file_fail(file, report, "cannot set up HDF5");
    }
    file->id = H5Fcreate(file->target.temporary, H5F_ACC_TRUNC, plist, H5P_DEFAULT);
    const int status = file->id < 0 ? output_file_fail(file, report, "cannot be created") : STATUS_OK; /* a next call forgets the reason */
    H5Pclose(plist);
    return status;
}

static int write_root(struct output_file *file, struct report *report)
{
    const struct output_table *t = file->table;
    if (output_store_string(file->id, "Conventions", "CF-1.8") < 0 ||
        output_store_string(file->id, "title", t->title ? t->title : "") < 0 ||
        output_store_string(file->id, "source", "Pactolus") < 0 ||
        output_store_string(file->id, "format_version", "1.0") < 0 ||
        output_store_string(file->id, "currency", t->currency ? t->currency : "") < 0 ||
        output_store_string(file->id, "volume_unit", t->volume ? t->volume : "") < 0 ||
        output_store_number(file->id, "confidence", t->confidence) < 0 ||
        output_store_number(file->id, "tail", t->tail) < 0 ||
        (file->coordinates && output_store_string(file->id, "coordinates", file->coordinates) < 0)) {
        return output_file_fail(file, report, "cannot write attributes");
    }
    return STATUS_OK;
}

static int write_texts(struct output_file *file, struct report *report)
{
    for (int i = 0; i < file->config.texts; i++) {
        const struct output_text *text = &file->config.text[i];
        if (!text->text) continue;
        hid_t set = output_store_text(file->id, text->name, text->text);
        herr_t status = set < 0 ? -1 : output_store_string(set, "long_name", text->sentence ? text->sentence : text->name);
        if (set >= 0 && H5Dclose(set) < 0) status = -1;
        if (status < 0) return output_file_fail(file, report, text->name);
    }
    return STATUS_OK;
}

/* Names of the varied parameters in one attribute; object headers end at 64 kB. */
static int join_coordinates(struct output_file *file, struct report *report)
{
    size_t length = 1;
    for (int v = 0; v < file->config.varied_count; v++) length += strlen(file->config.varied[v].name) + 1;
    if (length == 1 || length > 60000) return STATUS_OK;
    file->coordinates = calloc(length, 1);
    if (!file->coordinates) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for coordinates");
    for (int v = 0; v < file->config.varied_count; v++) {
        if (v > 0) strcat(file->coordinates, " ");
        strcat(file->coordinates, file->config.varied[v].name);
    }
    return STATUS_OK;
}

static struct output_file *allocate(const struct output_file_config *config)
{
    struct output_file *file = calloc(1, sizeof *file);
    if (!file) return NULL;
    file->config = *config;
    file->table = config->table;
    file->id = file->scenario = -1;
    for (int a = 0; a < AXIS_COUNT; a++) file->scale[a] = -1;
    return file;
}

int output_file_create(struct output_file **out, const struct output_file_config *config, struct report *report)
{
    struct output_file *file = NULL;
    int status = output_target_check(config->path, config->force, report);
    *out = NULL;
    if (status != STATUS_OK) return status;
    output_store_begin();
    file = allocate(config);
    if (!file) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for the result file");
    if ((status = join_coordinates(file, report)) != STATUS_OK) goto out;
    if ((status = output_target_init(&file->target, config->path, config->force, report)) != STATUS_OK) goto out;
    if ((status = create_store(file, report)) != STATUS_OK) goto out;
    if ((status = write_root(file, report)) != STATUS_OK) goto out;
    if ((status = output_axes_write(file, report)) != STATUS_OK) goto out;
    if ((status = output_rows_create(file, report)) != STATUS_OK) goto out;
    if ((status = output_samples_create(file, report)) != STATUS_OK) goto out;
    status = write_texts(file, report);
out:
    if (status != STATUS_OK) {
        output_file_destroy(file);
        file = NULL;
    }
    *out = file;
    return status;
}

static void close_sets(hid_t *set, int count)
{
    for (int i = 0; set && i < count; i++) {
        if (set[i] >= 0) H5Dclose(set[i]);
    }
    free(set);
}

void output_file_destroy(struct output_file *file)
{
    if (!file) return;
    output_store_begin();
    close_sets(file->row, file->table->rows);
    close_sets(file->sample, file->config.samples);
    for (int a = 0; a < AXIS_COUNT; a++) {
        if (file->scale[a] >= 0) H5Dclose(file->scale[a]);
    }
    if (file->scenario >= 0) H5Dclose(file->scenario);
    if (file->id >= 0) H5Fclose(file->id);
    output_target_free(&file->target);
    free(file->coordinates);
    free(file->place);
    free(file->pending);
    free(file->scratch);
    free(file);
}
