/* calibration/series.h - one column of a dated CSV as an evenly spaced series of logs. */
#ifndef PACTOLUS_CALIBRATION_SERIES_H
#define PACTOLUS_CALIBRATION_SERIES_H
#include "base/status.h"
#include "base/text.h"

/* What is wanted of a file. */
struct calibration_source {
    const char *path;
    const char *column; /* its name, or the beginning of one; NULL: the only one beside the dates */
    const char *name;   /* dotted name of the level in a deal; NULL: none */
    int inverse;        /* 1 / value: the price of the other currency */
};

/* How all files of a calibration are read. */
struct calibration_window {
    const char *from, *to; /* dates; NULL: from the first, to the last value */
    const char *frequency; /* monthly, quarterly, annual; NULL: as the dates say */
    int annual;            /* means of the values of each whole calendar year */
};

struct calibration_series {
    const char *path, *name;   /* of the source, not owned */
    char column[TEXT_ESCAPED]; /* as the header writes it, fit for a message */
    int count, step;           /* observations; months from one to the next */
    int first;                 /* month of the first one (12 x year + month, January 0) */
    int annual_means, inverse;
    double *log; /* owned */
};

/* Reads and checks: STATUS_FILE, STATUS_MEMORY; STATUS_USAGE for what the window or the source asks for in vain; STATUS_INPUT,
   with the line, for values that are no numbers above 0, dates that are none or do not follow each other evenly, gaps. All faults
   of the rows are told at once. Legal to free after a failure. */
int calibration_series_read(const struct calibration_source *source, const struct calibration_window *window,
                            struct report *report, struct calibration_series *series);
void calibration_series_free(struct calibration_series *series);
/* "monthly", "quarterly", "annual". */
const char *calibration_series_frequency(int step);
#endif
