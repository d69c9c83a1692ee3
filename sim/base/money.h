/* base/money.h - money on a grid of 2^-20 million (about one dollar). Every flow is rounded to it once; sums on the grid are
   exact in any order up to 8.6e9 million (2^53 grid units), so transfers sum to exactly zero and ledgers add up bit for bit. */
#ifndef PACTOLUS_BASE_MONEY_H
#define PACTOLUS_BASE_MONEY_H
#include "base/lanes.h"

#define MONEY_UNIT 0x1p-20   /* one grid unit, in millions */
#define MONEY_MAGIC 0x1.8p32 /* 1.5 x 2^52 grid units: adding it rounds to the grid */

LANE_FUNCTION lanes money(lanes amount)
{
    return (amount + MONEY_MAGIC) - MONEY_MAGIC;
}
#endif
