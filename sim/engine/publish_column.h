/* engine/publish_column.h - columns of a block as plain doubles, as statistics reads them. */
#ifndef PACTOLUS_ENGINE_PUBLISH_COLUMN_H
#define PACTOLUS_ENGINE_PUBLISH_COLUMN_H

#include "engine/block.h"

/* The vector type only groups them. */
static inline double *plain(lanes *column)
{
    return (double *)(void *)column;
}

/* One column for each partner; returns the place behind them. */
static inline double **add_partners(const struct engine_plan *plan, lanes *const by_partner[], double **column)
{
    for (int p = 0; p < plan->partners; p++) *column++ = plain(by_partner[p]);
    return column;
}
#endif
