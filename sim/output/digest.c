#include "output/digest.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Two lanes of 64 bits eat little-endian words of eight bytes; every step can be undone, so no single change is lost. */
struct digest {
    uint64_t a, b;
    int samples;
};

static void eat_word(struct digest *d, uint64_t word)
{
    d->a = (d->a ^ word) * 0x9e3779b97f4a7c15u;
    d->a ^= d->a >> 32;
    d->b = (d->b ^ word) * 0xc2b2ae3d27d4eb4fu;
    d->b ^= d->b >> 29;
}

static void eat(struct digest *d, const void *data, size_t n)
{
    const unsigned char *byte = data;
    eat_word(d, n);
    for (; n >= 8; n -= 8, byte += 8) {
        uint64_t word;
        memcpy(&word, byte, sizeof word);
        eat_word(d, word);
    }
    if (n > 0) {
        uint64_t word = 0;
        memcpy(&word, byte, n);
        eat_word(d, word);
    }
}

static void eat_text(struct digest *d, const char *text)
{
    eat(d, text ? text : "", text ? strlen(text) : 0);
}

static void eat_strings(struct digest *d, char **text, hssize_t n)
{
    for (hssize_t i = 0; i < n; i++) {
        eat_text(d, text[i]);
        if (text[i]) H5free_memory(text[i]);
    }
}

/* The links between variables and scales are addresses in the file: the names of the scales stand for them. */
static int is_link(const char *name)
{
    return strcmp(name, "DIMENSION_LIST") == 0 || strcmp(name, "REFERENCE_LIST") == 0 || strcmp(name, "digest") == 0;
}

static herr_t eat_attribute(hid_t object, const char *name, const H5A_info_t *info, void *out)
{
    struct digest *d = out;
    (void)info;
    if (is_link(name)) return 0;
    herr_t status = -1;
    hid_t at = H5Aopen(object, name, H5P_DEFAULT), type = -1, space = -1, memory = -1;
    void *data = NULL;
    if (at < 0 || (type = H5Aget_type(at)) < 0 || (space = H5Aget_space(at)) < 0) goto out;
    hssize_t n = H5Sget_simple_extent_npoints(space);
    size_t size = H5Tget_size(type);
    if (n < 0 || n > 1 << 20 || size == 0 || size > 1 << 20) goto out;
    data = calloc((size_t)n + 1, size);
    if (!data) goto out;
    eat_text(d, name);
    if (H5Tis_variable_str(type) > 0) {
        memory = output_store_string_type();
        if (memory < 0 || H5Aread(at, memory, data) < 0) goto out;
        eat_strings(d, data, n);
    } else {
        if (H5Aread(at, type, data) < 0) goto out;
        eat(d, data, (size_t)n * size);
    }
    status = 0;
out:
    free(data);
    if (memory >= 0) H5Tclose(memory);
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    if (at >= 0) H5Aclose(at);
    return status;
}

static herr_t eat_scale(hid_t set, unsigned dim, hid_t scale, void *out)
{
    char name[128] = "";
    (void)set;
    (void)dim;
    if (H5DSget_scale_name(scale, name, sizeof name) < 0) return -1;
    eat_text(out, name);
    return 0;
}

enum { SLAB = 1 << 17 }; /* doubles read at once, at least one place of the first dimensions */

/* Reads along the last dimension but in C order, a piece at a time. */
static herr_t eat_numbers(struct digest *d, hid_t set, hid_t space, int rank, const hsize_t *size)
{
    hsize_t start[H5S_MAX_RANK] = {0}, count[H5S_MAX_RANK], lines = 1, last = rank ? size[rank - 1] : 1;
    double *x = malloc(SLAB * sizeof *x);
    herr_t status = x ? 0 : -1;
    for (int r = 0; r + 1 < rank; r++) lines *= size[r];
    for (hsize_t line = 0; line < lines && status >= 0; line++) {
        hsize_t k = line;
        for (int r = rank - 1; r-- > 0; k /= size[r]) {
            start[r] = k % size[r];
            count[r] = 1;
        }
        for (hsize_t at = 0; at < last && status >= 0; at += SLAB) {
            hsize_t n = last - at < SLAB ? last - at : SLAB;
            if (rank) start[rank - 1] = at, count[rank - 1] = n;
            hid_t here = H5Screate_simple(1, &n, NULL);
            if (rank) status = H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL);
            if (status >= 0) status = H5Dread(set, H5T_NATIVE_DOUBLE, here, space, H5P_DEFAULT, x);
            if (here >= 0) H5Sclose(here);
            if (status >= 0) eat(d, x, (size_t)n * sizeof *x);
        }
    }
    free(x);
    return status;
}

