#include <math.h>
#include <string.h>

#include "calibration/tariff.h"
#include "calibration/write.h"

static void write_note(FILE *stream, const struct calibration_tariff *t, void (*write)(FILE *, const char *))
{
    char text[256];
    if (t->days < t->changes) {
        snprintf(text, sizeof text,
                 "%d changes fell on %d days: lanes do not change independently, so that the intervals are too narrow.",
                 t->changes, t->days);
        write(stream, text);
    }
    if (t->gaps) {
        snprintf(text, sizeof text, "%d %s between periods: what happened there is not counted.", t->gaps,
                 t->gaps == 1 ? "gap" : "gaps");
        write(stream, text);
    }
}

static void write_line(FILE *stream, const char *text)
{
    fprintf(stream, "%s\n", text);
}

static void write_string(FILE *stream, const char *text)
{
    fprintf(stream, ", ");
    calibration_write_string(stream, text);
}

void calibration_tariff_write_text(FILE *stream, const struct calibration_tariff *t)
{
    fprintf(stream, "%s: %d %s, %d periods, %d changes of regime\n\n%-14s %10s %10s\n", t->choice->path, t->lanes,
            t->lanes == 1 ? "lane" : "lanes", t->periods, t->changes, "regime", "years", "mean duty");
    for (int k = 0; k < t->regimes; k++)
        fprintf(stream, "%-14s %10.3f %9.1f%%\n", t->regime[k].name, t->regime[k].years, 100.0 * t->regime[k].duty);
    fprintf(stream, "\n%-30s %6s %10s %10s   %s\n", "change", "count", "a year", "± s.e.", "95% interval");
    for (int i = 0; i < t->regimes; i++) {
        for (int j = 0; j < t->regimes; j++) {
            const struct calibration_rate *rate = &t->rate[i][j];
            char name[80];
            if (i == j) continue;
            snprintf(name, sizeof name, "%s to %s", t->regime[i].name, t->regime[j].name);
            if (t->regime[i].years > 0.0)
                fprintf(stream, "%-30s %6d %10.4f %9.4f   %.4f to %.4f\n", name, rate->count, rate->rate, rate->error, rate->low,
                        rate->high);
            else fprintf(stream, "%-30s %6s\n", name, "never watched");
        }
    }
    if (t->days < t->changes || t->gaps) fprintf(stream, "\n");
    write_note(stream, t, write_line);
}

static void write_number(FILE *stream, const char *name, double value)
{
    fprintf(stream, ", \"%s\": ", name);
    calibration_write_value(stream, value);
}

/* A rate of a regime that was never watched is null. */
static void write_rate(FILE *stream, const struct calibration_tariff *t, int from, int to)
{
    const struct calibration_rate *rate = &t->rate[from][to];
    const int watched = t->regime[from].years > 0.0;
    fprintf(stream, "  {\"from\": \"%s\", \"to\": \"%s\", \"count\": %d", t->regime[from].name, t->regime[to].name, rate->count);
    write_number(stream, "rate", watched ? rate->rate : NAN);
    write_number(stream, "standard_error", watched ? rate->error : NAN);
    write_number(stream, "low", watched ? rate->low : NAN);
    write_number(stream, "high", watched ? rate->high : NAN);
    fputc('}', stream);
}

void calibration_tariff_write_json(FILE *stream, const struct calibration_tariff *t)
{
    int written = 0;
    fprintf(stream, "{\"file\": ");
    calibration_write_string(stream, t->choice->path);
    fprintf(stream, ", \"lanes\": %d, \"periods\": %d, \"changes\": %d, \"days_of_change\": %d, \"gaps\": %d,\n \"regimes\": [", t->lanes,
            t->periods, t->changes, t->days, t->gaps);
    for (int k = 0; k < t->regimes; k++) {
        fprintf(stream, "%s{\"name\": \"%s\"", k ? ", " : "", t->regime[k].name);
        write_number(stream, "below", t->regime[k].below);
        write_number(stream, "years", t->regime[k].years);
        write_number(stream, "mean_duty", t->regime[k].years > 0.0 ? t->regime[k].duty : NAN);
        fputc('}', stream);
    }
    fprintf(stream, "],\n \"rates\": [");
    for (int i = 0; i < t->regimes * t->regimes; i++) {
        if (i / t->regimes == i % t->regimes) continue;
        fprintf(stream, written++ ? ",\n" : "\n");
        write_rate(stream, t, i / t->regimes, i % t->regimes);
    }
    fprintf(stream, "],\n \"notes\": [\"95%% intervals (Garwood 1936)\"");
    write_note(stream, t, write_string);
    fprintf(stream, "]}\n");
}

/* A comment holds no line end of a path or cell. */
static void write_where(FILE *stream, const struct calibration_tariff *t)
{
    char line[600];
    const struct calibration_tariff_choice *c = t->choice;
    snprintf(line, sizeof line,
             "Made by pactolus calibrate tariffs from %.200s: importer %.60s, origin %.60s, product %.60s; %d changes in %d "
             "lane%s. +- is a standard error.",
             c->path, c->importer ? c->importer : "any", c->origin ? c->origin : "any", c->product ? c->product : "any",
             t->changes, t->lanes, t->lanes == 1 ? "" : "s");
    for (char *at = line; *at; at++) {
        if ((unsigned char)*at < 0x20) *at = '?';
    }
    calibration_write_comment(stream, line);
}

void calibration_tariff_write_fragment(FILE *stream, const struct calibration_tariff *t)
{
    const char *chain = t->choice->chain;
    write_where(stream, t);
    write_note(stream, t, calibration_write_comment);
    fprintf(stream, "\n%s.regimes: [", chain);
    for (int k = 0; k < t->regimes; k++) fprintf(stream, "%s%s", k ? ", " : "", t->regime[k].name);
    fprintf(stream, "]\n");
    if (t->start >= 0) fprintf(stream, "%s.start: %s  # in force at the end\n", chain, t->regime[t->start].name);
    else fprintf(stream, "# %s.start: at the end the lanes are in different regimes\n", chain);
    for (int i = 0; i < t->regimes * t->regimes; i++) {
        const int from = i / t->regimes, to = i % t->regimes;
        const struct calibration_rate *rate = &t->rate[from][to];
        if (from == to) continue;
        if (t->regime[from].years > 0.0) {
            fprintf(stream, "%s.rates.%s.%s: %.4g  # %d in %.2f years, +- %.2g, 95%%: %.3g to %.3g\n", chain,
                    t->regime[from].name, t->regime[to].name, rate->rate, rate->count, t->regime[from].years, rate->error,
                    rate->low, rate->high);
        } else {
            fprintf(stream, "# %s.rates.%s.%s: never watched\n", chain, t->regime[from].name, t->regime[to].name);
        }
    }
    calibration_write_comment(stream, "The mean duty in each, for the deal's own regions:");
    for (int k = 0; k < t->regimes; k++) {
        if (t->regime[k].years > 0.0)
            fprintf(stream, "# %s.tariff.ORIGIN.IMPORTER.%s: %.4g\n", chain, t->regime[k].name, t->regime[k].duty);
    }
}
