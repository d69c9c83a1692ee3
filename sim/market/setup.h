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
#endif