/* Small sets at once: a summary's last dimension can be one number. */
static herr_t eat_whole(struct digest *d, hid_t set, hssize_t n)
{
    double *x = malloc((size_t)n * sizeof *x + 1);
    herr_t status = x ? H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, x) : -1;
    if (status >= 0) eat(d, x, (size_t)n * sizeof *x);
    free(x);
    return status;
}

static herr_t eat_text_set(struct digest *d, hid_t set, hssize_t n)
{
    hid_t memory = output_store_string_type();
    char **text = calloc((size_t)n + 1, sizeof *text);
    herr_t status = text && memory >= 0 ? H5Dread(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) : -1;
    if (status >= 0) eat_strings(d, text, n);
    free(text);
    if (memory >= 0) H5Tclose(memory);
    return status;
}

static herr_t eat_values(struct digest *d, hid_t set, hid_t space, hid_t type, int rank, const hsize_t *size)
{
    hssize_t n = H5Sget_simple_extent_npoints(space);
    if (n < 0) return -1;
    if (H5Tis_variable_str(type) > 0) return n > 1 << 28 ? -1 : eat_text_set(d, set, n);
    if (H5Tget_class(type) != H5T_FLOAT) return -1;
    if (H5Tget_size(type) == 4) return 0; /* a dimension without values */
    return n <= 1 << 24 ? eat_whole(d, set, n) : eat_numbers(d, set, space, rank, size);
}

static herr_t is_bare(hid_t set, unsigned dim, hid_t scale, void *out)
{
    char name[128] = "";
    (void)set;
    (void)dim;
    if (H5DSget_scale_name(scale, name, sizeof name) < 0) return -1;
    *(int *)out = strncmp(name, "This is a netCDF dimension", 26) == 0;
    return 0;
}

int output_digest_has_paths(hid_t set, int rank)
{
    int bare = 0;
    if (rank == 0 || H5DSis_scale(set) > 0 || H5DSiterate_scales(set, (unsigned)rank - 1, NULL, is_bare, &bare) < 0) return 0;
    return bare;
}

static herr_t eat_set(struct digest *d, hid_t file, const char *name)
{
    hsize_t size[H5S_MAX_RANK] = {0};
    herr_t status = -1;
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT), space = -1, type = -1;
    if (set < 0 || (space = H5Dget_space(set)) < 0 || (type = H5Dget_type(set)) < 0) goto out;
    int rank = H5Sget_simple_extent_dims(space, size, NULL);
    if (rank < 0) goto out;
    status = 0;
    if (!d->samples && output_digest_has_paths(set, rank)) goto out;
    eat_text(d, name);
    eat(d, size, (size_t)rank * sizeof *size);
    for (int r = 0; r < rank && status >= 0 && H5DSis_scale(set) <= 0; r++) {
        status = H5DSiterate_scales(set, (unsigned)r, NULL, eat_scale, d);
    }
    if (status >= 0) status = eat_values(d, set, space, type, rank, size);
    if (status >= 0) status = H5Aiterate2(set, H5_INDEX_NAME, H5_ITER_INC, NULL, eat_attribute, d);
out:
    if (type >= 0) H5Tclose(type);
    if (space >= 0) H5Sclose(space);
    if (set >= 0) H5Dclose(set);
    return status;
}

static herr_t eat_link(hid_t file, const char *name, const H5L_info_t *info, void *out)
{
    (void)info;
    return strcmp(name, "provenance") == 0 ? 0 : eat_set(out, file, name);
}

herr_t output_digest(hid_t file, int samples, char out[DIGEST_TEXT])
{
    struct digest d = {0x243f6a8885a308d3u, 0x13198a2e03707344u, samples}; /* digits of pi */
    if (H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, NULL, eat_link, &d) < 0) return -1;
    if (H5Aiterate2(file, H5_INDEX_NAME, H5_ITER_INC, NULL, eat_attribute, &d) < 0) return -1;
    snprintf(out, DIGEST_TEXT, "%016llx%016llx", (unsigned long long)d.a, (unsigned long long)d.b);
    return 0;
}
