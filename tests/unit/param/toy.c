#include "unit/param/toy.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const rules[] = {"equity", "fixed", "use", NULL};

#define AT(member) .offset = offsetof(struct toy, member)
static const struct param_row top_rows[] = {
    {"deal", PARAM_STRING, "", 0, 0, 0, NULL, "Title.", PARAM_STRUCTURE, AT(title)},
    {"horizon_years", PARAM_INTEGER, "year", 1, 40, 0, NULL, "Length.", PARAM_STRUCTURE, AT(horizon_years)},
    {"start", PARAM_MONTH, "", 0, 0, 0, "2022-01", "First month.", PARAM_STRUCTURE, AT(start)},
    {"regions", PARAM_NAMES, "", 0, 0, 0, NULL, "Names of the regions.", PARAM_STRUCTURE, .member_of = PARAM_SET_REGION},
    {"partners.<partner>.discount_rate", PARAM_NUMBER, "1/year", 0, 1, 1, NULL, "Cost of capital.", PARAM_BY_SCENARIO,
     AT(discount_rate), .stride = {sizeof(double)}},
    {"market.demand.<region>.growth", PARAM_NUMBER, "1/year", -1, 1, 0, "0", "Growth.", PARAM_BY_PATH, AT(demand[0].growth),
     .stride = {sizeof(struct toy_region)}},
    {"market.demand.<region>.reversion", PARAM_NUMBER, "1/year", 0, 50, 0, "0", "Return to trend.", PARAM_BY_SCENARIO,
     AT(demand[0].reversion), .stride = {sizeof(struct toy_region)}},
    {"copula.<link>.first", PARAM_STRING, "", 0, 0, 0, NULL, "One name.", PARAM_STRUCTURE, AT(link[0].first),
     .stride = {sizeof(struct toy_link)}},
    {"copula.<link>.correlation", PARAM_NUMBER, "1", -1, 1, 0, "0", "Correlation.", PARAM_BY_SCENARIO, AT(link[0].correlation),
     .stride = {sizeof(struct toy_link)}},
    {"copula.family", PARAM_INTEGER, "1", 0, 9, 0, "0", "A row in the place of a link.", PARAM_BY_SCENARIO, AT(guard)},
};
static const struct param_row contract_rows[] = {
    {"rule", PARAM_WORD, "", 0, 0, 0, "equity", "Who pays: \"a\\b\".", PARAM_BY_SCENARIO, .words = rules, AT(rule)},
    {"lead", PARAM_MEMBER, "", 0, 0, 0, "none", "Who leads.", PARAM_BY_SCENARIO, .member_of = PARAM_SET_PARTNER, AT(lead)},
    {"scope", PARAM_NUMBER, "1", 0, 1, 0, "1", "Scope.", PARAM_BY_SCENARIO, AT(scope)},
    {"price", PARAM_NUMBER, "1", -INFINITY, INFINITY, 0, "0", "Any number.", PARAM_BY_SCENARIO, AT(price)},
    {"multiple", PARAM_NUMBER, "1", 0, 5, 0, "1", "Multiple of book.", PARAM_BY_PATH, AT(multiple)},
    {"fee", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "Fee | with a bar.", PARAM_BY_PATH, AT(fee)},
    {"schedule", PARAM_LIST, "1", 0, 1, 0, "[1, 0.5]", "By year.", PARAM_BY_SCENARIO, AT(schedule)},
    {"royalty.<partner>.<partner>", PARAM_NUMBER, "1", 0, 1, 0, "0", "From one to the other.", PARAM_BY_PATH, AT(royalty),
     .stride = {sizeof(struct param_number[PARAM_PARTNERS]), sizeof(struct param_number)}},
};
#undef AT

#define AT(member) .offset = offsetof(struct toy_chain, member)
static const struct param_row chain_rows[] = {
    {"regimes", PARAM_NAMES, "", 0, 0, 0, NULL, "Names of the regimes.", PARAM_STRUCTURE, .member_of = PARAM_SET_REGIME},
    {"start", PARAM_MEMBER, "", 0, 0, 0, "none", "Regime at the start.", PARAM_BY_SCENARIO, .member_of = PARAM_SET_REGIME, AT(start)},
    {"rates.<regime>.<regime>", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Rate.", PARAM_BY_SCENARIO, AT(rate),
     .stride = {sizeof(double[PARAM_REGIMES]), sizeof(double)}},
    {"tariff.<region>.<region>.<regime>", PARAM_NUMBER, "1", 0, 10, 0, "0", "Duty.", PARAM_BY_SCENARIO, AT(tariff),
     .stride = {sizeof(double[PARAM_REGIONS][PARAM_REGIMES]), sizeof(double[PARAM_REGIMES]), sizeof(double)}},
};
#undef AT

