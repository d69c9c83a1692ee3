/* api/ranks.h - the handle of an MPI launch. */
#ifndef PACTOLUS_API_RANKS_H
#define PACTOLUS_API_RANKS_H
#include "pactolus.h"
#include "sweep/communicator.h"

/* NULL for NULL. */
struct communicator *api_ranks_communicator(struct pactolus_ranks *ranks);
#endif
