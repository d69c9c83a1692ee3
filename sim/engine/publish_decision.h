/* engine/publish_decision.h - what the decision stage shows: who leaves when and why, what is renegotiated, how goals drift.
   Where the stage is off, what a deal shows that nothing moves. Rows: engine/publish.c, in this order. */
#ifndef PACTOLUS_ENGINE_PUBLISH_DECISION_H
#define PACTOLUS_ENGINE_PUBLISH_DECISION_H
#include "engine/publish.h"

/* Each fills its columns from *scratch on, moves it, and returns the place behind the last column. */
double **engine_publish_decision_outcomes(const struct engine_plan *plan, const struct engine_block *block, double **scratch,
                                          double **column);
/* scope and gap, which have a fan. */
double **engine_publish_decision_fans(const struct engine_plan *plan, const struct engine_block *block, double **scratch,
                                      double **column);
double **engine_publish_decision_series(const struct engine_plan *plan, const struct engine_block *block, double **scratch,
                                        double **column);
#endif
