/* The same bits for any number of threads and any level; other bits for another seed; a fixed hash that every compiler,
   build type and processor must meet. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support/deal.h"

static const char *const deal = TESTS_DIR "/reproduce/deals/five.yaml";
enum { PATHS = 4500 }; /* two batches, the last block and batch not full */

/* Of all rows of five.yaml. A change of any number moves it: give the reason under "results that move" in CHANGELOG.md. */
static const uint64_t expected = 0x291df8d4d57957b7;

static uint64_t hash_of(const struct pactolus_result *result)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t k = 0; k < pactolus_result_rows(result); k++) {
        struct pactolus_row row;
        cr_assert_eq(pactolus_result_row_at(result, k, 0, &row), PACTOLUS_OK);
        for (size_t i = 0; i < row.count; i++) {
            uint64_t bits;
            memcpy(&bits, &row.values[i], sizeof bits);
            if (row.values[i] != row.values[i]) bits = 1; /* any not-a-number */
            hash = (hash ^ bits) * 1099511628211u;
        }
    }
    return hash;
}

static uint64_t run(int threads, uint64_t seed)
{
    struct pactolus_deal *loaded = NULL;
    struct pactolus_result *result = NULL;
    struct pactolus_messages *messages = NULL;
    struct pactolus_run_options options;
    pactolus_messages_create(&messages);
    pactolus_run_options_init(&options);
    options.paths = PATHS;
    options.seed = seed;
    options.threads = threads;
    int status = pactolus_deal_load(deal, messages, &loaded);
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
    const uint64_t one = run(1, 1);
    cr_expect_eq(run(2, 1), one);
    cr_expect_eq(run(7, 1), one);
}

Test(reproduce_bits, are_those_of_every_compiler_and_build)
{
    const uint64_t hash = run(2, 1);
    cr_expect_eq(hash, expected, "the hash is 0x%016llx", (unsigned long long)hash);
}

Test(reproduce_bits, are_the_same_at_every_level)
{
    setenv("PACTOLUS_ISA", "portable", 1);
    cr_expect_eq(run(2, 1), expected);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        setenv("PACTOLUS_ISA", "v3", 1);
        cr_expect_eq(run(2, 1), expected);
    }
    if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        setenv("PACTOLUS_ISA", "v4", 1);
        cr_expect_eq(run(2, 1), expected);
    }
}

Test(reproduce_bits, differ_for_another_seed)
{
    cr_expect_neq(run(2, 2), run(2, 1));
}
