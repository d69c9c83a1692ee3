/* Names into keys. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "random/random.h"

Test(stream, hash_is_fnv_1a)
{
    cr_expect_eq(random_stream_hash(""), UINT64_C(0xcbf29ce484222325)); /* the published test values of FNV-1a */
    cr_expect_eq(random_stream_hash("a"), UINT64_C(0xaf63dc4c8601ec8c));
    cr_expect_eq(random_stream_hash("foobar"), UINT64_C(0x85944171f73967e8));
}

static uint64_t both(struct random_key key)
{
    return (uint64_t)key.word[1] << 32 | key.word[0];
}

Test(stream, keys_differ_by_seed_and_by_name)
{
    uint64_t key[100];
    char name[16];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "m.%d", i % 10);
        key[i] = both(random_stream_key((uint64_t)(i / 10), name));
        for (int j = 0; j < i; j++) cr_assert_neq(key[i], key[j]);
    }
}

Test(stream, key_never_changes)
{
    /* Worked out by another program; results of earlier versions are reproduced only while this holds. */
    cr_expect_eq(both(random_stream_key(1, "market.demand.us/normal")), UINT64_C(0x359821dbc3e9c309));
}
