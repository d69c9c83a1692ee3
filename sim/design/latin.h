/* design/latin.h - Latin hypercubes (McKay, Beckman, Conover, Technometrics 21 (1979) 239-245): of n points, every coordinate
   has exactly one in each of the n strata [j/n, (j+1)/n). */
#ifndef PACTOLUS_DESIGN_LATIN_H
#define PACTOLUS_DESIGN_LATIN_H
#include "design/points.h"

/* Steps that the search may take, each one factor of a product (some 0.5 ns): at most a quarter of a second, whatever the size. */
#define DESIGN_LATIN_STEPS 200000000.0

/* Fills the points: for each name a permutation of the strata and a place in each stratum, both from the stream of the name,
   then a search for a better one. The search swaps two values of one coordinate and keeps what lowers the centred L2
   discrepancy (Jin, Chen, Sudjianto, J. Stat. Plan. Inference 134 (2005) 268-287, without their threshold: only what is better is
   taken); a swap leaves every stratum with its one value. It tries at most 50 swaps for each coordinate of a point and takes
   at most DESIGN_LATIN_STEPS steps, 2 n for each parameter and swap; where that is less than a swap for every 100 points the
   design stays as it was drawn (20 parameters: above 22,000 points), since chance spreads so many points well.

   The search goes by byte order of names: the order in which they are given moves nothing. What it swaps depends on all
   parameters and on n, so adding a parameter moves the columns of an optimised design; the values in a column
   (which strata, where in them) stay. STATUS_MEMORY. */
int design_latin_fill(struct design_points *points, const char *const *name, uint64_t seed, struct report *report);
/* Number of swaps that the search will try. */
size_t design_latin_trials(size_t points, size_t dimensions);
#endif
