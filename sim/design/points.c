#include "design/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random/random.h"

int design_points_init(struct design_points *made, size_t points, size_t dimensions, struct report *report)
{
    *made = (struct design_points){points, dimensions, calloc(points * dimensions + 1, sizeof *made->unit)};
    if (made->unit) return STATUS_OK;
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory: %zu points of %zu parameters", points, dimensions);
}

void design_points_free(struct design_points *points)
{
    free(points->unit);
    *points = (struct design_points){0};
}

char *design_points_stream(const char *name)
{
    static const char end[] = "/sweep";
    const size_t n = strlen(name);
    char *stream = malloc(n + sizeof end);
    if (!stream) return NULL;
    memcpy(stream, name, n);
    memcpy(stream + n, end, sizeof end);
    return stream;
}

void design_points_uniforms(uint64_t seed, const char *stream, size_t from, size_t count, double *first, double *second)
{
    const struct random_key key = random_stream_key(seed, stream);
    lanes even[BLOCK_LANES], odd[BLOCK_LANES];
    for (size_t i = 0; i < count; i += BLOCK_PATHS) {
        const size_t n = count - i < BLOCK_PATHS ? count - i : BLOCK_PATHS;
        random_uniform_pair(key, from + i, 0, even, odd);
        if (first) memcpy(first + i, even, n * sizeof *first);
        if (second) memcpy(second + i, odd, n * sizeof *second);
    }
}

int design_points_random(struct design_points *points, const char *const *name, uint64_t seed, struct report *report)
{
    for (size_t k = 0; k < points->dimensions; k++) {
        char *stream = design_points_stream(name[k]);
        if (!stream) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
        design_points_uniforms(seed, stream, 0, points->points, points->unit + k * points->points, NULL);
        free(stream);
    }
    return STATUS_OK;
}

void design_points_order(size_t *order, const char *const *name, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        size_t at = k;
        for (; at > 0 && strcmp(name[order[at - 1]], name[k]) > 0; at--) order[at] = order[at - 1];
        order[at] = k;
    }
}

/* 1 + (|x| + |y| - |x - y|) / 2, for coordinates from the centre. */
static double pair_factor(double x, double y)
{
    return 1.0 + 0.5 * (fabs(x) + fabs(y) - fabs(x - y));
}

double design_points_discrepancy(const struct design_points *points)
{
    const size_t n = points->points;
    double volume = 1.0, single = 0.0, pairs = 0.0;
    for (size_t k = 0; k < points->dimensions; k++) volume *= 13.0 / 12.0;
    for (size_t i = 0; i < n; i++) {
        double own = 1.0;
        for (size_t k = 0; k < points->dimensions; k++) {
            const double z = fabs(points->unit[k * n + i] - 0.5);
            own *= 1.0 + 0.5 * z - 0.5 * z * z;
        }
        single += own;
        for (size_t j = 0; j < n; j++) {
            double both = 1.0;
            for (size_t k = 0; k < points->dimensions; k++) {
                both *= pair_factor(points->unit[k * n + i] - 0.5, points->unit[k * n + j] - 0.5);
            }
            pairs += both;
        }
    }
    const double count = (double)n;
    return volume - 2.0 / count * single + pairs / (count * count);
}
