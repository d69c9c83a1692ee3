/* output/console.h - the result for people on a terminal, and for programs as JSON. */
#ifndef PACTOLUS_OUTPUT_CONSOLE_H
#define PACTOLUS_OUTPUT_CONSOLE_H
#include <stdio.h>

#include "output/table.h"

/* flat[s]: the numbers of scenario s. One scenario: a page; several: a line per scenario and partner, of the
   first `most` scenarios (0: all), the only ones whose numbers are read. Write errors are left in the stream (ferror). */
void output_console_write(FILE *stream, const struct output_table *table, const double *const *flat, size_t most);
/* The page of one scenario of several. */
void output_console_scenario(FILE *stream, const struct output_table *table, const double *flat, const char *scenario);
/* All rows; doubles with round-trip digits, not a number as null. docs/results.md tells the form. */
void output_json_write(FILE *stream, const struct output_table *table, const double *const *flat);
/* A JSON string with its quotes; a number with the fewest digits that read back to the same bits, null where not finite. */
void output_json_string(FILE *stream, const char *text);
void output_json_number(FILE *stream, double x);
/* A number with digits that fit its standard error (two of it), thousands by commas; decimals < 0: from the error. */
enum { OUTPUT_NUMBER = 40 };
const char *output_console_number(char out[OUTPUT_NUMBER], double x, int decimals);
int output_console_decimals(double error);
#endif
