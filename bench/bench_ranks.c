/* mpirun -n RANKS bench_ranks [REQUESTS] - requests for points that rank 0 answers in a second when it does nothing else: what a sweep
   on many ranks can ask of it at most (docs/performance.md). */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "sweep/communicator.h"

static void ask(struct communicator *ranks, int requests)
{
    const struct communicator_request request = {.done = 1, .seconds = 1.0, .threads = 1};
    uint32_t point[COMMUNICATOR_POINTS];
    for (int k = 0; k < requests; k++) communicator_ask(ranks, &request, point);
}

static void answer(struct communicator *ranks, int requests)
{
    const int all = requests * (communicator_ranks(ranks) - 1);
    const uint32_t point[16] = {0};
    struct communicator_request request;
    int from, answered = 0;
    const double start = bench_now();
    while (answered < all) {
        if (!communicator_poll(ranks, &request, &from)) continue;
        communicator_answer(ranks, from, point, 16);
        answered++;
    }
    const double seconds = bench_now() - start;
    printf("%d ranks: %d requests of 16 points in %.3f s, %.0f a second\n", communicator_ranks(ranks), all, seconds, all / seconds);
}

int main(int argc, char **argv)
{
    const int requests = argc > 1 ? atoi(argv[1]) : 20000;
    struct communicator *ranks;
    communicator_create(&ranks);
    if (communicator_ranks(ranks) < 2) {
        fprintf(stderr, "usage: mpirun -n RANKS bench_ranks [REQUESTS], RANKS 2 or more\n");
        return 2;
    }
    if (communicator_rank(ranks)) ask(ranks, requests);
    else answer(ranks, requests);
    communicator_destroy(ranks);
    return 0;
}
