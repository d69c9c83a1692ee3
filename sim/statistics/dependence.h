/* statistics/dependence.h - how a value hangs on a number that chance brings, from the paths of one run: its means where that number
   is low and where it is high, and the share of its variance that the number tells by itself. docs/model.md (8.7). */
#ifndef PACTOLUS_STATISTICS_DEPENDENCE_H
#define PACTOLUS_STATISTICS_DEPENDENCE_H
#include <stddef.h>

#include "base/status.h"

enum { DEPENDENCE_CLASSES = 25 }; /* at most; each of as many paths, but that equal numbers are never parted */

/* The paths in the order of a number. */
struct statistics_dependence {
    size_t paths;
    size_t *path;  /* owned: by rank */
    size_t end[DEPENDENCE_CLASSES]; /* rank behind each class */
    int classes;   /* 1: the number is the same on all paths */
    size_t low, high; /* paths in the lowest fifth, rank at which the highest begins */
};

struct statistics_dependence_mean {
    double mean, error; /* not a number where no path is, or one: the error */
};
struct statistics_dependence_told {
    struct statistics_dependence_mean low, high; /* of the value, in the lowest and highest fifth of the number */
    double share, share_error;                   /* of its variance; may fall below 0 by chance; not a number where it has none */
};

/* Room for `paths` numbers. STATUS_MEMORY. Free is legal after a failure. */
int statistics_dependence_init(struct statistics_dependence *d, size_t paths, struct report *report);
void statistics_dependence_free(struct statistics_dependence *d);
/* Orders the paths by `number`; all must be comparable. */
void statistics_dependence_order(struct statistics_dependence *d, const double *number);
/* Means of any column in the two fifths: of the number itself too. */
struct statistics_dependence_mean statistics_dependence_low(const struct statistics_dependence *d, const double *value);
struct statistics_dependence_mean statistics_dependence_high(const struct statistics_dependence *d, const double *value);
void statistics_dependence_tell(const struct statistics_dependence *d, const double *value, struct statistics_dependence_told *told);
#endif
