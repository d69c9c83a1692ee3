#include "design/sobol.h"

#include <math.h>
#include <stdlib.h>

#include "random/random.h"

/* ---- The sequence ---- */

static int degree_of(size_t dimension)
{
    int degree = 0;
    while (design_sobol_numbers_polynomial[dimension] >> (degree + 1)) degree++;
    return degree;
}

/* Direction numbers v_k = m_k 2^(bits - k) of a dimension; m_k for k above the degree s by the recurrence of its polynomial
   x^s + a_1 x^(s-1) + .. + 1:  m_k = 2 a_1 m_(k-1) ^ .. ^ 2^(s-1) a_(s-1) m_(k-s+1) ^ 2^s m_(k-s) ^ m_(k-s)
   (Bratley, Fox, ACM Trans. Math. Softw. 14 (1988) 88-100, eq. (2)). */
static void direct(size_t dimension, uint32_t direction[DESIGN_SOBOL_BITS])
{
    const uint16_t *first = design_sobol_numbers_first;
    const uint32_t polynomial = design_sobol_numbers_polynomial[dimension];
    const int degree = degree_of(dimension);
    uint32_t m[DESIGN_SOBOL_BITS];
    for (size_t k = 0; k < dimension; k++) first += degree_of(k);
    for (int k = 0; k < DESIGN_SOBOL_BITS; k++) {
        m[k] = k < degree ? first[k] : degree ? m[k - degree] : 1;
        for (int i = 1; k >= degree && i <= degree; i++) m[k] ^= (polynomial >> (degree - i) & 1) * (m[k - i] << i);
        direction[k] = m[k] << (DESIGN_SOBOL_BITS - 1 - k);
    }
}

void design_sobol_digits(size_t dimension, size_t points, uint32_t *digits)
{
    uint32_t direction[DESIGN_SOBOL_BITS], x = 0;
    direct(dimension, direction);
    for (size_t i = 0; i < points; i++) {
        digits[i] = x;
        x ^= direction[__builtin_ctzll(i + 1) % DESIGN_SOBOL_BITS];
    }
}

/* ---- Scrambling ---- */

/* 64 random bits for a node of the tree of digits: the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
static uint64_t bits_of_node(uint64_t key, uint64_t node)
{
    uint64_t z = key + node * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

enum { LEVELS = 6 }; /* of the tree of digits, that share 64 bits: 1 + 2 + .. + 32 nodes */

/* Owen's nested scrambling: whether a digit is flipped depends on all digits above it. `node` counts the prefix of digits with
   a 1 before it, which makes it unique among prefixes of all lengths. */
static uint32_t scramble(uint64_t key, uint32_t digits)
{
    uint64_t node = 1;
    uint32_t made = 0;
    for (int level = DESIGN_SOBOL_BITS - 1; level >= 0;) {
        const uint64_t bits = bits_of_node(key, node);
        for (int below = 0, at = 1; below < LEVELS; below++, level--) {
            const uint32_t digit = digits >> level & 1;
            made |= (digit ^ (uint32_t)(bits >> at & 1)) << level;
            at = 2 * at + (int)digit;
            node = 2 * node + digit;
        }
    }
    return made;
}

/* Below the digits of the sequence two points share no prefix, so that their scrambled digits are independent: random ones. */
static double coordinate(uint32_t digits, double uniform)
{
    const double below = floor(uniform * 0x1p28) + 0.5;
    return ((double)digits * 0x1p28 + below) * 0x1p-52;
}

static int fill_column(double *column, size_t n, size_t dimension, const char *name, uint64_t seed)
{
    char *stream = design_points_stream(name);
    uint32_t *digits = malloc(n * sizeof *digits);
    const int status = stream && digits ? STATUS_OK : STATUS_MEMORY;
    if (!status) {
        const struct random_key key = random_stream_key(seed, stream);
        const uint64_t tree = key.word[0] | (uint64_t)key.word[1] << 32;
        design_points_uniforms(seed, stream, 0, n, column, NULL);
        design_sobol_digits(dimension, n, digits);
        for (size_t i = 0; i < n; i++) column[i] = coordinate(scramble(tree, digits[i]), column[i]);
    }
    free(stream);
    free(digits);
    return status;
}

int design_sobol_fill(struct design_points *points, const char *const *name, uint64_t seed, struct report *report)
{
    size_t *order = malloc((points->dimensions + 1) * sizeof *order);
    int status = order ? STATUS_OK : STATUS_MEMORY;
    if (order) design_points_order(order, name, points->dimensions);
    for (size_t j = 0; j < points->dimensions && !status; j++) {
        status = fill_column(points->unit + order[j] * points->points, points->points, j, name[order[j]], seed);
    }
    free(order);
    if (!status) return STATUS_OK;
    return report_error(report, status, (struct place){0}, NULL, "out of memory: %zu points of %zu parameters", points->points,
                        points->dimensions);
}
