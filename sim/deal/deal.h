/* deal/deal.h - all stages' configs of one scenario in one struct, and the checks across stages. */
#ifndef PACTOLUS_DEAL_DEAL_H
#define PACTOLUS_DEAL_DEAL_H
#include "decision/decision.h"
#include "param/registry.h"

/* Ties the draws of two parameters together (Gaussian copula). */
struct deal_link_config {
    char first[PARAM_TEXT], second[PARAM_TEXT]; /* dotted names of drawn parameters */
    double correlation;                         /* of the normal scores */
};

struct deal_label_config {
    char label[PARAM_TEXT]; /* UTF-8, for people; empty: the name */
};

struct deal_frame_config {
    char title[PARAM_TEXT];
    char currency[PARAM_TEXT];
    char volume_unit[PARAM_TEXT];
    int start;          /* year * 12 + month - 1 */
    int horizon_years;
    int steps_per_year; /* 1, 2, 4 or 12 */
    struct deal_label_config partner[PARAM_PARTNERS], region[PARAM_REGIONS], input[PARAM_INPUTS];
    struct deal_link_config link[PARAM_PAIRS];
    int copula;               /* enum deal_copula */
    double copula_freedom;    /* degrees of freedom of the t copula */
    uint64_t apart;           /* of a portfolio, no row: seed of all chance that is not the market's; 0: the run's own */
};

enum deal_copula { COPULA_GAUSSIAN, COPULA_STUDENT };

struct deal {
    struct deal_frame_config frame;
    struct market_config market;
    struct programme_deal programme;
    struct contract_config contract;
    struct value_config value;
    struct decision_config decision;
};

/* All tables of the registry, with places in struct deal. The array is made once by the first call; not thread-safe. */
const struct param_table *deal_tables(size_t *count);

/* Where the numbers of a deal are from: for the names of the deal, and for the places of messages. */
struct deal_source {
    const struct param_registry *registry;
    const struct param_setting *setting; /* over the registry: the cells of a row */
    size_t settings;
    const char *file;   /* the deal's, not those that it includes; NULL: unknown */
    struct place place; /* the deal file or the table's row */
};

/* Checks across rows and stages: shares add to 1, fixed shares given, a partner without a cap, names that must exist... All
   errors are reported. */
int deal_check(const struct deal *deal, const struct deal_source *source, struct report *report);
/* Takes the partners that stay apart (partners.i.member: no) out of a checked deal; nothing where all are members. After it,
   before a plan is made of the deal. Only memory can fail. */
int deal_members(struct deal *deal, const struct param_scope *scope, struct param_draws *draws, struct report *report);
#endif
