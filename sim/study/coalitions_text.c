/* The report on coalitions: for people, and as JSON for programs. */
#include <math.h>
#include <string.h>

#include "output/console.h"
#include "study/coalitions.h"

enum { TEXT = 320, NAMES = 32, WIDTH = 18 };

static const char *const rules[RULES] = {"contract", "nash", "shapley", "nucleolus"};
static const char *const rule_texts[RULES] = {"as the deal has it", "Nash, by bargaining power", "Shapley value", "nucleolus"};

/* "a + b" */
static const char *names_of(char out[TEXT], const struct study_coalitions *c, unsigned coalition)
{
    size_t n = 0;
    out[0] = 0;
    for (int k = 0; k < c->partners; k++) {
        if (!(coalition >> k & 1u)) continue;
        n += (size_t)snprintf(out + n, TEXT - n, "%s%s", n ? " + " : "", c->name[k]);
    }
    return out;
}

/* Right-aligned; the sign of an error has a byte more than columns. */
static void put_number(FILE *stream, double x, double error, int width)
{
    char text[2 * OUTPUT_NUMBER + 8], a[OUTPUT_NUMBER], b[OUTPUT_NUMBER];
    const int decimals = output_console_decimals(error), known = error > 0.0;
    output_console_number(a, x, decimals);
    output_console_number(b, error, decimals);
    if (isnan(x)) snprintf(text, sizeof text, "-");
    else if (known) snprintf(text, sizeof text, "%s \u00b1 %s", a, b);
    else snprintf(text, sizeof text, "%s", a);
    fprintf(stream, "%*s", width + known, text);
}

/* With the digits of another number's error. */
static void put_plain(FILE *stream, double x, double error)
{
    char text[OUTPUT_NUMBER];
    fputs(output_console_number(text, x, output_console_decimals(error)), stream);
}

/* ---- For people ---- */

/* Why a coalition without a row has no venture. */
static void put_missing(FILE *stream, const struct study_coalitions *c, unsigned coalition)
{
    const char *join = "needs ";
    for (int k = 0; k < c->partners; k++) {
        if (!c->needed[k] || coalition >> k & 1u) continue;
        fprintf(stream, "%s%s", join, c->name[k]);
        join = " and ";
    }
}

static void put_coalition(FILE *stream, const struct study_coalitions *c, unsigned coalition)
{
    char names[TEXT];
    fprintf(stream, "%-*s", NAMES, names_of(names, c, coalition));
    if (c->row[coalition] >= 0 && c->mean[coalition] > 0.0) {
        put_number(stream, c->mean[coalition], c->error[coalition], WIDTH);
    } else {
        put_number(stream, 0.0, (double)NAN, WIDTH);
        fputs("   ", stream);
        if (c->row[coalition] < 0) {
            put_missing(stream, c, coalition);
        } else {
            fputs("is not formed: the mean is", stream);
            fputc(' ', stream);
            put_number(stream, c->mean[coalition], c->error[coalition], 0);
        }
    }
    fputs("\n", stream);
}

static void put_coalitions(FILE *stream, const struct study_coalitions *c)
{
    const unsigned all = bargaining_game_all(&c->game);
    fprintf(stream, "%-*s%*s\n", NAMES, "coalition", WIDTH, "worth");
    for (int size = 2; size <= c->partners; size++) {
        for (unsigned s = 1; s <= all; s++) {
            if (__builtin_popcount(s) == size) put_coalition(stream, c, s);
        }
    }
}

static void put_line(FILE *stream, const struct study_coalitions *c, const char *text, const double share[], const double error[])
{
    fprintf(stream, "%-*s", NAMES, text);
    for (int k = 0; k < c->partners; k++) put_number(stream, share[k], error ? error[k] : (double)NAN, WIDTH);
    fputs("\n", stream);
}

static void put_divisions(FILE *stream, const struct study_coalitions *c)
{
    fprintf(stream, "%-*s", NAMES, "divided");
    for (int k = 0; k < c->partners; k++) fprintf(stream, "%*s", WIDTH, c->name[k]);
    fputs("\n", stream);
    for (int r = 0; r < RULES; r++) put_line(stream, c, rule_texts[r], c->division[r].share, c->division[r].error);
    if (!c->core.empty) {
        put_line(stream, c, "in the core at least", c->core.low, NULL);
        put_line(stream, c, "in the core at most", c->core.high, NULL);
    }
    put_line(stream, c, "captured, at each one's own rate", c->captured, c->captured_error);
}

