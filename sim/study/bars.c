/* docs/model.md (8.5): phi_i = sum over sets S without i of |S|! (k - 1 - |S|)! / k! x (v(S + i) - v(S)), Shapley (1953), "A value
   for n-person games". Linear in the 2^k values: each is added with its weight as it comes, none is kept. */
#include "study/bars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double unit = 0x1p-20; /* base/money.h */

static size_t cells_of(const struct study_bars *bars)
{
    return (size_t)bars->columns * (size_t)bars->paths;
}

uint64_t study_bars_bytes(int switches, int columns, uint64_t paths)
{
    return paths * (uint64_t)columns * ((uint64_t)switches * sizeof(study_units) + 2 * sizeof(double));
}

int study_bars_init(struct study_bars *bars, int switches, int columns, uint64_t paths, struct report *report)
{
    memset(bars, 0, sizeof *bars);
    bars->switches = switches;
    bars->columns = columns;
    bars->paths = paths;
    bars->factorial[0] = 1;
    for (int n = 1; n <= STUDY_SWITCHES_MOST; n++) bars->factorial[n] = bars->factorial[n - 1] * n;
    bars->bar = calloc((size_t)switches * cells_of(bars) + 1, sizeof *bars->bar);
    bars->all = calloc(cells_of(bars) + 1, sizeof *bars->all);
    bars->none = calloc(cells_of(bars) + 1, sizeof *bars->none);
    if (bars->bar && bars->all && bars->none) return STATUS_OK;
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory: %llu bytes for an attribution",
                        (unsigned long long)study_bars_bytes(switches, columns, paths));
}

void study_bars_free(struct study_bars *bars)
{
    free(bars->bar);
    free(bars->all);
    free(bars->none);
    memset(bars, 0, sizeof *bars);
}

void study_bars_reset(struct study_bars *bars)
{
    memset(bars->bar, 0, (size_t)bars->switches * cells_of(bars) * sizeof *bars->bar);
}

/* Of a value with `on` switches in what one of them, or one that is not among them, adds: over k!. */
static int64_t weight_of(const struct study_bars *bars, int on, int is_on)
{
    const int others = on - is_on, without = bars->switches - 1 - others;
    const int64_t weight = bars->factorial[others] * bars->factorial[without];
    return is_on ? weight : -weight;
}

static int count_of(unsigned on)
{
    int count = 0;
    for (; on; on &= on - 1) count++;
    return count;
}

void study_bars_add(struct study_bars *bars, unsigned on, int column, const double *value)
{
    const size_t paths = (size_t)bars->paths, at = (size_t)column * paths;
    if (!on) memcpy(bars->none + at, value, paths * sizeof *value);
    if (on == (1u << bars->switches) - 1) memcpy(bars->all + at, value, paths * sizeof *value);
    for (int s = 0; s < bars->switches; s++) {
        const int64_t weight = weight_of(bars, count_of(on), (int)(on >> s & 1));
        study_units *bar = bars->bar + (size_t)s * cells_of(bars) + at;
        for (size_t k = 0; k < paths; k++) bar[k] += (study_units)weight * (int64_t)(value[k] / unit);
    }
}

double study_bars_path(const struct study_bars *bars, int which, int column, uint64_t path)
{
    const study_units bar = bars->bar[(size_t)which * cells_of(bars) + (size_t)column * (size_t)bars->paths + (size_t)path];
    return (double)bar / (double)bars->factorial[bars->switches] * unit;
}

double study_bars_mean(const struct study_bars *bars, int which, int column)
{
    const study_units *bar = bars->bar + (size_t)which * cells_of(bars) + (size_t)column * (size_t)bars->paths;
    study_units sum = 0;
    for (size_t k = 0; k < (size_t)bars->paths; k++) sum += bar[k];
    return (double)sum / ((double)bars->factorial[bars->switches] * (double)bars->paths);
}

void study_bars_settle(double *number, int count, double total)
{
    double size[STUDY_SWITCHES_MOST + 1], left = total; /* size: before rounding; below 0 once it has taken */
    for (int k = 0; k < count; k++) {
        size[k] = fabs(number[k]);
        left -= number[k] = floor(number[k] + 0.5);
    }
    /* rounding leaves less than a unit for each of them: what does not end in a few rounds is no rounding, and is left to be seen */
    for (int some = 0, turns = 4 * (count + 1); turns > 0 && (left >= 0.5 || left <= -0.5); turns--) {
        const double step = left > 0.0 ? 1.0 : -1.0;
        int greatest = -1;
        for (int k = 0; k < count; k++) {
            if (size[k] > (greatest < 0 ? 0.0 : size[greatest])) greatest = k;
        }
        if (greatest < 0 && !some) return; /* all of them are 0 */
        if (greatest < 0) {                /* once more from the first one */
            for (int k = 0; k < count; k++) size[k] = fabs(size[k]);
            some = 0;
            continue;
        }
        size[greatest] = -size[greatest];
        some = 1;
        number[greatest] += step;
        left -= step;
    }
}
