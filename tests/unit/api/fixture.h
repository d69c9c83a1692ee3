/* Deals and results for the tests of the library: a folder of its own with the template deal in deal.yaml. */
#ifndef TESTS_API_FIXTURE_H
#define TESTS_API_FIXTURE_H
#include "pactolus.h"

#include <stddef.h>

extern struct pactolus_messages *messages;
/* Makes the folder and enters it, writes deal.yaml; leaves and removes it. */
void fixture_enter(void);
void fixture_leave(void);
void fixture_write(const char *name, const char *text);
/* Loads deal.yaml of the folder, or fails the test. */
struct pactolus_deal *fixture_deal(void);
/* Runs with the options, or fails the test with the messages. */
struct pactolus_result *fixture_run(struct pactolus_deal *deal, const struct pactolus_run_options *options);
/* Options for a short run on one thread. */
struct pactolus_run_options fixture_options(void);
/* Fails the test unless one message holds `words`; clears the messages. */
void fixture_said(const char *words);
/* Value of a row's first cell for a partner (NULL: no partner). */
double fixture_value(const struct pactolus_result *result, const char *row, size_t scenario, const char *partner);
#endif
