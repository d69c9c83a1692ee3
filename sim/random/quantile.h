/* random/quantile.h - uniforms into draws of any distribution of the value grammar, by inverting its CDF.

   Closed forms: constant, uniform, triangular, normal, lognormal, weibull, pareto, discrete, empirical. Tables
   (random/table.h): beta, pert, gamma, t. A truncation maps the uniform into the probabilities that it keeps, counted from
   the nearer tail, so that far tails lose no digits. Empirical: a step, each value of the sample with probability 1/n, so
   the mean is that of the sample. Mixture: the uniform first chooses the part, by the order in which they were given, and
   is then stretched to (0, 1) for that part; so a draw grows with its uniform within a part but not across parts.
   All other kinds never fall as the uniform grows. Error at most 1e-7 of the range between the quantiles .001 and .999, or
   of the draw itself where that is more (tests/unit/random/test_quantile.c). */
#ifndef PACTOLUS_RANDOM_QUANTILE_H
#define PACTOLUS_RANDOM_QUANTILE_H
#include "base/distribution.h"
#include "base/lanes.h"
#include "base/status.h"

/* One distribution without parts, cut to a window of its probability. Written by set-up, read by the kernel. */
struct random_quantile_part {
    enum distribution_kind kind; /* pert is beta; never mixture or truncated */
    double weight, weight_below; /* probability of this part, and of those before it */
    double first, width;         /* probability of a uniform u: first + width u */
    int upper;                   /* nonzero: it is the probability of lying above, else below */
    double low, high;            /* least and greatest draw */
    double argument[4];          /* ready for use; the forms are in random/forms.h */
    int count;                   /* values of a discrete or empirical part */
    double *value;               /* owned: values, ascending, or the table of RANDOM_TABLE_CELLS cells */
    double *cumulative;          /* owned: discrete only, the last 1 */
};

struct random_quantile {
    struct random_quantile_part *part; /* owned */
    int parts;
};

/* Set-up. Prepares the quantiles of `distribution`, which is only read. Refuses arguments without meaning and a truncation
   that keeps less than 1e-9 (STATUS_INPUT, at `place` and `name`); STATUS_MEMORY. */
int random_quantile_init(struct random_quantile *quantile, const struct distribution *distribution, struct place place,
                         const char *name, struct report *report);
/* Legal after a failed init. */
void random_quantile_free(struct random_quantile *quantile);
/* Set-up. The mean of the draws, to 1e-9 relative; infinity for a pareto tail without a mean. */
double random_quantile_mean(const struct random_quantile *quantile);

/* Kernel: draws x of a block from uniforms in (0, 1), BLOCK_LANES each. */
void random_quantile_column(const struct random_quantile *quantile, const lanes *restrict uniform, lanes *restrict x);
#endif
