#include "output/console.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "unit/output/made.h"

static char *page_of(const struct made *made, size_t most)
{
    static char *text;
    static size_t size;
    FILE *stream = open_memstream(&text, &size);
    output_console_write(stream, &made->table, (const double *const *)made->flat, most);
    fclose(stream);
    return text;
}

Test(output_console, shows_two_digits_of_the_standard_error)
{
    cr_expect_eq(output_console_decimals(0.34), 2);
    cr_expect_eq(output_console_decimals(3.4), 1);
    cr_expect_eq(output_console_decimals(34), 0);
    cr_expect_eq(output_console_decimals(3400), 0);
    cr_expect_eq(output_console_decimals(0.0034), 4);
    cr_expect_eq(output_console_decimals(1e-12), 6);
    cr_expect_eq(output_console_decimals(0), 1);
    cr_expect_eq(output_console_decimals(NAN), 1);
    cr_expect_eq(output_console_decimals(INFINITY), 1);
}

Test(output_console, writes_numbers_with_thousands)
{
    char text[OUTPUT_NUMBER];
    cr_expect_str_eq(output_console_number(text, 1234567.891, 2), "1,234,567.89");
    cr_expect_str_eq(output_console_number(text, -123.4, 1), "-123.4");
    cr_expect_str_eq(output_console_number(text, -1000, 0), "-1,000");
    cr_expect_str_eq(output_console_number(text, -0.004, 2), "0.00");
    cr_expect_str_eq(output_console_number(text, 0, 0), "0");
    cr_expect_str_eq(output_console_number(text, NAN, 0), "undefined");
    cr_expect_str_eq(output_console_number(text, 1e300, 6), "1e+300");
}

Test(output_console, page_of_one_scenario)
{
    struct made made;
    made_init(&made, 1, 2000, 1);
    char *page = page_of(&made, 0);
    static const char *const WANT[] = {"Battery-cell venture, base: 2,000 paths, million USD", "mean \u00b1 s.e.", "worst 5%",
                                       "joint surplus", "all partners gain", "where it comes from", "Capital expenditure"};
    for (size_t i = 0; i < sizeof WANT / sizeof *WANT; i++) cr_expect(strstr(page, WANT[i]), "%s\n%s", WANT[i], page);
    char *first = strstr(page, "M\u00e9t\u00e9or"), *second = strstr(page, "Hanbit");
    cr_expect(first && second && first < second, "declared order");
    cr_expect_lt(strstr(page, "Own margin"), strstr(page, "Tariffs"), "largest first");
    free(page);
    made_free(&made);
}

