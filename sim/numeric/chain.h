/* numeric/chain.h - Markov chains in continuous time over n regimes. Matrices are n x n by rows, owned by the caller. */
#ifndef PACTOLUS_NUMERIC_CHAIN_H
#define PACTOLUS_NUMERIC_CHAIN_H
#include "base/status.h"

enum { NUMERIC_CHAIN_MOST = 16 }; /* regimes */

/* Generator of rates per year: rates[i * n + j] from i to j, the diagonal is not read and becomes minus the sum of its row.
   STATUS_INPUT, at `place` and `name`, for a rate that is negative or not finite. */
int numeric_chain_generator(int n, const double *rates, struct place place, const char *name, struct report *report,
                            double *generator);
/* Probabilities of going from i to j within `years` >= 0: e^(generator years), no entry below 0, rows that sum to 1 to rounding.
   STATUS_INTERNAL. */
int numeric_chain_step(int n, const double *generator, double years, struct report *report, double *step);
/* Sums of each row from the left, never falling, at most 1 and the last exactly 1: regime = number of entries <= u. */
void numeric_chain_cumulative(int n, const double *step, double *cumulative);
/* The long-run shares of time (n entries, sum 1). STATUS_INPUT, at `place` and `name`, where the shares depend on the start:
   no regime that all others reach. */
int numeric_chain_stationary(int n, const double *generator, struct place place, const char *name, struct report *report,
                             double *share);
#endif
