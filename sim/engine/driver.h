/* engine/driver.h - what chance brings to a path from outside the partnership, as one number each: the drawn numbers of the deal, the
   market over the years, how the venture's gates and events turn out. docs/model.md (8.7). */
#ifndef PACTOLUS_ENGINE_DRIVER_H
#define PACTOLUS_ENGINE_DRIVER_H
#include "engine/block.h"

enum engine_driver_kind {
    DRIVER_DRAWN,   /* a number of the deal, in its unit; of several that are one draw, the venture's or the first */
    DRIVER_LEVEL,   /* of a factor of the market over its start, mean over the steps */
    DRIVER_REGIME,  /* share of the steps in a regime that is not the first */
    DRIVER_REPEAL,  /* years until a support is repealed, at most the horizon */
    DRIVER_USE,     /* share of the steps with another use of the plant */
    DRIVER_CRISIS,  /* share of the steps in a crisis */
    DRIVER_ARRIVAL, /* years until an entrant arrives, at most the horizon */
    DRIVER_GATE,    /* 1: the venture passed it by the horizon; not if it ended before */
    DRIVER_SUCCESS, /* programme year of the venture's success, at most the horizon */
    DRIVER_ADVERSE  /* 1: the adverse event fell on the venture */
};

enum { ENGINE_DRIVER = 3 * PARAM_NAME + 32 };
struct engine_driver {
    char name[ENGINE_DRIVER]; /* that of the deal file: "market.price.us"; of a regime "market.trade.us_korea.high" */
    enum engine_driver_kind kind;
    int member, regime; /* draw, factor, chain, subsidy, region or gate */
};

/* Values by path, [driver][path]. */
struct engine_drivers {
    struct engine_driver *driver; /* owned, as the next */
    double *value;
    int count;
    uint64_t paths;
};

/* Finds those of a plan; room for the values of `paths` paths (0: none). STATUS_MEMORY. Free is legal after a failure. */
int engine_drivers_init(struct engine_drivers *drivers, const struct engine_plan *plan, const struct param_draws *draws, uint64_t paths,
                        struct report *report);
void engine_drivers_free(struct engine_drivers *drivers);
/* Keeps those of a block that has run: paths first .. first + n - 1. */
void engine_drivers_keep(const struct engine_drivers *drivers, const struct engine_plan *plan, const struct engine_block *block,
                         uint64_t first, size_t n);
#endif
