#include "random/copula.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random/memo.h"

static int copula_init_student(struct random_copula *copula, struct place place, const char *name, struct report *report)
{
    double n = copula->degrees;
    struct distribution chi_squared = {.kind = DISTRIBUTION_GAMMA, .argument = {0.5 * n, 2.0 / n}};
    int status = random_quantile_init(&copula->mixing, &chi_squared, place, name, report);
    if (status) return status;
    copula->score = malloc(RANDOM_TABLE_SIZE * sizeof *copula->score);
    if (!copula->score) return report_error(report, STATUS_MEMORY, place, name, "out of memory for a copula");
    status = random_memo_fill_score(DISTRIBUTION_STUDENT, n, 0.0, copula->score, &copula->reach);
    return status ? report_error(report, status, place, name, "the table of the t copula failed") : STATUS_OK;
}

int random_copula_init(struct random_copula *copula, int columns, const double *factor, double degrees, struct place place,
                       const char *name, struct report *report)
{
    *copula = (struct random_copula){.columns = columns, .degrees = degrees};
    if (columns < 1 || columns > RANDOM_COPULA_MOST)
        return report_error(report, STATUS_INPUT, place, name, "copula over '%d' names, want 1 to %d", columns,
                            (int)RANDOM_COPULA_MOST);
    if (!(degrees == 0.0 || (degrees > 1.0 && degrees <= 1e6)))
        return report_error(report, STATUS_INPUT, place, name, "degrees of freedom '%g', want (1, 1e6]", degrees);
    size_t size = (size_t)columns * (size_t)columns * sizeof *factor;
    copula->factor = malloc(size);
    if (!copula->factor) return report_error(report, STATUS_MEMORY, place, name, "out of memory for a copula");
    memcpy(copula->factor, factor, size);
    return degrees > 0.0 ? copula_init_student(copula, place, name, report) : STATUS_OK;
}

void random_copula_free(struct random_copula *copula)
{
    free(copula->factor);
    free(copula->score);
    random_quantile_free(&copula->mixing);
    *copula = (struct random_copula){0};
}
