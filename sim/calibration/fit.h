/* calibration/fit.h - several series: the model of each, what is known of its numbers, and how their shocks go together. */
#ifndef PACTOLUS_CALIBRATION_FIT_H
#define PACTOLUS_CALIBRATION_FIT_H
#include "calibration/series.h"
#include "numeric/diffusion.h"

enum { CALIBRATION_SERIES = 16, CALIBRATION_PAIRS = CALIBRATION_SERIES * (CALIBRATION_SERIES - 1) / 2 };
enum { CALIBRATION_NOTES = 8, CALIBRATION_NOTE = 320, CALIBRATION_BEST = NUMERIC_DIFFUSION_MODELS };

struct calibration_choice {
    struct calibration_window window;
    int model; /* enum numeric_diffusion_model, or CALIBRATION_BEST: the least AICc */
    int averaged, uncorrected, growth_given;
    double growth;
};

struct calibration_fitted {
    struct calibration_series series;
    struct numeric_diffusion_fit candidate[NUMERIC_DIFFUSION_MODELS];
    int tried[NUMERIC_DIFFUSION_MODELS];
    int chosen;             /* index of candidate */
    double autocorrelation; /* of the changes */
    int notes;
    char note[CALIBRATION_NOTES][CALIBRATION_NOTE]; /* what a reader of the numbers should know, whole sentences */
};

struct calibration_pair {
    int first, second; /* indices of series */
    int common;        /* shocks of the same time; 0: no estimate */
    struct numeric_estimate correlation;
    double written; /* the same, or, where all together are no correlation matrix, of the nearest one */
};

struct calibration {
    struct calibration_choice choice;
    int count, pairs;
    int adjusted; /* correlations were moved to the nearest matrix */
    struct calibration_fitted fitted[CALIBRATION_SERIES];
    struct calibration_pair pair[CALIBRATION_PAIRS];
};

/* Reads all sources, then fits. On the heap; STATUS_USAGE for more than CALIBRATION_SERIES sources, names that no level has or
   that come twice, series of different spacing; STATUS_INPUT for a model that a series does not bear. NULL after a failure. */
int calibration_fit_create(struct calibration **calibration, const struct calibration_source *source, size_t count,
                           const struct calibration_choice *choice, struct report *report);
void calibration_fit_destroy(struct calibration *calibration);
/* "brownian", "reverting", "jumps", "best". */
const char *calibration_fit_model(int model);
/* The model of this name, -1. */
int calibration_fit_model_of(const char *name);
/* Whether a deal's level may be called so: market.demand.R, market.price.R, market.fx.R, market.input.K, partners.P.share. */
int calibration_fit_is_level(const char *name);
/* Whether `text` is a declared name: a-z, then at most 31 of a-z, 0-9, _. */
int calibration_fit_is_member(const char *text, size_t n);
#endif
