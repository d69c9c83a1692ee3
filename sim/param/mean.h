/* param/mean.h - means of distributions, by + - * / sqrt and base/elementary.h only: the same bits on every processor. */
#ifndef PACTOLUS_PARAM_MEAN_H
#define PACTOLUS_PARAM_MEAN_H
#include "base/distribution.h"

/* The mean; not finite where it overflows, not a number where a truncation keeps less than PARAM_MEAN_LEAST. */
#define PARAM_MEAN_LEAST 1e-9
double param_mean_of(const struct distribution *distribution);
/* P(low <= X <= high) and E[X; low <= X <= high]. Closed forms, or 16-point Gauss-Legendre on panels that halve towards a
   pole and towards the mode (gamma, beta, pert, t): relative error below 1e-10. */
void param_mean_partial(const struct distribution *distribution, double low, double high, double *probability,
                        double *expectation);
/* Gamma function of x > 0; relative error below 1e-13 up to x = 100; infinite from 171 on. */
double param_mean_gamma(double x);
#endif
