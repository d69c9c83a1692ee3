#include <math.h>

#include "calibration/date.h"
#include "calibration/write.h"
#include "param/number.h"

void calibration_write_string(FILE *stream, const char *text)
{
    fputc('"', stream);
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') fprintf(stream, "\\%c", c);
        else if (c < 0x20) fprintf(stream, "\\u%04x", c);
        else fputc(c, stream);
    }
    fputc('"', stream);
}

void calibration_write_value(FILE *stream, double value)
{
    char digits[PARAM_NUMBER_TEXT];
    fputs(isfinite(value) ? param_number_write(digits, value) : "null", stream);
}

static void write_member(FILE *stream, const char *name, double value)
{
    fprintf(stream, ", \"%s\": ", name);
    calibration_write_value(stream, value);
}

static void write_estimate(FILE *stream, struct numeric_estimate estimate)
{
    fprintf(stream, "{\"value\": ");
    calibration_write_value(stream, estimate.value);
    write_member(stream, "standard_error", estimate.error > 0.0 ? estimate.error : NAN);
    fputc('}', stream);
}

static void write_model(FILE *stream, const struct numeric_diffusion_fit *fit)
{
    struct calibration_number number[CALIBRATION_NUMBERS];
    const int n = calibration_write_numbers(fit, number);
    fprintf(stream, "{\"model\": \"%s\", \"usable\": %s", calibration_fit_model((int)fit->model), fit->usable ? "true" : "false");
    if (fit->why) fprintf(stream, ", \"why\": ");
    if (fit->why) calibration_write_string(stream, fit->why);
    if (fit->usable) {
        fprintf(stream, ", \"parameters\": %d", fit->parameters);
        write_member(stream, "log_likelihood", fit->log_likelihood);
        write_member(stream, "aicc", fit->aicc);
    }
    if (fit->model == NUMERIC_REVERTING) {
        fprintf(stream, ", \"persistence\": ");
        write_estimate(stream, fit->persistence);
        write_member(stream, "bias", fit->bias);
        write_member(stream, "unit_root", fit->unit_root);
        write_member(stream, "unit_root_critical", fit->unit_root_critical);
    }
    for (int k = 0; fit->usable && k < n; k++) {
        fprintf(stream, ", \"%s\": ", number[k].name);
        write_estimate(stream, number[k].estimate);
    }
    fputc('}', stream);
}

static void write_series(FILE *stream, const struct calibration_fitted *f)
{
    char date[CALIBRATION_DATE_TEXT];
    const struct calibration_series *s = &f->series;
    int written = 0;
    fprintf(stream, "{\"name\": ");
    if (s->name) calibration_write_string(stream, s->name);
    else fprintf(stream, "null");
    fprintf(stream, ", \"file\": ");
    calibration_write_string(stream, s->path);
    fprintf(stream, ", \"column\": ");
    calibration_write_string(stream, s->column);
    fprintf(stream, ", \"frequency\": \"%s\", \"from\": \"%s\"", calibration_series_frequency(s->step),
            calibration_date_write(date, s->first, s->step == 12));
    fprintf(stream, ", \"to\": \"%s\", \"observations\": %d",
            calibration_date_write(date, s->first + (s->count - 1) * s->step, s->step == 12), s->count);
    write_member(stream, "autocorrelation", f->autocorrelation);
    fprintf(stream, ", \"chosen\": \"%s\", \"models\": [", calibration_fit_model(f->chosen));
    for (int k = 0; k < NUMERIC_DIFFUSION_MODELS; k++) {
        if (!f->tried[k]) continue;
        if (written++) fprintf(stream, ", ");
        write_model(stream, &f->candidate[k]);
    }
    fprintf(stream, "], \"notes\": [");
    for (int k = 0; k < f->notes; k++) {
        if (k) fprintf(stream, ", ");
        calibration_write_string(stream, f->note[k]);
    }
    fprintf(stream, "]}");
}

void calibration_write_json(FILE *stream, const struct calibration *c)
{
    fprintf(stream, "{\"averaged\": %s, \"series\": [", c->choice.averaged ? "true" : "false");
    for (int k = 0; k < c->count; k++) {
        fprintf(stream, k ? ",\n " : "\n ");
        write_series(stream, &c->fitted[k]);
    }
    fprintf(stream, "],\n \"correlations\": [");
    for (int k = 0; k < c->pairs; k++) {
        const struct calibration_pair *pair = &c->pair[k];
        fprintf(stream, "%s{\"first\": %d, \"second\": %d, \"common\": %d, \"correlation\": ", k ? ", " : "", pair->first,
                pair->second, pair->common);
        write_estimate(stream, pair->correlation);
        write_member(stream, "written", pair->written);
        fputc('}', stream);
    }
    fprintf(stream, "]}\n");
}
