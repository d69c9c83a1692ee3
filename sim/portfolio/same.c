/* Whether the values of two deals can be added, and whether what has one name in their markets is one and the same. */
#include <string.h>

#include "portfolio/parts.h"

/* ---- What forbids adding ---- */

static int check_frame(const struct portfolio *portfolio, const struct portfolio_deal *a, const struct portfolio_deal *b)
{
    const struct deal_frame_config *x = &a->scenario.deal->frame, *y = &b->scenario.deal->frame;
    const struct place place = {b->study->path, 0, 0};
    int status = STATUS_OK;
    if (strcmp(x->currency, y->currency)) {
        status = report_error(portfolio->report, STATUS_INPUT, place, "currency",
                              "got '%s', want that of %s, '%s': values of several deals are added", y->currency, a->study->path,
                              x->currency);
    }
    if (x->start != y->start) {
        status = report_error(portfolio->report, STATUS_INPUT, place, "start",
                              "got '%d-%02d', want that of %s, '%d-%02d': present values are added at one date", y->start / 12,
                              y->start % 12 + 1, a->study->path, x->start / 12, x->start % 12 + 1);
    }
    if (x->steps_per_year != y->steps_per_year) {
        status = report_error(portfolio->report, STATUS_INPUT, place, "steps_per_year",
                              "got '%d', want that of %s, '%d': the same market has one path only at the same steps", y->steps_per_year,
                              a->study->path, x->steps_per_year);
    }
    return status;
}

/* ---- What is not the same although it has one name ---- */

static int same_number(struct param_number a, struct param_number b)
{
    return (a.draw < 0) == (b.draw < 0) && !(a.value < b.value) && !(a.value > b.value);
}

static int same_factor(const struct market_factor_config *a, const struct market_factor_config *b)
{
    return same_number(a->growth, b->growth) && same_number(a->volatility, b->volatility) && same_number(a->start_gap, b->start_gap) &&
           !(a->mean_reversion < b->mean_reversion) && !(a->mean_reversion > b->mean_reversion);
}

struct kind {
    const char *factor, *row; /* in market_plan, in the deal file: before and behind the name */
    const char *behind;
    enum param_set set;
};
static const struct kind kinds[MARKET_KINDS] = {{"demand", "market.demand.", "", PARAM_SET_REGION},
                                                {"price", "market.price.", "", PARAM_SET_REGION},
                                                {"fx", "market.fx.", "", PARAM_SET_REGION},
                                                {"input", "market.input.", "", PARAM_SET_INPUT},
                                                {"share", "partners.", ".share", PARAM_SET_PARTNER}};

static const struct market_factor_config *factor_of(const struct market_config *market, int kind, int k)
{
    switch ((enum market_kind)kind) {
    case MARKET_DEMAND: return &market->demand[k];
    case MARKET_PRICE: return &market->price[k];
    case MARKET_FX: return &market->fx[k];
    case MARKET_INPUT: return &market->input[k];
    default: return &market->share[k];
    }
}

static const struct market_factor *moving(const struct market_plan *plan, int kind, int k)
{
    const int slot = plan->slot[kind][k];
    return slot < 0 ? NULL : &plan->factor[slot];
}

/* Nonzero if a shock of one is made of the shocks of the same factors with the same weights in both deals. */
static int same_links(const struct market_plan *x, const struct market_factor *a, const struct market_plan *y,
                      const struct market_factor *b)
{
    if (a->links != b->links) return 0;
    for (int k = 0; k < a->links; k++) {
        if (strcmp(x->factor[a->link[k]].name, y->factor[b->link[k]].name)) return 0;
        if (a->weight[k] < b->weight[k] || a->weight[k] > b->weight[k]) return 0;
    }
    return 1;
}

static int find(const struct param_names *names, const char *name)
{
    for (int k = 0; k < names->count; k++) {
        if (!strcmp(names->name[k], name)) return k;
    }
    return -1;
}

static void warn(const struct portfolio *portfolio, const struct portfolio_deal *a, const struct portfolio_deal *b, const char *name,
                 const char *what)
{
    report_warning(portfolio->report, (struct place){b->study->path, 0, 0}, name,
                   "%s %s: the two deals do not see the same market there", what, a->study->path);
}

