/* base/lanes.h - several paths side by side: eight (AVX-512), four (AVX2) or two doubles in one register.
   Formulas use + - * / < == & | ~ of the compiler and the few words below. No other file names an instruction set.
   Every word gives the same bits on every level; fused() is the only multiply-add (built with -ffp-contract=off). */
#ifndef PACTOLUS_BASE_LANES_H
#define PACTOLUS_BASE_LANES_H
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#if defined __AVX2__
#include <immintrin.h>
#endif

enum { BLOCK_PATHS = 64 }; /* paths in a block: every column holds this many doubles */

#if defined LANES_GENERIC /* a width without its instructions: tests of a level that the processor lacks */
#define LANES LANES_GENERIC
#elif defined __AVX512F__ && defined __AVX512DQ__
#define LANES 8
#elif defined __AVX2__ && defined __FMA__
#define LANES 4
#else
#define LANES 2
#endif
#define BLOCK_LANES (BLOCK_PATHS / LANES)

typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t flags __attribute__((vector_size(8 * LANES)));  /* all bits set where true, none where false */
typedef uint64_t words __attribute__((vector_size(8 * LANES))); /* random bits */
#define LANE_FUNCTION static inline __attribute__((always_inline))
/* What few deals need, kept out of the functions that call it: inlined it would take their registers from them. */
#define RARE_FUNCTION static __attribute__((noinline))

LANE_FUNCTION lanes all_lanes(double x)
{
    return x - (lanes){0}; /* not 0 + x, which would lose the sign of -0 */
}

#if LANES == 8 && !defined LANES_GENERIC
LANE_FUNCTION lanes fused(lanes a, lanes b, lanes c)
{
    return (lanes)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
}
LANE_FUNCTION lanes least(lanes a, lanes b)
{
    return (lanes)_mm512_min_pd((__m512d)a, (__m512d)b);
}
LANE_FUNCTION lanes most(lanes a, lanes b)
{
    return (lanes)_mm512_max_pd((__m512d)a, (__m512d)b);
}
LANE_FUNCTION lanes choose(flags f, lanes yes, lanes no)
{
    return (lanes)_mm512_mask_blend_pd(_mm512_movepi64_mask((__m512i)f), (__m512d)no, (__m512d)yes);
}
LANE_FUNCTION int any(flags f)
{
    return _mm512_movepi64_mask((__m512i)f) != 0;
}
LANE_FUNCTION lanes square_root(lanes a)
{
    return (lanes)_mm512_sqrt_pd((__m512d)a);
}
LANE_FUNCTION lanes whole(lanes a)
{
    return (lanes)_mm512_floor_pd((__m512d)a);
}
LANE_FUNCTION lanes lookup(const double table[8], lanes index)
{
    return (lanes)_mm512_permutexvar_pd(_mm512_cvtpd_epi64((__m512d)index), _mm512_loadu_pd(table));
}
LANE_FUNCTION words product(words a, uint32_t b)
{
    return (words)_mm512_mul_epu32((__m512i)a, (__m512i)((words){0} + b));
}
#elif LANES == 4 && !defined LANES_GENERIC
LANE_FUNCTION lanes fused(lanes a, lanes b, lanes c)
{
    return (lanes)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c);
}
LANE_FUNCTION lanes least(lanes a, lanes b)
{
    return (lanes)_mm256_min_pd((__m256d)a, (__m256d)b);
}
LANE_FUNCTION lanes most(lanes a, lanes b)
{
    return (lanes)_mm256_max_pd((__m256d)a, (__m256d)b);
}
LANE_FUNCTION lanes choose(flags f, lanes yes, lanes no)
{
    return (lanes)_mm256_blendv_pd((__m256d)no, (__m256d)yes, (__m256d)f);
}
LANE_FUNCTION int any(flags f)
{
    return _mm256_movemask_pd((__m256d)f) != 0;
}
LANE_FUNCTION lanes square_root(lanes a)
{
    return (lanes)_mm256_sqrt_pd((__m256d)a);
}
LANE_FUNCTION lanes whole(lanes a)
{
    return (lanes)_mm256_floor_pd((__m256d)a);
}
LANE_FUNCTION lanes lookup(const double table[8], lanes index)
{
    return (lanes)_mm256_i32gather_pd(table, _mm256_cvtpd_epi32((__m256d)index), 8);
}
LANE_FUNCTION words product(words a, uint32_t b)
{
    return (words)_mm256_mul_epu32((__m256i)a, (__m256i)((words){0} + b));
}
#else /* any processor: fma() is exactly rounded, so the bits are the same, only slower */
LANE_FUNCTION lanes choose(flags f, lanes yes, lanes no)
{
    return (lanes)((f & (flags)yes) | (~f & (flags)no));
}
LANE_FUNCTION lanes fused(lanes a, lanes b, lanes c)
{
    lanes r = {0};
    for (int l = 0; l < LANES; l++) r[l] = fma(a[l], b[l], c[l]);
    return r;
}
LANE_FUNCTION lanes least(lanes a, lanes b) /* the second where they are equal or not ordered, as the instruction */
{
    return choose((flags)(a < b), a, b);
}
LANE_FUNCTION lanes most(lanes a, lanes b)
{
    return choose((flags)(a > b), a, b);
}
LANE_FUNCTION int any(flags f)
{
    int64_t r = 0;
    for (int l = 0; l < LANES; l++) r |= f[l];
    return r != 0;
}
LANE_FUNCTION lanes square_root(lanes a)
{
    lanes r = {0};
    for (int l = 0; l < LANES; l++) r[l] = sqrt(a[l]);
    return r;
}
LANE_FUNCTION lanes whole(lanes a)
{
    lanes r = {0};
    for (int l = 0; l < LANES; l++) r[l] = floor(a[l]);
    return r;
}
LANE_FUNCTION lanes lookup(const double table[8], lanes index)
{
    lanes r = {0};
    for (int l = 0; l < LANES; l++) r[l] = table[(int)index[l]];
    return r;
}
LANE_FUNCTION words product(words a, uint32_t b)
{
    words r = {0};
    for (int l = 0; l < LANES; l++) r[l] = (uint64_t)(uint32_t)a[l] * b;
    return r;
}
#endif

/* A parameter inside a kernel: one cell when it is constant (mask 0), a column of the block when it is drawn per path
   (mask ~0). `at` reads it for the lanes of index i. */
struct parameter {
    const lanes *cell;
    size_t mask;
};
LANE_FUNCTION lanes at(struct parameter p, size_t i)
{
    return p.cell[i & p.mask];
}
#endif
