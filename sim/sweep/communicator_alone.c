/* A build without MPI. */
#include "sweep/communicator.h"

void communicator_create(struct communicator **out)
{
    *out = NULL;
}

void communicator_destroy(struct communicator *communicator)
{
    (void)communicator;
}

int communicator_rank(const struct communicator *communicator)
{
    (void)communicator;
    return 0;
}

int communicator_ranks(const struct communicator *communicator)
{
    (void)communicator;
    return 1;
}

const char *communicator_library(void)
{
    return "none";
}

int communicator_agree(struct communicator *communicator, int status, int *speaker)
{
    (void)communicator;
    if (speaker) *speaker = 0;
    return status;
}

void communicator_sum(struct communicator *communicator, uint64_t *number, int count)
{
    (void)communicator, (void)number, (void)count;
}

void communicator_spread(struct communicator *communicator, void *data, size_t size)
{
    (void)communicator, (void)data, (void)size;
}

size_t communicator_ask(struct communicator *communicator, const struct communicator_request *request,
                        uint32_t point[COMMUNICATOR_POINTS])
{
    (void)communicator, (void)request, (void)point;
    return 0;
}

int communicator_poll(struct communicator *communicator, struct communicator_request *request, int *from)
{
    (void)communicator, (void)request, (void)from;
    return 0;
}

void communicator_answer(struct communicator *communicator, int to, const uint32_t *point, size_t count)
{
    (void)communicator, (void)to, (void)point, (void)count;
}
