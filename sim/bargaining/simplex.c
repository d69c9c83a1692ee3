#include "bargaining/simplex.h"

#include <math.h>
#include <string.h>

#define NOTHING 1e-10 /* an entry of a tableau that is 0 but for rounding: coefficients are 0, 1 and -1 at the start */

enum { ARTIFICIAL = SIMPLEX_COLUMNS, WIDTH = SIMPLEX_COLUMNS + SIMPLEX_ROWS };

/* The columns of the programme, then an artificial one for each row: these begin as the basis, and later hold the inverse of the
   basis, from which prices are read. */
struct tableau {
    int rows, columns;
    int basis[SIMPLEX_ROWS];
    double sign[SIMPLEX_ROWS]; /* of a row whose right side was below 0 */
    double entry[SIMPLEX_ROWS][WIDTH], right[SIMPLEX_ROWS];
    double gain[WIDTH];        /* what a unit of a column adds to the sum that is maximised */
};

static void fill(struct tableau *t, const struct bargaining_simplex *programme)
{
    memset(t, 0, sizeof *t);
    t->rows = programme->rows;
    t->columns = programme->columns;
    for (int r = 0; r < t->rows; r++) {
        t->sign[r] = programme->right[r] < 0.0 ? -1.0 : 1.0;
        t->right[r] = t->sign[r] * programme->right[r];
        for (int j = 0; j < t->columns; j++) t->entry[r][j] = t->sign[r] * programme->entry[r][j];
        t->entry[r][ARTIFICIAL + r] = 1.0;
        t->basis[r] = ARTIFICIAL + r;
    }
}

/* gain_j = c_j - sum over rows of c_basis x entry. `cost` NULL: the first phase, in which only artificial columns cost 1. */
static double price_out(struct tableau *t, const double *cost)
{
    double value = 0.0;
    for (int j = 0; j < WIDTH; j++) {
        if (cost) t->gain[j] = j < t->columns ? cost[j] : 0.0;
        else t->gain[j] = j < ARTIFICIAL ? 0.0 : -1.0;
    }
    for (int r = 0; r < t->rows; r++) {
        const double of_basis = cost ? t->basis[r] < ARTIFICIAL ? cost[t->basis[r]] : 0.0 : t->basis[r] < ARTIFICIAL ? 0.0 : -1.0;
        for (int j = 0; j < WIDTH; j++) t->gain[j] -= of_basis * t->entry[r][j];
        value += of_basis * t->right[r];
    }
    return value;
}

static void pivot(struct tableau *t, int row, int column)
{
    const double by = t->entry[row][column];
    for (int j = 0; j < WIDTH; j++) t->entry[row][j] /= by;
    t->right[row] /= by;
    t->entry[row][column] = 1.0;
    for (int r = 0; r <= t->rows; r++) {
        double *other = r < t->rows ? t->entry[r] : t->gain;
        const double times = other[column];
        if (r == row || (times >= 0.0 && times <= 0.0)) continue;
        for (int j = 0; j < WIDTH; j++) other[j] -= times * t->entry[row][j];
        other[column] = 0.0;
        if (r < t->rows) t->right[r] -= times * t->right[row];
        if (r < t->rows && t->right[r] < 0.0) t->right[r] = 0.0; /* by rounding alone: the row was chosen so */
    }
    t->basis[row] = column;
}

/* The row in which the entering column meets 0 first; of equal ones that of the least basic column. -1: none does. An artificial
   column that is left in the basis at 0 goes whenever its entry is not 0, of either sign: it must stay 0. */
static int leaving(const struct tableau *t, int column, int second)
{
    int found = -1;
    double least = 0.0;
    for (int r = 0; r < t->rows; r++) {
        const double entry = t->entry[r][column];
        if (second && t->basis[r] >= ARTIFICIAL && fabs(entry) > NOTHING) return r;
        if (!(entry > NOTHING)) continue;
        const double ratio = t->right[r] / entry;
        const int equal = found >= 0 && fabs(ratio - least) <= NOTHING;
        if (found < 0 || (equal ? t->basis[r] < t->basis[found] : ratio < least)) {
            found = r;
            least = ratio;
        }
    }
    return found;
}

/* Bland: the first column that gains enters. Artificial columns never come back. */
static enum bargaining_simplex_end climb(struct tableau *t, int second)
{
    for (;;) {
        int enters = 0;
        while (enters < t->columns && !(t->gain[enters] > NOTHING)) enters++;
        if (enters == t->columns) return SIMPLEX_DONE;
        const int row = leaving(t, enters, second);
        if (row < 0) return SIMPLEX_UNBOUNDED;
        pivot(t, row, enters);
    }
}

enum bargaining_simplex_end bargaining_simplex_solve(const struct bargaining_simplex *programme,
                                                     struct bargaining_optimum *optimum)
{
    struct tableau t;
    double missing = 0.0;
    fill(&t, programme);
    price_out(&t, NULL);
    climb(&t, 0);
    for (int r = 0; r < t.rows; r++) missing += t.basis[r] >= ARTIFICIAL ? t.right[r] : 0.0;
    if (missing > 1e-8) return SIMPLEX_INFEASIBLE;
    price_out(&t, programme->cost);
    const enum bargaining_simplex_end end = climb(&t, 1);
    if (end) return end;
    memset(optimum, 0, sizeof *optimum);
    optimum->value = price_out(&t, programme->cost);
    for (int r = 0; r < t.rows; r++) {
        if (t.basis[r] < ARTIFICIAL) optimum->z[t.basis[r]] = t.right[r];
        optimum->price[r] = -t.sign[r] * t.gain[ARTIFICIAL + r];
    }
    return SIMPLEX_DONE;
}
