/* Errors of base/lanes_math.h against long double, in units of the last place of a double, and the bits of 10^6 results, which
   must be the same on every level and with every compiler. */
#include <criterion/criterion.h>
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "base/lanes_math.h"

enum { SAMPLES = 1000000 };
static const long double TAU = 6.283185307179586476925286766559005768L;

/* Uniform on [0, 1), 53 bits: number i of SplitMix64 (Steele, Lea, Flood 2014). */
static double sample(uint64_t i)
{
    uint64_t z = (i + 1) * 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double between(uint64_t i, double low, double high)
{
    return low + (high - low) * sample(i);
}

/* Distance of got and want in steps of the double numbers at want. */
static double steps_off(double got, long double want)
{
    int exponent;
    frexpl(want, &exponent);
    if (exponent < DBL_MIN_EXP) exponent = DBL_MIN_EXP;
    return (double)fabsl(((long double)got - want) / ldexpl(1.0L, exponent - DBL_MANT_DIG));
}

typedef lanes (*unary)(lanes);
typedef long double (*reference)(long double);
static lanes exp_of(lanes x) { return exp_lanes(x); }
static lanes log_of(lanes x) { return log_lanes(x); }
static lanes normal_quantile_of(lanes x) { return normal_quantile_lanes(x); }
static lanes normal_cdf_of(lanes x) { return normal_cdf_lanes(x); }

static double worst_steps(unary f, reference want, double low, double high)
{
    double worst = 0;
    for (uint64_t i = 0; i < SAMPLES; i += LANES) {
        lanes x = {0};
        for (uint64_t l = 0; l < LANES; l++) x[l] = between(i + l, low, high);
        lanes got = f(x);
        for (int l = 0; l < LANES; l++) worst = fmax(worst, steps_off(got[l], want(x[l])));
    }
    return worst;
}

#define expect_below(error, bound)                                                                \
    do {                                                                                          \
        double found = error;                                                                     \
        cr_expect_lt(found, bound, "%s is %.3f, must be below %s", #error, found, #bound);        \
    } while (0)

static double at_one(unary f, double x)
{
    return f(all_lanes(x))[LANES - 1];
}

Test(lanes_math, exp_is_within_stated_ulp)
{
    expect_below(worst_steps(exp_of, expl, -708.39, 709.78), 1.25);
    expect_below(worst_steps(exp_of, expl, -1.0, 1.0), 1.25);
    expect_below(worst_steps(exp_of, expl, -1e-5, 1e-5), 1.25);
    cr_expect_eq(at_one(exp_of, 0.0), 1.0);
}

Test(lanes_math, exp_near_zero_has_the_bits_of_exp)
{
    for (uint64_t i = 0; i < SAMPLES; i += LANES) {
        lanes x = {0};
        for (uint64_t l = 0; l < LANES; l++) x[l] = between(i + l, -0.34, 0.34);
        cr_assert(!any(lanes_math_unreduced(x)));
        lanes short_way = lanes_math_exp_reduced(x), long_way = exp_lanes(x);
        cr_assert_eq(memcmp(&short_way, &long_way, sizeof x), 0, "at %a", x[0]);
    }
    const double beyond[] = {0.34, -0.34, 1, -1, LANES_MATH_INFINITY, LANES_MATH_NAN};
    for (size_t k = 0; k < sizeof beyond / sizeof *beyond; k++) cr_expect(any(lanes_math_unreduced(all_lanes(beyond[k]))), "%g", beyond[k]);
}

Test(lanes_math, exp_errors)
{
    cr_expect_eq(at_one(exp_of, -708.4), 0.0);
    cr_expect_eq(at_one(exp_of, -1e300), 0.0);
    cr_expect_eq(at_one(exp_of, -INFINITY), 0.0);
    cr_expect_gt(at_one(exp_of, -708.396), DBL_MIN);
    cr_expect_lt(at_one(exp_of, 709.782), INFINITY);
    cr_expect_gt(at_one(exp_of, 709.782), 1.79e308);
    cr_expect_eq(at_one(exp_of, 709.783), INFINITY);
    cr_expect_eq(at_one(exp_of, INFINITY), INFINITY);
    cr_expect(isnan(at_one(exp_of, NAN)));
    cr_expect(isnan(at_one(exp_of, nan("4095")))); /* low bits set, which reach the exponent's arithmetic */
}

static long double log_of_power(long double e) { return logl((long double)exp((double)e)); }
static lanes log_of_exp(lanes e)
{
    for (int l = 0; l < LANES; l++) e[l] = exp(e[l]);
    return log_lanes(e);
}

Test(lanes_math, log_is_within_one_ulp)
{
    expect_below(worst_steps(log_of, logl, 0.5, 2.0), 1.0);
    expect_below(worst_steps(log_of, logl, 0.999, 1.001), 1.0);
    expect_below(worst_steps(log_of, logl, 0.0, 1e-3), 1.0);
    expect_below(worst_steps(log_of_exp, log_of_power, -744.0, 709.0), 1.0);
    cr_expect_eq(at_one(log_of, 1.0), 0.0);
    cr_expect_eq(at_one(log_of, 0x1p-1074), (double)logl(0x1p-1074L));
}

Test(lanes_math, log_errors)
{
    cr_expect_eq(at_one(log_of, 0.0), -INFINITY);
    cr_expect_eq(at_one(log_of, -0.0), -INFINITY);
    cr_expect_eq(at_one(log_of, INFINITY), INFINITY);
    cr_expect(isnan(at_one(log_of, -1.0)));
    cr_expect(isnan(at_one(log_of, -INFINITY)));
    cr_expect(isnan(at_one(log_of, NAN)));
}

/* Worst error of x^y over log x in +-log_range and y log x in +-power_range. */
static double worst_pow(double log_range, double power_range)
{
    double worst = 0;
    for (uint64_t i = 0; i < SAMPLES; i += LANES) {
        lanes x = {0}, y = {0};
        for (uint64_t l = 0; l < LANES; l++) {
            x[l] = exp(between(2 * (i + l), -log_range, log_range));
            y[l] = between(2 * (i + l) + 1, -power_range, power_range) / (fabs(log(x[l])) + 1e-300);
        }
        lanes got = pow_lanes(x, y);
        for (int l = 0; l < LANES; l++) worst = fmax(worst, steps_off(got[l], powl(x[l], y[l])));
    }
    return worst;
}

Test(lanes_math, pow_is_within_stated_ulp)
{
    expect_below(worst_pow(1.0, 32.0), 1.5);
    expect_below(worst_pow(700.0, 32.0), 1.5);
    expect_below(worst_pow(0.01, 700.0), 24.0);
    expect_below(worst_pow(0.7, 700.0), 24.0);
    expect_below(worst_pow(700.0, 700.0), 24.0);
    cr_expect_eq(pow_lanes(all_lanes(3.0), all_lanes(5.0))[0], 243.0);
    cr_expect_eq(pow_lanes(all_lanes(0x1p-1070), all_lanes(-0.5))[0], 0x1p535);
}

static double power(double x, double y)
{
    return pow_lanes(all_lanes(x), all_lanes(y))[0];
}

Test(lanes_math, pow_errors)
{
    cr_expect_eq(power(0.0, 0.3), 0.0);
    cr_expect_eq(power(0.0, -0.3), INFINITY);
    cr_expect_eq(power(0.0, 0.0), 1.0);
    cr_expect_eq(power(7.0, 0.0), 1.0);
    cr_expect_eq(power(INFINITY, 2.0), INFINITY);
    cr_expect_eq(power(INFINITY, -2.0), 0.0);
    cr_expect_eq(power(10.0, 400.0), INFINITY);
    cr_expect_eq(power(10.0, -400.0), 0.0);
    cr_expect(isnan(power(-1.0, 2.0)));
    cr_expect(isnan(power(NAN, 2.0)));
    cr_expect(isnan(power(2.0, NAN)));
    cr_expect(isnan(power(0.0, NAN)));
}

static long double sine_of_turn(long double u)
{
    long double halves = rintl(2 * u), r = u - halves / 2;
    return sinl(TAU * r) * (fmodl(halves, 2) != 0 ? -1 : 1);
}
static long double cosine_of_turn(long double u) { return -sine_of_turn(u - 0.25L); }
static lanes sine_of(lanes u)
{
    lanes c, s;
    circle_lanes(u, &c, &s);
    return s;
}
static lanes cosine_of(lanes u)
{
    lanes c, s;
    circle_lanes(u, &c, &s);
    return c;
}

Test(lanes_math, circle_is_within_stated_ulp)
{
    expect_below(worst_steps(sine_of, sine_of_turn, 0.0, 1.0), 1.25);
    expect_below(worst_steps(cosine_of, cosine_of_turn, 0.0, 1.0), 1.25);
    expect_below(worst_steps(sine_of, sine_of_turn, 0.4999, 0.5001), 1.25);
    expect_below(worst_steps(cosine_of, cosine_of_turn, 0.7499, 0.7501), 1.25);
    expect_below(worst_steps(sine_of, sine_of_turn, -3000.0, 3000.0), 1.25);
}

Test(lanes_math, circle_errors)
{
    cr_expect_eq(at_one(sine_of, 0.0), 0.0);
    cr_expect_eq(at_one(cosine_of, 0.25), 0.0);
    cr_expect_eq(at_one(cosine_of, 0.5), -1.0);
    cr_expect_eq(at_one(sine_of, 0.75), -1.0);
    cr_expect(isnan(at_one(sine_of, NAN)));
    cr_expect(isnan(at_one(cosine_of, INFINITY)));
}

/* Relative error of z by the residual in u, with erfcl as the independent oracle: dz = (F(z) - u) / f(z). */
static double quantile_error(double u, double z)
{
    long double upper = z > 0 ? 1.0L - u : u, x = fabsl((long double)z);
    long double tail = 0.5L * erfcl(x * sqrtl(0.5L)), density = expl(-0.5L * x * x) / sqrtl(TAU);
    return x == 0 ? 0.0 : (double)fabsl((tail - upper) / density / x);
}

Test(lanes_math, normal_quantile_is_within_1e15)
{
    double worst = 0, other = 0;
    for (uint64_t i = 0; i < SAMPLES; i += LANES) {
        lanes u = {0};
        for (uint64_t l = 0; l < LANES; l++) /* the middle, the lower tail to 1e-300, the upper tail */
            u[l] = (i + l) % 3 == 0 ? sample(i) : (i + l) % 3 == 1 ? exp(-690.0 * sample(i + l)) : 1.0 - exp(-30.0 * sample(i + l));
        lanes z = normal_quantile_lanes(u);
        for (int l = 0; l < LANES; l++) {
            if (u[l] <= 0.0 || u[l] >= 1.0) continue;
            worst = fmax(worst, quantile_error(u[l], z[l]));
            other = fmax(other, fabs(z[l] / gsl_cdf_ugaussian_Pinv(u[l]) - 1.0));
        }
    }
    cr_expect_lt(worst, 1e-15, "error %g", worst);
    cr_expect_lt(other, 2e-15, "against GSL %g", other);
    cr_expect_eq(at_one(normal_quantile_of, 0.5), 0.0);
}

Test(lanes_math, normal_quantile_errors)
{
    cr_expect_eq(at_one(normal_quantile_of, 0.0), -INFINITY);
    cr_expect_eq(at_one(normal_quantile_of, 1.0), INFINITY);
    cr_expect(isnan(at_one(normal_quantile_of, -0.1)));
    cr_expect(isnan(at_one(normal_quantile_of, 1.1)));
    cr_expect(isnan(at_one(normal_quantile_of, NAN)));
    lanes mixed = all_lanes(0.5); /* a lane in the far tail does not disturb its neighbours */
    mixed[0] = 1e-200;
    cr_expect_eq(normal_quantile_lanes(mixed)[1], 0.0);
}

static long double normal_cdf_reference(long double z) { return 0.5L * erfcl(-z * sqrtl(0.5L)); }

Test(lanes_math, normal_cdf_is_within_stated_ulp)
{
    expect_below(worst_steps(normal_cdf_of, normal_cdf_reference, -37.5, 0.0), 5.0);
    expect_below(worst_steps(normal_cdf_of, normal_cdf_reference, -2.0, 0.0), 5.0);
    expect_below(worst_steps(normal_cdf_of, normal_cdf_reference, 0.0, 9.0), 2.5);
    cr_expect_float_eq(at_one(normal_cdf_of, 0.0), 0.5, 2e-16);
}

Test(lanes_math, normal_cdf_errors)
{
    cr_expect_eq(at_one(normal_cdf_of, -INFINITY), 0.0);
    cr_expect_eq(at_one(normal_cdf_of, -40.0), 0.0);
    cr_expect_eq(at_one(normal_cdf_of, INFINITY), 1.0);
    cr_expect_eq(at_one(normal_cdf_of, 40.0), 1.0);
    cr_expect(isnan(at_one(normal_cdf_of, NAN)));
}

/* FNV-1a over the words of f at 10^6 arguments. The arguments are made of exact operations only. */
static uint64_t hash_of(unary f, double low, double width)
{
    uint64_t hash = 14695981039346656037ull;
    for (uint64_t i = 0; i < SAMPLES; i += LANES) {
        lanes x = {0};
        for (uint64_t l = 0; l < LANES; l++) x[l] = low + width * sample(i + l);
        lanes y = f(x);
        for (int l = 0; l < LANES; l++) {
            double value = y[l];
            uint64_t bits;
            memcpy(&bits, &value, sizeof bits);
            hash = (hash ^ bits) * 1099511628211ull;
        }
    }
    return hash;
}

static lanes power_of(lanes x) { return pow_lanes(x, 3.0 - 0.25 * x); }

Test(lanes_math, bits_are_the_same_on_every_level)
{
    const struct {
        const char *name;
        unary f;
        double low, width;
        uint64_t hash;
    } row[] = {
        {"exp", exp_of, -720, 1440, 0x12a0587d439dbfc7ull},
        {"log", log_of, 0, 16, 0xc3dd27f8d7297ce9ull},
        {"log of small numbers", log_of, 0, 0x1p-1020, 0x3aa6f3bef440bf05ull},
        {"pow", power_of, 0, 64, 0xda14ff6c4b668422ull},
        {"sine", sine_of, -2, 4, 0x6b1e92b9ab1c5c87ull},
        {"cosine", cosine_of, -2, 4, 0x87826595bbe53797ull},
        {"normal quantile", normal_quantile_of, 0, 1, 0x08519a31e778bfacull},
        {"normal quantile of small numbers", normal_quantile_of, 0, 0x1p-30, 0x46ae3dda38046436ull},
        {"normal cdf", normal_cdf_of, -40, 80, 0x85620de21455057dull},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        uint64_t got = hash_of(row[i].f, row[i].low, row[i].width);
        cr_expect_eq(got, row[i].hash, "%s: 0x%016llxull", row[i].name, (unsigned long long)got);
    }
}
