#define _GNU_SOURCE
#include "sweep/slurm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_ARRAY = 1001, MIB = 1 << 20 };

int sweep_slurm_array_most(void)
{
    char line[256];
    int most = 0;
    FILE *answer = popen("timeout 5 scontrol show config 2>/dev/null", "r");
    while (answer && fgets(line, sizeof line, answer)) {
        if (!strncmp(line, "MaxArraySize", strlen("MaxArraySize")) && strchr(line, '=')) most = atoi(strchr(line, '=') + 1);
    }
    if (answer) pclose(answer);
    return most > 0 ? most : 0;
}

int sweep_slurm_tasks(const struct sweep_slurm *job)
{
    if (job->mpi) return job->tasks;
    const int most = (job->array_most ? job->array_most : DEFAULT_ARRAY) - 1;
    const int tasks = job->tasks <= most ? job->tasks : most;
    return tasks < 1 ? 1 : tasks;
}

/* As a shell reads it, on one line: plain, or in $'..'. */
static void write_word(FILE *stream, const char *word)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:+@%";
    if (*word && !word[strspn(word, safe)]) {
        fputs(word, stream);
        return;
    }
    fputs("$'", stream);
    for (; *word; word++) {
        const unsigned char byte = (unsigned char)*word;
        if (byte < 32 || byte > 126) fprintf(stream, "\\x%02x", byte);
        else fprintf(stream, byte == '\'' || byte == '\\' ? "\\%c" : "%c", byte);
    }
    fputc('\'', stream);
}

/* Half as long again as estimated, and ten minutes: a job that runs out of time goes on when it is given again. */
static void write_time(FILE *stream, double seconds)
{
    const long minutes = (long)ceil(seconds * 1.5 / 60.0) + 10;
    fprintf(stream, "#SBATCH --time=%ld:%02ld:00\n", minutes / 60, minutes % 60);
}

static void write_head(FILE *stream, const struct sweep_slurm *job, int tasks)
{
    const uint64_t each = (job->memory + job->memory / 4) / MIB + 1; /* a quarter to spare */
    fprintf(stream, "#!/bin/bash\n#SBATCH --job-name=%s\n#SBATCH --%s%d\n", job->name, job->mpi ? "ntasks=" : "array=1-", tasks);
    fprintf(stream, "#SBATCH --cpus-per-task=%d\n#SBATCH --mem-per-cpu=%lluM\n", job->threads,
            (unsigned long long)(each / (uint64_t)job->threads + 1));
    write_time(stream, job->seconds / tasks);
    fprintf(stream, "#SBATCH --output=%s-%s.log\n#SBATCH --open-mode=append\n#SBATCH --requeue\n", job->name, job->mpi ? "%j" : "%A_%a");
    fprintf(stream, "#SBATCH --signal=%s@60   # a minute before the end of the time: finish the points under way and save\n\n",
            job->mpi ? "B:USR1" : "TERM");
    fputs("# Given again, or requeued, it goes on where it stood: no finished point is lost.\n", stream);
    fputs("cd ", stream);
    write_word(stream, job->directory);
    fputs(" || exit 2\nexport OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK\n", stream);
}

void sweep_slurm_write(FILE *stream, const struct sweep_slurm *job)
{
    const int tasks = sweep_slurm_tasks(job);
    write_head(stream, job, tasks);
    if (job->mpi) { /* mpirun passes USR1 on; bound to a core, the threads of a rank would share it */
        fprintf(stream, "exec mpirun -n \"$SLURM_NTASKS\" --bind-to none %s\n", job->command);
        fputs("# Where Slurm starts MPI itself: srun --mpi=pmix in place of mpirun -n ... --bind-to none\n", stream);
        return;
    }
    fprintf(stream, "exec srun --ntasks=1 %s --shard \"$SLURM_ARRAY_TASK_ID/%d\"\n", job->command, tasks);
    fputs("# The task that finishes the last point joins all into the result. By hand: pactolus merge ", stream);
    write_word(stream, job->output);
    fputc('\n', stream);
}
