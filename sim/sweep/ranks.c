/* Points handed out to the ranks of an MPI launch. Rank 0 knows what is missing and gives each rank that asks some points, so many
   that it has work for a while and so few that all end together. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sweep/run_parts.h"

enum { RANKS_LEAVING = 1, RANKS_LATE };

#define HAND_SECONDS 0.5 /* of work for one answer: long against the way of a message, short against a sweep */
#define PAUSE_SHORT 50000L   /* nanoseconds between two looks for requests: just after one came, */
#define PAUSE_LONG 1000000L  /* and else; a thousand looks a second take less than a hundredth of a processor */

/* ---- Rank 0 ---- */

/* At first a point for each thread; then what takes HAND_SECONDS at the pace told, at most the rank's half of its share of the rest. */
static size_t count_points(const struct sweep *sweep, const struct communicator_request *request)
{
    const double rest = (double)(sweep->plan.points - sweep->next), ranks = communicator_ranks(sweep->communicator);
    double count = request->threads;
    if (request->done && request->seconds > 0.0) count = HAND_SECONDS * (double)request->done / request->seconds;
    if (count > 0.5 * rest / ranks) count = 0.5 * rest / ranks;
    if (count > (double)COMMUNICATOR_POINTS) count = (double)COMMUNICATOR_POINTS;
    return count > 1.0 ? (size_t)count : 1;
}

/* Zero points are a rank's last answer. */
static int answer(struct sweep *sweep, const struct communicator_request *request, int from)
{
    uint32_t point[COMMUNICATOR_POINTS];
    size_t count = 0, next;
    pthread_mutex_lock(&sweep->gate);
    sweep->state.done += request->done;
    sweep->state.failed += request->failed;
    if (request->leaving) sweep->stop = 1; /* its failure, signal or lack of time is that of all */
    if (request->leaving == RANKS_LATE) sweep->late = 1;
    const size_t most = request->leaving ? 0 : count_points(sweep, request);
    while (count < most && !sweep_points_next(sweep, &next)) point[count++] = (uint32_t)next;
    pthread_mutex_unlock(&sweep->gate);
    communicator_answer(sweep->communicator, from, point, count);
    return count == 0;
}

void *sweep_ranks_serve(void *context)
{
    struct sweep *sweep = context;
    int left = communicator_ranks(sweep->communicator) - 1, from;
    struct communicator_request request;
    struct timespec pause = {0, PAUSE_LONG};
    while (left) {
        if (communicator_poll(sweep->communicator, &request, &from)) {
            left -= answer(sweep, &request, from);
            pause.tv_nsec = PAUSE_SHORT;
            continue;
        }
        pthread_mutex_lock(&sweep->gate);
        sweep_points_look(sweep);
        pthread_mutex_unlock(&sweep->gate);
        nanosleep(&pause, NULL);
        if (pause.tv_nsec < PAUSE_LONG) pause.tv_nsec += PAUSE_SHORT / 10;
    }
    return NULL;
}

/* ---- The others ---- */

static void ask(struct sweep *sweep, int leaving)
{
    struct sweep_hand *hand = &sweep->hand;
    const double t = clock_now();
    const struct communicator_request request = {.done = sweep->state.here - hand->done,
                                                 .failed = sweep->state.failed - hand->failed,
                                                 .seconds = hand->asked > 0.0 ? t - hand->asked : 0.0,
                                                 .threads = sweep->config->run.threads,
                                                 .leaving = leaving};
    hand->done = sweep->state.here;
    hand->failed = sweep->state.failed;
    hand->asked = t;
    hand->next = 0;
    hand->count = communicator_ask(sweep->communicator, &request, hand->point);
    hand->empty = hand->count == 0;
}

int sweep_ranks_next(struct sweep *sweep, size_t *point)
{
    struct sweep_hand *hand = &sweep->hand;
    if (sweep->stop || hand->empty) return 1;
    if (hand->next == hand->count) ask(sweep, 0);
    if (hand->empty) return 1;
    *point = hand->point[hand->next++];
    return 0;
}

void sweep_ranks_leave(struct sweep *sweep)
{
    if (!sweep->hand.empty) ask(sweep, sweep->late ? RANKS_LATE : RANKS_LEAVING);
}
