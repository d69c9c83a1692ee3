/* design/points.h - points of a design in the unit cube: one coordinate in (0, 1) for each varied parameter.

   The coordinates of a parameter come from the stream of its name, `NAME/sweep`, under the seed of the design: no point
   depends on the order in which parameters are named, and a parameter that is added moves no coordinate of the others where
   the method can keep that (random: always; latin.h and sobol.h say how far they can). */
#ifndef PACTOLUS_DESIGN_POINTS_H
#define PACTOLUS_DESIGN_POINTS_H
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct design_points {
    size_t points, dimensions;
    double *unit; /* owned; coordinate k of point i: unit[k * points + i] */
};

/* Memory for points x dimensions coordinates, zeroed. STATUS_MEMORY. */
int design_points_init(struct design_points *made, size_t points, size_t dimensions, struct report *report);
/* Legal after a failed init and on {0}. */
void design_points_free(struct design_points *points);

/* Independent uniforms: coordinate k of point i is number i of the stream of name[k], whatever the number of points.
   STATUS_MEMORY. */
int design_points_random(struct design_points *points, const char *const *name, uint64_t seed, struct report *report);

/* The uniforms of one stream, two for each of the points from .. from + count - 1; either may be NULL. Odd multiples of 2^-53
   (random/random.h). */
void design_points_uniforms(uint64_t seed, const char *stream, size_t from, size_t count, double *first, double *second);
/* The stream of a parameter, "NAME/sweep", in malloc'ed memory; NULL without memory. */
char *design_points_stream(const char *name);

/* Indices of `count` names by byte order of the names, so that what goes by an index goes by a name. */
void design_points_order(size_t *order, const char *const *name, size_t count);

/* Centred L2 discrepancy, squared (Hickernell, Math. Comp. 67 (1998) 299-322, eq. (5.2)): how far the shares of points in
   boxes are from their volumes. Takes points^2 x dimensions steps: for tests and reports. */
double design_points_discrepancy(const struct design_points *points);
#endif
