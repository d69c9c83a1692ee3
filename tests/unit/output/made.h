/* A made-up result for the tests of this folder: two partners of a battery venture, declared in another order than that of
   their names, a ledger, fans; scenarios with a higher tariff each. Numbers look like a real deal's, nothing is simulated. */
#ifndef TESTS_UNIT_OUTPUT_MADE_H
#define TESTS_UNIT_OUTPUT_MADE_H
#include "output/file.h"
#include "statistics/run.h"

enum { MADE_SCENARIOS = 8, MADE_STEPS = 40, MADE_LEDGER = 8 };

struct made {
    struct statistics_plan plan;
    struct output_table table;
    size_t scenarios;
    uint64_t paths;
    int moving; /* partners leave and renegotiate */
    double *flat[MADE_SCENARIOS];
    double *captured[MADE_SCENARIOS]; /* samples: 2 partners x paths, internal order */
    double tariff[MADE_SCENARIOS], weight[MADE_SCENARIOS], step[MADE_STEPS];
    const char *regime[MADE_SCENARIOS];
    struct output_varied varied[2];
    struct output_text text[2];
    struct output_sample sample;
};

/* Fills it; aborts the program if that is not possible. `seed` moves every number. */
void made_init(struct made *made, size_t scenarios, uint64_t paths, uint64_t seed);
/* The same with rows of what partners do: they renegotiate, leave, wind up. */
void made_moving_init(struct made *made, size_t scenarios, uint64_t paths, uint64_t seed);
void made_free(struct made *made);
/* A config for this result: `samples` nonzero adds the single paths. */
struct output_file_config made_config(const struct made *made, const char *path, int samples);
/* Creates, fills and commits. Returns the first status that is not STATUS_OK. */
int made_write(const struct made *made, const struct output_file_config *config, const char *time, struct report *report);
#endif
