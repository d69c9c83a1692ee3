/* study/result.h - the result of a run in memory: rows, labels and numbers of all scenarios. */
#ifndef PACTOLUS_STUDY_RESULT_H
#define PACTOLUS_STUDY_RESULT_H
#include "output/table.h"
#include "statistics/plan.h"
#include "study/scenario.h"

enum { STUDY_LABEL = 32 };

struct study_result {
    struct statistics_plan plan; /* owned, as all below */
    struct output_table table;   /* points into the rest */
    size_t rows;                 /* scenarios of the table, without the mixture */
    double **flat;               /* by scenario: plan.doubles numbers; NULL: not kept */
    char **scenario;             /* names */
    double *weight;              /* by scenario, sum 1, not a number for the mixture; NULL: none */
    double *step;                /* years from the start at which each step begins */
    char title[PARAM_TEXT], currency[PARAM_TEXT], volume[PARAM_TEXT];
    struct param_scope *scope;   /* a copy: the names */
    char (*text)[PARAM_TEXT];    /* labels for people */
    char ledger[LINES][STUDY_LABEL];
    const char *name[AXIS_COUNT][PARAM_PAIRS], *label[AXIS_COUNT][PARAM_PAIRS];
    const char **driver;         /* names of the axis DRIVER, in `driver_text`; NULL: it has none */
    char *driver_text;
};

struct study_result_config {
    uint64_t paths; /* this and memory as in statistics_config */
    size_t memory;
    enum result_level level;
    int whole;   /* nonzero: the numbers of all scenarios are kept, and mixed where the table has weights */
    int unmixed; /* nonzero: not mixed even so */
    /* What is counted in place of what the engine publishes, and the sizes of the axes BAR, DEAL and DRIVER; NULL: the engine's. */
    const struct statistics_outcome *outcome;
    int outcomes, bars, deals, drivers;
};

/* Rows and labels for scenarios like `first`, the numbers still 0. */
int study_result_init(struct study_result *result, const struct study_deal *deal, const struct study_scenario *first,
                      const struct study_result_config *config, struct report *report);
/* Legal after a failure. */
void study_result_free(struct study_result *result);
/* From here on everything is in the order in which the deal declares its names; until then in byte order, as the engine has
   it. Once. */
int study_result_order(struct study_result *result, struct report *report);
#endif
