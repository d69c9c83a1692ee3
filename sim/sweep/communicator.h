/* sweep/communicator.h - the processes that one launch of MPI has started, as ranks of one sweep. The only file that names MPI is
   communicator_mpi.c; in a build without it communicator_alone.c says that there is nobody else.

   NULL stands for a process by itself: rank 0 of 1, for which every call does nothing. Calls marked "all" must be made by every rank in
   the same order; one thread at a time. A rank that dies takes the others with it, as MPI does: the journals keep what was
   finished. */
#ifndef PACTOLUS_SWEEP_COMMUNICATOR_H
#define PACTOLUS_SWEEP_COMMUNICATOR_H
#include <stddef.h>
#include <stdint.h>

struct communicator;

/* All: joins the launch that started this process; *out NULL if none did. Not more than once in a process. */
void communicator_create(struct communicator **out);
/* All. Legal with NULL. */
void communicator_destroy(struct communicator *communicator);
int communicator_rank(const struct communicator *communicator);
int communicator_ranks(const struct communicator *communicator);
/* "Open MPI 4.1.4", "none" in a build without. */
const char *communicator_library(void);

/* All: the status of the lowest rank whose status is not 0, for every rank; *speaker (may be NULL): that rank, else 0. */
int communicator_agree(struct communicator *communicator, int status, int *speaker);
/* All: each number summed over the ranks, for every rank. */
void communicator_sum(struct communicator *communicator, uint64_t *number, int count);
/* All: what rank 0 has, for every rank. */
void communicator_spread(struct communicator *communicator, void *data, size_t size);

/* ---- Points handed out: ranks above 0 ask, rank 0 answers ---- */

enum { COMMUNICATOR_POINTS = 1024 }; /* of one answer at most */
struct communicator_request {
    uint64_t done, failed; /* points since the last request */
    double seconds;        /* since the last request; 0: the first */
    int threads, leaving;  /* leaving: nonzero if the rank wants no more points */
};
/* Waits for the answer; 0: no more points, and the rank must not ask again. */
size_t communicator_ask(struct communicator *communicator, const struct communicator_request *request,
                        uint32_t point[COMMUNICATOR_POINTS]);
/* Of rank 0: nonzero if a request has come, from rank *from. Every one must be answered. */
int communicator_poll(struct communicator *communicator, struct communicator_request *request, int *from);
void communicator_answer(struct communicator *communicator, int to, const uint32_t *point, size_t count);
#endif
