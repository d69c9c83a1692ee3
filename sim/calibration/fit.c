#include "calibration/fit.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "calibration/date.h"
#include "numeric/correlation.h"

static const char *const models[] = {"brownian", "reverting", "jumps", "best"};

const char *calibration_fit_model(int model)
{
    return models[model];
}

int calibration_fit_model_of(const char *name)
{
    for (int k = 0; k <= CALIBRATION_BEST; k++) {
        if (strcmp(name, models[k]) == 0) return k;
    }
    return -1;
}

/* ---- Names ---- */

int calibration_fit_is_member(const char *text, size_t n)
{
    if (n < 1 || n > 32 || text[0] < 'a' || text[0] > 'z') return 0;
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") >= n;
}

int calibration_fit_is_level(const char *name)
{
    static const char *const prefixes[] = {"market.demand.", "market.price.", "market.fx.", "market.input."};
    const size_t n = strlen(name);
    for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes; k++) {
        const size_t m = strlen(prefixes[k]);
        if (strncmp(name, prefixes[k], m) == 0) return calibration_fit_is_member(name + m, n - m);
    }
    return n > 15 && strncmp(name, "partners.", 9) == 0 && strcmp(name + n - 6, ".share") == 0 &&
           calibration_fit_is_member(name + 9, n - 15);
}

static int check_names(const struct calibration_source *source, size_t count, struct report *report)
{
    char escaped[TEXT_ESCAPED];
    int status = STATUS_OK;
    if (count > CALIBRATION_SERIES)
        return report_error(report, STATUS_USAGE, (struct place){0}, "--as", "%zu series, want %d at most", count,
                            CALIBRATION_SERIES);
    for (size_t k = 0; k < count; k++) {
        const char *name = source[k].name;
        if (name && !calibration_fit_is_level(name)) {
            status = report_error(report, STATUS_USAGE, (struct place){0}, "--as",
                                  "no level has that name, got '%s', want market.demand.REGION, "
                                  "market.price.REGION, market.fx.REGION, market.input.INPUT or partners.PARTNER.share",
                                  text_escape(escaped, name));
        }
        for (size_t j = 0; name && j < k; j++) {
            if (source[j].name && strcmp(source[j].name, name) == 0)
                status = report_error(report, STATUS_USAGE, (struct place){0}, "--as", "given twice, got '%s'",
                                      text_escape(escaped, name));
        }
    }
    return status;
}

/* ---- Notes ---- */

