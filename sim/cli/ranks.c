/* A command run by all ranks of an MPI launch: rank 0 speaks, another rank only of what it alone has met. */
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

/* What this rank says from now on is kept. */
static void hush(struct cli_ranks *ranks)
{
    ranks->kept = tmpfile();
    if (!ranks->kept) return;
    ranks->error = dup(STDERR_FILENO);
    if (ranks->error >= 0) dup2(fileno(ranks->kept), STDERR_FILENO);
}

static void speak(struct cli_ranks *ranks, int aloud)
{
    char part[512];
    size_t n;
    if (!ranks->kept) return;
    fflush(stderr);
    if (ranks->error >= 0) {
        dup2(ranks->error, STDERR_FILENO);
        close(ranks->error);
        rewind(ranks->kept);
        if (aloud) fprintf(stderr, "pactolus: rank %d:\n", ranks->rank);
        while (aloud && (n = fread(part, 1, sizeof part, ranks->kept)) > 0) fwrite(part, 1, n, stderr);
    }
    fclose(ranks->kept);
}

int cli_ranks_join(struct cli_ranks *ranks)
{
    *ranks = (struct cli_ranks){.error = -1};
    int status = pactolus_ranks_create(&ranks->ranks);
    if (status) return status;
    ranks->rank = pactolus_ranks_rank(ranks->ranks);
    if (ranks->rank) hush(ranks);
    return PACTOLUS_OK;
}

int cli_ranks_agree(struct cli_ranks *ranks, int status)
{
    if (ranks->settled) return status;
    status = pactolus_ranks_agree(ranks->ranks, status, &ranks->speaks);
    ranks->settled = status != PACTOLUS_OK;
    return status;
}

void cli_ranks_leave(struct cli_ranks *ranks, int status)
{
    if (!ranks->ranks) return;
    cli_ranks_agree(ranks, status);
    speak(ranks, ranks->settled && ranks->speaks);
    pactolus_ranks_destroy(ranks->ranks);
}
