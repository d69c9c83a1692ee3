#include "calibration/tariff.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "calibration/date.h"
#include "calibration/fit.h"
#include "input/csv.h"
#include "numeric/poisson.h"
#include "param/number.h"

#define DAYS_A_YEAR 365.2425
#define LEVEL 0.95

enum { IMPORTER, ORIGIN, PRODUCT, RATE, FROM, TO, COLUMNS };

struct period {
    const char *lane[3]; /* importer, origin, product */
    double duty;
    long from, to; /* days, the last one included */
    int line, regime;
};

struct reading {
    const struct calibration_tariff_choice *choice;
    struct calibration_tariff *tariff;
    struct input_csv csv;
    int column[COLUMNS];
    long from, to; /* days watched */
    int has_to;
    struct period *period;
    int count;
    struct report *report;
    int status;
};

static int fail(struct reading *r, size_t row, const char *name, const char *what, const char *got, const char *want)
{
    char escaped[TEXT_ESCAPED];
    const int status = report_error(r->report, STATUS_INPUT, (struct place){r->choice->path, r->csv.line[row], 0}, name,
                                    "%s, got '%s', want %s", what, text_escape(escaped, got), want);
    if (!r->status) r->status = status;
    return status;
}

/* ---- Options ---- */

static int fail_regimes(struct reading *r, const char *what)
{
    char escaped[TEXT_ESCAPED];
    return report_error(
        r->report, STATUS_USAGE, (struct place){0}, "--regimes",
        "%s, got '%s', want names from low to high with the duty below which each lies, as " CALIBRATION_REGIMES_TEXT, what,
        text_escape(escaped, r->choice->regimes ? r->choice->regimes : CALIBRATION_REGIMES_TEXT));
}

/* One of "low:0.05,deal:0.2,high"; `last` has no bound. */
static int read_regime(struct reading *r, const char *text, size_t n, int last)
{
    const char *colon = memchr(text, ':', n);
    const size_t name = colon ? (size_t)(colon - text) : n;
    const int k = r->tariff->regimes++;
    struct calibration_regime *regime = &r->tariff->regime[k];
    regime->below = INFINITY;
    if (!calibration_fit_is_member(text, name)) return fail_regimes(r, "a name is a-z, then at most 31 of a-z, 0-9, _");
    snprintf(regime->name, sizeof regime->name, "%.*s", (int)name, text);
    for (int j = 0; j < k; j++) {
        if (!strcmp(r->tariff->regime[j].name, regime->name)) return fail_regimes(r, "a name given twice");
    }
    if ((colon == NULL) != last)
        return fail_regimes(r, last ? "the last one has no upper end" : "a regime without its upper end");
    if (last) return STATUS_OK;
    if (param_number_read((struct param_span){colon + 1, n - name - 1}, &regime->below, NULL))
        return fail_regimes(r, "an upper end that is no number");
    return k && !(regime->below > r->tariff->regime[k - 1].below) ? fail_regimes(r, "upper ends that do not rise") : STATUS_OK;
}

static int read_regimes(struct reading *r)
{
    const char *text = r->choice->regimes ? r->choice->regimes : CALIBRATION_REGIMES_TEXT;
    int status = STATUS_OK;
    for (const char *next; !status && text; text = next) {
        const char *comma = strchr(text, ',');
        next = comma ? comma + 1 : NULL;
        if (r->tariff->regimes == CALIBRATION_REGIMES) return fail_regimes(r, "more than 6 regimes");
        status = read_regime(r, text, comma ? (size_t)(comma - text) : strlen(text), !comma);
    }
    return !status && r->tariff->regimes < 2 ? fail_regimes(r, "one regime") : status;
}

static int read_option(struct reading *r, const char *option, const char *text, int last, long *day)
{
    struct calibration_date date;
    char escaped[TEXT_ESCAPED];
    if (!text) return STATUS_OK;
    if (calibration_date_read(text, &date)) {
        return report_error(r->report, STATUS_USAGE, (struct place){0}, option,
                            "not a date, got '%s', want 2005, 2005-07 or 2005-07-01", text_escape(escaped, text));
    }
    *day = calibration_date_day(date, last);
    return STATUS_OK;
}

static int read_choice(struct reading *r)
{
    const char *chain = r->choice->chain;
    char escaped[TEXT_ESCAPED];
    r->from = -1000000;
    r->to = 10000000;
    r->has_to = r->choice->to != NULL;
    int status = read_regimes(r), from = read_option(r, "--from", r->choice->from, 0, &r->from),
        to = read_option(r, "--to", r->choice->to, 1, &r->to);
    if (chain && (strncmp(chain, "market.trade.", 13) || !calibration_fit_is_member(chain + 13, strlen(chain) - 13))) {
        status = report_error(r->report, STATUS_USAGE, (struct place){0}, "--as",
                              "no chain has that name, got '%s', want market.trade.CHAIN", text_escape(escaped, chain));
    }
    if (!status && !from && !to && r->from > r->to)
        from = report_error(r->report, STATUS_USAGE, (struct place){0}, "--from", "later than --to");
    return status ? status : from ? from : to;
}

