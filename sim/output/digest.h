/* output/digest.h - a number that two files share when they hold the same results (docs/results.md tells how it is made). */
#ifndef PACTOLUS_OUTPUT_DIGEST_H
#define PACTOLUS_OUTPUT_DIGEST_H
#include "output/store.h"

enum { DIGEST_TEXT = 33 };
/* Over everything outside /provenance; the variables of single paths only if `samples` is nonzero. Negative on failure. */
herr_t output_digest(hid_t file, int samples, char out[DIGEST_TEXT]);
/* Nonzero for a variable of single paths: its last dimension, `path`, is the only one without values of its own. */
int output_digest_has_paths(hid_t set, int rank);
#endif
