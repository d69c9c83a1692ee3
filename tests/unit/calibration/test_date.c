#include "calibration/date.h"

#include <criterion/criterion.h>

Test(date, reads_years_months_and_days)
{
    struct calibration_date date;
    char text[CALIBRATION_DATE_TEXT];
    cr_assert_eq(calibration_date_read("2025", &date), 0);
    cr_expect_eq(calibration_date_month(date, 0), 12 * 2025);
    cr_expect_eq(calibration_date_month(date, 1), 12 * 2025 + 11);
    cr_expect_eq(calibration_date_day(date, 1) - calibration_date_day(date, 0), 364);
    cr_assert_eq(calibration_date_read("2024-02", &date), 0);
    cr_expect_eq(calibration_date_day(date, 1) - calibration_date_day(date, 0), 28, "a leap year");
    cr_assert_eq(calibration_date_read("1970-01-02", &date), 0);
    cr_expect_eq(calibration_date_day(date, 0), 1);
    cr_assert_eq(calibration_date_read("2000-03-01", &date), 0);
    cr_expect_eq(calibration_date_day(date, 0), 11017);
    cr_expect_str_eq(calibration_date_write(text, 12 * 2025 + 3, 0), "2025-04");
    cr_expect_str_eq(calibration_date_write(text, 12 * 2025 + 3, 1), "2025");
}

Test(date, reads_years_months_and_days_errors)
{
    static const char *const words[] = {"",           "25",         "2025-13",    "2025-00", "2025-1",      "2025-02-29",
                                        "2025-04-31", "2025/04/01", "2025-04-00", "0000",    "2025-04-011", "20250401"};
    struct calibration_date date;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        cr_expect_eq(calibration_date_read(words[k], &date), 1, "%s", words[k]);
}
