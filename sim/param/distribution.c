#include "param/distribution.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "param/mean.h"
#include "param/number.h"

enum { FORM_ARGUMENTS = 4 };

/* A distribution of numbers alone: what it is called, its arguments in order, those that may be left out. */
struct form {
    const char *name;
    enum distribution_kind kind;
    int required, most;
    const char *argument[FORM_ARGUMENTS];
    double fallback[FORM_ARGUMENTS];
};

static const struct form forms[] = {
    {"uniform", DISTRIBUTION_UNIFORM, 2, 2, {"low", "high"}, {0}},
    {"triangular", DISTRIBUTION_TRIANGULAR, 3, 3, {"low", "mode", "high"}, {0}},
    {"pert", DISTRIBUTION_PERT, 3, 4, {"low", "mode", "high", "shape"}, {0, 0, 0, 4}},
    {"normal", DISTRIBUTION_NORMAL, 2, 2, {"mean", "sd"}, {0}},
    {"lognormal", DISTRIBUTION_LOGNORMAL, 2, 2, {"median", "sigma"}, {0}},
    {"beta", DISTRIBUTION_BETA, 2, 4, {"a", "b", "low", "high"}, {0, 0, 0, 1}},
    {"gamma", DISTRIBUTION_GAMMA, 2, 2, {"shape", "scale"}, {0}},
    {"t", DISTRIBUTION_STUDENT, 3, 3, {"location", "scale", "df"}, {0}},
    {"weibull", DISTRIBUTION_WEIBULL, 2, 2, {"shape", "scale"}, {0}},
    {"pareto", DISTRIBUTION_PARETO, 2, 2, {"least", "alpha"}, {0}},
};
enum { FORMS = sizeof forms / sizeof *forms };

static const char every_name[] = "uniform, triangular, pert, normal, lognormal, beta, gamma, t, weibull, pareto, discrete, "
                                 "mixture, truncated, empirical, same";

/* param keeps the text of an empirical distribution behind it, for the echo. */
struct empirical {
    struct distribution distribution;
    const char *file, *column;
};

struct parse {
    const struct param_reading *reading;
    struct param_span whole; /* for messages */
    int depth;
};

static int parse_any(const struct parse *parse, struct param_span span, struct distribution **out);

static int fail(const struct parse *parse, const char *name, const char *what)
{
    return param_reading_fail(parse->reading, parse->whole, "%s: %s", name, what);
}

/* ---- Arguments ---- */

/* `name=value` -> name and value; a plain value leaves name->n 0. */
static void split_named(struct param_span part, struct param_span *name, struct param_span *value)
{
    size_t k = 0;
    while (k < part.n && part.text[k] != '=' && part.text[k] != '(') k++;
    *name = (struct param_span){part.text, 0};
    *value = part;
    if (k == part.n || part.text[k] != '=') return;
    *name = param_reading_trim((struct param_span){part.text, k});
    *value = param_reading_trim((struct param_span){part.text + k + 1, part.n - k - 1});
    if (!name->n) name->n = 1; /* "=5": an argument named "=", which none is */
}

/* lognormal(mean=1, sd=0.15) is a usual slip: what it has instead is said. */
static int fail_argument(const struct parse *parse, const char *name, const char *const *argument, int most, struct param_span key)
{
    char known[FORM_ARGUMENTS * 16];
    size_t n = 0;
    for (int k = 0; k < most && n < sizeof known; k++) {
        n += (size_t)snprintf(known + n, sizeof known - n, "%s%s", !k ? "" : k + 1 < most ? ", " : " and ", argument[k]);
    }
    return param_reading_fail(parse->reading, parse->whole, "%s: has no argument '%.*s', it has %s", name,
                              (int)(key.n < 32 ? key.n : 32), key.text, known);
}

/* Puts each part of `rest` to the argument that it belongs to. */
static int assign(const struct parse *parse, const char *name, const char *const *argument, int most, struct param_span rest,
                  struct param_span *given)
{
    struct param_span part, key, value;
    int position = 0, named = 0;
    while (param_reading_part(&rest, ',', &part)) {
        split_named(part, &key, &value);
        int at = position++;
        if (key.n) {
            named = 1;
            for (at = 0; at < most && !param_reading_is(key, argument[at]); at++) {}
        } else if (named) {
            return fail(parse, name, "a named argument comes after those without a name");
        }
        if (at == most && key.n) return fail_argument(parse, name, argument, most, key);
        if (at >= most) return fail(parse, name, "too many arguments");
        if (given[at].text) return param_reading_fail(parse->reading, parse->whole, "%s: argument %s given twice", name, argument[at]);
        if (!value.n) return param_reading_fail(parse->reading, parse->whole, "%s: argument %s has no value", name, argument[at]);
        given[at] = value;
    }
    return STATUS_OK;
}