static void compare_factors(const struct portfolio *portfolio, const struct portfolio_deal *a, const struct portfolio_deal *b, int kind)
{
    const struct param_names *x = study_deal_names(a->study, kinds[kind].set), *y = study_deal_names(b->study, kinds[kind].set);
    char name[PARAM_TEXT];
    for (int k = 0; k < x->count; k++) {
        const int other = find(y, x->name[k]);
        if (other < 0) continue;
        const struct market_plan *p = &a->scenario.plan.market, *q = &b->scenario.plan.market;
        const struct market_factor *moves = moving(p, kind, k), *also = moving(q, kind, other);
        if (!moves && !also) continue;
        snprintf(name, sizeof name, "%s%s%s", kinds[kind].row, x->name[k], kinds[kind].behind);
        if (!same_factor(factor_of(&a->scenario.deal->market, kind, k), factor_of(&b->scenario.deal->market, kind, other))) {
            warn(portfolio, a, b, name, "has other numbers than in");
        } else if (moves && also && !same_links(p, moves, q, also)) {
            warn(portfolio, a, b, name, "is correlated with other factors, or otherwise, than in");
        }
    }
}

static int same_chain(const struct portfolio_deal *a, int k, const struct portfolio_deal *b, int other)
{
    const struct param_names *x = &a->study->registry.scope.regimes[k], *y = &b->study->registry.scope.regimes[other];
    const struct market_chain_config *p = &a->scenario.deal->market.chain[k], *q = &b->scenario.deal->market.chain[other];
    if (x->count != y->count || p->start != q->start) return 0;
    for (int i = 0; i < x->count; i++) {
        if (strcmp(x->name[i], y->name[i])) return 0;
        for (int j = 0; j < x->count; j++) {
            if (i != j && (p->rate[i][j] < q->rate[i][j] || p->rate[i][j] > q->rate[i][j])) return 0;
        }
    }
    return 1;
}

static int same_subsidy(const struct market_subsidy_config *a, const struct market_subsidy_config *b)
{
    if (!same_number(a->repeal_rate, b->repeal_rate) || a->first_year != b->first_year) return 0;
    if (a->schedule.count != b->schedule.count) return 0;
    for (int y = 0; y < a->schedule.count; y++) {
        if (!same_number(a->schedule.item[y], b->schedule.item[y])) return 0;
    }
    return 1;
}

/* Rates per unit are left out: the units of two deals may differ. */
static void compare_policy(const struct portfolio *portfolio, const struct portfolio_deal *a, const struct portfolio_deal *b)
{
    const struct param_names *x = study_deal_names(a->study, PARAM_SET_CHAIN), *y = study_deal_names(b->study, PARAM_SET_CHAIN);
    char name[PARAM_TEXT];
    for (int k = 0; k < x->count; k++) {
        const int other = find(y, x->name[k]);
        snprintf(name, sizeof name, "market.trade.%s", x->name[k]);
        if (other >= 0 && !same_chain(a, k, b, other)) warn(portfolio, a, b, name, "has other regimes or rates than in");
    }
    x = study_deal_names(a->study, PARAM_SET_SUBSIDY), y = study_deal_names(b->study, PARAM_SET_SUBSIDY);
    for (int k = 0; k < x->count; k++) {
        const int other = find(y, x->name[k]);
        if (other < 0) continue;
        snprintf(name, sizeof name, "market.subsidy.%s", x->name[k]);
        if (!same_subsidy(&a->scenario.deal->market.subsidy[k], &b->scenario.deal->market.subsidy[other])) {
            warn(portfolio, a, b, name, "has another schedule or rate of repeal than in");
        }
    }
}

int portfolio_same_check(const struct portfolio *portfolio)
{
    int status = STATUS_OK;
    for (size_t d = 1; d < portfolio->deals; d++) {
        int one = check_frame(portfolio, &portfolio->deal[0], &portfolio->deal[d]);
        if (!status) status = one;
    }
    for (size_t d = 1; !status && d < portfolio->deals; d++) {
        for (size_t c = 0; c < d; c++) {
            for (int kind = 0; kind < MARKET_KINDS; kind++) compare_factors(portfolio, &portfolio->deal[c], &portfolio->deal[d], kind);
            compare_policy(portfolio, &portfolio->deal[c], &portfolio->deal[d]);
        }
    }
    return status;
}