static void add_note(struct calibration_fitted *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_note(struct calibration_fitted *f, const char *format, ...)
{
    va_list arguments;
    if (f->notes == CALIBRATION_NOTES) return;
    va_start(arguments, format);
    vsnprintf(f->note[f->notes++], CALIBRATION_NOTE, format, arguments);
    va_end(arguments);
}

static void note_averages(struct calibration_fitted *f, const struct calibration_choice *choice)
{
    const double sign = 2.0 / sqrt(f->series.count - 2.0);
    if (choice->averaged) {
        add_note(f, "The values are taken as averages over each interval, which understate the volatility of a random walk by "
                    "sqrt(2/3): undone.");
    } else if (f->series.annual_means) {
        add_note(
            f,
            "The values are annual means, which understate the volatility of a random walk by sqrt(2/3): --averaged undoes it.");
    } else if (f->autocorrelation > sign) {
        add_note(f,
                 "Changes follow each other (autocorrelation %.2f, 0.25 in averages of a random walk): if the values are "
                 "averages over "
                 "each interval, volatility is too low by sqrt(2/3) = 0.82; --averaged undoes it.",
                 f->autocorrelation);
    }
}

static void note_reversion(struct calibration_fitted *f, const struct calibration_choice *choice)
{
    const struct numeric_diffusion_fit *fit = &f->candidate[NUMERIC_REVERTING];
    const double years = f->series.step / 12.0, phi = fit->persistence.value;
    if (!f->tried[NUMERIC_REVERTING]) return;
    add_note(f,
             "Mean reversion: least squares leave phi = %.3f +- %.3f of a deviation after one interval; the bias of small "
             "samples is %+.3f (%s), %s.",
             phi, fit->persistence.error, fit->bias,
             choice->growth_given ? "Marriott and Pope 1954, Kendall 1954" : "the same with a trend, Shaman and Stine 1988",
             choice->uncorrected ? "not taken out"
             : fit->usable       ? "taken out"
                                 : "and nothing is left");
    if (fit->usable && phi > 0.0 && phi < 1.0 && !choice->uncorrected) {
        add_note(f, "Half-life of a deviation: %.1f years by least squares, %.1f years without the bias.",
                 -0.6931471805599453 * years / elementary_log(phi), 0.6931471805599453 / fit->mean_reversion.value);
    }
    if (fit->unit_root > fit->unit_root_critical) {
        add_note(f,
                 "A random walk is not refuted: (phi - 1) / s.e. = %.2f, and only below %.2f is it so at 5%% (MacKinnon 2010); "
                 "AICc alone prefers mean reversion too often.",
                 fit->unit_root, fit->unit_root_critical);
    }
}

static void note_choice(struct calibration_fitted *f)
{
    for (int k = 0; k < NUMERIC_DIFFUSION_MODELS; k++) {
        if (f->tried[k] && !f->candidate[k].usable && f->candidate[k].why)
            add_note(f, "Not %s: %s.", models[k], f->candidate[k].why);
    }
    if (f->chosen == NUMERIC_REVERTING) {
        const struct numeric_diffusion_fit *fit = &f->candidate[f->chosen];
        const double shift = fit->volatility.value * fit->volatility.value / (4.0 * fit->mean_reversion.value);
        add_note(f,
                 "The trend stands at %.5g at the end, in the units of the column: with start_gap the deal's own numbers are to "
                 "be those of the trend, "
                 "without it those of today.",
                 elementary_exp(fit->trend + shift));
    }
}

/* ---- One series ---- */

static struct numeric_diffusion_series series_of(const struct calibration_fitted *f, const struct calibration_choice *choice)
{
    return (struct numeric_diffusion_series){f->series.count,     f->series.log,          f->series.step / 12.0,
                                             choice->averaged,    choice->growth_given,   choice->growth,
                                             choice->uncorrected, {f->series.path, 0, 0}, f->series.column};
}

static int choose(struct calibration_fitted *f, const struct calibration_choice *choice, struct report *report)
{
    f->chosen = choice->model == CALIBRATION_BEST ? NUMERIC_BROWNIAN : choice->model;
    for (int k = 0; choice->model == CALIBRATION_BEST && k < NUMERIC_DIFFUSION_MODELS; k++) {
        if (f->candidate[k].usable && f->candidate[k].aicc < f->candidate[f->chosen].aicc) f->chosen = k;
    }
    if (f->candidate[f->chosen].usable) return STATUS_OK;
    return report_error(report, STATUS_INPUT, (struct place){f->series.path, 0, 0}, f->series.column,
                        "%s; want another --model than %s", f->candidate[f->chosen].why, models[f->chosen]);
}

static int fit_one(struct calibration_fitted *f, const struct calibration_choice *choice, struct report *report)
{
    static int (*const fits[])(const struct numeric_diffusion_series *, struct report *, struct numeric_diffusion_fit *) = {
        numeric_diffusion_fit_brownian, numeric_diffusion_fit_reverting, numeric_diffusion_fit_jumps};
    const struct numeric_diffusion_series series = series_of(f, choice);
    int status = STATUS_OK;
    for (int k = 0; !status && k < NUMERIC_DIFFUSION_MODELS; k++) {
        f->tried[k] = choice->model == CALIBRATION_BEST || choice->model == k || k == NUMERIC_BROWNIAN;
        if (f->tried[k]) status = fits[k](&series, report, &f->candidate[k]);
    }
    if (!status) status = choose(f, choice, report);
    if (status) return status;
    f->autocorrelation = numeric_diffusion_autocorrelation(&series);
    note_averages(f, choice);
    note_reversion(f, choice);
    note_choice(f);
    return STATUS_OK;
}

/* ---- Pairs ---- */

static int fit_pair(struct calibration *c, int i, int j, struct report *report)
{
    const struct calibration_fitted *a = &c->fitted[i], *b = &c->fitted[j];
    const struct numeric_diffusion_series first = series_of(a, &c->choice), second = series_of(b, &c->choice);
    const int step = a->series.step, ahead = (b->series.first - a->series.first) / step, from = ahead > 0 ? ahead : 0;
    const int to = ahead + second.count < first.count ? ahead + second.count : first.count;
    struct calibration_pair *pair = &c->pair[c->pairs++];
    *pair = (struct calibration_pair){i, j, to - from - 1, {0.0, 0.0}, 0.0};
    if ((b->series.first - a->series.first) % step || pair->common < NUMERIC_DIFFUSION_LEAST) {
        pair->common = 0;
        return STATUS_OK;
    }
    double *one = malloc((size_t)(first.count + second.count) * sizeof *one);
    if (!one) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a correlation");
    numeric_diffusion_residual(&first, &a->candidate[a->chosen], one);
    numeric_diffusion_residual(&second, &b->candidate[b->chosen], one + first.count);
    pair->correlation = numeric_diffusion_correlation(one + from, one + first.count + (from - ahead), pair->common);
    pair->written = pair->correlation.value;
    free(one);
    return STATUS_OK;
}

/* Correlations over different times need not make a matrix that there can be. */
static int make_valid(struct calibration *c, struct report *report)
{
    enum { N = CALIBRATION_SERIES };
    const char *names[N];
    double matrix[N * N] = {0.0}, factor[N * N];
    struct report unused;
    const int n = c->count;
    for (int k = 0; k < n; k++) matrix[k * n + k] = 1.0, names[k] = c->fitted[k].series.column;
    for (int k = 0; k < c->pairs; k++) {
        const struct calibration_pair *pair = &c->pair[k];
        matrix[pair->first * n + pair->second] = matrix[pair->second * n + pair->first] = pair->written;
    }
    report_init(&unused);
    c->adjusted = numeric_correlation_factor(n, matrix, names, (struct place){0}, NULL, &unused, factor) != STATUS_OK;
    report_free(&unused);
    const int status = c->adjusted ? numeric_correlation_nearest(n, matrix, report, factor) : STATUS_OK;
    for (int k = 0; !status && c->adjusted && k < c->pairs; k++)
        c->pair[k].written = factor[c->pair[k].first * n + c->pair[k].second];
    return status;
}

static int fit_pairs(struct calibration *c, struct report *report)
{
    int status = STATUS_OK;
    for (int i = 0; !status && i < c->count; i++) {
        if (c->fitted[i].series.step != c->fitted[0].series.step) {
            return report_error(
                report, STATUS_USAGE, (struct place){c->fitted[i].series.path, 0, 0}, c->fitted[i].series.column,
                "%s values beside %s ones of '%.80s', want the same for a correlation: --annual, or one call for each",
                calibration_series_frequency(c->fitted[i].series.step), calibration_series_frequency(c->fitted[0].series.step),
                c->fitted[0].series.column);
        }
        for (int j = i + 1; !status && j < c->count; j++) {
            if (c->fitted[j].series.step == c->fitted[i].series.step) status = fit_pair(c, i, j, report);
        }
    }
    return status || c->count < 2 ? status : make_valid(c, report);
}

int calibration_fit_create(struct calibration **out, const struct calibration_source *source, size_t count,
                           const struct calibration_choice *choice, struct report *report)
{
    *out = NULL;
    int status = check_names(source, count, report);
    struct calibration *c = status ? NULL : calloc(1, sizeof *c);
    if (status) return status;
    if (!c) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a calibration");
    c->choice = *choice;
    for (size_t k = 0; k < count; k++) {
        const int one = calibration_series_read(&source[k], &choice->window, report, &c->fitted[k].series);
        c->count++;
        if (!status) status = one;
    }
    for (int k = 0; !status && k < c->count; k++) status = fit_one(&c->fitted[k], choice, report);
    if (!status) status = fit_pairs(c, report);
    if (status) calibration_fit_destroy(c);
    else *out = c;
    return status;
}

void calibration_fit_destroy(struct calibration *c)
{
    if (!c) return;
    for (int k = 0; k < c->count; k++) calibration_series_free(&c->fitted[k].series);
    free(c);
}
