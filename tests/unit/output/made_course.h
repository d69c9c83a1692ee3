/* What partners do in a made-up result: a function of the path's number alone. */
#ifndef TESTS_UNIT_OUTPUT_MADE_COURSE_H
#define TESTS_UNIT_OUTPUT_MADE_COURSE_H
#include <stddef.h>
#include <stdint.h>

enum { MADE_CAUSES = 5 };
enum { MADE_COURSE_COLUMNS = 2 * MADE_CAUSES + 2 + 3, MADE_COURSE_SERIES = 2 + 2 + 1 + 2 * MADE_CAUSES + 2 + 2 };

double made_uniform(uint64_t *state);
/* Fill element i of the columns, in the order of the rows in made.c. */
void made_course_path(double tariff, uint64_t path, double *const *column, size_t i);
void made_course_step(double tariff, uint64_t path, int step, double *const *column, size_t i);
#endif
