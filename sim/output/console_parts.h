/* output/console_parts.h - what the pages for people share; used inside output/ only. */
#ifndef PACTOLUS_OUTPUT_CONSOLE_PARTS_H
#define PACTOLUS_OUTPUT_CONSOLE_PARTS_H
#include "output/console.h"

/* Columns that a reader sees, not bytes. */
int output_console_width(const char *text);
void output_console_left(FILE *stream, const char *text, int width);
void output_console_right(FILE *stream, const char *text, int width);
/* The page of an attribution: a result that has the row attribution_mean. */
void output_console_attribution(FILE *stream, const struct output_table *table, const double *flat, const char *scenario);
/* The page of what the value hangs on: a result that has the row explained. */
void output_console_drivers(FILE *stream, const struct output_table *table, const double *flat, const char *scenario);
/* What stands below the lines of a portfolio: a result that has the row correlation, its first scenario being the sum. */
void output_console_portfolio(FILE *stream, const struct output_table *table, const double *const *flat, size_t scenarios);
#endif
