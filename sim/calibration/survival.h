/* calibration/survival.h - what the search for contract.breakup.share has found, told. */
#ifndef PACTOLUS_CALIBRATION_SURVIVAL_H
#define PACTOLUS_CALIBRATION_SURVIVAL_H
#include "base/status.h"

enum { CALIBRATION_YEARS = 41 };

enum calibration_outcome {
    CALIBRATION_MET,      /* a share in (0, 1] meets the target */
    CALIBRATION_EXCEEDED, /* what the deal models parts the partners faster than the target by itself: 0 */
    CALIBRATION_LATE      /* not even 1 meets it (exits take their notice): the share of the hazard that nothing models */
};

struct calibration_survival {
    const char *deal;
    enum calibration_outcome outcome;
    double median, shape;         /* of the target 1 / (1 + (t / median)^shape) */
    double years;                 /* at which it is met */
    double share, error;          /* contract.breakup.share and its standard error, from the paths */
    double target, without, with; /* survival at `years`: wanted, with share 0, with `share` */
    unsigned long long paths, runs;
    int rows; /* whole years up to `years` */
    struct {
        double year, target, without, with;
    } row[CALIBRATION_YEARS];
};

double calibration_survival_target(double median, double shape, double years);
/* -ln of it. */
double calibration_survival_hazard(double median, double shape, double years);
void calibration_survival_write_text(FILE *stream, const struct calibration_survival *survival);
void calibration_survival_write_json(FILE *stream, const struct calibration_survival *survival);
void calibration_survival_write_fragment(FILE *stream, const struct calibration_survival *survival);
#endif
