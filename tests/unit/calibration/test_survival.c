#include "calibration/survival.h"

#include <criterion/criterion.h>
#include <math.h>

/* S(3, 5, 10, 15) of median 10 and shape 1.8. */
Test(survival, is_log_logistic)
{
    cr_expect_float_eq(calibration_survival_target(10, 1.8, 3), 0.8973, 5e-5);
    cr_expect_float_eq(calibration_survival_target(10, 1.8, 5), 0.7769, 5e-5);
    cr_expect_float_eq(calibration_survival_target(10, 1.8, 10), 0.5, 1e-15);
    cr_expect_float_eq(calibration_survival_target(10, 1.8, 15), 0.3252, 5e-5);
    cr_expect_eq(calibration_survival_target(10, 1.8, 0), 1.0);
    cr_expect_float_eq(calibration_survival_hazard(10, 1.8, 10), log(2.0), 1e-14);
}
