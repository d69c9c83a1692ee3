/* study/bars.h - the Shapley value of switches, path by path and exactly: values are whole numbers of money's grid, weights whole
   numbers over k!, so that the bars of a path and what is left with all switches off add to the value, bit for bit.
   docs/model.md (8.5). */
#ifndef PACTOLUS_STUDY_BARS_H
#define PACTOLUS_STUDY_BARS_H
#include <stdint.h>

#include "base/status.h"

__extension__ typedef __int128 study_units; /* of 2^-20 million over k! */

enum { STUDY_SWITCHES_MOST = 10 };

/* Column c is a partner, or what else has a value on every path. A set of switches that are on is a bit mask. */
struct study_bars {
    int switches, columns;
    uint64_t paths;
    int64_t factorial[STUDY_SWITCHES_MOST + 1];
    study_units *bar; /* [switch][column][path]; owned, as the next two */
    double *all, *none; /* [column][path]: the values with all and with no switch on */
};

/* Bytes that so many paths take. */
uint64_t study_bars_bytes(int switches, int columns, uint64_t paths);
/* STATUS_MEMORY. Free is legal after a failure. */
int study_bars_init(struct study_bars *bars, int switches, int columns, uint64_t paths, struct report *report);
void study_bars_free(struct study_bars *bars);
/* Forgets all values. */
void study_bars_reset(struct study_bars *bars);
/* The values of a column with the switches of `on`, by path, on money's grid. Every set once, in any order. */
void study_bars_add(struct study_bars *bars, unsigned on, int column, const double *value);
/* After all sets. What a switch adds on one path, rounded once. */
double study_bars_path(const struct study_bars *bars, int which, int column, uint64_t path);
/* Its mean over the paths, in units of the grid and not rounded to it. */
double study_bars_mean(const struct study_bars *bars, int which, int column);
/* Rounds `count` numbers to whole ones that add to `total`, a whole one: what rounding leaves goes to the greatest of them, one by
   one. A 0 stays 0. */
void study_bars_settle(double *number, int count, double total);
#endif
