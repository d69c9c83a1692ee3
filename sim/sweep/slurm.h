/* sweep/slurm.h - the job script that runs a sweep on a cluster under Slurm. */
#ifndef PACTOLUS_SWEEP_SLURM_H
#define PACTOLUS_SWEEP_SLURM_H
#include <stdint.h>
#include <stdio.h>

struct sweep_slurm {
    const char *name;      /* of the job */
    const char *command;   /* the sweep as shell words, without what the script adds */
    const char *output;    /* the result; any bytes, as the next */
    const char *directory; /* where the command was given */
    int tasks;             /* of the array, or ranks */
    int mpi;               /* nonzero: one job of MPI ranks instead of an array */
    int array_most;        /* the cluster's MaxArraySize; 0: not known */
    int threads;           /* CPUs of a task */
    uint64_t memory;       /* bytes of a task */
    double seconds;        /* of the whole sweep on one task */
};

/* An array needs indices below MaxArraySize: the tasks that are possible, at least 1. MPI knows no such bound. */
int sweep_slurm_tasks(const struct sweep_slurm *job);
/* Asks scontrol; 0 where there is none or it does not answer within seconds. */
int sweep_slurm_array_most(void);
void sweep_slurm_write(FILE *stream, const struct sweep_slurm *job);
#endif
