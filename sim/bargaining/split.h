/* bargaining/split.h - how a surplus over one disagreement point is divided. All amounts are in units of the payment, so that
   payments add to 0 in money whatever the partners' taxes and rates. docs/model.md (7.5). */
#ifndef PACTOLUS_BARGAINING_SPLIT_H
#define PACTOLUS_BARGAINING_SPLIT_H

/* u[p]: what the present terms give partner p over the disagreement point; `in` nonzero for those who bargain; payment[p] is what
   p receives (0 for the others). Both need a sum of u above 0. */

/* Whoever is below its outside option is lifted to it and no further, by those above in proportion: a_i = max(-u_i, 0) -
   max(u_i, 0) D / U (Binmore, Shaked and Sutton 1989: an outside option binds only where it is better). */
void bargaining_split_outside(int partners, const int in[], const double u[], double payment[]);
/* Nash's solution with weights: a_i = b_i S - u_i, S = sum of u; `power` is scaled to add to 1 over those who bargain. */
void bargaining_split_nash(int partners, const int in[], const double u[], const double power[], double payment[]);
#endif
