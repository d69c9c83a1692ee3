/* portfolio/parts.h - the inside of a portfolio; shared by the files of this folder, and by nobody else. */
#ifndef PACTOLUS_PORTFOLIO_PARTS_H
#define PACTOLUS_PORTFOLIO_PARTS_H
#include "portfolio/portfolio.h"
#include "statistics/run.h"
#include "study/file.h"
#include "study/values.h"

struct portfolio_deal {
    struct study_deal *study;       /* not owned */
    struct study_scenario scenario; /* planned */
    int at[PORTFOLIO_MOST];         /* by owner: its partner index in this deal, -1: it is not in it */
    double *captured;               /* [partner][path]; owned */
};

struct portfolio {
    const struct portfolio_config *config;
    struct study_result *result;
    struct report *report;
    const struct engine_level *level;
    struct portfolio_deal *deal; /* owned, as the next two */
    size_t deals;                /* begun */
    int owners;
    char (*label)[PARAM_TEXT];   /* names of owners, then their words for people; given to the result */
    struct statistics_run statistics;
    struct study_file file;
    char **echo;                 /* by deal; owned, as the next */
    char (*text_name)[32];
    struct output_text *text;
    size_t under_way;
};

/* owner.c: the owners of all deals, in the order in which the deals declare them. STATUS_MEMORY beyond PORTFOLIO_MOST. */
int portfolio_owner_find(struct portfolio *portfolio);
/* What the owner captures in one deal, by path; NULL where it is not in it. */
const double *portfolio_owner_captured(const struct portfolio *portfolio, size_t deal, int owner);
/* same.c: refuses what cannot be added, warns of markets of one name that are not the same. */
int portfolio_same_check(const struct portfolio *portfolio);
/* result.c: the table of the result; its numbers, once all deals have run. */
int portfolio_result_init(struct portfolio *portfolio);
int portfolio_result_fill(struct portfolio *portfolio);
/* file.c */
int portfolio_file_init(struct portfolio *portfolio);
int portfolio_file_write(struct portfolio *portfolio, double seconds);
void portfolio_file_free(struct portfolio *portfolio);
#endif
