#include "output/store.h"

#include <stdlib.h>
#include <string.h>

void output_store_begin(void)
{
    H5dont_atexit();
    H5open();
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

static herr_t deepest(unsigned n, const H5E_error2_t *error, void *out)
{
    if (n == 0) snprintf(out, STORE_REASON, "%s", error->desc ? error->desc : "unknown reason");
    return 0;
}

/* HDF5 wraps the words of the system into a long line: "... error message = 'No space left on device', buf = ...". */
const char *output_store_reason(char out[STORE_REASON])
{
    static const char MARK[] = "error message = '";
    snprintf(out, STORE_REASON, "unknown reason");
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, deepest, out);
    char *start = strstr(out, MARK);
    if (start) {
        start += sizeof MARK - 1;
        char *end = strchr(start, '\'');
        if (end) *end = '\0';
        memmove(out, start, strlen(start) + 1);
    }
    for (char *c = out; *c; c++) {
        if ((unsigned char)*c < ' ') *c = ' ';
    }
    return out;
}

hid_t output_store_string_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    if (type >= 0 && (H5Tset_size(type, H5T_VARIABLE) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0)) {
        H5Tclose(type);
        return -1;
    }
    return type;
}

hid_t output_store_properties(void)
{
    hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
    if (plist >= 0 && (H5Pset_obj_track_times(plist, 0) < 0 ||
                       H5Pset_attr_creation_order(plist, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) < 0)) {
        H5Pclose(plist);
        return -1;
    }
    return plist;
}

static herr_t attribute(hid_t object, const char *name, hid_t type, const void *value)
{
    hid_t space = H5Screate(H5S_SCALAR), at = -1;
    herr_t status = -1;
    if (space < 0) goto out;
    at = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (at < 0) goto out;
    status = H5Awrite(at, type, value);
out:
    if (at >= 0 && H5Aclose(at) < 0) status = -1;
    if (space >= 0) H5Sclose(space);
    return status;
}

herr_t output_store_string(hid_t object, const char *name, const char *value)
{
    hid_t type = output_store_string_type();
    herr_t status = type < 0 ? -1 : attribute(object, name, type, &value);
    if (type >= 0) H5Tclose(type);
    return status;
}

herr_t output_store_number(hid_t object, const char *name, double value)
{
    return attribute(object, name, H5T_NATIVE_DOUBLE, &value);
}

/* A data set that is written at once; rank 0 or 1. */
static hid_t whole(hid_t at, const char *name, hid_t type, int rank, hsize_t count, const void *data)
{
    hid_t plist = output_store_properties(), space = -1, set = -1;
    if (plist < 0) goto out;
    space = rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, NULL);
    if (space < 0) goto out;
    set = H5Dcreate2(at, name, type, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    if (set >= 0 && H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0) {
        H5Dclose(set);
        set = -1;
    }
out:
    if (space >= 0) H5Sclose(space);
    if (plist >= 0) H5Pclose(plist);
    return set;
}

static hid_t whole_strings(hid_t at, const char *name, int rank, hsize_t count, const char *const *text)
{
    hid_t type = output_store_string_type();
    hid_t set = type < 0 ? -1 : whole(at, name, type, rank, count, text);
    if (type >= 0) H5Tclose(type);
    return set;
}

hid_t output_store_strings(hid_t at, const char *name, const char *const *text, hsize_t count)
{
    return whole_strings(at, name, 1, count, text);
}

hid_t output_store_text(hid_t at, const char *name, const char *text)
{
    return whole_strings(at, name, 0, 1, &text);
}

hid_t output_store_numbers(hid_t at, const char *name, const double *x, hsize_t count)
{
    return whole(at, name, H5T_NATIVE_DOUBLE, 1, count, x);
}

/* HDF5 gives its own memory for variable strings: copy it, so that free() is right for the caller. */
static char *own_copy(char *given)
{
    char *copy = NULL;
    if (given && (copy = malloc(strlen(given) + 1))) strcpy(copy, given);
    if (given) H5free_memory(given);
    return copy;
}

/* Only scalar variable-length strings: anything else in the place of one is not a file of ours. */
static int is_text(hid_t type, hid_t space)
{
    return type >= 0 && space >= 0 && H5Tis_variable_str(type) > 0 && H5Sget_simple_extent_npoints(space) == 1;
}

herr_t output_store_read_attribute(hid_t object, const char *name, char **text)
{
    hid_t at = H5Aopen(object, name, H5P_DEFAULT), file_type = -1, space = -1, type = output_store_string_type();
    char *given = NULL;
    *text = NULL;
    if (at >= 0) {
        file_type = H5Aget_type(at);
        space = H5Aget_space(at);
        if (is_text(file_type, space) && H5Aread(at, type, &given) >= 0) *text = own_copy(given);
    }
    if (file_type >= 0) H5Tclose(file_type);
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    if (at >= 0) H5Aclose(at);
    return *text ? 0 : -1;
}

herr_t output_store_read_text(hid_t at, const char *name, char **text)
{
    hid_t set = H5Dopen2(at, name, H5P_DEFAULT), file_type = -1, space = -1, type = output_store_string_type();
    char *given = NULL;
    *text = NULL;
    if (set >= 0) {
        file_type = H5Dget_type(set);
        space = H5Dget_space(set);
        if (is_text(file_type, space) && H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &given) >= 0) {
            *text = own_copy(given);
        }
    }
    if (file_type >= 0) H5Tclose(file_type);
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    if (set >= 0) H5Dclose(set);
    return *text ? 0 : -1;
}
