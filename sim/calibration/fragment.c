#include <string.h>

#include "base/elementary.h"
#include "calibration/date.h"
#include "calibration/write.h"

static void write_number(FILE *stream, const char *name, struct calibration_number number)
{
    fprintf(stream, "%s.%s: %.4g", name, number.name, number.estimate.value);
    if (number.estimate.error > 0.0) fprintf(stream, "  # +- %.2g\n", number.estimate.error);
    else fprintf(stream, "  # given\n");
}

static int check_range(const struct calibration_fitted *f, const struct calibration_number *number, struct report *report)
{
    if (number->estimate.value >= number->low && number->estimate.value <= number->high) return STATUS_OK;
    return report_error(report, STATUS_INPUT, (struct place){f->series.path, 0, 0}, f->series.name,
                        "the estimate of %s is beyond what a deal takes, got '%.4g', want %g to %g", number->name,
                        number->estimate.value, number->low, number->high);
}

static int write_level(FILE *stream, const struct calibration_fitted *f, struct report *report)
{
    struct calibration_number number[CALIBRATION_NUMBERS];
    const struct numeric_diffusion_fit *fit = &f->candidate[f->chosen];
    const int n = calibration_write_numbers(fit, number);
    int status = STATUS_OK;
    for (int k = 0; k < n; k++) {
        const int one = check_range(f, &number[k], report);
        write_number(stream, f->series.name, number[k]);
        if (!status) status = one;
    }
    if (fit->model != NUMERIC_REVERTING) fprintf(stream, "%s.mean_reversion: 0\n", f->series.name);
    return status;
}

static void write_head(FILE *stream, const struct calibration_fitted *f)
{
    char from[CALIBRATION_DATE_TEXT], to[CALIBRATION_DATE_TEXT], line[1024];
    const struct calibration_series *s = &f->series;
    const int annual = s->step == 12;
    fprintf(stream, "\n");
    snprintf(line, sizeof line, "%s%s of %.300s, %d %s %s, %s to %s; %s", s->inverse ? "1 / " : "", s->column, s->path, s->count,
             calibration_series_frequency(s->step), s->annual_means ? "means" : "values",
             calibration_date_write(from, s->first, annual),
             calibration_date_write(to, s->first + (s->count - 1) * s->step, annual), calibration_fit_model(f->chosen));
    for (char *c = line; *c; c++) {
        if ((unsigned char)*c < 0x20) *c = '?'; /* a path may hold anything; a comment ends with its line */
    }
    calibration_write_comment(stream, line);
    for (int k = 0; k < f->notes; k++) calibration_write_comment(stream, f->note[k]);
}

/* "market.demand.us" -> "demand.us"; "partners.alpha.share" -> "share.alpha": as market.correlation names them. */
static void write_factor(FILE *stream, const char *name)
{
    if (strncmp(name, "market.", 7) == 0) fprintf(stream, "%s", name + 7);
    else fprintf(stream, "share.%.*s", (int)(strlen(name) - 15), name + 9);
}

/* The last words of both, where they make a name. */
static void write_pair(FILE *stream, const struct calibration *c, int k)
{
    const struct calibration_pair *pair = &c->pair[k];
    const char *a = c->fitted[pair->first].series.name, *b = c->fitted[pair->second].series.name;
    if (!pair->common) return;
    fprintf(stream, "market.correlation.calibrated_%d: {first: ", k + 1);
    write_factor(stream, a);
    fprintf(stream, ", second: ");
    write_factor(stream, b);
    fprintf(stream, ", correlation: %.4f}  # %.3f +- %.3f, %d in common\n", pair->written, pair->correlation.value,
            pair->correlation.error, pair->common);
}

int calibration_write_fragment(FILE *stream, const struct calibration *c, struct report *report)
{
    int status = STATUS_OK, any = 0;
    calibration_write_comment(
        stream,
        "Made by pactolus calibrate. In a deal: include: [THIS FILE]; what the deal says itself wins. +- is a standard error.");
    for (int k = 0; k < c->count; k++) {
        write_head(stream, &c->fitted[k]);
        const int one = write_level(stream, &c->fitted[k], report);
        if (!status) status = one;
    }
    for (int k = 0; k < c->pairs; k++) any |= c->pair[k].common;
    if (any) fprintf(stream, "\n");
    if (any && c->adjusted)
        calibration_write_comment(stream, "Over different times, so moved to the nearest correlation matrix.");
    for (int k = 0; k < c->pairs; k++) write_pair(stream, c, k);
    return status;
}
