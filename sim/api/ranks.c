/* The processes of an MPI launch. */
#include "api/ranks.h"

#include <stdlib.h>

struct pactolus_ranks {
    struct communicator *communicator; /* NULL: alone */
};

int pactolus_ranks_create(struct pactolus_ranks **ranks)
{
    *ranks = calloc(1, sizeof **ranks);
    if (!*ranks) return PACTOLUS_MEMORY;
    communicator_create(&(*ranks)->communicator);
    return PACTOLUS_OK;
}

void pactolus_ranks_destroy(struct pactolus_ranks *ranks)
{
    if (!ranks) return;
    communicator_destroy(ranks->communicator);
    free(ranks);
}

int pactolus_ranks_count(const struct pactolus_ranks *ranks)
{
    return communicator_ranks(ranks->communicator);
}

int pactolus_ranks_rank(const struct pactolus_ranks *ranks)
{
    return communicator_rank(ranks->communicator);
}

int pactolus_ranks_agree(struct pactolus_ranks *ranks, int status, int *speaks)
{
    int speaker = 0;
    status = communicator_agree(ranks->communicator, status, &speaker);
    *speaks = speaker == communicator_rank(ranks->communicator);
    return status;
}

struct communicator *api_ranks_communicator(struct pactolus_ranks *ranks)
{
    return ranks ? ranks->communicator : NULL;
}
