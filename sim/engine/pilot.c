/* The stand-alone mode "best": the greatest mean present value over a pilot run, then used on every path. Never the best per
   path, which would give the lone partner perfect foresight. */
#include <string.h>

#include "engine/run.h"

/* Mean present value of each partner alone in one mode. */
static int pilot_mode(const struct deal *deal, const struct param_scope *scope, const struct param_draws *draws,
                      uint64_t seed, struct place place, int mode, double mean[PARAM_PARTNERS], struct report *report)
{
    struct engine_plan plan = {0};
    struct engine_block block = {0};
    int modes[PARAM_PARTNERS];
    for (int p = 0; p < PARAM_PARTNERS; p++) modes[p] = mode;
    int status = engine_plan_init(&plan, deal, scope, draws, seed, modes, place, report);
    if (!status) status = engine_block_init(&block, &plan, report);
    const struct engine_level *level = NULL;
    if (!status) status = engine_level_choose(&level, report);
    memset(mean, 0, sizeof(double) * PARAM_PARTNERS);
    for (uint64_t first = 0; !status && first < STATISTICS_BATCH; first += BLOCK_PATHS) {
        level->run(&plan, &block, first, NULL, NULL);
        for (int p = 0; p < plan.partners; p++) {
            const double *value = (const double *)(const void *)block.value.standalone[p];
            for (int l = 0; l < BLOCK_PATHS; l++) mean[p] += value[l] / (double)STATISTICS_BATCH;
        }
    }
    engine_block_free(&block);
    engine_plan_free(&plan);
    return status;
}

int engine_pilot(const struct deal *deal, const struct param_scope *scope, const struct param_draws *draws, uint64_t seed,
                 struct place place, int mode[PARAM_PARTNERS], struct report *report)
{
    double build[PARAM_PARTNERS], buy[PARAM_PARTNERS];
    const int partners = scope->set[PARAM_SET_PARTNER].count;
    int wanted = 0;
    for (int p = 0; p < PARAM_PARTNERS; p++) mode[p] = p < partners ? deal->programme.standalone[p].mode : STANDALONE_NONE;
    for (int p = 0; p < partners; p++) wanted |= mode[p] == STANDALONE_BEST;
    if (!wanted) return STATUS_OK;
    int status = pilot_mode(deal, scope, draws, seed, place, STANDALONE_BUILD, build, report);
    if (!status) status = pilot_mode(deal, scope, draws, seed, place, STANDALONE_BUY, buy, report);
    for (int p = 0; p < partners && !status; p++) {
        if (mode[p] != STANDALONE_BEST) continue;
        const int sells = number_differs(deal->programme.standalone[p].buy_price, 0.0); /* a supplier */
        mode[p] = !sells || build[p] >= buy[p] ? STANDALONE_BUILD : STANDALONE_BUY;
        if (!((mode[p] == STANDALONE_BUILD ? build[p] : buy[p]) > 0.0)) mode[p] = STANDALONE_NONE;
    }
    return status;
}
