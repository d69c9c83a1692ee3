/* base/elementary.h - scalar forms of the functions of lanes_math.h, for set-up code: the same bits on every processor,
   where libm's change with it. Errors and special values are those stated there. */
#ifndef PACTOLUS_BASE_ELEMENTARY_H
#define PACTOLUS_BASE_ELEMENTARY_H
double elementary_exp(double x);
double elementary_log(double x);
double elementary_pow(double x, double y); /* x > 0, or x == 0 with y > 0 */
double elementary_normal_quantile(double u);
double elementary_normal_cdf(double z); /* in the lower tail too */
#endif
