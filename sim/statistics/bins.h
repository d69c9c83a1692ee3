/* statistics/bins.h - selection without sorting: 2^18 bins on a scale like asinh, placed by the first batch; each knows its
   count, exact ends and sums. A second pass over the same values collects what lies in the few bins that hold the wanted
   ranks, and makes them exact. */
#ifndef PACTOLUS_STATISTICS_BINS_H
#define PACTOLUS_STATISTICS_BINS_H
#include <stddef.h>
#include <stdint.h>

enum {
    BINS_COUNT = 1 << 18,
    BINS_SLOTS = 192 /* bins that can be collected */
};

struct statistics_bin {
    uint64_t count;
    double sum, square; /* of x - center and of its square */
    double low, high;   /* least and greatest value */
};

/* A bin that holds wanted ranks. */
struct statistics_slot {
    size_t bin;
    uint64_t first; /* rank (from 0) of its least value */
    uint64_t count;
    uint64_t filled;
    double *value; /* into `collected`, sorted once sealed; NULL before collecting */
};

struct statistics_bins {
    double center, inverse; /* inverse of the scale */
    uint64_t count;
    struct statistics_bin *bin; /* BINS_COUNT, owned */
    int slots;
    struct statistics_slot slot[BINS_SLOTS]; /* by rank */
    int16_t *slot_of;                        /* BINS_COUNT, -1 none; owned, NULL before collecting */
    double *collected;                       /* owned */
    int sealed;
};

/* Returns STATUS_MEMORY (without a message: the caller names what did not fit) or STATUS_OK. */
int statistics_bins_init(struct statistics_bins *bins);
void statistics_bins_free(struct statistics_bins *bins);
/* Empties them, keeps the memory. */
void statistics_bins_reset(struct statistics_bins *bins);
/* Places the bins: center = median, scale = half the distance of the quartiles of the sorted x[0..n), n > 0. */
void statistics_bins_place(struct statistics_bins *bins, const double *sorted, size_t n);
void statistics_bins_add(struct statistics_bins *bins, const double *x, size_t n);
/* Finds the bins of the ranks (from 0, any order, at most BINS_SLOTS). Forgets an earlier choice. */
void statistics_bins_choose(struct statistics_bins *bins, const uint64_t *rank, int ranks);
/* Second pass: make room for the chosen bins, give the same values again, sort. */
int statistics_bins_collect_begin(struct statistics_bins *bins);
void statistics_bins_collect(struct statistics_bins *bins, const double *x, size_t n);
int statistics_bins_seal(struct statistics_bins *bins);
/* The value of a chosen rank: exact once sealed, else by rank between the ends of its bin. */
double statistics_bins_value(const struct statistics_bins *bins, uint64_t rank);
/* How far that value can be from the exact one. */
double statistics_bins_width(const struct statistics_bins *bins, uint64_t rank);
/* Sums of x - center and of its square over the `m` least values; rank m must be chosen. */
void statistics_bins_least(const struct statistics_bins *bins, uint64_t m, double *sum, double *square);
#endif
