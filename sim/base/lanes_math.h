/* base/lanes_math.h - exp, log, pow, circle, normal distribution on lanes.
   One algorithm of + - * / fused() square_root() for all levels, so the bits are the same everywhere; no libm. A not-a-number
   goes in and comes out as one. Errors are bounds of tests/unit/base/test_lanes_math.c; polynomials come from
   tests/unit/base/coefficients.py. Rare arguments (zero, subnormal, far tail) take a branch that is skipped when no lane
   needs it. */
#ifndef PACTOLUS_BASE_LANES_MATH_H
#define PACTOLUS_BASE_LANES_MATH_H
#include "base/lanes.h"

#define LANES_MATH_INFINITY __builtin_inf()
#define LANES_MATH_NAN __builtin_nan("")
#define LANES_MATH_LEAST_NORMAL 0x1p-1022
/* log 2 in two parts; the first has 32 bits, so that its product with an exponent is exact. */
#define LANES_MATH_LOG2_HIGH 0x1.62e42feep-1
#define LANES_MATH_LOG2_LOW 0x1.a39ef35793c76p-33

LANE_FUNCTION lanes lanes_math_pair(lanes x, double c0, double c1)
{
    return fused(x, all_lanes(c1), all_lanes(c0));
}

/* Polynomial of `count` coefficients, lowest first (Horner). */
LANE_FUNCTION lanes lanes_math_polynomial(const double *c, int count, lanes x)
{
    lanes sum = all_lanes(c[count - 1]);
#pragma GCC unroll 32
    for (int i = count - 2; i >= 0; i--) sum = fused(sum, x, all_lanes(c[i]));
    return sum;
}

/* x / log 2, rounded, plus 1.5 2^52: the low bits hold the whole number. */
LANE_FUNCTION lanes lanes_math_halvings(lanes x)
{
    return fused(x, all_lanes(0x1.71547652b82fep0), all_lanes(0x1.8p52));
}

/* e^r for |r| <= log(2)/2, where it has the bits of exp_lanes. */
LANE_FUNCTION lanes lanes_math_exp_reduced(lanes r)
{
    lanes r2 = r * r, r4 = r2 * r2;
    lanes low = fused(lanes_math_pair(r, 0x1.5555555554cb7p-5, 0x1.1111111110e6ap-7), r2,
                      lanes_math_pair(r, 0.5, 0x1.5555555555555p-3));
    lanes middle = fused(lanes_math_pair(r, 0x1.a019c9a5652d3p-16, 0x1.71de17e40edfep-19), r2,
                         lanes_math_pair(r, 0x1.6c16c1738ff55p-10, 0x1.a01a01a4b322fp-13));
    lanes high = lanes_math_pair(r, 0x1.2880411bad1aap-22, 0x1.af236aac51d05p-26);
    return fused(fused(fused(high, r4, middle), r4, low), r2, r) + 1.0;
}

/* e^r 2^n, n in the low bits of `shifted`; x is what was asked for and decides what is out of range. */
LANE_FUNCTION lanes lanes_math_power_of_two(lanes x, lanes shifted, lanes r)
{
    lanes sum = lanes_math_exp_reduced(r);
    lanes scaled = (lanes)((words)sum + ((words)shifted << 52));
    /* Beyond the largest number the product gives infinity, and keeps a not-a-number. */
    lanes normal = choose((flags)(x <= 0x1.62e42fefa39efp+9), scaled, x * 0x1p1023);
    return choose((flags)(x < -0x1.6232bdd7abcd2p+9), all_lanes(0.0), normal);
}

/* e^x within 1.25 ulp. Below -708.396 (a result below the least normal number 2.2e-308) it is 0, above 709.78 infinity. */
LANE_FUNCTION lanes exp_lanes(lanes x)
{
    lanes shifted = lanes_math_halvings(x), n = shifted - 0x1.8p52;
    lanes r = fused(-n, all_lanes(LANES_MATH_LOG2_HIGH), x);
    return lanes_math_power_of_two(x, shifted, fused(-n, all_lanes(LANES_MATH_LOG2_LOW), r));
}

