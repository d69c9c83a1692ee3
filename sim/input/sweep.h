/* input/sweep.h - the section `sweep:` of a deal file: how `pactolus sweep` makes scenarios of the deal. No other command reads
   it, and no result depends on it.

     sweep:
       design: lhs            grid, random, lhs or sobol
       points: 500
       seed: 7
       vary:
         market.inflation: 0.01:0.04
         standalone.alpha.mode: [own, none]

   Its entries are no parameters: they have no row, no echo and cannot be set. */
#ifndef PACTOLUS_INPUT_SWEEP_H
#define PACTOLUS_INPUT_SWEEP_H
#include <stdint.h>

#include "param/record.h"

enum input_sweep_design { INPUT_SWEEP_OPEN, INPUT_SWEEP_GRID, INPUT_SWEEP_RANDOM, INPUT_SWEEP_LHS, INPUT_SWEEP_SOBOL };
enum { INPUT_SWEEP_POINTS = 10000000, INPUT_SWEEP_VARIED = 1024 }; /* bounds: points, varied parameters */

/* One entry of `vary`, as the values of --vary NAME=VALUES: a YAML list has become "[a, b, ..]". */
struct input_sweep_vary {
    const char *name, *values;
    struct place place;
};

/* What the section says; what it leaves open is OPEN, 0 or an empty place. Texts belong to the store. */
struct input_sweep {
    struct place place; /* of the section; file NULL: there is none */
    enum input_sweep_design design;
    struct place design_place;
    uint64_t points;    /* 0: not said */
    struct place points_place;
    int has_seed;
    uint64_t seed;
    struct input_sweep_vary *vary; /* in the order of the file */
    size_t count;
    struct param_store store;
};

/* Takes the section out of the records of a deal, so that the registry does not see it, and checks its form: known keys, a
   known design, whole numbers, a map of NAME: VALUES. A file's entries win over those of its includes, one by one. The
   values are read by design/vary.h. All faults are reported: STATUS_INPUT, STATUS_MEMORY. Places borrow the file names of
   the records, which outlive the section. Legal to free after a failure. */
int input_sweep_take(struct param_records *records, struct input_sweep *sweep, struct report *report);
void input_sweep_free(struct input_sweep *sweep);

/* The design of a word, OPEN for none; the word of a design, "" for OPEN. */
enum input_sweep_design input_sweep_design_of(const char *word);
const char *input_sweep_word(enum input_sweep_design design);
#endif
