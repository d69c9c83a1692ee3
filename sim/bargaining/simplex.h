/* bargaining/simplex.h - a small dense simplex: few rows, many columns, always the same pivots. Dantzig (1951) with the rule of
   Bland (1977), which ends on degenerate programmes too: those of a game are nearly all degenerate. */
#ifndef PACTOLUS_BARGAINING_SIMPLEX_H
#define PACTOLUS_BARGAINING_SIMPLEX_H

enum { SIMPLEX_ROWS = 9, SIMPLEX_COLUMNS = 288 };

/* Maximise cost . z where the columns times z are `right`, row by row, and z >= 0. Numbers are to be of the order of 1. */
struct bargaining_simplex {
    int rows, columns;
    double entry[SIMPLEX_ROWS][SIMPLEX_COLUMNS], right[SIMPLEX_ROWS], cost[SIMPLEX_COLUMNS];
};

struct bargaining_optimum {
    double value, z[SIMPLEX_COLUMNS], price[SIMPLEX_ROWS]; /* price: the dual solution */
};

enum bargaining_simplex_end { SIMPLEX_DONE, SIMPLEX_INFEASIBLE, SIMPLEX_UNBOUNDED };

/* `optimum` is filled where SIMPLEX_DONE is returned. */
enum bargaining_simplex_end bargaining_simplex_solve(const struct bargaining_simplex *programme,
                                                     struct bargaining_optimum *optimum);
#endif