/* True beyond +-0.34 and for a not-a-number: else lanes_math_exp_reduced gives what exp_lanes does. */
LANE_FUNCTION flags lanes_math_unreduced(lanes x)
{
    return ~((flags)(x < 0.34) & (flags)(x > -0.34));
}

/* True where x is not a positive normal number. */
LANE_FUNCTION flags lanes_math_unusual(lanes x)
{
    return ~((flags)(x >= LANES_MATH_LEAST_NORMAL) & (flags)(x < LANES_MATH_INFINITY));
}

/* x = m 2^k for normal x > 0, m between sqrt(1/2) and sqrt(2). Returns m. */
LANE_FUNCTION lanes lanes_math_split(lanes x, lanes *k)
{
    words bits = (words)x, above = bits - 0x3fe6a09e667f3bcdull;
    words exponent = ((above >> 52) ^ 0x800) | 0x4330000000000000ull; /* as the low bits of a double */
    *k = (lanes)exponent - (0x1p52 + 0x800);
    return (lanes)(bits - (above & 0xfff0000000000000ull));
}

/* (log((1+s)/(1-s)) - 2s) / s^3 for z = s^2. */
LANE_FUNCTION lanes lanes_math_log_series(lanes z)
{
    lanes z2 = z * z;
    lanes low = fused(lanes_math_pair(z, 0x1.2492492476c42p-2, 0x1.c71c720168526p-3), z2,
                      lanes_math_pair(z, 0x1.5555555555555p-1, 0x1.9999999999a38p-2));
    lanes high = fused(lanes_math_pair(z, 0x1.0fbe71ad855c9p-3, 0x1.0c05166ec4148p-3), z2,
                       lanes_math_pair(z, 0x1.745cf8fe328f9p-3, 0x1.3b1c36b445cebp-3));
    return fused(high, z2 * z2, low);
}

/* log x for normal x > 0: with f = m - 1 and s = f / (2 + f), log m = f - f^2/2 + s (f^2/2 + s^2 series), which keeps the
   exact f outside the rounding (the form of fdlibm's e_log.c). */
LANE_FUNCTION lanes lanes_math_log_normal(lanes x, double doublings)
{
    lanes k, f = lanes_math_split(x, &k) - 1.0;
    k -= doublings;
    lanes s = f / (f + 2.0), z = s * s, half = 0.5 * f * f;
    lanes small = fused(s, fused(z, lanes_math_log_series(z), half), k * LANES_MATH_LOG2_LOW);
    return fused(k, all_lanes(LANES_MATH_LOG2_HIGH), f - (half - small));
}

/* log x within 1 ulp, subnormal numbers included; -infinity for 0, infinity for infinity, not a number below 0. */
LANE_FUNCTION lanes log_lanes(lanes x)
{
    lanes usual = lanes_math_log_normal(x, 0.0);
    flags unusual = lanes_math_unusual(x);
    if (__builtin_expect(!any(unusual), 1)) return usual;
    lanes rest = choose((flags)(x > 0.0), lanes_math_log_normal(x * 0x1p54, 54.0), all_lanes(LANES_MATH_NAN));
    rest = choose((flags)(x == 0.0), all_lanes(-LANES_MATH_INFINITY), rest);
    rest = choose((flags)(x == LANES_MATH_INFINITY), x, rest);
    return choose(unusual, rest, usual);
}

/* log x = high + low for normal x > 0, the sum good to about 2^-60 relative. */
LANE_FUNCTION lanes lanes_math_log_double(lanes x, double doublings, lanes *low)
{
    lanes k, f = lanes_math_split(x, &k) - 1.0;
    k -= doublings;
    lanes d = f + 2.0, d_low = f - (d - 2.0), inverse = 1.0 / d;
    lanes s = f * inverse, s_low = (fused(-s, d, f) - s * d_low) * inverse, z = s * s;
    lanes cubic = fused(s * z, lanes_math_log_series(z), 2.0 * fused(z, s_low, s_low));
    lanes whole_part = k * LANES_MATH_LOG2_HIGH, sum = whole_part + 2.0 * s;
    lanes rest = (2.0 * s - (sum - whole_part)) + fused(k, all_lanes(LANES_MATH_LOG2_LOW), cubic);
    lanes high = sum + rest;
    *low = rest - (high - sum);
    return high;
}

