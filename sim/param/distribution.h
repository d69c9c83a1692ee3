/* param/distribution.h - `name(args)` of the value grammar -> struct distribution, checked. */
#ifndef PACTOLUS_PARAM_DISTRIBUTION_H
#define PACTOLUS_PARAM_DISTRIBUTION_H
#include "base/distribution.h"
#include "param/reading.h"

enum { PARAM_DISTRIBUTION_DEPTH = 4 }; /* mixtures and truncations inside each other */

/* Reads `name(args)`: positional arguments, then named ones (`sigma=0.4`); `value:probability` for discrete,
   `probability:distribution` for mixture. Arguments are checked and the mean is finite. discrete(..) is sorted by value.
   The distribution lives in reading->store. On failure *out is NULL. */
int param_distribution_parse(const struct param_reading *reading, struct param_span span, const struct distribution **out);
/* Writes the canonical text (all arguments by position, round-trip digits; file and column of empirical(..) as given), at
   most `size` bytes with their end, and returns the length that it has in full. Takes what param_distribution_parse made,
   not a copy of the struct. */
size_t param_distribution_write(char *out, size_t size, const struct distribution *distribution);
#endif
