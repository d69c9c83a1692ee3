/* The rows of valuation (param/descriptor.h). */
#include "value/value.h"

static const char *const loss_rules[] = {"immediate", "carry_forward", NULL};

#define VALUE(member) .offset = offsetof(struct value_config, member)
static const struct param_row value_rows[] = {
    {"partners.<partner>.discount_rate", PARAM_NUMBER, "1/year", -0.5, 1, 0, NULL,
     "Cost of capital after tax, with systematic risk only.", PARAM_BY_SCENARIO, VALUE(discount_rate),
     .stride = {sizeof(double)}},
    {"partners.<partner>.tax_rate", PARAM_NUMBER, "1", 0, 0.99, 0, "0", "Tax on profit.", PARAM_BY_SCENARIO, VALUE(tax_rate),
     .stride = {sizeof(double)}},
    {"partners.<partner>.tax_losses", PARAM_WORD, "", 0, 0, 0, "immediate",
     "Losses are used at once against other income, or carried forward.", PARAM_BY_SCENARIO, .words = loss_rules,
     VALUE(losses), .stride = {sizeof(int)}},
    {"valuation.depreciation_rate", PARAM_NUMBER, "1/year", 0, 1, 0, "0", "Declining-balance depreciation of the books.",
     PARAM_BY_SCENARIO, VALUE(depreciation_rate)},
    {"valuation.terminal_multiple", PARAM_NUMBER, "1", 0, 10, 0, "0", "Price of the books at the horizon, as a multiple.",
     PARAM_BY_PATH, VALUE(terminal_multiple)},
    {"valuation.common_rate", PARAM_NUMBER, "1/year", -1, 1, 0, "-1",
     "Rate for the joint surplus; -1: the mean of the partners' rates by equity.", PARAM_BY_SCENARIO, VALUE(common_rate)},
};

#define KNOW_HOW(member) .offset = offsetof(struct value_know_how_config, member)
static const struct param_row know_how_rows[] = {
    {"kept", PARAM_NUMBER, "1", 0, 10, 0, "0",
     "Worth to the partner of the know-how that a programme leaves, as a share of its stock.",
     PARAM_BY_PATH, KNOW_HOW(kept)},
    {"decay", PARAM_NUMBER, "1/year", 0, 10, 0, "0",
     "Rate at which the stock of know-how is lost.", PARAM_BY_PATH, KNOW_HOW(decay)},
    {"cap", PARAM_NUMBER, "M{currency}", 0, 1e9, 0, "1e9", "Most that know-how is worth where it is not built on.", PARAM_BY_PATH,
     KNOW_HOW(cap)},
    {"experience", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of the venture's experience with which an own programme after exit begins.",
     PARAM_BY_PATH, KNOW_HOW(experience)},
};

#define ROWS(rows) rows, sizeof rows / sizeof *rows
const struct param_table value_tables[] = {
    {"", NULL, ROWS(value_rows), 0, {0}},
    {"partners.<partner>.know_how.", NULL, ROWS(know_how_rows), offsetof(struct value_config, know_how),
     {sizeof(struct value_know_how_config)}},
};
const size_t value_table_count = sizeof value_tables / sizeof *value_tables;
