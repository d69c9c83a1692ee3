/* output/number.h - numbers for programs. */
#ifndef PACTOLUS_OUTPUT_NUMBER_H
#define PACTOLUS_OUTPUT_NUMBER_H

enum { OUTPUT_DIGITS = 32 };
/* The fewest digits that read back to the same bits; `missing` (shorter than OUTPUT_DIGITS) where x is not finite. Returns `out`. */
const char *output_number_digits(char out[OUTPUT_DIGITS], double x, const char *missing);
#endif
