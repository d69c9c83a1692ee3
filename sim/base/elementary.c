#include "base/elementary.h"

#include "base/lanes_math.h"

/* The kernels themselves, in one lane: set-up code and kernels agree to the last bit. */

double elementary_exp(double x)
{
    return exp_lanes(all_lanes(x))[0];
}

double elementary_log(double x)
{
    return log_lanes(all_lanes(x))[0];
}

double elementary_pow(double x, double y)
{
    return pow_lanes(all_lanes(x), all_lanes(y))[0];
}

double elementary_normal_quantile(double u)
{
    return normal_quantile_lanes(all_lanes(u))[0];
}

double elementary_normal_cdf(double z)
{
    return normal_cdf_lanes(all_lanes(z))[0];
}