static void put_objection(FILE *stream, const struct study_coalitions *c, int rule)
{
    const struct coalitions_division *d = &c->division[rule];
    const unsigned all = bargaining_game_all(&c->game);
    char names[TEXT];
    const int one = __builtin_popcount(d->objects) == 1;
    fprintf(stream, "%s: %s%s would %s ", rule_texts[rule],
            d->in_core ? "in the core; nearest to leaving it, " : "not in the core: ", names_of(names, c, d->objects),
            d->in_core ? "lose" : "gain");
    if (d->excess_error > 0.0) put_number(stream, fabs(d->excess), d->excess_error, 0);
    else put_plain(stream, fabs(d->excess), c->error[all]);
    fprintf(stream, " %s\n", d->objects == all ? "without a deal" : one ? "alone" : "on their own");
}

void study_coalitions_text(FILE *stream, const struct study_coalitions *c)
{
    const unsigned all = bargaining_game_all(&c->game);
    fprintf(stream, "%s: what coalitions are worth, in millions of %s\n", c->title, c->currency);
    fprintf(stream, "mean joint surplus over going alone at the common rate, %llu paths, seed %llu, \u00b1 standard error;\n",
            (unsigned long long)c->paths, (unsigned long long)c->seed);
    fputs("0 where it is below 0, since nobody must form one; each partner alone: 0\n\n", stream);
    put_coalitions(stream, c);
    fputs("\n", stream);
    put_divisions(stream, c);
    fputs("\n", stream);
    if (c->core.empty) {
        fputs("the core is empty: in any division some coalition would gain ", stream);
        put_plain(stream, c->core.least, c->error[all]);
        fputs(" or more on its own\n", stream);
    }
    for (int r = 0; r < RULES; r++) put_objection(stream, c, r);
}

/* ---- For programs ---- */

static void put_names(FILE *stream, const struct study_coalitions *c, unsigned coalition)
{
    const char *join = "";
    fputc('[', stream);
    for (int k = 0; k < c->partners; k++) {
        if (!(coalition >> k & 1u)) continue;
        fputs(join, stream);
        output_json_string(stream, c->name[k]);
        join = ",";
    }
    fputc(']', stream);
}

static void put_key(FILE *stream, const char *name, double x)
{
    fprintf(stream, ", \"%s\": ", name);
    output_json_number(stream, x);
}

static void put_list(FILE *stream, const char *before, const char *name, const double *x, int n)
{
    fprintf(stream, "%s\"%s\": [", before, name);
    for (int k = 0; k < n; k++) {
        if (k) fputc(',', stream);
        output_json_number(stream, x[k]);
    }
    fputc(']', stream);
}

static void put_game(FILE *stream, const struct study_coalitions *c)
{
    const char *join = "";
    fputs(" \"coalitions\": [", stream);
    for (unsigned s = 1; s <= bargaining_game_all(&c->game); s++) {
        if (__builtin_popcount(s) < 2) continue;
        fprintf(stream, "%s\n  {\"members\": ", join);
        put_names(stream, c, s);
        put_key(stream, "value", c->game.value[s]);
        put_key(stream, "mean", c->mean[s]);
        put_key(stream, "standard_error", c->error[s]);
        fputc('}', stream);
        join = ",";
    }
    fputs("\n ],\n", stream);
}

static void put_division(FILE *stream, const struct study_coalitions *c, int rule)
{
    const struct coalitions_division *d = &c->division[rule];
    fprintf(stream, "%s\n  \"%s\": {", rule ? "," : "", rules[rule]);
    put_list(stream, "", "share", d->share, c->partners);
    put_list(stream, ", ", "standard_error", d->error, c->partners);
    fprintf(stream, ", \"in_core\": %s, \"objects\": ", d->in_core ? "true" : "false");
    put_names(stream, c, d->objects);
    put_key(stream, "excess", d->excess);
    put_key(stream, "excess_standard_error", d->excess_error);
    fputc('}', stream);
}

void study_coalitions_json(FILE *stream, const struct study_coalitions *c)
{
    fputs("{\"format_version\": \"1.0\", \"title\": ", stream);
    output_json_string(stream, c->title);
    fputs(", \"currency\": ", stream);
    output_json_string(stream, c->currency);
    fprintf(stream, ", \"paths\": %llu, \"seed\": %llu, \"partners\": ", (unsigned long long)c->paths,
            (unsigned long long)c->seed);
    put_names(stream, c, bargaining_game_all(&c->game));
    fputs(",\n", stream);
    put_game(stream, c);
    fputs(" \"divisions\": {", stream);
    for (int r = 0; r < RULES; r++) put_division(stream, c, r);
    fprintf(stream, "\n },\n \"core\": {\"empty\": %s", c->core.empty ? "true" : "false");
    put_key(stream, "least_excess", c->core.least);
    put_list(stream, ", ", "low", c->core.low, c->partners);
    put_list(stream, ", ", "high", c->core.high, c->partners);
    put_list(stream, "},\n \"captured\": {", "mean", c->captured, c->partners);
    put_list(stream, ", ", "standard_error", c->captured_error, c->partners);
    fputs("}}\n", stream);
}
