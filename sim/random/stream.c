#include "random/random.h"

uint64_t random_stream_hash(const char *stream_name)
{
    uint64_t hash = 14695981039346656037u;
    for (const unsigned char *c = (const unsigned char *)stream_name; *c; c++) hash = (hash ^ *c) * 1099511628211u;
    return hash;
}

/* The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): one to one, each bit moves half of the others. */
static uint64_t stream_mix(uint64_t z)
{
    z += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct random_key random_stream_key(uint64_t seed, const char *stream_name)
{
    uint64_t key = stream_mix(stream_mix(seed) ^ random_stream_hash(stream_name));
    return (struct random_key){{(uint32_t)key, (uint32_t)(key >> 32)}};
}
