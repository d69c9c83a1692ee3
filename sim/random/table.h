/* random/table.h - quantiles of beta, gamma and t as tables.

   With the standard normal score z of a probability, each of the three has a coordinate y in which its density is smooth,
   single-peaked and falls exponentially, and in which y(z) is smooth to the far tails, poles of the density included:
       gamma(a)     x = a e^y                density of y ~ e^(a (y + 1 - e^y))
       beta(a, b)   x = 1 / (1 + b/a e^-y)            ~ (e^y)^a ((b + a e^y) / (a + b))^-(a+b)
       t(n)         x = sqrt(n) sinh y                ~ (cosh y)^-n
   The density is integrated by Gauss-Legendre rules and normalised by its own sum; y(z) is a monotone cubic on equal cells
   of z. Measured error: at most 3e-8 of the range, 1e-10 for shapes above 0.3 (tests/unit/random/test_table.c). */
#ifndef PACTOLUS_RANDOM_TABLE_H
#define PACTOLUS_RANDOM_TABLE_H
#include "base/distribution.h"

enum { RANDOM_TABLE_CELLS = 1024, RANDOM_TABLE_COEFFICIENTS = 4 };
enum { RANDOM_TABLE_SIZE = RANDOM_TABLE_CELLS * RANDOM_TABLE_COEFFICIENTS };
#define RANDOM_TABLE_SCORE 8.5 /* cells cover scores in +-8.5; a probability of 1e-17 lies beyond */

/* Set-up. y(z) for DISTRIBUTION_GAMMA (shape a), DISTRIBUTION_BETA (a, b), DISTRIBUTION_STUDENT (degrees of freedom a), shapes
   in [0.01, 1e7]: RANDOM_TABLE_SIZE doubles owned by the caller, coefficients of the cubic in t = 0..1 of each cell, lowest
   first. STATUS_OK or STATUS_INTERNAL (the integration needs more panels than there are). */
int random_table_fill(enum distribution_kind kind, double a, double b, double *cubic);
/* Set-up. The inverse, z(y) on equal cells of y in [-*reach, *reach]: for the t copula, which needs probabilities. */
int random_table_fill_score(enum distribution_kind kind, double a, double b, double *cubic, double *reach);
/* Set-up. The score at which the table `cubic` of y(z) has the value y; +-infinity beyond its ends. */
double random_table_score(const double *cubic, double y);
#endif
