/* Variables of single paths: unfiltered chunks along the paths, written as they come. */
#include <stdlib.h>

#include "output/file_parts.h"

enum { CHUNK = 65536, CACHE_CHUNKS = 128, SLOTS = 12007 };

static hsize_t chunk_of(const struct output_file *file)
{
    return file->config.paths < CHUNK ? (hsize_t)file->config.paths : CHUNK;
}

static int shape_of(const struct output_file *file, const struct output_sample *sample, hsize_t size[4], hsize_t chunk[4])
{
    size_t cells[3];
    int axes = output_table_dims(file->table, sample->axis, 2, cells), rank = 0;
    size[rank] = file->table->scenarios;
    chunk[rank++] = 1;
    for (int a = 0; a < axes; a++) {
        size[rank] = cells[a];
        chunk[rank++] = 1;
    }
    size[rank] = file->config.paths;
    chunk[rank++] = chunk_of(file);
    return rank;
}

/* Batches of several cells come in turn: the cache must hold a chunk of each. */
static hid_t access_of(const struct output_file *file, const hsize_t *size, int rank)
{
    hsize_t cells = 1;
    hid_t plist = H5Pcreate(H5P_DATASET_ACCESS);
    for (int d = 1; d + 1 < rank; d++) cells *= size[d];
    if (cells > CACHE_CHUNKS) cells = CACHE_CHUNKS;
    if (plist >= 0 && H5Pset_chunk_cache(plist, SLOTS, (size_t)(cells * chunk_of(file)) * sizeof(double), 1) < 0) {
        H5Pclose(plist);
        return -1;
    }
    return plist;
}

static hid_t create(struct output_file *file, const struct output_sample *sample)
{
    hsize_t size[4], chunk[4];
    const enum statistics_axis axis[3] = {sample->axis[0], sample->axis[1], AXIS_PATH};
    int rank = shape_of(file, sample, size, chunk);
    hid_t plist = output_rows_properties(rank, chunk), access = access_of(file, size, rank),
          space = H5Screate_simple(rank, size, NULL), set = -1;
    if (plist >= 0 && access >= 0 && space >= 0) {
        set = H5Dcreate2(file->id, sample->name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, plist, access);
    }
    if (space >= 0) H5Sclose(space);
    if (access >= 0) H5Pclose(access);
    if (plist >= 0) H5Pclose(plist);
    if (set >= 0 && output_rows_describe(file, set, sample->unit, sample->sentence, axis, 3) < 0) {
        H5Dclose(set);
        set = -1;
    }
    return set;
}

int output_samples_create(struct output_file *file, struct report *report)
{
    int samples = file->config.paths > 0 ? file->config.samples : 0;
    file->config.samples = samples;
    file->sample = malloc((size_t)(samples + 1) * sizeof *file->sample);
    if (!file->sample) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for samples");
    for (int s = 0; s < samples; s++) file->sample[s] = -1;
    for (int s = 0; s < samples; s++) {
        file->sample[s] = create(file, &file->config.sample[s]);
        if (file->sample[s] < 0) return output_file_fail(file, report, file->config.sample[s].name);
    }
    return STATUS_OK;
}

/* Where the deal declares a member that has this internal index. */
static hsize_t declared_place(const struct output_table *table, enum statistics_axis axis, size_t index)
{
    const int *declared = table->names[axis].declared;
    size_t k = 0;
    if (!declared) return (hsize_t)index;
    while ((int)k < table->shape.size[axis] && (size_t)declared[k] != index) k++;
    return (hsize_t)k;
}

static int place_of(const struct output_file *file, int sample, size_t scenario, size_t cell, uint64_t first,
                    hsize_t start[4])
{
    const enum statistics_axis *axis = file->config.sample[sample].axis;
    const int *size = file->table->shape.size;
    size_t inner = axis[1] == AXIS_NONE ? 1 : (size_t)size[axis[1]];
    int rank = 0;
    start[rank++] = scenario;
    if (axis[0] != AXIS_NONE) start[rank++] = declared_place(file->table, axis[0], cell / inner);
    if (axis[1] != AXIS_NONE) start[rank++] = declared_place(file->table, axis[1], cell % inner);
    start[rank++] = first;
    return rank;
}

int output_file_samples(struct output_file *file, int sample, size_t scenario, size_t cell, uint64_t first, const double *x,
                        size_t n, struct report *report)
{
    hsize_t start[4], count[4] = {1, 1, 1, 1}, size = n;
    if (file->failed) return STATUS_FILE;
    output_store_begin();
    int rank = place_of(file, sample, scenario, cell, first, start);
    count[rank - 1] = n;
    hid_t there = H5Dget_space(file->sample[sample]), here = H5Screate_simple(1, &size, NULL);
    herr_t status = there < 0 || here < 0 || H5Sselect_hyperslab(there, H5S_SELECT_SET, start, NULL, count, NULL) < 0
                        ? -1
                        : H5Dwrite(file->sample[sample], H5T_NATIVE_DOUBLE, here, there, H5P_DEFAULT, x);
    if (status < 0) output_file_fail(file, report, file->config.sample[sample].name);
    if (there >= 0) H5Sclose(there);
    if (here >= 0) H5Sclose(here);
    return status < 0 ? STATUS_FILE : STATUS_OK;
}
