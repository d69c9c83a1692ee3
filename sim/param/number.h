/* param/number.h - how a number is written: -?(0|[1-9][0-9]*)(.[0-9]+)?(e[+-]?[0-9]+)? and nothing else, the same in a deal
   file, a table and an option. No +10, 10., .5, 010, 1_000, 1:30, 0x10, 10%, nan, inf. */
#ifndef PACTOLUS_PARAM_NUMBER_H
#define PACTOLUS_PARAM_NUMBER_H
#include "param/reading.h"

enum { PARAM_NUMBER_TEXT = 32 };

/* Reads a whole span. NULL when it is a number; otherwise one phrase that says what is wrong with it ("a number may not
   start with +"), and `bad` (if not NULL) is the position, from 1, of the first bad character, or 0. A number that is not
   0 but below 2.2250738585072014e-308 is refused: some processors round it to 0. */
const char *param_number_read(struct param_span span, double *value, size_t *bad);
/* Reports what is wrong and returns STATUS_INPUT, or STATUS_OK. */
int param_number_parse(const struct param_reading *reading, struct param_span span, double *value);
/* 2022-01 or 2022-01-01 -> 2022 * 12 + 0. NULL or what is wrong. */
const char *param_number_month(struct param_span span, int *month);
/* The shortest of %.15g, %.16g, %.17g that reads back to the same bits, in the grammar above. Returns `out`. */
const char *param_number_write(char out[PARAM_NUMBER_TEXT], double value);
#endif
