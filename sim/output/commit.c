#include "output/digest.h"
#include "output/file_parts.h"

static int write_provenance(struct output_file *file, const struct output_provenance *provenance, int count,
                            struct report *report)
{
    hid_t plist = H5Pcreate(H5P_GROUP_CREATE), group = -1;
    herr_t status = -1;
    if (plist < 0 || H5Pset_link_creation_order(plist, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) < 0) goto out;
    group = H5Gcreate2(file->id, "provenance", H5P_DEFAULT, plist, H5P_DEFAULT);
    if (group < 0) goto out;
    status = 0;
    for (int i = 0; i < count && status >= 0; i++) {
        hid_t set = output_store_text(group, provenance[i].name, provenance[i].value ? provenance[i].value : "");
        status = set < 0 ? -1 : H5Dclose(set);
    }
out:
    if (status < 0) output_file_fail(file, report, "provenance");
    if (group >= 0) H5Gclose(group);
    if (plist >= 0) H5Pclose(plist);
    return status < 0 ? STATUS_FILE : STATUS_OK;
}

static int write_digest(struct output_file *file, struct report *report)
{
    char digest[DIGEST_TEXT];
    if (H5Fflush(file->id, H5F_SCOPE_LOCAL) < 0 || output_digest(file->id, 0, digest) < 0 ||
        output_store_string(file->id, "digest", digest) < 0) {
        return output_file_fail(file, report, "cannot write the digest");
    }
    return STATUS_OK;
}

static herr_t close_one(hid_t *set)
{
    herr_t status = *set >= 0 ? H5Dclose(*set) : 0;
    *set = -1;
    return status;
}

/* Everything is closed even after a failure; any failure counts, for H5Fclose alone says 0 on a full disk. */
static int close_store(struct output_file *file, struct report *report)
{
    herr_t status = 0;
    for (int r = 0; r < file->table->rows; r++) status |= close_one(&file->row[r]);
    for (int s = 0; s < file->config.samples; s++) status |= close_one(&file->sample[s]);
    for (int a = 0; a < AXIS_COUNT; a++) status |= close_one(&file->scale[a]);
    status |= close_one(&file->scenario);
    if (status < 0) output_file_fail(file, report, "cannot be finished");
    if (H5Fflush(file->id, H5F_SCOPE_LOCAL) < 0) output_file_fail(file, report, "cannot be flushed");
    hid_t id = file->id;
    file->id = -1;
    if (H5Fclose(id) < 0) output_file_fail(file, report, "cannot be closed");
    return file->failed ? STATUS_FILE : STATUS_OK;
}

int output_file_commit(struct output_file *file, const struct output_provenance *provenance, int count,
                       struct report *report)
{
    int status = file->failed ? STATUS_FILE : STATUS_OK;
    if (status != STATUS_OK) return status;
    output_store_begin();
    if ((status = output_rows_flush(file, report)) != STATUS_OK) return status;
    if ((status = write_provenance(file, provenance, count, report)) != STATUS_OK) return status;
    if ((status = write_digest(file, report)) != STATUS_OK) return status;
    if ((status = close_store(file, report)) != STATUS_OK) return status;
    if ((status = output_target_commit(&file->target, report)) != STATUS_OK) file->failed = 1;
    return status;
}
