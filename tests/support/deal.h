/* support/deal.h - runs a deal file of tests/ through the public library and reads cells of its result by label. */
#ifndef TESTS_SUPPORT_DEAL_H
#define TESTS_SUPPORT_DEAL_H
#include <pactolus.h>

/* `sets`: pairs name, value, ended by NULL; may be NULL. Fails the test with the messages where anything fails. */
struct pactolus_result *support_run(const char *deal, const char *const *sets, uint64_t paths, uint64_t seed);
/* A cell of a row: one label for each of its dimensions (steps as "0", "1", ...), NULL-terminated. */
double support_cell(const struct pactolus_result *result, const char *row, size_t scenario, ...) __attribute__((sentinel));
#endif
