/* output/store.h - the few HDF5 calls that the layer needs, each checked; used inside output/ only. */
#ifndef PACTOLUS_OUTPUT_STORE_H
#define PACTOLUS_OUTPUT_STORE_H
#include <hdf5.h>
#include <hdf5_hl.h>

#include "base/status.h"

enum { STORE_REASON = 256 };

/* Before any other HDF5 call of a thread: no clean-up at exit (it can loop on a full disk), no stack dump on stderr. */
void output_store_begin(void);
/* The deepest reason on HDF5's error stack, as one short text: "No space left on device". */
const char *output_store_reason(char out[STORE_REASON]);

/* Variable-length UTF-8 string type; the caller closes it. */
hid_t output_store_string_type(void);
/* Creation properties for a data set: no times, attributes in order of creation. */
hid_t output_store_properties(void);

/* All of these return negative on failure, as HDF5 does, and leave no identifier open but the one returned. */
herr_t output_store_string(hid_t object, const char *name, const char *value);   /* attribute */
herr_t output_store_number(hid_t object, const char *name, double value);        /* attribute */
hid_t output_store_strings(hid_t at, const char *name, const char *const *text, hsize_t count); /* data set, 1-D */
hid_t output_store_text(hid_t at, const char *name, const char *text);                          /* data set, scalar */
hid_t output_store_numbers(hid_t at, const char *name, const double *x, hsize_t count);         /* data set, 1-D */
/* Reads a scalar string attribute or data set; *text is the caller's to free, NULL on failure. */
herr_t output_store_read_attribute(hid_t object, const char *name, char **text);
herr_t output_store_read_text(hid_t at, const char *name, char **text);
#endif
