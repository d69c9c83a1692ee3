/* portfolio/portfolio.h - several deals on the same market: what each owner captures in all of them, path by path, and what it is
   worth that they do not all go wrong at once. docs/model.md (8.6). */
#ifndef PACTOLUS_PORTFOLIO_PORTFOLIO_H
#define PACTOLUS_PORTFOLIO_PORTFOLIO_H
#include "study/run.h"

enum { PORTFOLIO_MOST = PARAM_PAIRS }; /* deals, and owners */
#define PORTFOLIO_SUM "portfolio"      /* the first scenario of the result; the others are the deals */

struct portfolio_config {
    struct study_deal *const *deal; /* each without a scenario table */
    const char *const *name;        /* labels in the result; made different where two are the same */
    size_t count;
    const struct study_run_config *run; /* progress: `scenario` is the deal under way */
};

/* All checks come first. STATUS_INPUT where values of two deals cannot be added: other currency, start or steps a year. A warning
   where a part of the market has one name and two sets of numbers. Result and file as study_run. */
int portfolio_run(const struct portfolio_config *config, struct study_result *result, struct report *report);
#endif
