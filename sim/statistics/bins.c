#include "statistics/bins.h"

#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "statistics/sort.h"

/* Position = the leading bits of 1 + |x - center| / scale as an IEEE number: linear inside a power of two, logarithmic over
   them, hence close to asinh, strictly monotone and without a logarithm. Eight powers of two on each side. */
enum { HALF = BINS_COUNT / 2, OCTAVE = 14 };

static size_t position(const struct statistics_bins *b, double x)
{
    double d = x - b->center, y = (d < 0 ? -d : d) * b->inverse + 1;
    uint64_t bits;
    memcpy(&bits, &y, sizeof bits);
    uint64_t i = (bits - 0x3ff0000000000000u) >> (52 - OCTAVE);
    if (i >= HALF) i = HALF - 1;
    return d < 0 ? HALF - 1 - (size_t)i : HALF + (size_t)i;
}

int statistics_bins_init(struct statistics_bins *bins)
{
    memset(bins, 0, sizeof *bins);
    bins->bin = calloc(BINS_COUNT, sizeof *bins->bin);
    return bins->bin ? STATUS_OK : STATUS_MEMORY;
}

void statistics_bins_free(struct statistics_bins *bins)
{
    free(bins->bin);
    free(bins->slot_of);
    free(bins->collected);
    memset(bins, 0, sizeof *bins);
}

void statistics_bins_reset(struct statistics_bins *bins)
{
    memset(bins->bin, 0, BINS_COUNT * sizeof *bins->bin);
    bins->count = 0;
    bins->slots = bins->sealed = 0;
    free(bins->collected);
    bins->collected = NULL;
}

void statistics_bins_place(struct statistics_bins *bins, const double *sorted, size_t n)
{
    double scale = 0.5 * (sorted[(n - 1) * 3 / 4] - sorted[(n - 1) / 4]);
    if (!(scale > 0)) scale = (sorted[n - 1] - sorted[0]) / 16; /* most of it in one point */
    bins->center = sorted[(n - 1) / 2];
    bins->inverse = scale > 0x1p-1000 ? 1 / scale : 1;
}

void statistics_bins_add(struct statistics_bins *bins, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct statistics_bin *b = &bins->bin[position(bins, x[i])];
        double d = x[i] - bins->center;
        b->low = b->count == 0 || x[i] < b->low ? x[i] : b->low;
        b->high = b->count == 0 || x[i] > b->high ? x[i] : b->high;
        b->count++;
        b->sum += d;
        b->square += d * d;
    }
    bins->count += n;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void statistics_bins_choose(struct statistics_bins *bins, const uint64_t *rank, int ranks)
{
    uint64_t wanted[BINS_SLOTS], first = 0;
    size_t at = 0;
    memcpy(wanted, rank, (size_t)ranks * sizeof *rank);
    qsort(wanted, (size_t)ranks, sizeof *wanted, by_value);
    bins->slots = bins->sealed = 0;
    for (int r = 0; r < ranks && wanted[r] < bins->count; r++) {
        while (first + bins->bin[at].count <= wanted[r]) first += bins->bin[at++].count;
        if (bins->slots > 0 && bins->slot[bins->slots - 1].bin == at) continue;
        bins->slot[bins->slots++] = (struct statistics_slot){at, first, bins->bin[at].count, 0, NULL};
    }
}

int statistics_bins_collect_begin(struct statistics_bins *bins)
{
    size_t room = 0;
    for (int s = 0; s < bins->slots; s++) room += bins->slot[s].count;
    free(bins->collected);
    bins->collected = malloc((room + 1) * sizeof *bins->collected);
    if (!bins->slot_of) bins->slot_of = malloc(BINS_COUNT * sizeof *bins->slot_of);
    if (!bins->collected || !bins->slot_of) return STATUS_MEMORY;
    memset(bins->slot_of, 0xff, BINS_COUNT * sizeof *bins->slot_of);
    room = 0;
    for (int s = 0; s < bins->slots; s++) {
        struct statistics_slot *slot = &bins->slot[s];
        slot->value = bins->collected + room;
        slot->filled = 0;
        room += slot->count;
        bins->slot_of[slot->bin] = (int16_t)s;
    }
    return STATUS_OK;
}

void statistics_bins_collect(struct statistics_bins *bins, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int s = bins->slot_of[position(bins, x[i])];
        if (s < 0 || bins->slot[s].filled == bins->slot[s].count) continue;
        bins->slot[s].value[bins->slot[s].filled++] = x[i];
    }
}

int statistics_bins_seal(struct statistics_bins *bins)
{
    size_t most = 0;
    for (int s = 0; s < bins->slots; s++) {
        if (bins->slot[s].filled != bins->slot[s].count) return STATUS_INTERNAL; /* not the same values again */
        if (bins->slot[s].count > most) most = bins->slot[s].count;
    }
    double *spare = malloc((most + 1) * sizeof *spare);
    if (!spare) return STATUS_MEMORY;
    for (int s = 0; s < bins->slots; s++) statistics_sort(bins->slot[s].value, spare, bins->slot[s].count);
    free(spare);
    bins->sealed = 1;
    return STATUS_OK;
}

static const struct statistics_slot *slot_of(const struct statistics_bins *bins, uint64_t rank)
{
    for (int s = 0; s < bins->slots; s++) {
        const struct statistics_slot *slot = &bins->slot[s];
        if (rank >= slot->first && rank - slot->first < slot->count) return slot;
    }
    return NULL;
}

double statistics_bins_value(const struct statistics_bins *bins, uint64_t rank)
{
    const struct statistics_slot *slot = slot_of(bins, rank);
    if (!slot) return 0.0 / 0.0;
    if (bins->sealed) return slot->value[rank - slot->first];
    const struct statistics_bin *b = &bins->bin[slot->bin];
    double inside = slot->count > 1 ? (double)(rank - slot->first) / (double)(slot->count - 1) : 0;
    return b->low + inside * (b->high - b->low);
}

double statistics_bins_width(const struct statistics_bins *bins, uint64_t rank)
{
    const struct statistics_slot *slot = slot_of(bins, rank);
    if (!slot || bins->sealed) return 0;
    return bins->bin[slot->bin].high - bins->bin[slot->bin].low;
}

void statistics_bins_least(const struct statistics_bins *bins, uint64_t m, double *sum, double *square)
{
    uint64_t seen = 0;
    size_t at = 0;
    *sum = *square = 0;
    for (; at < BINS_COUNT && seen + bins->bin[at].count <= m; at++) {
        seen += bins->bin[at].count;
        *sum += bins->bin[at].sum;
        *square += bins->bin[at].square;
    }
    for (; seen < m; seen++) {
        double d = statistics_bins_value(bins, seen) - bins->center;
        *sum += d;
        *square += d * d;
    }
}
