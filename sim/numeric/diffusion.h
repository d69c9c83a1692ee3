/* numeric/diffusion.h - growth, volatility, mean reversion and jumps from an evenly spaced series of logs, for the levels of
   market/factor.c (docs/calibration.md has the equations). */
#ifndef PACTOLUS_NUMERIC_DIFFUSION_H
#define PACTOLUS_NUMERIC_DIFFUSION_H
#include "base/status.h"

enum numeric_diffusion_model { NUMERIC_BROWNIAN, NUMERIC_REVERTING, NUMERIC_JUMPS, NUMERIC_DIFFUSION_MODELS };
enum { NUMERIC_DIFFUSION_LEAST = 10 }; /* observations */

struct numeric_diffusion_series {
    int count;         /* observations, NUMERIC_DIFFUSION_LEAST at least */
    const double *log; /* of them, not owned */
    double years;      /* from one to the next */
    int averaged;      /* each is the mean over its interval, not a level at a point */
    int growth_given;  /* `growth` is taken, not estimated */
    double growth;
    int uncorrected;    /* mean reversion keeps the bias of small samples */
    struct place place; /* for messages */
    const char *name;
};

struct numeric_estimate {
    double value, error; /* standard error; 0 for what was given */
};

struct numeric_diffusion_fit {
    enum numeric_diffusion_model model;
    int usable;      /* 0: the model has no sense for this series, see `why` */
    const char *why; /* not owned */
    struct numeric_estimate growth, volatility, mean_reversion, start_gap, jump_rate, jump_mean, jump_volatility;
    double trend; /* reverting: log of the trend at the last observation, that start_gap is measured from */
    int parameters;
    double log_likelihood, aicc; /* given the first observation */
    /* Of a reverting fit: */
    struct numeric_estimate persistence; /* phi of one interval, least squares */
    double bias;      /* of phi in small samples: first order, of Marriott and Pope (1954) and Kendall (1954) */
    double corrected; /* phi - bias; 1 or more: nothing is left of the mean reversion */
    double unit_root, unit_root_critical; /* (phi - 1) / error, and below what it is a sign of reversion at 5% (MacKinnon 2010) */
};

/* ln(X' / X) is normal: (growth - volatility^2 / 2) and volatility. STATUS_INPUT for a series that does not move. */
int numeric_diffusion_fit_brownian(const struct numeric_diffusion_series *series, struct report *report,
                                   struct numeric_diffusion_fit *fit);
/* An Ornstein-Uhlenbeck process around a trend, as a regression. Not usable where the corrected phi is not in (0, 1). */
int numeric_diffusion_fit_reverting(const struct numeric_diffusion_series *series, struct report *report,
                                    struct numeric_diffusion_fit *fit);
/* Merton's (1976) jumps by likelihood. Not usable for averages, and where the data do not tell jumps from the rest. */
int numeric_diffusion_fit_jumps(const struct numeric_diffusion_series *series, struct report *report,
                                struct numeric_diffusion_fit *fit);
/* The shocks that a fit leaves, count - 1 of them, into `residual`: for correlations. */
void numeric_diffusion_residual(const struct numeric_diffusion_series *series, const struct numeric_diffusion_fit *fit,
                                double *residual);
/* Autocorrelation of the changes of the logs, one interval apart: 1/4 for averages of a random walk (Working 1960). */
double numeric_diffusion_autocorrelation(const struct numeric_diffusion_series *series);
/* Correlation of n pairs and its standard error (1 - r^2) / sqrt(n - 1). */
struct numeric_estimate numeric_diffusion_correlation(const double *a, const double *b, int n);
#endif
