/* Trade policy, from the market's config to what the kernels need: chains, their steps and groups, corridors. */
#include <stdio.h>
#include <string.h>

#include "market/setup.h"
#include "numeric/chain.h"

static int grouped(const struct market_chain_config *config)
{
    return strcmp(config->group, MARKET_NO_GROUP) != 0;
}

const char *market_setup_chain_stream(const struct market_plan *plan, int chain, char stream[MARKET_STREAM])
{
    const struct market_chain_config *config = &plan->config->chain[chain];
    if (grouped(config)) snprintf(stream, MARKET_STREAM, "market.trade_group.%.32s/regime", config->group);
    else snprintf(stream, MARKET_STREAM, "market.trade.%s/regime", plan->scope->set[PARAM_SET_CHAIN].name[chain]);
    return stream;
}

/* Cumulative step probabilities, turned so that column s of the kernel's table is the row of regime s. */
static int set_step(int n, const double *generator, double years, double table[][8], struct report *report)
{
    double step[PARAM_REGIMES * PARAM_REGIMES], cumulative[PARAM_REGIMES * PARAM_REGIMES];
    int status = numeric_chain_step(n, generator, years, report, step);
    if (status) return status;
    numeric_chain_cumulative(n, step, cumulative);
    for (int s = 0; s < n; s++) {
        for (int k = 0; k < n; k++) table[k][s] = cumulative[s * n + k];
    }
    return STATUS_OK;
}

/* The level of a step is that of mid-step, so the first move lasts d/2. */
static int set_chain(struct market_chain *chain, const struct market_chain_config *config, int regimes,
                     double years_per_step, struct place place, struct report *report)
{
    double rates[PARAM_REGIMES * PARAM_REGIMES], generator[PARAM_REGIMES * PARAM_REGIMES];
    chain->regimes = regimes;
    chain->start = config->start;
    chain->still = 1;
    for (int a = 0; a < regimes; a++) {
        for (int b = 0; b < regimes; b++) {
            rates[a * regimes + b] = a == b ? 0.0 : config->rate[a][b];
            chain->still &= !(rates[a * regimes + b] > 0.0);
        }
    }
    int status = numeric_chain_generator(regimes, rates, place, "market.trade", report, generator);
    if (!status) status = set_step(regimes, generator, 0.5 * years_per_step, chain->first, report);
    if (!status) status = set_step(regimes, generator, years_per_step, chain->later, report);
    return status;
}

static void set_leader(struct market_plan *plan, int chain)
{
    const struct market_chain_config *config = plan->config->chain;
    plan->chain[chain].leader = chain;
    for (int c = 0; c < chain && grouped(&config[chain]); c++) {
        if (plan->chain[c].still || strcmp(config[c].group, config[chain].group) != 0) continue;
        plan->chain[chain].leader = c;
        return;
    }
}

static int set_chains(struct market_plan *plan, const struct market_config *config, uint64_t seed, struct place place,
                      struct report *report)
{
    const struct param_names *names = &plan->scope->set[PARAM_SET_CHAIN];
    char stream[MARKET_STREAM];
    plan->chains = names->count;
    for (int c = 0; c < names->count; c++) {
        plan->chain[c].key = random_stream_key(seed, market_setup_chain_stream(plan, c, stream));
        int status = set_chain(&plan->chain[c], &config->chain[c], plan->scope->regimes[c].count, plan->years_per_step,
                               place, report);
        if (status) return status;
        set_leader(plan, c);
    }
    return STATUS_OK;
}

static void set_corridor(struct market_plan *plan, const struct market_config *config, int origin, int destination)
{
    struct market_corridor *corridor = &plan->corridor[plan->corridors];
    corridor->origin = origin;
    corridor->destination = destination;
    corridor->chains = 0;
    for (int c = 0; c < plan->chains; c++) {
        const double *tariff = config->chain[c].tariff[origin][destination];
        int duty = 0;
        for (int s = 0; s < plan->chain[c].regimes; s++) duty |= tariff[s] > 0.0;
        if (!duty) continue;
        corridor->chain[corridor->chains] = c;
        for (int s = 0; s < plan->chain[c].regimes; s++) corridor->tariff[corridor->chains][s] = tariff[s];
        corridor->chains++;
    }
    plan->corridor_slot[origin][destination] = corridor->chains ? plan->corridors++ : -1;
}

int market_setup_trade(struct market_plan *plan, const struct market_config *config, uint64_t seed, struct place place,
                       struct report *report)
{
    int status = set_chains(plan, config, seed, place, report);
    for (int o = 0; o < PARAM_REGIONS; o++) {
        for (int d = 0; d < PARAM_REGIONS; d++) set_corridor(plan, config, o, d);
    }
    return status;
}
