/* numeric/correlation.h - correlation matrices: is it one, its Cholesky factor, the nearest valid one for the message.
   Matrices are n x n by rows. */
#ifndef PACTOLUS_NUMERIC_CORRELATION_H
#define PACTOLUS_NUMERIC_CORRELATION_H
#include "base/status.h"

enum { NUMERIC_CORRELATION_PAIRS = 3 };

/* Why a matrix is not positive definite. */
struct numeric_correlation_fault {
    double eigenvalue; /* the smallest */
    int pairs;         /* filled: those that pull it down most, worst first; row > column */
    struct {
        int row, column;
        double given, nearest;
    } pair[NUMERIC_CORRELATION_PAIRS];
};

/* Lower Cholesky factor of `matrix` into `factor` (n x n, caller's; above the diagonal 0). The sums run in the order of the
   columns, so a row and column of zeros put anywhere changes no bit of the others.
   A singular matrix is accepted: of two factors with correlation 1 the second is the first.
   STATUS_INPUT with a message at `place` and `name` if an entry is no correlation, the matrix is not symmetric or has a
   negative eigenvalue; the last names the smallest eigenvalue, the guilty pairs by `names` (n texts) and what the nearest
   valid matrix has there. STATUS_MEMORY, STATUS_INTERNAL. */
int numeric_correlation_factor(int n, const double *matrix, const char *const *names, struct place place, const char *name,
                               struct report *report, double *factor);
/* The correlation matrix nearest to a symmetric `matrix` in the sum of squares (Higham, IMA J. Numer. Anal. 22 (2002) 329-343),
   moved towards the unit matrix until its smallest eigenvalue is 1e-3, so that it stays valid when written with four
   decimals. STATUS_MEMORY, STATUS_INTERNAL (no convergence). */
int numeric_correlation_nearest(int n, const double *matrix, struct report *report, double *nearest);
/* Fills `fault` for a symmetric matrix that is not positive definite. STATUS_MEMORY, STATUS_INTERNAL. */
int numeric_correlation_explain(int n, const double *matrix, struct report *report, struct numeric_correlation_fault *fault);
#endif
