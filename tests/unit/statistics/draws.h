/* A small generator for the tests of this folder: nothing of ours, so that the statistics are tested by themselves.
   splitmix64 (Steele, Lea, Flood 2014). */
#ifndef TESTS_UNIT_STATISTICS_DRAWS_H
#define TESTS_UNIT_STATISTICS_DRAWS_H
#include <math.h>
#include <stdint.h>

static inline double draw_uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53;
}

static inline double draw_normal(uint64_t *state)
{
    double r = sqrt(-2 * log(draw_uniform(state)));
    return r * cos(2 * 3.14159265358979323846 * draw_uniform(state));
}
#endif
