#include "study/columns.h"

#include <stdlib.h>

static void count_batch(struct statistics_batch *batch, struct statistics_run *run, uint64_t first, uint64_t paths,
                        study_columns_fill *fill, void *context, double *const *column)
{
    const uint64_t end = first + STATISTICS_BATCH < paths ? first + STATISTICS_BATCH : paths;
    statistics_batch_begin(batch, run, first);
    for (; first < end; first += STATISTICS_BLOCK) {
        const size_t n = end - first < STATISTICS_BLOCK ? (size_t)(end - first) : STATISTICS_BLOCK;
        fill(context, first, n, column);
        statistics_block_outcomes(batch, n, column);
    }
    statistics_run_merge(run, batch);
}

int study_columns_count(struct statistics_run *run, uint64_t paths, study_columns_fill *fill, void *context, double *flat,
                        struct report *report)
{
    const size_t columns = (size_t)run->plan->columns;
    struct statistics_batch batch = {0};
    double *memory = malloc((columns + 1) * STATISTICS_BLOCK * sizeof *memory), **column = calloc(columns + 1, sizeof *column);
    int status = statistics_batch_init(&batch, run->plan, report);
    if (!status && (!memory || !column)) status = report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    statistics_run_reset(run);
    for (size_t k = 0; !status && k < columns; k++) column[k] = memory + k * STATISTICS_BLOCK;
    for (uint64_t first = 0; !status && first < paths; first += STATISTICS_BATCH) {
        count_batch(&batch, run, first, paths, fill, context, column);
    }
    if (!status) status = statistics_run_result(run, flat, report);
    statistics_batch_free(&batch);
    free(memory);
    free(column);
    return status;
}
