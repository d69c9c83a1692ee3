/* param/support.h - what values a distribution can take, and whether they suit a parameter. */
#ifndef PACTOLUS_PARAM_SUPPORT_H
#define PACTOLUS_PARAM_SUPPORT_H
#include "base/distribution.h"
#include "param/reading.h"

/* Ends of the support; infinite where it has none. *attained: 1 if the low end, 2 if the high end has a probability of its
   own (so that the open bound of a row refuses it). */
void param_support_ends(const struct distribution *distribution, double *low, double *high, int *attained);
/* Checks the mean, and the finite ends of the support, against the range of reading->row. An infinite end is let pass:
   whoever draws keeps the value inside of the row's range (struct param_draw). */
int param_support_fit(const struct param_reading *reading, struct param_span got, const struct distribution *distribution,
                      double mean);
#endif
