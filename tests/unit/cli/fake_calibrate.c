/* The calibrations of the fake library: the text tells the options that were given, a file called input.csv is faulty. */
#include "unit/cli/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *word(const char *text)
{
    return text ? text : "-";
}

static int tell(int status, const char *told, char **text, char **fragment)
{
    *text = *fragment = NULL;
    if (!status) status = fake_give(text, told);
    return status ? status : fake_give(fragment, "fragment: 1\n");
}

void pactolus_calibration_options_init(struct pactolus_calibration_options *options)
{
    memset(options, 0, sizeof *options);
}
int pactolus_calibrate(const struct pactolus_calibration_options *o, struct pactolus_messages *messages, char **text,
                       char **fragment)
{
    char told[2048];
    size_t n = 0;
    for (size_t k = 0; k < o->series_count; k++) {
        const struct pactolus_series *s = &o->series[k];
        n += (size_t)snprintf(told + n, sizeof told - n, "%s|%s|%s|%d\n", s->path, word(s->column), word(s->name), s->inverse);
    }
    snprintf(told + n, sizeof told - n,
             "%s %s %s %s annual=%d averaged=%d uncorrected=%d growth=%d:%g output=%s force=%d format=%d\n", word(o->from),
             word(o->to), word(o->frequency), word(o->model), o->annual, o->averaged, o->uncorrected, o->has_growth, o->growth,
             word(o->output), o->force, (int)o->format);
    if (!strcmp(o->series[0].path, "input.csv"))
        return fake_fail(messages, PACTOLUS_INPUT, "input.csv:3: error: value: not a number");
    return tell(PACTOLUS_OK, told, text, fragment);
}

void pactolus_tariff_options_init(struct pactolus_tariff_options *options)
{
    memset(options, 0, sizeof *options);
}
int pactolus_calibrate_tariffs(const struct pactolus_tariff_options *o, struct pactolus_messages *messages, char **text,
                               char **fragment)
{
    char told[1024];
    (void)messages;
    snprintf(told, sizeof told, "%s %s %s %s %s %s %s %s %s force=%d format=%d\n", o->path, word(o->importer), word(o->origin),
             word(o->product), word(o->from), word(o->to), word(o->regimes), word(o->name), word(o->output), o->force,
             (int)o->format);
    return tell(PACTOLUS_OK, told, text, fragment);
}

void pactolus_survival_options_init(struct pactolus_survival_options *options)
{
    memset(options, 0, sizeof *options);
    options->run.paths = 20000;
    options->run.seed = 1;
    options->median = 10;
    options->shape = 1.8;
}
int pactolus_calibrate_survival(struct pactolus_deal *deal, const struct pactolus_survival_options *o,
                                pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                                char **text, char **fragment)
{
    char told[2048];
    (void)messages, (void)progress, (void)context;
    snprintf(told, sizeof told, "%s [%s] %g %g %g paths=%llu seed=%llu threads=%d output=%s force=%d format=%d\n", deal->path,
             deal->sets, o->median, o->shape, o->years, (unsigned long long)o->run.paths, (unsigned long long)o->run.seed,
             o->run.threads, word(o->run.output), o->run.force, (int)o->format);
    return tell(PACTOLUS_OK, told, text, fragment);
}
