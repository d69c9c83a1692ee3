#include <math.h>
#include <string.h>

#include "calibration/date.h"
#include "calibration/write.h"

int calibration_write_numbers(const struct numeric_diffusion_fit *fit, struct calibration_number number[CALIBRATION_NUMBERS])
{
    int n = 0;
    number[n++] = (struct calibration_number){"growth", "1/year", fit->growth, -1.0, 1.0};
    number[n++] = (struct calibration_number){"volatility", "1/sqrt(year)", fit->volatility, 0.0, 3.0};
    if (fit->model == NUMERIC_REVERTING) {
        number[n++] = (struct calibration_number){"mean_reversion", "1/year", fit->mean_reversion, 0.0, 50.0};
        number[n++] = (struct calibration_number){"start_gap", "1", fit->start_gap, -3.0, 3.0};
    }
    if (fit->model == NUMERIC_JUMPS) {
        number[n++] = (struct calibration_number){"jump_rate", "1/year", fit->jump_rate, 0.0, 20.0};
        number[n++] = (struct calibration_number){"jump_mean", "1", fit->jump_mean, -3.0, 3.0};
        number[n++] = (struct calibration_number){"jump_volatility", "1", fit->jump_volatility, 0.0, 3.0};
    }
    return n;
}

static void write_head(FILE *stream, const struct calibration_fitted *f)
{
    char from[CALIBRATION_DATE_TEXT], to[CALIBRATION_DATE_TEXT];
    const struct calibration_series *s = &f->series;
    const int annual = s->step == 12;
    fprintf(stream, "%s%s%s%s: %s, %d %s %s, %s to %s\n", s->name ? s->name : "", s->name ? " from " : "",
            s->inverse ? "1 / " : "", s->column, s->path, s->count, calibration_series_frequency(s->step),
            s->annual_means ? "means" : "values", calibration_date_write(from, s->first, annual),
            calibration_date_write(to, s->first + (s->count - 1) * s->step, annual));
}

static void write_estimates(FILE *stream, const struct numeric_diffusion_fit *fit)
{
    struct calibration_number number[CALIBRATION_NUMBERS];
    const int n = calibration_write_numbers(fit, number);
    for (int k = 0; k < n; k++) {
        const struct numeric_estimate e = number[k].estimate;
        fprintf(stream, "  %-18s %10.4f", number[k].name, e.value);
        if (e.error > 0.0) fprintf(stream, " ± %-10.4f", e.error);
        else fprintf(stream, "   %-10s", "given");
        fprintf(stream, " %s\n", number[k].unit);
    }
}

static void write_models(FILE *stream, const struct calibration_fitted *f)
{
    fprintf(stream, "\n  %-18s %12s %12s %12s\n", "model", "parameters", "log-lik.", "AICc");
    for (int k = 0; k < NUMERIC_DIFFUSION_MODELS; k++) {
        const struct numeric_diffusion_fit *fit = &f->candidate[k];
        if (!f->tried[k]) continue;
        if (fit->usable) {
            fprintf(stream, "  %-18s %12d %12.2f %12.2f%s\n", calibration_fit_model(k), fit->parameters, fit->log_likelihood,
                    fit->aicc, k == f->chosen ? "  taken" : "");
        } else {
            fprintf(stream, "  %-18s %12s\n", calibration_fit_model(k), "not usable");
        }
    }
}

/* Words of `text`, `width` columns a line, each line behind `before`. */
static void write_wrapped(FILE *stream, const char *text, const char *before, size_t width)
{
    while (*text) {
        size_t n = strlen(text);
        if (n > width) {
            for (n = width; n > 0 && text[n] != ' '; n--) continue;
            if (!n) n = width;
        }
        fprintf(stream, "%s%.*s\n", before, (int)n, text);
        text += n + (text[n] == ' ');
    }
}

void calibration_write_comment(FILE *stream, const char *text)
{
    write_wrapped(stream, text, "# ", 118);
}

static void write_pairs(FILE *stream, const struct calibration *c)
{
    fprintf(stream, "\ncorrelation of the shocks\n");
    for (int k = 0; k < c->pairs; k++) {
        const struct calibration_pair *pair = &c->pair[k];
        const struct calibration_series *a = &c->fitted[pair->first].series, *b = &c->fitted[pair->second].series;
        fprintf(stream, "  %s, %s: ", a->name ? a->name : a->column, b->name ? b->name : b->column);
        if (pair->common)
            fprintf(stream, "%.3f ± %.3f (%d in common)\n", pair->correlation.value, pair->correlation.error, pair->common);
        else fprintf(stream, "not enough in common\n");
    }
    if (c->adjusted)
        write_wrapped(stream, "Taken over different times they are no correlation matrix: the fragment has the nearest one.",
                      "  ", 98);
}

void calibration_write_text(FILE *stream, const struct calibration *c)
{
    for (int k = 0; k < c->count; k++) {
        const struct calibration_fitted *f = &c->fitted[k];
        if (k) fprintf(stream, "\n");
        write_head(stream, f);
        fprintf(stream, "  %-18s %10s ± s.e.\n", calibration_fit_model(f->chosen), "estimate");
        write_estimates(stream, &f->candidate[f->chosen]);
        write_models(stream, f);
        if (f->notes) fprintf(stream, "\n");
        for (int j = 0; j < f->notes; j++) write_wrapped(stream, f->note[j], "  ", 98);
    }
    if (c->pairs) write_pairs(stream, c);
}