/* The lines of the ledger, as they are shown, add up to the captured value that is shown. */
Test(output_console, ledger_on_the_page_adds_up)
{
    struct made made;
    double sum = 0, x = 0;
    int lines = 0;
    made_init(&made, 1, 2000, 1);
    char *page = page_of(&made, 0);
    for (const char *line = strchr(strstr(page, "where it comes from"), '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        x = strtod(line + 20, NULL); /* the first column is 20 wide; no number has a comma at this size */
        sum += x;
        lines++;
    }
    cr_expect_eq(lines, MADE_LEDGER + 1);
    cr_expect_float_eq(sum - x, x, 0.05 * (double)MADE_LEDGER); /* the last line is the captured value */
    cr_expect_neq(x, 0);
    free(page);
    made_free(&made);
}

Test(output_console, one_path_has_undefined_errors)
{
    struct made made;
    made_init(&made, 1, 1, 1);
    char *page = page_of(&made, 0);
    cr_expect(strstr(page, "1 path, "));
    cr_expect(strstr(page, "One path: standard errors and intervals are undefined."));
    cr_expect(strstr(page, "\u00b1 undefined"));
    cr_expect_null(strstr(page, "nan"));
    free(page);
    made_free(&made);
}

Test(output_console, several_scenarios_take_a_line_per_partner_and_stop_at_the_limit)
{
    struct made made;
    made_init(&made, 5, 500, 1);
    char *page = page_of(&made, 3);
    cr_expect(strstr(page, "5 scenarios"));
    cr_expect(strstr(page, "tariff_20") && !strstr(page, "tariff_30"));
    cr_expect(strstr(page, "and 2 more scenarios"));
    free(page);
    page = page_of(&made, 0);
    cr_expect(strstr(page, "tariff_40"));
    cr_expect_null(strstr(page, "more scenarios"));
    free(page);
    made_free(&made);
}

Test(output_console, page_tells_how_the_partnership_goes_where_it_can_change)
{
    static const char *const WANT[] = {"stands at the end", "of paths, all partners in it (", "renegotiations", "agreed on a path",
                                       "years in deadlock", "why partners leave", "Better off outside, no terms could keep it"};
    struct made made;
    made_moving_init(&made, 1, 2000, 1);
    char *page = page_of(&made, 0);
    for (size_t i = 0; i < sizeof WANT / sizeof *WANT; i++) cr_expect(strstr(page, WANT[i]), "%s\n%s", WANT[i], page);
    cr_expect_lt(strstr(page, "all partners gain"), strstr(page, "stands at the end"));
    cr_expect_lt(strstr(page, "Better off outside"), strstr(page, "Break-up"), "largest first");
    cr_expect_lt(strstr(page, "all causes"), strstr(page, "where it comes from"));
    free(page);
    made_free(&made);
}

/* The shares by cause, as they are shown, add up to the share of all causes that is shown, by partner. */
Test(output_console, causes_on_the_page_add_up)
{
    struct made made;
    double sum[2] = {0}, x[2] = {0};
    int lines = 0;
    made_moving_init(&made, 1, 2000, 1);
    char *page = page_of(&made, 0);
    for (const char *line = strchr(strstr(page, "why partners leave"), '\n') + 1; *line != '\n'; line = strchr(line, '\n') + 1) {
        char *end;
        x[0] = strtod(line + 43, &end); /* the longest cause has 42 letters */
        x[1] = strtod(end + 1, NULL);
        for (int p = 0; p < 2; p++) sum[p] += x[p];
        lines++;
    }
    cr_expect_eq(lines, 5 + 1);
    for (int p = 0; p < 2; p++) {
        cr_expect_float_eq(sum[p] - x[p], x[p], 0.05 * 5 + 1e-9);
        cr_expect_neq(x[p], 0);
    }
    const struct result_row *row = statistics_plan_row(&made.plan, "leaves_probability");
    cr_expect_float_eq(x[0], 100 * made.flat[0][row->offset + 1], 0.5, "declared order");
    free(page);
    made_free(&made);
}

static double *cell_of(struct made *made, const char *name)
{
    return made->flat[0] + statistics_plan_row(&made->plan, name)->offset;
}

Test(output_console, page_is_silent_where_nothing_can_change)
{
    struct made made;
    made_moving_init(&made, 1, 500, 1);
    *cell_of(&made, "survival_probability") = 1;
    *cell_of(&made, "renegotiations_mean") = 0;
    *cell_of(&made, "deadlock_years_mean") = 0;
    char *page = page_of(&made, 0);
    cr_expect_null(strstr(page, "stands at the end"));
    cr_expect_null(strstr(page, "why partners leave"));
    free(page);
    *cell_of(&made, "renegotiations_mean") = 0.5;
    page = page_of(&made, 0);
    cr_expect(strstr(page, "stands at the end"));
    free(page);
    made_free(&made);
}

Test(output_console, scenarios_show_how_often_the_partnership_stands)
{
    struct made made;
    made_moving_init(&made, 2, 500, 1);
    char *page = page_of(&made, 0);
    cr_expect(strstr(page, "all gain    stands\n"), "%s", page);
    free(page);
    made_free(&made);
    made_init(&made, 2, 500, 1);
    page = page_of(&made, 0);
    cr_expect_null(strstr(page, "stands"));
    free(page);
    made_free(&made);
}

/* What is neither on all paths nor on none is not shown as if it were. */
Test(output_console, intervals_hold_the_share_as_shown)
{
    struct made made;
    made_moving_init(&made, 1, 500, 1);
    *cell_of(&made, "survival_probability") = 0.99997;
    *cell_of(&made, "survival_standard_error") = 0.00002;
    *cell_of(&made, "survival_probability_low") = 0.99981;
    *cell_of(&made, "survival_probability_high") = 0.999996;
    *cell_of(&made, "all_gain_probability") = 0.00012;
    *cell_of(&made, "all_gain_probability_low") = 0.000031;
    *cell_of(&made, "all_gain_probability_high") = 0.0021;
    char *page = page_of(&made, 0);
    cr_expect(strstr(page, "99.997%  of paths, all partners in it (99.981% to 99.9996%)\n"), "%s", page);
    cr_expect(strstr(page, "0.01%  of paths (0.003% to 0.21%)\n"), "%s", page);
    free(page);
    *cell_of(&made, "all_gain_probability") = *cell_of(&made, "all_gain_probability_high") = 1;
    *cell_of(&made, "all_gain_probability_low") = 0.9999;
    page = page_of(&made, 0);
    cr_expect(strstr(page, "100.0%  of paths (99.99% to 100.0%)\n"), "%s", page);
    free(page);
    made_free(&made);
}

Test(output_console, joint_surplus_says_at_which_rate)
{
    struct made made;
    made_init(&made, 1, 500, 1);
    char *page = page_of(&made, 0), *line = strstr(page, "joint surplus");
    cr_assert_not_null(line);
    cr_expect(strstr(line, "  at the common rate\n") == strchr(line, '\n') - strlen("  at the common rate"), "%s", page);
    free(page);
    made_free(&made);
}

Test(output_console, long_names_of_scenarios_keep_apart_from_partners)
{
    struct made made;
    static const char *const names[2] = {"base", "what the partners of the venture would give to a case"};
    made_init(&made, 2, 500, 1);
    made.table.scenario = names;
    char *page = page_of(&made, 0);
    cr_expect(strstr(page, "would give to a case  M\u00e9t\u00e9or"), "%s", page);
    free(page);
    made_free(&made);
}
