#include "numeric/correlation.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VALID_EIGENVALUE 1e-3 /* of the matrix offered instead */
#define ROUNDING 1e-12        /* asymmetry that is only a rounding */
#define SINGULAR 1e-13        /* pivot that counts as 0 */
#define SINGULAR_REST 1e-7    /* and what may be left below it: about its root */

static const struct place nowhere;

/* ---- Is it a correlation matrix ---- */

static int correlation_check(int n, const double *m, const char *const *names, struct place place, const char *name,
                             struct report *report)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double x = m[i * n + j];
            if (i == j && x != 1.0)
                return report_error(report, STATUS_INPUT, place, name, "[%d][%d] (%s with itself), got '%g', want 1", i, j,
                                    names[i], x);
            if (!(x >= -1.0 && x <= 1.0))
                return report_error(report, STATUS_INPUT, place, name, "[%d][%d] (%s, %s), got '%g', want -1 to 1", i, j,
                                    names[i], names[j], x);
            if (fabs(x - m[j * n + i]) > ROUNDING)
                return report_error(report, STATUS_INPUT, place, name,
                                    "[%d][%d] (%s, %s), got '%g', want '%g' as in [%d][%d]: the matrix must be symmetric", i, j,
                                    names[i], names[j], x, m[j * n + i], j, i);
        }
    return STATUS_OK;
}

/* Row by row (Cholesky and Banachiewicz); 0 where the matrix has a negative eigenvalue. A pivot of 0 to rounding, two factors
   that are one and the same, leaves a column of zeros: what is left below it must be 0 too. */
static int correlation_decompose(int n, const double *m, double *factor)
{
    memset(factor, 0, (size_t)n * (size_t)n * sizeof *factor);
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double sum = m[i * n + j];
            for (int k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
            double pivot = factor[j * n + j];
            if (i == j && sum < -SINGULAR) return 0;
            if (i == j) factor[i * n + i] = sum > SINGULAR ? sqrt(sum) : 0.0;
            else if (pivot > 0.0) factor[i * n + j] = sum / pivot;
            else if (fabs(sum) > SINGULAR_REST) return 0;
        }
    return 1;
}

/* ---- Eigenvalues ---- */

struct spectrum {
    gsl_error_handler_t *handler; /* of the whole process, off meanwhile: GSL's own ends the program */
    gsl_eigen_symmv_workspace *work;
    gsl_matrix *copy, *vectors;
    gsl_vector *values;
};

static void spectrum_free(struct spectrum *s)
{
    gsl_eigen_symmv_free(s->work);
    gsl_matrix_free(s->copy);
    gsl_matrix_free(s->vectors);
    gsl_vector_free(s->values);
    gsl_set_error_handler(s->handler);
}

static int spectrum_init(struct spectrum *s, int n, struct report *report)
{
    *s = (struct spectrum){gsl_set_error_handler_off(), gsl_eigen_symmv_alloc((size_t)n), gsl_matrix_alloc((size_t)n, (size_t)n),
                           gsl_matrix_alloc((size_t)n, (size_t)n), gsl_vector_alloc((size_t)n)};
    if (s->work && s->copy && s->vectors && s->values) return STATUS_OK;
    return report_error(report, STATUS_MEMORY, nowhere, NULL, "out of memory for a correlation matrix of %d", n);
}

/* Values ascending, vectors in the columns. */
static int spectrum_of(struct spectrum *s, int n, const double *m, struct report *report)
{
    gsl_matrix_const_view given = gsl_matrix_const_view_array(m, (size_t)n, (size_t)n);
    int failed = gsl_matrix_memcpy(s->copy, &given.matrix);
    if (!failed) failed = gsl_eigen_symmv(s->copy, s->values, s->vectors, s->work);
    if (!failed) failed = gsl_eigen_symmv_sort(s->values, s->vectors, GSL_EIGEN_SORT_VAL_ASC);
    if (!failed) return STATUS_OK;
    return report_error(report, STATUS_INTERNAL, nowhere, NULL, "eigenvalues of a correlation matrix: %s", gsl_strerror(failed));
}

/* The matrix with its negative eigenvalues set to 0. */
static void spectrum_project(const struct spectrum *s, int n, double *m)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double sum = 0.0;
            for (int k = 0; k < n; k++) {
                double value = gsl_vector_get(s->values, (size_t)k);
                if (value <= 0.0) continue;
                sum += value * gsl_matrix_get(s->vectors, (size_t)i, (size_t)k) * gsl_matrix_get(s->vectors, (size_t)j, (size_t)k);
            }
            m[i * n + j] = m[j * n + i] = sum;
        }
}

/* ---- The nearest one ---- */

/* Higham's algorithm 3.3: project on the matrices without negative eigenvalues, then on those with a unit diagonal; Dykstra's
   correction of the first makes the limit the nearest point. `y` starts as the given matrix. */
static int correlation_project(struct spectrum *s, int n, struct report *report, double *y, double *correction, double *r)
{
    enum { ROUNDS = 2000 };
    int size = n * n;
    memset(correction, 0, (size_t)size * sizeof *correction);
    for (int round = 0; round < ROUNDS; round++) {
        double moved = 0.0;
        for (int i = 0; i < size; i++) r[i] = y[i] - correction[i];
        memcpy(correction, r, (size_t)size * sizeof *r);
        int status = spectrum_of(s, n, r, report);
        if (status) return status;
        spectrum_project(s, n, r);
        for (int i = 0; i < size; i++) {
            correction[i] = r[i] - correction[i];
            double next = i % (n + 1) == 0 ? 1.0 : r[i];
            moved = fmax(moved, fabs(next - y[i]));
            y[i] = next;
        }
        if (moved < 1e-9) return STATUS_OK;
    }
    return STATUS_OK; /* good enough: what is left is repaired by the move towards the unit matrix */
}

