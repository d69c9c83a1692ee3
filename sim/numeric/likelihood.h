/* numeric/likelihood.h - the largest likelihood of some parameters by GSL's simplex, and what the data say about their errors. */
#ifndef PACTOLUS_NUMERIC_LIKELIHOOD_H
#define PACTOLUS_NUMERIC_LIKELIHOOD_H
#include "base/status.h"

enum { NUMERIC_LIKELIHOOD_MOST = 8 }; /* parameters */

struct numeric_likelihood {
    int parameters;
    /* Log of the likelihood; -INFINITY where a parameter is not allowed. */
    double (*value)(const void *context, const double *parameter);
    const void *context;
};

/* From `parameter`, with first steps `step`, to the nearest maximum (Nelder and Mead 1965, GSL's nmsimplex2, started again from
   where it ended), to within `tolerance` of the simplex. STATUS_INPUT, at `place` and `name`, where it does not settle;
   STATUS_MEMORY. */
int numeric_likelihood_maximise(const struct numeric_likelihood *problem, const double *step, double tolerance,
                                struct place place, const char *name, struct report *report, double *parameter, double *value);
/* Inverse of the observed information, by central differences of width `step`, at a maximum: n x n by rows. 0 if it is one
   there; 1 where the likelihood is flat or at a bound, so that a parameter has no standard error. */
int numeric_likelihood_covariance(const struct numeric_likelihood *problem, const double *parameter, const double *step,
                                  double *covariance);
/* Akaike's criterion with the correction for few observations (Hurvich and Tsai 1989); INFINITY with too few. */
double numeric_likelihood_aicc(double value, int parameters, int observations);
#endif
