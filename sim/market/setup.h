/* market/setup.h - what the files of the market's set-up share. Private to market/setup*.c. */
#ifndef PACTOLUS_MARKET_SETUP_H
#define PACTOLUS_MARKET_SETUP_H
#include "market/market.h"

/* ---- setup_trade.c ---- */
/* Stream of a chain: that of its group, if it has one. Returns `stream`. */
const char *market_setup_chain_stream(const struct market_plan *plan, int chain, char stream[MARKET_STREAM]);
/* Chains and corridors. STATUS_INPUT, STATUS_INTERNAL. */
int market_setup_trade(struct market_plan *plan, const struct market_config *config, uint64_t seed, struct place place,
                       struct report *report);

/* ---- setup_shock.c ---- */
#define MARKET_CRISIS_STREAM "market.crisis/state"
const char *market_setup_entrant_stream(const struct market_plan *plan, int region, char stream[MARKET_STREAM]);
/* Crisis and entrants; before the factors, some of which move only for them. */
void market_setup_shocks(struct market_plan *plan, const struct market_config *config, int steps_per_year, uint64_t seed);
/* Drift of a factor under the risk-adjusted measure; `lowered` is room for a table by step. */
void market_setup_measure(struct market_plan *plan, int f, double *lowered);
#endif