static int read_number(const struct parse *parse, const char *name, const char *argument, struct param_span span, double *value)
{
    const char *wrong = param_number_read(span, value, NULL);
    if (!wrong) return STATUS_OK;
    return param_reading_fail(parse->reading, parse->whole, "%s: argument %s: %s", name, argument, wrong);
}

/* Shapes beyond these make quantiles that no table resolves. */
static int is_shape(double shape)
{
    return shape >= 0.05 && shape <= 1e6;
}

/* What the arguments must fulfil; NULL if they do. */
static const char *check_form(enum distribution_kind kind, const double *a)
{
    switch (kind) {
    case DISTRIBUTION_UNIFORM: return a[0] < a[1] ? NULL : "want low < high";
    case DISTRIBUTION_PERT:
        if (!(a[3] > 0 && a[3] <= 1e6)) return "want shape in (0, 1e6]";
        __attribute__((fallthrough));
    case DISTRIBUTION_TRIANGULAR: return a[0] <= a[1] && a[1] <= a[2] && a[0] < a[2] ? NULL : "want low <= mode <= high and low < high";
    case DISTRIBUTION_NORMAL: return a[1] >= 0 ? NULL : "want sd >= 0";
    case DISTRIBUTION_LOGNORMAL: return !(a[0] > 0) ? "want median > 0" : a[1] >= 0 ? NULL : "want sigma >= 0";
    case DISTRIBUTION_BETA: return !(is_shape(a[0]) && is_shape(a[1])) ? "want a and b in [0.05, 1e6]" : a[2] < a[3] ? NULL : "want low < high";
    case DISTRIBUTION_GAMMA:
    case DISTRIBUTION_WEIBULL: return !is_shape(a[0]) ? "want shape in [0.05, 1e6]" : a[1] > 0 ? NULL : "want scale > 0";
    case DISTRIBUTION_STUDENT: return !(a[1] > 0) ? "want scale > 0" : a[2] > 1 && a[2] <= 1e6 ? NULL : "want df in (1, 1e6] (no mean below)";
    case DISTRIBUTION_PARETO: return !(a[0] > 0) ? "want least > 0" : a[1] > 1 ? NULL : "want alpha > 1 (no mean below)";
    default: return NULL;
    }
}

static int parse_form(const struct parse *parse, const struct form *form, struct param_span inner, struct distribution *d)
{
    struct param_span given[FORM_ARGUMENTS] = {{0}};
    int status = assign(parse, form->name, form->argument, form->most, inner, given);
    for (int k = 0; !status && k < form->most; k++) {
        d->argument[k] = form->fallback[k];
        if (given[k].text) status = read_number(parse, form->name, form->argument[k], given[k], &d->argument[k]);
        else if (k < form->required) {
            status =
                param_reading_fail(parse->reading, parse->whole, "%s: argument %s is missing", form->name, form->argument[k]);
        }
    }
    if (status) return status;
    const char *wrong = check_form(form->kind, d->argument);
    d->kind = form->kind;
    d->count = form->most;
    return wrong ? fail(parse, form->name, wrong) : STATUS_OK;
}

/* ---- Lists of pairs: discrete, mixture ---- */

static int split_pair(const struct parse *parse, const char *name, struct param_span part, struct param_span *left,
                      struct param_span *right)
{
    struct param_span rest = part;
    param_reading_part(&rest, ':', left);
    if (rest.text) *right = param_reading_trim(rest);
    if (rest.text && left->n && right->n) return STATUS_OK;
    return fail(parse, name, name[0] == 'd' ? "want value:probability, .." : "want probability:distribution, ..");
}

static int check_probabilities(const struct parse *parse, const char *name, const struct distribution *d)
{
    double sum = 0;
    char text[PARAM_NUMBER_TEXT];
    for (int k = 0; k < d->count; k++) {
        if (!(d->weight[k] >= 0 && d->weight[k] <= 1)) return fail(parse, name, "want probabilities in [0, 1]");
        sum += d->weight[k];
    }
    if (fabs(sum - 1) <= 1e-12) return STATUS_OK;
    return param_reading_fail(parse->reading, parse->whole, "%s: probabilities sum to %s, want 1 within 1e-12", name,
                              param_number_write(text, sum));
}

/* By value, so that a greater uniform never gives a smaller one (the copula relies on it). */
static void sort_points(struct distribution *d)
{
    for (int i = 1; i < d->count; i++) {
        double value = d->argument[i], weight = d->weight[i];
        int k = i;
        for (; k > 0 && d->argument[k - 1] > value; k--) {
            d->argument[k] = d->argument[k - 1];
            d->weight[k] = d->weight[k - 1];
        }
        d->argument[k] = value;
        d->weight[k] = weight;
    }
}