/* (1 - share) y + share 1, the share that lifts the smallest eigenvalue to VALID_EIGENVALUE. */
static int correlation_lift(struct spectrum *s, int n, struct report *report, double *y)
{
    int status = spectrum_of(s, n, y, report);
    if (status) return status;
    double least = gsl_vector_get(s->values, 0);
    double share = least < VALID_EIGENVALUE ? (VALID_EIGENVALUE - least) / (1.0 - least) : 0.0;
    for (int i = 0; i < n * n; i++)
        if (i % (n + 1) != 0) y[i] *= 1.0 - share;
    return STATUS_OK;
}

int numeric_correlation_nearest(int n, const double *matrix, struct report *report, double *nearest)
{
    struct spectrum s = {0};
    size_t size = (size_t)n * (size_t)n;
    double *work = malloc(2 * size * sizeof *work);
    int status = spectrum_init(&s, n, report);
    if (status) goto out;
    if (!work) {
        status = report_error(report, STATUS_MEMORY, nowhere, NULL, "out of memory for a correlation matrix of %d", n);
        goto out;
    }
    memcpy(nearest, matrix, size * sizeof *nearest);
    status = correlation_project(&s, n, report, nearest, work, work + size);
    if (!status) status = correlation_lift(&s, n, report, nearest);
out:
    spectrum_free(&s);
    free(work);
    return status;
}

/* ---- What is wrong ---- */

/* The smallest eigenvalue is the sum of v_i v_j m_ij over all pairs: those with the least terms are guilty. */
static void fault_add(struct numeric_correlation_fault *fault, double term[], int row, int column, double given, double value)
{
    int at = fault->pairs, last = fault->pairs < NUMERIC_CORRELATION_PAIRS ? fault->pairs++ : NUMERIC_CORRELATION_PAIRS - 1;
    while (at > 0 && term[at - 1] > value) at--;
    if (at > last) return;
    for (int k = last; k > at; k--) {
        term[k] = term[k - 1];
        fault->pair[k] = fault->pair[k - 1];
    }
    term[at] = value;
    fault->pair[at].row = row;
    fault->pair[at].column = column;
    fault->pair[at].given = given;
}

static void fault_fill(struct numeric_correlation_fault *fault, const struct spectrum *s, int n, const double *m)
{
    double term[NUMERIC_CORRELATION_PAIRS];
    *fault = (struct numeric_correlation_fault){.eigenvalue = gsl_vector_get(s->values, 0)};
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            double vi = gsl_matrix_get(s->vectors, (size_t)i, 0), vj = gsl_matrix_get(s->vectors, (size_t)j, 0);
            double value = vi * vj * m[i * n + j];
            if (value < -1e-9) fault_add(fault, term, i, j, m[i * n + j], value);
        }
}

int numeric_correlation_explain(int n, const double *matrix, struct report *report, struct numeric_correlation_fault *fault)
{
    struct spectrum s = {0};
    double *nearest = malloc((size_t)n * (size_t)n * sizeof *nearest);
    int status = spectrum_init(&s, n, report);
    if (status) goto out;
    if (!nearest) {
        status = report_error(report, STATUS_MEMORY, nowhere, NULL, "out of memory for a correlation matrix of %d", n);
        goto out;
    }
    status = spectrum_of(&s, n, matrix, report);
    if (status) goto out;
    fault_fill(fault, &s, n, matrix);
    status = numeric_correlation_nearest(n, matrix, report, nearest);
    if (status) goto out;
    for (int k = 0; k < fault->pairs; k++) fault->pair[k].nearest = nearest[fault->pair[k].row * n + fault->pair[k].column];
out:
    spectrum_free(&s);
    free(nearest);
    return status;
}

static int correlation_refuse(int n, const double *m, const char *const *names, struct place place, const char *name,
                              struct report *report)
{
    struct numeric_correlation_fault fault;
    char pairs[512] = "";
    size_t used = 0;
    int status = numeric_correlation_explain(n, m, report, &fault);
    if (status) return status;
    for (int k = 0; k < fault.pairs && used < sizeof pairs; k++) {
        int wrote = snprintf(pairs + used, sizeof pairs - used, "%s%s with %s %.4g (nearest valid %.4f)", k ? ", " : "; guilty: ",
                             names[fault.pair[k].row], names[fault.pair[k].column], fault.pair[k].given, fault.pair[k].nearest);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    return report_error(report, STATUS_INPUT, place, name, "not positive definite: smallest eigenvalue %.4g, want > 0%s",
                        fault.eigenvalue, pairs);
}

int numeric_correlation_factor(int n, const double *matrix, const char *const *names, struct place place, const char *name,
                               struct report *report, double *factor)
{
    int status = correlation_check(n, matrix, names, place, name, report);
    if (status) return status;
    if (correlation_decompose(n, matrix, factor)) return STATUS_OK;
    return correlation_refuse(n, matrix, names, place, name, report);
}
