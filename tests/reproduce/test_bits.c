/* The same bits for any number of threads and any level; other bits for another seed; a fixed hash that every compiler,
   build type and processor must meet. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support/deal.h"
#include "support/able.h"

enum { PATHS = 4500 }; /* two batches, the last block and batch not full: threads have something to share */

/* A deal and the hash of all its rows. A change of any number moves it: give the reason under "results that move" in CHANGELOG.md. */
struct kept {
    const char *deal;
    uint64_t paths, expected;
};
static const struct kept five = {TESTS_DIR "/reproduce/deals/five.yaml", PATHS, 0x261798a904320f32}; /* nobody decides */
static const struct kept quarrel = {TESTS_DIR "/reproduce/deals/quarrel.yaml", 1000, 0x31d6f5ee27b11702}; /* everybody does */
static const struct kept *const deals[] = {&five, &quarrel};
enum { DEALS = sizeof deals / sizeof *deals };

/* Quantities that came after the hashes were taken: left out, so that the hashes show that no other row has moved. */
static const char *const newer[] = {"capital_at_risk_after_debt", "localised", "standalone_localised"};
static int is_newer(const char *name)
{
    for (size_t k = 0; k < sizeof newer / sizeof *newer; k++) {
        const size_t length = strlen(newer[k]);
        if (!strncmp(name, newer[k], length) && name[length] == '_') return 1;
    }
    return 0;
}

static uint64_t hash_of(const struct pactolus_result *result)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t k = 0; k < pactolus_result_rows(result); k++) {
        struct pactolus_row row;
        cr_assert_eq(pactolus_result_row_at(result, k, 0, &row), PACTOLUS_OK);
        for (size_t i = 0; i < row.count && !is_newer(row.name); i++) {
            uint64_t bits;
            memcpy(&bits, &row.values[i], sizeof bits);
            if (row.values[i] != row.values[i]) bits = 1; /* any not-a-number */
            hash = (hash ^ bits) * 1099511628211u;
        }
    }
    return hash;
}

static uint64_t run(const struct kept *kept, uint64_t paths, int threads, uint64_t seed)
{
    struct pactolus_deal *loaded = NULL;
    struct pactolus_result *result = NULL;
    struct pactolus_messages *messages = NULL;
    struct pactolus_run_options options;
    pactolus_messages_create(&messages);
    pactolus_run_options_init(&options);
    options.paths = paths;
    options.seed = seed;
    options.threads = threads;
    int status = pactolus_deal_load(kept->deal, messages, &loaded);
    if (!status) status = pactolus_run(loaded, &options, NULL, NULL, messages, &result);
    for (size_t k = 0; k < pactolus_messages_count(messages); k++) cr_log_warn("%s", pactolus_messages_text(messages, k));
    cr_assert_eq(status, PACTOLUS_OK);
    const uint64_t hash = hash_of(result);
    pactolus_result_destroy(result);
    pactolus_deal_destroy(loaded);
    pactolus_messages_destroy(messages);
    return hash;
}

Test(reproduce_bits, are_the_same_for_any_number_of_threads)
{
    for (int k = 0; k < DEALS; k++) {
        const uint64_t one = run(deals[k], PATHS, 1, 1);
        cr_expect_eq(run(deals[k], PATHS, 2, 1), one, "%s", deals[k]->deal);
        cr_expect_eq(run(deals[k], PATHS, 7, 1), one, "%s", deals[k]->deal);
    }
}

Test(reproduce_bits, are_those_of_every_compiler_and_build)
{
    for (int k = 0; k < DEALS; k++) {
        const uint64_t hash = run(deals[k], deals[k]->paths, 2, 1);
        cr_expect_eq(hash, deals[k]->expected, "%s: the hash is 0x%016llx", deals[k]->deal, (unsigned long long)hash);
    }
}

static void expect_at_level(const char *level)
{
    setenv("PACTOLUS_ISA", level, 1);
    for (int k = 0; k < DEALS; k++) cr_expect_eq(run(deals[k], deals[k]->paths, 2, 1), deals[k]->expected, "%s at %s", deals[k]->deal, level);
}

Test(reproduce_bits, are_the_same_at_every_level)
{
    expect_at_level("portable");
    if (ABLE_V3) expect_at_level("v3");
    if (ABLE_V4) expect_at_level("v4");
}

Test(reproduce_bits, differ_for_another_seed)
{
    for (int k = 0; k < DEALS; k++) cr_expect_neq(run(deals[k], deals[k]->paths, 2, 2), run(deals[k], deals[k]->paths, 2, 1), "%s", deals[k]->deal);
}
