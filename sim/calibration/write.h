/* calibration/write.h - a calibration as a table for people, as JSON, and as a fragment of a deal. */
#ifndef PACTOLUS_CALIBRATION_WRITE_H
#define PACTOLUS_CALIBRATION_WRITE_H
#include "calibration/fit.h"

/* The numbers of a fit in the order in which they are shown; NULL behind the last. */
struct calibration_number {
    const char *name, *unit; /* as in a deal */
    struct numeric_estimate estimate;
    double low, high; /* of its row in a deal */
};
enum { CALIBRATION_NUMBERS = 8 };
int calibration_write_numbers(const struct numeric_diffusion_fit *fit, struct calibration_number number[CALIBRATION_NUMBERS]);

void calibration_write_text(FILE *stream, const struct calibration *calibration);
void calibration_write_json(FILE *stream, const struct calibration *calibration);
/* For `include:`. All series must have names. STATUS_INPUT for an estimate beyond the range of its row. */
int calibration_write_fragment(FILE *stream, const struct calibration *calibration, struct report *report);
/* A quoted text of JSON; a number, null where it is not finite. */
void calibration_write_string(FILE *stream, const char *text);
void calibration_write_value(FILE *stream, double value);
/* `text` as lines of comment of at most 120 columns behind "# ". */
void calibration_write_comment(FILE *stream, const char *text);
#endif
