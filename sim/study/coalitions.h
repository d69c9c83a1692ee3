/* study/coalitions.h - what every coalition of the partners is worth, on the same paths, and how that could be divided.
   docs/model.md (8.4). Partners are in the order in which the deal declares them; partner k is bit k of a coalition. */
#ifndef PACTOLUS_STUDY_COALITIONS_H
#define PACTOLUS_STUDY_COALITIONS_H
#include <stdio.h>

#include "bargaining/game.h"
#include "study/run.h"

enum coalitions_rule { RULE_CONTRACT, RULE_NASH, RULE_SHAPLEY, RULE_NUCLEOLUS, RULES };

struct coalitions_division {
    double share[GAME_PARTNERS], error[GAME_PARTNERS]; /* M{currency}; error: NaN where there is none */
    unsigned objects;          /* the coalition that gains most by going its own way, or least loses by it */
    double excess, excess_error; /* what it gains; error: NaN where there is none */
    int in_core;
};

struct study_coalitions {
    int partners;
    uint64_t paths, seed;
    const char *title, *currency;                /* of the result */
    const char *name[GAME_PARTNERS];             /* the same */
    int needed[GAME_PARTNERS];
    double power[GAME_PARTNERS];                 /* in bargaining, as the deal has it */
    int runs, row[GAME_COALITIONS];              /* scenario of a coalition, -1: none */
    double mean[GAME_COALITIONS], error[GAME_COALITIONS]; /* of the joint surplus; NaN where there is no scenario */
    struct bargaining_game game;                 /* its value: the mean, or 0 where that is below 0 or nobody runs */
    double captured[GAME_PARTNERS], captured_error[GAME_PARTNERS]; /* of all together, at the partners' own rates */
    struct coalitions_division division[RULES];
    struct bargaining_core core;
};

/* Makes the table of coalitions that deal and contract.needed leave, as the deal's scenarios; by size, all of them last. The deal
   must have no table (STATUS_USAGE). */
int study_coalitions_open(struct study_deal *deal, struct study_coalitions *coalitions, struct report *report);
/* Runs them. `result` as study_run; free it even after a failure. `coalitions` points into it. */
int study_coalitions_run(struct study_deal *deal, const struct study_run_config *config, struct study_coalitions *coalitions,
                         struct study_result *result, struct report *report);
/* For people, and as JSON (docs/results.md). */
void study_coalitions_text(FILE *stream, const struct study_coalitions *coalitions);
void study_coalitions_json(FILE *stream, const struct study_coalitions *coalitions);
#endif
