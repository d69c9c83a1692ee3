/* base/distribution.h - what a distribution is, as plain data: the value grammar fills it (param), the quantiles read it
   (random). Arguments are stored in `argument` in the order of the comment. */
#ifndef PACTOLUS_BASE_DISTRIBUTION_H
#define PACTOLUS_BASE_DISTRIBUTION_H

enum distribution_kind {
    DISTRIBUTION_CONSTANT,   /* value */
    DISTRIBUTION_UNIFORM,    /* low, high */
    DISTRIBUTION_TRIANGULAR, /* low, mode, high */
    DISTRIBUTION_PERT,       /* low, mode, high, shape (default 4) */
    DISTRIBUTION_NORMAL,     /* mean, sd */
    DISTRIBUTION_LOGNORMAL,  /* median, sigma (of the logarithm) */
    DISTRIBUTION_BETA,       /* a, b, low (default 0), high (default 1) */
    DISTRIBUTION_GAMMA,      /* shape, scale */
    DISTRIBUTION_STUDENT,    /* location, scale, degrees of freedom; written t(...) */
    DISTRIBUTION_WEIBULL,    /* shape, scale */
    DISTRIBUTION_PARETO,     /* least value, alpha */
    DISTRIBUTION_DISCRETE,   /* values in `argument`, probabilities in `weight` */
    DISTRIBUTION_MIXTURE,    /* probabilities in `weight`, distributions in `part` */
    DISTRIBUTION_TRUNCATED,  /* low, high; part[0] conditioned on lying between them */
    DISTRIBUTION_EMPIRICAL   /* sorted sample in `sample` */
};

enum { DISTRIBUTION_ARGUMENTS = 16, DISTRIBUTION_PARTS = 8 };

struct distribution {
    enum distribution_kind kind;
    int count; /* used entries of argument (or of part, for a mixture) */
    double argument[DISTRIBUTION_ARGUMENTS];
    double weight[DISTRIBUTION_ARGUMENTS];            /* sum to 1 */
    struct distribution *part[DISTRIBUTION_PARTS];    /* owned by the one who built it (param) */
    double *sample;                                   /* owned alike */
    int samples;
};
#endif
