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

const struct param_table value_tables[] = {{"", NULL, value_rows, sizeof value_rows / sizeof *value_rows, 0, {0}}};
const size_t value_table_count = 1;