/* e^(y (high + low)); the range is that of exp_lanes. */
LANE_FUNCTION lanes lanes_math_raise(lanes high, lanes low, lanes y)
{
    lanes p = y * high, p_low = fused(y, high, -p) + y * low;
    lanes shifted = lanes_math_halvings(p), n = shifted - 0x1.8p52;
    lanes r = fused(-n, all_lanes(LANES_MATH_LOG2_HIGH), p);
    return lanes_math_power_of_two(p, shifted, fused(-n, all_lanes(LANES_MATH_LOG2_LOW), r) + p_low);
}

/* x^y for x >= 0 and finite y: within 1.5 ulp while |y log x| <= 32, then up to 24 ulp at the ends of the range, which
   are those of exp_lanes. 0^y is 0 for y > 0, infinity for y < 0; x^0 is 1; not a number for x < 0. */
LANE_FUNCTION lanes pow_lanes(lanes x, lanes y)
{
    lanes low, high = lanes_math_log_double(x, 0.0, &low);
    lanes usual = lanes_math_raise(high, low, y);
    flags unusual = lanes_math_unusual(x);
    if (__builtin_expect(!any(unusual), 1)) return usual;
    high = lanes_math_log_double(x * 0x1p54, 54.0, &low);
    lanes rest = choose((flags)(x > 0.0), lanes_math_raise(high, low, y), all_lanes(LANES_MATH_NAN));
    flags grows = (flags)(x == LANES_MATH_INFINITY) ^ (flags)(y < 0.0);
    lanes limit = choose(grows, all_lanes(LANES_MATH_INFINITY), all_lanes(0.0));
    limit = choose((flags)(y == 0.0), all_lanes(1.0), choose((flags)(y != y), y, limit));
    rest = choose((flags)(x == 0.0) | (flags)(x == LANES_MATH_INFINITY), limit, rest);
    return choose(unusual, rest, usual);
}

/* cosine = cos(2 pi u), sine = sin(2 pi u), within 1.25 ulp for |u| <= 2^40: u is brought exactly to [-1/8, 1/8] by quarter
   turns, whose count decides which is which and the signs. */
LANE_FUNCTION void circle_lanes(lanes u, lanes *cosine, lanes *sine)
{
    static const double c_sine[6] = {-0x1.4abbce625be52p+5, 0x1.466bc6775a476p+6,  -0x1.32d2cce500387p+6,
                                     0x1.50783208843ebp+5,  -0x1.e3027dea82bd7p+3, 0x1.e4a9d9166f052p+1};
    static const double c_cosine[7] = {-0x1.3bd3cc9be45dep+4, 0x1.03c1f081b5ac0p+6,  -0x1.55d3c7e3cb241p+6, 0x1.e1f5068688d5bp+5,
                                       -0x1.a6d1eef479be1p+4, 0x1.f9ce245cada0bp+2, -0x1.b2f3eb054afcdp+0};
    lanes shifted = fused(u, all_lanes(4.0), all_lanes(0x1.8p52));
    lanes r = fused(shifted - 0x1.8p52, all_lanes(-0.25), u), z = r * r;
    lanes tail = r * fused(z, lanes_math_polynomial(c_sine, 6, z), all_lanes(0x1.1a62633145c07p-52));
    lanes s = fused(r, all_lanes(0x1.921fb54442d18p+2), tail);
    lanes c = fused(z, lanes_math_polynomial(c_cosine, 7, z), all_lanes(1.0));
    words quarter = (words)shifted;
    flags odd = -(flags)(quarter & 1);
    *sine = (lanes)((words)choose(odd, c, s) ^ ((quarter & 2) << 62));
    *cosine = (lanes)((words)choose(odd, s, c) ^ (((quarter + 1) & 2) << 62));
}

