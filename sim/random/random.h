/* random/random.h - random numbers as a function of who (path), when (step), what for (stream, part): Philox4x32-10 of
   Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11. Nothing is remembered, so no number
   depends on an order, a count or a thread. */
#ifndef PACTOLUS_RANDOM_RANDOM_H
#define PACTOLUS_RANDOM_RANDOM_H
#include <stdint.h>

#include "base/lanes.h"

/* The key of one stream under one seed. Counters under a key are (path low, path high, pair of steps, part). */
struct random_key {
    uint32_t word[2];
};

/* What the numbers of a key are drawn for; the last word of the counter, so that no counter serves twice. */
enum random_part { RANDOM_PART_UNIFORM, RANDOM_PART_NORMAL };

/* Set-up. FNV-1a of the name, for the refusal of two streams of one hash in a deal. */
uint64_t random_stream_hash(const char *stream_name);
/* Set-up. Under one seed two names have the same key only if their hashes are equal. */
struct random_key random_stream_key(uint64_t seed, const char *stream_name);

/* Kernels: the numbers of paths first_path .. first_path + BLOCK_PATHS - 1, columns of BLOCK_LANES owned by the caller.
   Uniforms are odd multiples of 2^-53: in (0, 1), never 0 or 1, and 1 - u is one of them. */

/* Uniforms of steps 2 pair and 2 pair + 1, from one counter. */
void random_uniform_pair(struct random_key key, uint64_t first_path, uint32_t pair, lanes *restrict even, lanes *restrict odd);
/* Uniforms of one step: the same numbers as the pair of step / 2 has, at the price of both. */
void random_uniforms(struct random_key key, uint64_t first_path, uint32_t step, lanes *restrict uniform);
/* The uniform of one path and step, the same number as random_uniforms gives it: for what happens to few paths. */
double random_uniform_single(struct random_key key, uint64_t path, uint32_t step);
/* Standard normals of steps 2 pair and 2 pair + 1, by Box and Muller (Ann. Math. Stat. 29 (1958) 610-611); |z| < 8.6. */
void random_normals(struct random_key key, uint64_t first_path, uint32_t pair, lanes *restrict even, lanes *restrict odd);
#endif
