#include "numeric/root.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

enum { ROUNDS = 100 };

/* GSL's functions cannot fail: the status is kept aside. */
struct call {
    numeric_root_function *function;
    void *context;
    int status;
};

static double ask(double x, void *context)
{
    struct call *call = context;
    double y = NAN;
    if (!call->status) call->status = call->function(call->context, x, &y);
    return call->status ? NAN : y;
}

static int settle(gsl_root_fsolver *solver, struct call *call, double tolerance)
{
    for (int k = 0; k < ROUNDS && !call->status; k++) {
        if (gsl_root_fsolver_iterate(solver)) return 1;
        if (gsl_root_fsolver_x_upper(solver) - gsl_root_fsolver_x_lower(solver) <= tolerance) return 0;
    }
    return 1;
}

int numeric_root_find(numeric_root_function *function, void *context, double low, double high, double tolerance,
                      struct place place, const char *name, struct report *report, double *root)
{
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    struct call call = {function, context, STATUS_OK};
    gsl_function wrapped = {ask, &call};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    int set = 0, unsettled = 0;
    if (solver) set = gsl_root_fsolver_set(solver, &wrapped, low, high);
    if (solver && !set) unsettled = settle(solver, &call, tolerance);
    if (solver && !set) *root = gsl_root_fsolver_root(solver);
    gsl_set_error_handler(handler);
    if (!solver) return report_error(report, STATUS_MEMORY, place, name, "out of memory");
    gsl_root_fsolver_free(solver);
    if (call.status) return call.status;
    if (set) return report_error(report, STATUS_INPUT, place, name, "no value from %g to %g meets it", low, high);
    return unsettled ? report_error(report, STATUS_INTERNAL, place, name, "the search did not end") : STATUS_OK;
}