/* ---- Rows ---- */

static int find_columns(struct reading *r)
{
    static const char *const names[COLUMNS][2] = {{"importer", "importer"},   {"origin", "origin"},
                                                  {"product", "product"},     {"rate", "ad_valorem_rate"},
                                                  {"from", "effective_from"}, {"to", "effective_to"}};
    for (int k = 0; k < COLUMNS; k++) {
        r->column[k] = input_csv_column(&r->csv, names[k][0]);
        if (r->column[k] < 0) r->column[k] = input_csv_column(&r->csv, names[k][1]);
        if (r->column[k] >= 0) continue;
        r->status = report_error(r->report, STATUS_INPUT, (struct place){r->choice->path, r->csv.line[0], 0}, NULL,
                                 "no column '%s', want importer, origin, product, rate, from and to", names[k][0]);
    }
    return r->status;
}

static int is_wanted(const struct reading *r, size_t row)
{
    const char *const wanted[3] = {r->choice->importer, r->choice->origin, r->choice->product};
    for (int k = 0; k < 3; k++) {
        if (wanted[k] && strcasecmp(wanted[k], input_csv_cell(&r->csv, row, r->column[k])) != 0) return 0;
    }
    return 1;
}

static void read_dates(struct reading *r, size_t row, struct period *period)
{
    const char *from = input_csv_cell(&r->csv, row, r->column[FROM]), *to = input_csv_cell(&r->csv, row, r->column[TO]);
    struct calibration_date date;
    period->to = r->to;
    if (calibration_date_read(from, &date)) fail(r, row, "from", "not a date", from, "2025-04-03");
    else period->from = calibration_date_day(date, 0);
    if (!*to && !r->has_to)
        fail(r, row, "to", "in force without an end", to, "a last day here, or --to DATE: until when it was watched");
    else if (*to && calibration_date_read(to, &date))
        fail(r, row, "to", "not a date", to, "2025-04-03, the last day, or nothing");
    else if (*to) period->to = calibration_date_day(date, 1);
    if (!r->status && *to && period->to < period->from) fail(r, row, "to", "before it begins", to, from);
}

static void read_row(struct reading *r, size_t row)
{
    const char *rate = input_csv_cell(&r->csv, row, r->column[RATE]);
    struct period *period = &r->period[r->count];
    *period = (struct period){.line = r->csv.line[row]};
    for (int k = 0; k < 3; k++) period->lane[k] = input_csv_cell(&r->csv, row, r->column[k]);
    const char *fault = param_number_read((struct param_span){rate, strlen(rate)}, &period->duty, NULL);
    if (!fault && (period->duty < 0.0 || period->duty > 10.0)) fault = "out of range";
    if (fault) fail(r, row, "rate", fault, rate, "a duty as a share from 0 to 10 (0.25 for 25%)");
    read_dates(r, row, period);
    if (r->status) return;
    while (!(period->duty < r->tariff->regime[period->regime].below)) period->regime++;
    r->count++;
}

static int compare(const void *a, const void *b)
{
    const struct period *p = a, *q = b;
    for (int k = 0; k < 3; k++) {
        const int by = strcmp(p->lane[k], q->lane[k]);
        if (by) return by;
    }
    if (p->from != q->from) return p->from < q->from ? -1 : 1;
    return p->line - q->line;
}

static int is_same_lane(const struct period *p, const struct period *q)
{
    return !strcmp(p->lane[0], q->lane[0]) && !strcmp(p->lane[1], q->lane[1]) && !strcmp(p->lane[2], q->lane[2]);
}

enum { SHOWN = 10, LIST = SHOWN * (TEXT_ESCAPED + 2) + 16 };

/* "'EU', 'US' and 3 more": what a column has, in the order of the file. */
static void list_column(const struct reading *r, int column, char list[LIST])
{
    char escaped[TEXT_ESCAPED];
    size_t n = 0;
    int shown = 0, more = 0;
    for (size_t row = 1; row < r->csv.rows; row++) {
        const char *cell = input_csv_cell(&r->csv, row, column);
        size_t first = 1;
        while (first < row && strcasecmp(cell, input_csv_cell(&r->csv, first, column)) != 0) first++;
        if (first < row) continue;
        if (shown == SHOWN) more++;
        else n += (size_t)snprintf(list + n, LIST - n, "%s'%s'", shown++ ? ", " : "", text_escape(escaped, cell));
    }
    if (more) snprintf(list + n, LIST - n, " and %d more", more);
}

