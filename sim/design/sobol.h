/* design/sobol.h - scrambled Sobol' points (Sobol', USSR Comput. Math. Math. Phys. 7 (1967) 86-112; direction numbers of Joe and
   Kuo, sobol_numbers.h; scrambling of Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995).

   Every block of 2^m points has one point in each of the 2^m strata of every coordinate, scrambled or not; integrals of
   smooth functions converge nearly as 1/n^1.5 where n is a power of two. */
#ifndef PACTOLUS_DESIGN_SOBOL_H
#define PACTOLUS_DESIGN_SOBOL_H
#include "design/points.h"
#include "design/sobol_numbers.h"

enum { DESIGN_SOBOL_BITS = 24 }; /* digits by the sequence: 2^24 points; those below are random, as in Owen's scrambling of a net */

/* Fills the points with the first of the sequence, each coordinate scrambled by the stream of its name. Coordinate j of the
   sequence goes to the j-th name in byte order (at most DESIGN_SOBOL_NUMBERS_DIMENSIONS of them), so the order in which
   they are given moves nothing; a parameter that is added takes its place among the names and moves the columns of those
   behind it, since a sequence cannot give two parameters one coordinate. More points keep the earlier ones. STATUS_MEMORY. */
int design_sobol_fill(struct design_points *points, const char *const *name, uint64_t seed, struct report *report);

/* The sequence itself, before scrambling: the first DESIGN_SOBOL_BITS binary digits of coordinate `dimension`, as whole numbers,
   in Gray-code order (Antonov, Saleev, 1979), which starts with 0 and is that of scipy and of Joe and Kuo. */
void design_sobol_digits(size_t dimension, size_t points, uint32_t *digits);
#endif