#define AT(member) .offset = offsetof(struct toy_programme, member)
static const struct param_row programme_rows[] = {
    {"capex.overrun", PARAM_NUMBER, "1", 0.01, 100, 0, "1", "Multiple of plan.", PARAM_BY_PATH, PARAM_LEARNT_PROGRESS, AT(overrun)},
    {"capex.plan", PARAM_LIST, "M{currency}", 0, 1e7, 0, "", "Spending by year.", PARAM_BY_PATH, AT(plan)},
    {"capex.input_share.<input>", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share.", PARAM_BY_PATH, AT(input_share),
     .stride = {sizeof(struct param_number)}},
};
#undef AT

#define ROWS(rows) rows, sizeof rows / sizeof *rows
const struct param_table toy_tables[] = {
    {"", NULL, ROWS(top_rows), 0, {0}},
    {"contract.", NULL, ROWS(contract_rows), 0, {0}},
    {"market.trade.<chain>.", NULL, ROWS(chain_rows), offsetof(struct toy, chain), {sizeof(struct toy_chain)}},
    {"venture.", "programme.", ROWS(programme_rows), offsetof(struct toy, venture), {0}},
    {"own.<partner>.", "programme.", ROWS(programme_rows), offsetof(struct toy, own), {sizeof(struct toy_programme)}},
};
const size_t toy_table_count = sizeof toy_tables / sizeof *toy_tables;

const char toy_deal[] = "deal: Toy\n"
                        "horizon_years: 12\n"
                        "regions: [us, korea]\n"
                        "inputs: [lithium]\n"
                        "partners: {}\n"
                        "partners.b: {}\n"
                        "partners.b.discount_rate: 0.1\n"
                        "partners.a: {}\n"
                        "partners.a.discount_rate: 0.09\n"
                        "market.trade.us_korea.regimes: [low, high]\n";

/* "[a, b]" as the YAML reader gives it: the list, then its elements. */
static int add_list(struct param_records *records, struct param_record record, struct report *report)
{
    struct param_span rest = {record.text + 1, strlen(record.text) - 2}, part;
    record.kind = PARAM_RECORD_LIST;
    int status = param_record_add(records, &record, report);
    while (!status && param_reading_trim(rest).n && param_reading_part(&rest, ',', &part)) {
        char text[256] = "";
        memcpy(text, part.text, part.n);
        record.text = text;
        record.kind = PARAM_RECORD_ELEMENT;
        status = param_record_add(records, &record, report);
    }
    return status;
}

void toy_records(const char *lines, struct param_records *records, struct report *report)
{
    char name[600], text[1200];
    for (int line = 1; *lines; line++) {
        size_t n = strcspn(lines, "\n"), colon = strcspn(lines, ":"), m = n - colon - 1;
        memcpy(name, lines, colon);
        name[colon] = 0;
        memcpy(text, lines + colon + 1, m);
        text[m] = 0;
        const char *start = text + strspn(text, " ");
        struct param_record record = {name, start, {"deal.yaml", line, 1}, PARAM_RECORD_SCALAR, 1};
        if (strcmp(start, "{}") == 0) record.kind = PARAM_RECORD_MAP, record.text = "";
        if (*start == '[' && start[strlen(start) - 1] == ']') add_list(records, record, report);
        else param_record_add(records, &record, report);
        lines += n + (lines[n] == '\n');
    }
}

int toy_read(const char *lines, struct param_records *records, struct param_registry *registry, struct report *report)
{
    report_init(report);
    *records = (struct param_records){0};
    toy_records(lines, records, report);
    return param_registry_read(registry, toy_tables, toy_table_count, records, NULL, "deal.yaml", report);
}

const char *toy_message(const struct report *report, int k)
{
    return k < report->shown ? report->message[k] : "";
}
