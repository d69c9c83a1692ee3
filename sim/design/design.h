/* design/design.h - the design of a sweep: which points of the varied parameters are scenarios.

     grid      every combination of the values of LOW:HIGH:COUNT and lists; the parameter named last changes fastest
     random    independent draws (points.h)
     lhs       an optimised Latin hypercube (latin.h)
     sobol     scrambled Sobol' points (sobol.h): best for integrals and sensitivities, in powers of two

   A point's coordinate becomes a value: of LOW:HIGH by the straight line, of an integer, of steps and of a list each value with
   equal chance, of a distribution by its quantile (random/quantile.h). Numbers keep 15 digits. The design is written as
   the text of a scenario table, and a sweep reads that text as any table: what --write-design shows is what is run. */
#ifndef PACTOLUS_DESIGN_DESIGN_H
#define PACTOLUS_DESIGN_DESIGN_H
#include "input/sweep.h"
#include "design/vary.h"

enum {
    DESIGN_POINTS = 100,       /* where nobody says how many; */
    DESIGN_SOBOL_POINTS = 128, /* a power of two for sobol */
    DESIGN_CELLS = 1 << 27     /* bound of points x parameters */
};

struct design {
    enum input_sweep_design kind; /* OPEN: grid if all that varies has values, else lhs */
    uint64_t points;              /* 0: those of the grid, or the default */
    uint64_t seed;
    int has_seed;                 /* 0: the caller's, of the run */
    struct place kind_place, points_place; /* "--design" and "--points", or where the deal says it; for messages */
};

/* Takes from the section of a deal what options have left open: each of design, points and seed for itself, `vary` as a
   whole (one --vary replaces all of the section's). An option for a grid drops the number of points of a section for another
   design. All faults of the section's values are reported. */
int design_take(struct design *design, struct design_varied *varied, const struct input_sweep *section,
                      const struct param_registry *registry, struct report *report);
/* Settles what is still open and checks all together: something varies, a grid has values everywhere and as many points as
   were asked for, bounds. Warns of Sobol' points that are no power of two. STATUS_USAGE (nothing varies), STATUS_INPUT,
   STATUS_MEMORY (beyond a bound). */
int design_settle(struct design *design, const struct design_varied *varied, struct report *report);
/* Writes a settled design as a table: a header of names in the order of `varied`, a row for each point, without names of
   rows. The same design, seed and values give the same bytes on every machine. *text is malloc'ed and ends in a zero;
   NULL after a failure: STATUS_MEMORY. */
int design_write(const struct design *design, const struct design_varied *varied, char **text, struct report *report);
#endif
