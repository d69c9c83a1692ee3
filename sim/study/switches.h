/* study/switches.h - mechanisms of a deal that can be switched off one by one, for the attribution of value (docs/model.md, 8.5).
   To add one is to add a row to the table in switches.c. */
#ifndef PACTOLUS_STUDY_SWITCHES_H
#define PACTOLUS_STUDY_SWITCHES_H
#include "study/scenario.h"

struct study_switch {
    const char *name;     /* "pooling"; a member of the axis `bar` */
    const char *label;    /* for people */
    /* Whether the deal has the mechanism; where it is not sure, it has. */
    int (*used)(const struct deal *deal, const struct param_scope *scope);
    /* Takes it out of the deal's numbers. `mode`: what each partner does alone, enum programme_standalone_mode, settled. */
    void (*off)(struct deal *deal, const struct param_scope *scope, const int mode[]);
    int settled; /* nonzero: `off` reads `mode`, so that it comes after the pilot, which it must not move */
};

extern const struct study_switch study_switches[];
extern const int study_switches_count;
#define STUDY_SWITCHES_TERMS "terms" /* what is left with all of them off */

/* The switch called so; -1: none. */
int study_switches_find(const char *name);
/* As study_scenario_plan with a pilot, `off` of the table being switched off before it. The deal was checked as it stands: what a
   switch leaves is not checked again, since half a mechanism is what is wanted. */
int study_switches_plan(struct study_scenario *scenario, const struct study_deal *deal, uint64_t seed, unsigned off,
                        struct report *report);
#endif
