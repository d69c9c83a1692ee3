/* param/support.h - what values a distribution can take, and whether they suit a parameter. */
#ifndef PACTOLUS_PARAM_SUPPORT_H
#define PACTOLUS_PARAM_SUPPORT_H
#include "base/distribution.h"
#include "param/reading.h"

/* Properties of the ends of a support. */
enum {
    PARAM_SUPPORT_LOW_POINT = 1,  /* the low end has a probability of its own: the open bound of a row refuses it */
    PARAM_SUPPORT_HIGH_POINT = 2, /* the high end has one */
    PARAM_SUPPORT_LOW_TAIL = 4    /* values run out towards the low end without reaching it: lognormal, gamma, weibull */
};
/* Ends of the support; infinite where it has none. */
void param_support_ends(const struct distribution *distribution, double *low, double *high, int *ends);
/* Checks the mean, and the ends that are finite and no tail, against the range of reading->row. Tails are let pass:
   whoever draws keeps the value inside of the row's range (struct param_draw). */
int param_support_fit(const struct param_reading *reading, struct param_span got, const struct distribution *distribution,
                      double mean);
#endif