/* The first option of which no row has the word; each may be there and no row have all three. */
static int fail_choice(const struct reading *r)
{
    static const char *const options[3] = {"--importer", "--origin", "--product"};
    const char *const wanted[3] = {r->choice->importer, r->choice->origin, r->choice->product};
    char list[LIST] = "no row", escaped[TEXT_ESCAPED];
    for (int k = 0; k < 3; k++) {
        size_t row = 1;
        while (wanted[k] && row < r->csv.rows && strcasecmp(wanted[k], input_csv_cell(&r->csv, row, r->column[k])) != 0) row++;
        if (!wanted[k] || row < r->csv.rows) continue;
        list_column(r, r->column[k], list);
        return report_error(r->report, STATUS_USAGE, (struct place){r->choice->path, 0, 0}, options[k], "no row has it, got '%s', there are %s",
                            text_escape(escaped, wanted[k]), list);
    }
    return report_error(r->report, STATUS_USAGE, (struct place){r->choice->path, 0, 0}, NULL,
                        "no row has that --importer, --origin and --product together");
}

static int read_rows(struct reading *r)
{
    r->period = calloc(r->csv.rows + 1, sizeof *r->period);
    if (!r->period) return report_error(r->report, STATUS_MEMORY, (struct place){r->choice->path, 0, 0}, NULL, "out of memory");
    for (size_t row = 1; row < r->csv.rows; row++) {
        if (is_wanted(r, row)) read_row(r, row);
    }
    if (!r->status && !r->count) return fail_choice(r);
    qsort(r->period, (size_t)r->count, sizeof *r->period, compare);
    for (int k = 1; !r->status && k < r->count; k++) {
        const struct period *before = &r->period[k - 1], *now = &r->period[k];
        if (!is_same_lane(before, now) || now->from > before->to) continue;
        r->status = report_error(r->report, STATUS_INPUT, (struct place){r->choice->path, now->line, 0}, "from",
                                 "begins before the period of line %d ends, want one duty at a time for an "
                                 "importer, origin and product",
                                 before->line);
    }
    return r->status;
}

/* ---- Counting ---- */

static void watch(struct reading *r)
{
    int kept = 0;
    for (int k = 0; k < r->count; k++) {
        struct period p = r->period[k];
        if (p.from < r->from) p.from = r->from;
        if (p.to > r->to) p.to = r->to;
        if (p.from <= p.to) r->period[kept++] = p;
    }
    r->count = kept;
}

/* Whether an earlier lane has changed on that day too. */
static int is_new_day(const struct reading *r, int at)
{
    for (int k = 1; k < at; k++) {
        const struct period *before = &r->period[k - 1], *now = &r->period[k];
        if (now->from == r->period[at].from && is_same_lane(before, now) && before->to + 1 == now->from &&
            before->regime != now->regime)
            return 0;
    }
    return 1;
}

static void count_periods(struct reading *r)
{
    struct calibration_tariff *t = r->tariff;
    t->periods = r->count;
    for (int k = 0; k < r->count; k++) {
        const struct period *now = &r->period[k], *before = k ? now - 1 : NULL;
        const double years = (double)(now->to - now->from + 1) / DAYS_A_YEAR;
        const int last = k + 1 == r->count || !is_same_lane(now, now + 1);
        t->regime[now->regime].years += years;
        t->regime[now->regime].duty += years * now->duty;
        if (!before || !is_same_lane(before, now)) t->lanes++;
        else if (before->to + 1 != now->from) t->gaps++;
        else if (before->regime != now->regime) {
            t->rate[before->regime][now->regime].count++;
            t->changes++;
            t->days += is_new_day(r, k);
        }
        if (last) t->start = t->lanes == 1 || t->start == now->regime ? now->regime : -1;
    }
}

static void find_rates(struct calibration_tariff *t)
{
    for (int i = 0; i < t->regimes; i++) {
        const double years = t->regime[i].years;
        if (!(years > 0.0)) continue;
        t->regime[i].duty /= years;
        for (int j = 0; j < t->regimes; j++) {
            struct calibration_rate *rate = &t->rate[i][j];
            rate->rate = rate->count / years;
            rate->error = sqrt(rate->count) / years;
            if (i != j) numeric_poisson_interval(rate->count, years, LEVEL, &rate->low, &rate->high);
        }
    }
}

int calibration_tariff_count(const struct calibration_tariff_choice *choice, struct report *report,
                             struct calibration_tariff *tariff)
{
    struct reading r = {.choice = choice, .tariff = tariff, .report = report};
    *tariff = (struct calibration_tariff){.choice = choice};
    int status = read_choice(&r);
    if (!status) status = input_csv_read(choice->path, &r.csv, report);
    if (!status) status = find_columns(&r);
    if (!status) status = read_rows(&r);
    if (!status) {
        watch(&r);
        count_periods(&r);
        find_rates(tariff);
        if (!r.count)
            status = report_error(report, STATUS_USAGE, (struct place){choice->path, 0, 0}, NULL,
                                  "no duty was in force between --from and --to");
    }
    input_csv_free(&r.csv);
    free(r.period);
    return status;
}
