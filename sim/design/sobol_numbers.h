/* design/sobol_numbers.h - the numbers that Sobol' points are made from: set D6 of Joe and Kuo, SIAM J. Sci. Comput. 30 (2008)
   2635-2654. sobol_numbers.c is made by scripts/sobol_numbers.py and carries their licence. */
#ifndef PACTOLUS_DESIGN_SOBOL_NUMBERS_H
#define PACTOLUS_DESIGN_SOBOL_NUMBERS_H
#include <stdint.h>

enum { DESIGN_SOBOL_NUMBERS_DIMENSIONS = 1024, DESIGN_SOBOL_NUMBERS_FIRST = 12092 };

/* By dimension: its primitive polynomial over GF(2), bit k the coefficient of x^k; the first is 1, of degree 0. */
extern const uint16_t design_sobol_numbers_polynomial[DESIGN_SOBOL_NUMBERS_DIMENSIONS];
/* The first m_1, m_2, .. of each dimension, as many as the degree of its polynomial, one dimension after the other. */
extern const uint16_t design_sobol_numbers_first[DESIGN_SOBOL_NUMBERS_FIRST];
#endif
