/* Kernel: Philox4x32-10 over lanes. Four groups of lanes go through the rounds together, so that a multiplication need not
   wait for the one before it. */
#include "random/random.h"

#include "base/lanes_math.h"

enum { GROUPS = 4, ROUNDS = 10 };
static const uint32_t MULTIPLIER[2] = {0xD2511F53u, 0xCD9E8D57u}; /* of Salmon et al., table 2 */
static const uint32_t WEYL[2] = {0x9E3779B9u, 0xBB67AE85u};       /* golden ratio, sqrt(3) - 1 */

/* The four words of a counter, for GROUPS x LANES paths; only the low half of each word counts. */
struct counters {
    words word[4][GROUPS];
};

LANE_FUNCTION void counters_start(struct counters *c, uint64_t first_path, uint32_t pair, enum random_part part)
{
    words lane = {0};
    for (int l = 0; l < LANES; l++) lane[l] = (uint64_t)l;
#pragma GCC unroll 4
    for (uint64_t g = 0; g < GROUPS; g++) {
        words path = lane + (first_path + g * LANES);
        c->word[0][g] = path;
        c->word[1][g] = path >> 32;
        c->word[2][g] = (words){0} + pair;
        c->word[3][g] = (words){0} + (uint64_t)part;
    }
}

LANE_FUNCTION void counters_round(struct counters *c, uint32_t key0, uint32_t key1)
{
#pragma GCC unroll 4
    for (int g = 0; g < GROUPS; g++) {
        words p = product(c->word[0][g], MULTIPLIER[0]), q = product(c->word[2][g], MULTIPLIER[1]);
        c->word[0][g] = (q >> 32) ^ c->word[1][g] ^ key0;
        c->word[2][g] = (p >> 32) ^ c->word[3][g] ^ key1;
        c->word[1][g] = q;
        c->word[3][g] = p;
    }
}

LANE_FUNCTION void counters_encrypt(struct counters *c, struct random_key key)
{
#pragma GCC unroll 10
    for (uint32_t round = 0; round < ROUNDS; round++)
        counters_round(c, key.word[0] + round * WEYL[0], key.word[1] + round * WEYL[1]);
}

/* The upper 52 bits of (high, low) as an odd multiple of 2^-53: 1.bits - (1 - 2^-53), exact. */
LANE_FUNCTION lanes uniform_of(words high, words low)
{
    words bits = (high << 20 & 0x000fffffffffffffu) | (low & 0xffffffffu) >> 12;
    return (lanes)(bits | 0x3ff0000000000000u) - (1.0 - 0x1p-53);
}

LANE_FUNCTION void uniforms_of_group(const struct counters *c, int g, lanes *even, lanes *odd)
{
    *even = uniform_of(c->word[0][g], c->word[1][g]);
    *odd = uniform_of(c->word[2][g], c->word[3][g]);
}

void random_uniform_pair(struct random_key key, uint64_t first_path, uint32_t pair, lanes *restrict even, lanes *restrict odd)
{
    for (size_t i = 0; i < BLOCK_LANES; i += GROUPS) {
        struct counters c;
        counters_start(&c, first_path + i * LANES, pair, RANDOM_PART_UNIFORM);
        counters_encrypt(&c, key);
#pragma GCC unroll 4
        for (int g = 0; g < GROUPS; g++) uniforms_of_group(&c, g, &even[i + (size_t)g], &odd[i + (size_t)g]);
    }
}

void random_uniforms(struct random_key key, uint64_t first_path, uint32_t step, lanes *restrict uniform)
{
    lanes other[BLOCK_LANES];
    if (step % 2)
        random_uniform_pair(key, first_path, step / 2, other, uniform);
    else
        random_uniform_pair(key, first_path, step / 2, uniform, other);
}

double random_uniform_single(struct random_key key, uint64_t path, uint32_t step)
{
    uint32_t word[4] = {(uint32_t)path, (uint32_t)(path >> 32), step / 2, RANDOM_PART_UNIFORM};
    for (uint32_t round = 0; round < ROUNDS; round++) {
        const uint64_t p = (uint64_t)word[0] * MULTIPLIER[0], q = (uint64_t)word[2] * MULTIPLIER[1];
        word[0] = (uint32_t)(q >> 32) ^ word[1] ^ (key.word[0] + round * WEYL[0]);
        word[2] = (uint32_t)(p >> 32) ^ word[3] ^ (key.word[1] + round * WEYL[1]);
        word[1] = (uint32_t)q;
        word[3] = (uint32_t)p;
    }
    const uint32_t *of_step = word + 2 * (step % 2);
    return uniform_of((words){0} + of_step[0], (words){0} + of_step[1])[0];
}

/* sqrt(-2 log u) (cos 2 pi v, sin 2 pi v) */
LANE_FUNCTION void normals_of(lanes u, lanes v, lanes *even, lanes *odd)
{
    lanes cosine, sine, radius = square_root(-2.0 * log_lanes(u));
    circle_lanes(v, &cosine, &sine);
    *even = radius * cosine;
    *odd = radius * sine;
}

void random_normals(struct random_key key, uint64_t first_path, uint32_t pair, lanes *restrict even, lanes *restrict odd)
{
    for (size_t i = 0; i < BLOCK_LANES; i += GROUPS) {
        struct counters c;
        counters_start(&c, first_path + i * LANES, pair, RANDOM_PART_NORMAL);
        counters_encrypt(&c, key);
#pragma GCC unroll 4
        for (int g = 0; g < GROUPS; g++) {
            lanes u, v;
            uniforms_of_group(&c, g, &u, &v);
            normals_of(u, v, &even[i + (size_t)g], &odd[i + (size_t)g]);
        }
    }
}
