/* calibration/tariff.h - regime rates of a trade chain from a dated schedule of duties: changes counted over years watched. */
#ifndef PACTOLUS_CALIBRATION_TARIFF_H
#define PACTOLUS_CALIBRATION_TARIFF_H
#include "base/status.h"

enum { CALIBRATION_REGIMES = 6, CALIBRATION_REGIME_NAME = 36 }; /* as many as a chain has */
#define CALIBRATION_REGIMES_TEXT "low:0.05,deal:0.2,high"

struct calibration_tariff_choice {
    const char *path;
    const char *importer, *origin, *product; /* NULL: all; else the cell, upper or lower case */
    const char *from, *to;                   /* watched between; NULL: as the rows say */
    const char *regimes;                     /* NULL: CALIBRATION_REGIMES_TEXT; each with the duty below which it lies */
    const char *chain;                       /* name of the chain, market.trade.NAME; NULL: none */
};

struct calibration_regime {
    char name[CALIBRATION_REGIME_NAME];
    double below; /* duties below this, and not below that of the one before; the last: INFINITY */
    double years; /* watched in it, over all lanes */
    double duty;  /* mean duty, over its years */
};

struct calibration_rate {
    int count;
    double rate, error, low, high; /* a year; sqrt(count) / years; exact 95% interval (Garwood 1936) */
};

struct calibration_tariff {
    const struct calibration_tariff_choice *choice;
    int regimes, lanes, periods;
    int changes, days, gaps; /* of regime, on how many different days; breaks in what was watched */
    int start;               /* the regime at the end; -1: lanes differ */
    struct calibration_regime regime[CALIBRATION_REGIMES];
    struct calibration_rate rate[CALIBRATION_REGIMES][CALIBRATION_REGIMES];
};

/* STATUS_FILE, STATUS_MEMORY; STATUS_USAGE for what is asked for in vain; STATUS_INPUT, with the line, for columns that are
   missing, cells that are no duty or date, periods of a lane that overlap, one without end where `to` is not given. */
int calibration_tariff_count(const struct calibration_tariff_choice *choice, struct report *report,
                             struct calibration_tariff *tariff);

void calibration_tariff_write_text(FILE *stream, const struct calibration_tariff *tariff);
void calibration_tariff_write_json(FILE *stream, const struct calibration_tariff *tariff);
void calibration_tariff_write_fragment(FILE *stream, const struct calibration_tariff *tariff);
#endif
