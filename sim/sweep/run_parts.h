/* sweep/run_parts.h - what the files of a running sweep share: run.c begins and ends it, points.c runs its points, ranks.c hands them
   out to other processes. */
#ifndef PACTOLUS_SWEEP_RUN_PARTS_H
#define PACTOLUS_SWEEP_RUN_PARTS_H
#include <pthread.h>

#include "base/clock.h"
#include "sweep/communicator.h"
#include "sweep/index.h"
#include "sweep/lock.h"
#include "sweep/plan.h"

/* Points that rank 0 has handed to this rank. */
struct sweep_hand {
    uint32_t point[COMMUNICATOR_POINTS];
    size_t count, next;
    uint64_t done, failed; /* of this rank, when it asked last */
    double asked;          /* when; 0: not yet */
    int empty;             /* nonzero: there are no more */
};

/* All that a process holds; what is not yet made is zero. Threads share it; `gate` guards what they write. */
struct sweep {
    struct sweep_plan plan;
    const struct sweep_config *config;
    struct sweep_lock whole, own; /* of the result, of the journal */
    struct sweep_journal journal;
    struct sweep_index before; /* what stood in the journals when this process began */
    struct report *report;
    pthread_mutex_t gate;
    struct sweep_progress state;
    size_t next; /* the first point that no thread has looked at */
    double start, told;
    int status, stop; /* the first failure that ends the process; nonzero: no further point is begun */
    int late;         /* nonzero: stopped by config->seconds */
    int again;        /* nonzero: the result is there as well as its journals, see sweep_merge_confirm */
    struct communicator *communicator; /* not owned; NULL: this process is alone */
    int rank;
    struct sweep_hand hand; /* of ranks above 0 */
};

/* ---- points.c ---- */
/* Nonzero for a point of this shard; for one of them without a record. */
int sweep_points_is_ours(const struct sweep *sweep, size_t point);
int sweep_points_is_wanted(const struct sweep *sweep, size_t point);
/* Runs what is wanted on the threads of this process (and of the other ranks), until all is done or something stops it. */
void sweep_points_run(struct sweep *sweep);
/* Under the gate: tells the caller how far it is, and finds out whether to stop. Cheap enough to be called often. */
void sweep_points_look(struct sweep *sweep);
/* Under the gate, of rank 0: the next point without a record; nonzero if there is none or none may be begun. */
int sweep_points_next(struct sweep *sweep, size_t *point);

/* ---- ranks.c ---- */
/* Of rank 0, a thread's work: answers the other ranks until each has had its last answer. `sweep`: a struct sweep. NULL. */
void *sweep_ranks_serve(void *sweep);
/* Of ranks above 0, under the gate: the next point handed out; nonzero if there are no more. */
int sweep_ranks_next(struct sweep *sweep, size_t *point);
/* Of ranks above 0: says that no more points are wanted, if rank 0 does not know it. */
void sweep_ranks_leave(struct sweep *sweep);
#endif