static int parse_discrete(const struct parse *parse, struct param_span inner, struct distribution *d)
{
    struct param_span part, value, probability = {0};
    int status = STATUS_OK;
    d->kind = DISTRIBUTION_DISCRETE;
    while (!status && param_reading_part(&inner, ',', &part)) {
        if (d->count == DISTRIBUTION_ARGUMENTS) return fail(parse, "discrete", "more than 16 values");
        status = split_pair(parse, "discrete", part, &value, &probability);
        if (!status) status = read_number(parse, "discrete", "value", value, &d->argument[d->count]);
        if (!status) status = read_number(parse, "discrete", "probability", probability, &d->weight[d->count]);
        d->count++;
    }
    if (!status) status = check_probabilities(parse, "discrete", d);
    sort_points(d);
    for (int k = 1; !status && k < d->count; k++) {
        if (!(d->argument[k - 1] < d->argument[k])) status = fail(parse, "discrete", "a value given twice");
    }
    return status;
}

static int parse_mixture(const struct parse *parse, struct param_span inner, struct distribution *d)
{
    struct param_span part, probability, body = {0};
    int status = STATUS_OK;
    d->kind = DISTRIBUTION_MIXTURE;
    while (!status && param_reading_part(&inner, ',', &part)) {
        if (d->count == DISTRIBUTION_PARTS) return fail(parse, "mixture", "more than 8 parts");
        status = split_pair(parse, "mixture", part, &probability, &body);
        if (!status) status = read_number(parse, "mixture", "probability", probability, &d->weight[d->count]);
        if (!status) status = parse_any(parse, body, &d->part[d->count]);
        d->count++;
    }
    return status ? status : check_probabilities(parse, "mixture", d);
}

/* ---- Truncated, empirical ---- */