/* The three ratios of M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484. */
LANE_FUNCTION lanes lanes_math_quantile_centre(lanes r)
{
    static const double a[8] = {3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
                                45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727};
    static const double b[8] = {1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
                                21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610};
    return lanes_math_polynomial(a, 8, r) / lanes_math_polynomial(b, 8, r);
}
LANE_FUNCTION lanes lanes_math_quantile_tail(lanes r)
{
    static const double c[8] = {1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
                                1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833,
                                7.74545014278341407640e-4};
    static const double d[8] = {1.0, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
                                0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    return lanes_math_polynomial(c, 8, r) / lanes_math_polynomial(d, 8, r);
}
LANE_FUNCTION lanes lanes_math_quantile_far(lanes r)
{
    static const double e[8] = {6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
                                0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
                                2.01033439929228813265e-7};
    static const double f[8] = {1.0, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
                                7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    return lanes_math_polynomial(e, 8, r) / lanes_math_polynomial(f, 8, r);
}

/* The z below which a standard normal variable lies with probability u; relative error below 1e-15. -infinity for 0,
   infinity for 1, not a number outside. */
LANE_FUNCTION lanes normal_quantile_lanes(lanes u)
{
    lanes q = u - 0.5;
    lanes centre = q * lanes_math_quantile_centre(0.180625 - q * q);
    flags inner = (flags)(q * q <= 0.180625); /* |q| <= 0.425 */
    if (!any(~inner)) return centre;
    lanes r = square_root(-log_lanes(least(1.0 - u, u)));
    lanes tail = lanes_math_quantile_tail(r - 1.6);
    flags far = (flags)(r > 5.0);
    if (any(far)) tail = choose(far, lanes_math_quantile_far(r - 5.0), tail);
    tail = choose((flags)(r == LANES_MATH_INFINITY), r, tail);
    return choose(inner, centre, choose((flags)(q < 0.0), -tail, tail));
}

/* Probability that a standard normal variable exceeds x >= 0: e^(-x^2/2) g(t) / (1 + x), t = (x - 4) / (x + 4), g a polynomial
   (the form of Shepherd and Laframboise, Math. Comp. 36 (1981) 249-253). */
LANE_FUNCTION lanes lanes_math_normal_excess(lanes x)
{
    static const double g[23] = {0x1.e361ea6fba141p-2, -0x1.8c18f2086e32fp-4, 0x1.cabd72a6102a6p-7, 0x1.d4969f10dd2f5p-6,
                                 -0x1.07c3c258348bap-5, 0x1.25dd7206578dbp-6, -0x1.47d5fc6e69ccbp-8, -0x1.2b7f5f3080a27p-12,
                                 0x1.6c5380de9c6eep-11, -0x1.8c118d77e9a47p-14, -0x1.707b3ca1aa744p-14, 0x1.6481696fad546p-16,
                                 0x1.c92fce257387bp-17, -0x1.cc6ca40ff3dfap-19, -0x1.5e122d7d5f027p-19, 0x1.af6e75c52a857p-22,
                                 0x1.23be75d9a3022p-21, 0x1.ba7dacfc307b6p-29, -0x1.b2964cf609b1bp-24, -0x1.49da23016a989p-26,
                                 0x1.83ec9a9896382p-27, 0x1.31d6bdb80adf0p-28, 0x1.06610f50cb68bp-32};
    lanes square = x * x, rounding = fused(x, x, -square);
    lanes t = (x - 4.0) / (x + 4.0);
    lanes e = exp_lanes(-0.5 * square);
    return fused(-0.5 * rounding, e, e) * (lanes_math_polynomial(g, 23, t) / (x + 1.0));
}

/* Probability that a standard normal variable is at most z: within 5 ulp (2.5 for z > 0); 0 below -37.6, where it is under 1e-308. */
LANE_FUNCTION lanes normal_cdf_lanes(lanes z)
{
    flags negative = (flags)(z < 0.0);
    lanes excess = lanes_math_normal_excess(least(choose(negative, -z, z), all_lanes(64.0)));
    return choose((flags)(z == z), choose(negative, excess, 1.0 - excess), z);
}
#endif
