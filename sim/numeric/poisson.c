#include "numeric/poisson.h"

#include <gsl/gsl_cdf.h>

void numeric_poisson_interval(int count, double exposure, double level, double *low, double *high)
{
    const double tail = 0.5 * (1.0 - level);
    *low = count ? 0.5 * gsl_cdf_chisq_Pinv(tail, 2.0 * count) / exposure : 0.0;
    *high = 0.5 * gsl_cdf_chisq_Qinv(tail, 2.0 * count + 2.0) / exposure;
}
