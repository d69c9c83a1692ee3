#include "output/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *output_number_digits(char out[OUTPUT_DIGITS], double x, const char *missing)
{
    if (!isfinite(x)) return strcpy(out, missing);
    for (int digits = 15; digits <= 17; digits++) { /* 15 always read back from text to text, 17 from bits to bits */
        snprintf(out, OUTPUT_DIGITS, "%.*g", digits, x);
        if (strtod(out, NULL) == x) break;
    }
    return out;
}
