/* The one file that names MPI. Errors of MPI itself end the launch, as its default is: what was finished is in the journals. */
#include "sweep/communicator.h"

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAG_REQUEST = 1, TAG_POINTS = 2 };

struct communicator {
    MPI_Comm ranks;
    int rank, count;
};

/* What mpirun, or srun with a plug-in for MPI, leaves in the environment. MPI is not started without: by itself a process would
   wait for its daemons. */
static int is_launched(void)
{
    return getenv("OMPI_COMM_WORLD_SIZE") || getenv("PMIX_RANK") || getenv("PMI_RANK") || getenv("PMI_SIZE");
}

void communicator_create(struct communicator **out)
{
    int started = 0, threads = 0;
    *out = NULL;
    if (!is_launched()) return;
    MPI_Initialized(&started);
    if (!started) MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &threads);
    else MPI_Query_thread(&threads);
    struct communicator *communicator = malloc(sizeof *communicator);
    if (!communicator || threads < MPI_THREAD_SERIALIZED) {
        fputs("pactolus: error: MPI: no memory, or it cannot be used by several threads in turn\n", stderr);
        MPI_Abort(MPI_COMM_WORLD, 1);
        abort();
    }
    MPI_Comm_dup(MPI_COMM_WORLD, &communicator->ranks);
    MPI_Comm_rank(communicator->ranks, &communicator->rank);
    MPI_Comm_size(communicator->ranks, &communicator->count);
    *out = communicator;
}

void communicator_destroy(struct communicator *communicator)
{
    if (!communicator) return;
    MPI_Comm_free(&communicator->ranks);
    MPI_Finalize();
    free(communicator);
}

int communicator_rank(const struct communicator *communicator)
{
    return communicator ? communicator->rank : 0;
}

int communicator_ranks(const struct communicator *communicator)
{
    return communicator ? communicator->count : 1;
}

const char *communicator_library(void)
{
    static char name[MPI_MAX_LIBRARY_VERSION_STRING];
    int length = 0;
    MPI_Get_library_version(name, &length);
    name[strcspn(name, ",\n")] = 0; /* "Open MPI v4.1.4, package: ..." */
    return name;
}

/* ---- All together ---- */

int communicator_agree(struct communicator *communicator, int status, int *speaker)
{
    int first = 0;
    if (communicator) {
        int mine = status ? communicator->rank : communicator->count;
        MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, communicator->ranks);
        if (first == communicator->count) first = 0;
        MPI_Bcast(&status, 1, MPI_INT, first, communicator->ranks);
    }
    if (speaker) *speaker = first;
    return status;
}

void communicator_sum(struct communicator *communicator, uint64_t *number, int count)
{
    if (communicator) MPI_Allreduce(MPI_IN_PLACE, number, count, MPI_UINT64_T, MPI_SUM, communicator->ranks);
}

void communicator_spread(struct communicator *communicator, void *data, size_t size)
{
    if (communicator) MPI_Bcast(data, (int)size, MPI_BYTE, 0, communicator->ranks);
}

/* ---- Points ---- */

size_t communicator_ask(struct communicator *communicator, const struct communicator_request *request,
                        uint32_t point[COMMUNICATOR_POINTS])
{
    MPI_Status answer;
    int count = 0;
    MPI_Send(request, sizeof *request, MPI_BYTE, 0, TAG_REQUEST, communicator->ranks);
    MPI_Recv(point, COMMUNICATOR_POINTS, MPI_UINT32_T, 0, TAG_POINTS, communicator->ranks, &answer);
    MPI_Get_count(&answer, MPI_UINT32_T, &count);
    return (size_t)count;
}

int communicator_poll(struct communicator *communicator, struct communicator_request *request, int *from)
{
    MPI_Status there;
    int come = 0;
    MPI_Iprobe(MPI_ANY_SOURCE, TAG_REQUEST, communicator->ranks, &come, &there);
    if (!come) return 0;
    *from = there.MPI_SOURCE;
    MPI_Recv(request, sizeof *request, MPI_BYTE, *from, TAG_REQUEST, communicator->ranks, MPI_STATUS_IGNORE);
    return 1;
}

void communicator_answer(struct communicator *communicator, int to, const uint32_t *point, size_t count)
{
    MPI_Send(point, (int)count, MPI_UINT32_T, to, TAG_POINTS, communicator->ranks);
}
