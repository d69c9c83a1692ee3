/* random/copula.h - ties draws together: their uniforms become dependent, each alone stays uniform.
   Gaussian: u -> score z -> L z -> Phi, with L the lower Cholesky factor of the correlations in the order of the columns.
   Student: the same scores over sqrt(W / degrees of freedom), W chi-squared and common to the copula, then the CDF of t.
   A column without correlation to those before it keeps its bits in a Gaussian copula; columns outside are not touched. */
#ifndef PACTOLUS_RANDOM_COPULA_H
#define PACTOLUS_RANDOM_COPULA_H
#include "base/lanes.h"
#include "base/status.h"
#include "random/quantile.h"

enum { RANDOM_COPULA_MOST = 64 }; /* columns */

struct random_copula {
    int columns;
    double *factor;                /* owned: columns x columns by rows, lower triangle */
    double degrees;                /* of freedom; 0: Gaussian */
    struct random_quantile mixing; /* chi-squared over the degrees of freedom */
    double *score;                 /* owned: table of scores over asinh(t / sqrt(degrees)) */
    double reach;                  /* of that table */
};

/* Set-up. `factor` (columns x columns by rows, rows of length 1, as numeric_correlation_factor gives it) is copied.
   `degrees` in (1, 1e6], or 0 for a Gaussian copula. STATUS_INPUT, STATUS_MEMORY. */
int random_copula_init(struct random_copula *copula, int columns, const double *factor, double degrees, struct place place,
                       const char *name, struct report *report);
/* Legal after a failed init. */
void random_copula_free(struct random_copula *copula);

/* Kernel: `uniform` are the copula's columns of BLOCK_LANES in the order of the factor, changed in place, still in (0, 1).
   `mixing`, only for Student and else NULL, is a column of uniforms of the copula's own stream. */
void random_copula_apply(const struct random_copula *copula, const lanes *restrict mixing, lanes *const uniform[]);
#endif