static int parse_truncated(const struct parse *parse, struct param_span inner, struct distribution *d)
{
    static const char *const argument[] = {"of", "low", "high"};
    struct param_span given[3] = {{0}};
    int status = assign(parse, "truncated", argument, 3, inner, given);
    d->kind = DISTRIBUTION_TRUNCATED;
    d->count = 2;
    if (!status && !(given[0].text && given[1].text && given[2].text)) {
        status = fail(parse, "truncated", "want truncated(distribution, low, high)");
    }
    if (!status) status = read_number(parse, "truncated", "low", given[1], &d->argument[0]);
    if (!status) status = read_number(parse, "truncated", "high", given[2], &d->argument[1]);
    if (!status) status = parse_any(parse, given[0], &d->part[0]);
    if (!status && !(d->argument[0] < d->argument[1])) status = fail(parse, "truncated", "want low < high");
    if (!status && isnan(param_mean_of(d))) status = fail(parse, "truncated", "less than 1e-9 of the distribution lies between low and high");
    return status;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The text without the quotes that may stand around it. */
static const char *copy_text(const struct param_reading *reading, struct param_span span)
{
    if (span.n >= 2 && span.text[0] == '"' && span.text[span.n - 1] == '"') span.text++, span.n -= 2;
    return param_store_copy(reading->store, span.text, span.n);
}

static int parse_empirical(const struct parse *parse, struct param_span inner, struct empirical *d)
{
    static const char *const argument[] = {"file", "column"};
    const struct param_reading *reading = parse->reading;
    struct param_span given[2] = {{0}};
    int status = assign(parse, "empirical", argument, 2, inner, given);
    if (status) return status;
    if (!given[0].text || !given[1].text) return fail(parse, "empirical", "want empirical(file.csv, column)");
    if (!reading->columns) return fail(parse, "empirical", "files cannot be read here");
    d->distribution.kind = DISTRIBUTION_EMPIRICAL;
    d->file = copy_text(reading, given[0]);
    d->column = copy_text(reading, given[1]);
    if (!d->file || !d->column) return param_reading_memory(reading);
    status = reading->columns->read(reading->columns->context, d->file, d->column, reading->place, reading->name,
                                    reading->store, &d->distribution.sample, &d->distribution.samples, reading->report);
    if (!status && d->distribution.samples < 1) status = fail(parse, "empirical", "the column holds no number");
    if (!status) qsort(d->distribution.sample, (size_t)d->distribution.samples, sizeof(double), compare);
    return status;
}

/* ---- All of them ---- */

static int parse_call(const struct parse *parse, struct param_span name, struct param_span inner, struct distribution **out)
{
    struct empirical *made = param_store_take(parse->reading->store, sizeof *made);
    if (!made) return param_reading_memory(parse->reading);
    struct distribution *d = *out = &made->distribution;
    for (int k = 0; k < FORMS; k++) {
        if (param_reading_is(name, forms[k].name)) return parse_form(parse, &forms[k], inner, d);
    }
    if (param_reading_is(name, "discrete")) return parse_discrete(parse, inner, d);
    if (param_reading_is(name, "mixture")) return parse_mixture(parse, inner, d);
    if (param_reading_is(name, "truncated")) return parse_truncated(parse, inner, d);
    if (param_reading_is(name, "empirical")) return parse_empirical(parse, inner, made);
    if (param_reading_is(name, "same")) return fail(parse, "same", "stands alone, not inside a distribution");
    return param_reading_fail(parse->reading, parse->whole, "no distribution '%.*s', there are %s",
                              (int)(name.n < 32 ? name.n : 32), name.text, every_name);
}

/* A number inside a mixture is a constant; anything else is name(args). */
static int parse_any(const struct parse *parse, struct param_span span, struct distribution **out)
{
    struct parse inner = {parse->reading, parse->whole, parse->depth + 1};
    size_t open = 0;
    if (inner.depth > PARAM_DISTRIBUTION_DEPTH) {
        return param_reading_fail(parse->reading, parse->whole, "distributions nested deeper than %d", PARAM_DISTRIBUTION_DEPTH);
    }
    while (open < span.n && span.text[open] != '(') open++;
    if (open < span.n && span.text[span.n - 1] == ')') {
        struct param_span name = param_reading_trim((struct param_span){span.text, open});
        struct param_span body = param_reading_trim((struct param_span){span.text + open + 1, span.n - open - 2});
        if (!body.n) body.text = NULL; /* no arguments at all */
        return parse_call(&inner, name, body, out);
    }
    struct distribution *d = param_store_take(parse->reading->store, sizeof *d);
    if (!d) return param_reading_memory(parse->reading);
    *d = (struct distribution){.kind = DISTRIBUTION_CONSTANT, .count = 1};
    *out = d;
    return read_number(parse, "mixture or truncated", "distribution", span, &d->argument[0]);
}

int param_distribution_parse(const struct param_reading *reading, struct param_span span, const struct distribution **out)
{
    struct parse parse = {reading, span, 0};
    struct distribution *made = NULL;
    *out = NULL;
    if (!param_reading_balanced(span)) return param_reading_fail(reading, span, "a bracket is not closed");
    int status = parse_any(&parse, span, &made);
    if (!status && !isfinite(param_mean_of(made))) status = param_reading_fail(reading, span, "the mean is not finite");
    if (!status) *out = made;
    return status;
}

/* ---- Canonical text ---- */

struct writer {
    char *out;
    size_t size, n;
};

static void put(struct writer *w, const char *text)
{
    size_t room = w->n < w->size ? w->size - w->n : 0;
    if (room) snprintf(w->out + w->n, room, "%s", text);
    w->n += strlen(text);
}

static void put_number(struct writer *w, double x)
{
    char text[PARAM_NUMBER_TEXT];
    put(w, param_number_write(text, x));
}

static const char *kind_name(enum distribution_kind kind)
{
    for (int k = 0; k < FORMS; k++) {
        if (forms[k].kind == kind) return forms[k].name;
    }
    return kind == DISTRIBUTION_DISCRETE ? "discrete" : kind == DISTRIBUTION_MIXTURE ? "mixture" : "truncated";
}

static void write_any(struct writer *w, const struct distribution *d)
{
    if (d->kind == DISTRIBUTION_CONSTANT) {
        put_number(w, d->argument[0]);
        return;
    }
    if (d->kind == DISTRIBUTION_EMPIRICAL) {
        const struct empirical *e = (const struct empirical *)d;
        put(w, "empirical(");
        put(w, e->file), put(w, ", "), put(w, e->column), put(w, ")");
        return;
    }
    put(w, kind_name(d->kind));
    put(w, "(");
    if (d->kind == DISTRIBUTION_TRUNCATED) write_any(w, d->part[0]);
    for (int k = 0; k < d->count; k++) {
        if (k || d->kind == DISTRIBUTION_TRUNCATED) put(w, ", ");
        if (d->kind == DISTRIBUTION_MIXTURE) {
            put_number(w, d->weight[k]), put(w, ":");
            write_any(w, d->part[k]);
        } else {
            put_number(w, d->argument[k]);
        }
        if (d->kind == DISTRIBUTION_DISCRETE) put(w, ":"), put_number(w, d->weight[k]);
    }
    put(w, ")");
}

size_t param_distribution_write(char *out, size_t size, const struct distribution *d)
{
    struct writer w = {out, size, 0};
    if (size) out[0] = 0;
    write_any(&w, d);
    return w.n;
}
