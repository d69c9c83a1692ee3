#include "output/csv.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit/output/made.h"

static char path[64];
static struct report report;
static struct made made;
static struct output_result *result;

/* Writes what stands in `made` and opens it. */
static void open_made(void)
{
    strcpy(path, "test_csv_XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    close(fd);
    report_init(&report);
    struct output_file_config config = made_config(&made, path, 1);
    config.force = 1;
    cr_assert_eq(made_write(&made, &config, "now", &report), STATUS_OK);
    cr_assert_eq(output_result_open(&result, path, &report), STATUS_OK, "%s", report.shown ? report.message[0] : "");
}

static void end(void)
{
    output_result_close(result);
    unlink(path);
    made_free(&made);
    report_free(&report);
}

/* The CSV of these rows (names parted by blanks; NULL: all). */
static char *text_of(const char *names, int wide, const char *wanted)
{
    static char *text;
    static size_t size;
    static int row[4096];
    const struct output_table *t = output_result_table(result);
    struct output_csv_config config = {.wide = wide, .row = row, .wanted = wanted};
    char copy[256];
    if (!names) {
        for (int r = 0; r < t->rows; r++) row[config.rows++] = r;
    } else {
        strcpy(copy, names);
        for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
            cr_assert(output_table_row(t, word), "%s", word);
            row[config.rows++] = (int)(output_table_row(t, word) - t->row);
        }
    }
    FILE *stream = open_memstream(&text, &size);
    cr_assert_eq(output_csv_write(stream, result, &config, &report), STATUS_OK);
    cr_assert_eq(ferror(stream), 0);
    cr_assert_eq(fclose(stream), 0);
    return text;
}

/* The number in declared order as it was written. */
static double made_number(const char *name, size_t scenario, size_t k)
{
    const struct result_row *row = statistics_plan_row(&made.plan, name);
    return made.flat[scenario][row->offset + output_table_cell(&made.table, row, k)];
}

static void expect_field(const char *given, const char *want)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    output_csv_text(stream, given);
    fclose(stream);
    cr_expect_str_eq(text, want);
    free(text);
}

Test(output_csv, quotes_what_a_reader_would_part)
{
    expect_field("plain text_1.5", "plain text_1.5");
    expect_field("", "");
    expect_field("a,b", "\"a,b\"");
    expect_field("say \"hi\"", "\"say \"\"hi\"\"\"");
    expect_field("two\nlines", "\"two\nlines\"");
    expect_field("\r", "\"\r\"");
    expect_field(" before", "\" before\"");
    expect_field("behind ", "\"behind \"");
    expect_field("M\u00e9t\u00e9or; it's", "M\u00e9t\u00e9or; it's");
}

Test(output_csv, long_form_has_a_line_for_each_number)
{
    char want[512], digits[4][32];
    made_init(&made, 2, 100, 1);
    open_made();
    char *text = text_of("joint_mean captured_mean", 0, NULL);
    for (int k = 0; k < 4; k++) {
        snprintf(digits[k], 32, "%.17g", k % 2 ? made_number("captured_mean", (size_t)k / 2, 1) : made_number("joint_mean", (size_t)k / 2, 0));
        for (int d = 16; d >= 15; d--) { /* as few as read back */
            char fewer[32];
            snprintf(fewer, sizeof fewer, "%.*g", d, strtod(digits[k], NULL));
            if (strtod(fewer, NULL) == strtod(digits[k], NULL)) strcpy(digits[k], fewer);
        }
    }
    snprintf(want, sizeof want, "base,0.1,low,0.5,joint_mean,,%s,million USD\nbase,0.1,low,0.5,captured_mean,automaker,", digits[0]);
    static const char head[] = "scenario,market.trade.us_korea.rate.korea.us.high,market.trade.us_korea.start,weight,variable,partner,value,unit\n";
    cr_expect_eq(strncmp(text, head, strlen(head)), 0, "%s", text);
    cr_expect_eq(strncmp(text + strlen(head), want, strlen(want)), 0, "%s", text);
    snprintf(want, sizeof want, "\ntariff_10,0.2,low,0.5,joint_mean,,%s,million USD\n", digits[2]);
    cr_expect_not_null(strstr(text, want), "%s", text);
    snprintf(want, sizeof want, ",captured_mean,cellmaker,%s,million USD\n", digits[3]);
    cr_expect_str_eq(text + strlen(text) - strlen(want), want, "%s", text);
    free(text);
    end();
}

Test(output_csv, wide_form_has_a_line_for_each_scenario)
{
    made_init(&made, 3, 100, 1);
    open_made();
    char *text = text_of("captured_mean captured_quantile", 1, NULL);
    static const char head[] = "scenario,market.trade.us_korea.rate.korea.us.high,market.trade.us_korea.start,weight,"
                               "captured_mean.automaker,captured_mean.cellmaker,captured_quantile.automaker.0.01,";
    cr_expect_eq(strncmp(text, head, strlen(head)), 0, "%s", text);
    const char *line = strstr(text, "\ntariff_20,");
    cr_assert_not_null(line);
    static const char start[] = "\ntariff_20,0.30000000000000004,high,0.3333333333333333,";
    cr_expect_eq(strncmp(line, start, strlen(start)), 0, "%s", line);
    char *at = (char *)line + strlen(start);
    for (size_t k = 0; k < 2; k++, at++) cr_expect(strtod(at, &at) == made_number("captured_mean", 2, k));
    for (size_t k = 0; k < 18; k++, at++) {
        cr_expect(strtod(at, &at) == made_number("captured_quantile", 2, k));
        cr_expect_eq(*at, k < 17 ? ',' : '\n');
    }
    cr_expect_eq(*at, 0, "the last line");
    free(text);
    end();
}

/* Parses a line of the long form: `fields` of them, without quotes. */
static char *take_line(char *line, char **field, size_t fields)
{
    char *end = strchr(line, '\n');
    cr_assert_not_null(end);
    *end = 0;
    for (size_t k = 0; k < fields; k++) {
        char *comma = strchr(line, ',');
        field[k] = line;
        cr_assert((comma != NULL) == (k + 1 < fields), "field %zu of %zu: %s", k, fields, line);
        if (comma) *comma = 0, line = comma + 1;
    }
    return end + 1;
}

/* All rows, all axes: every line has the members of its axes, empty fields for the others, and the bits of the number. */
Test(output_csv, all_numbers_read_back_to_the_same_bits_with_their_axes)
{
    enum { FIELDS = 4 + 1 + 5 + 2 };
    static const enum statistics_axis AXIS[] = {AXIS_PARTNER, AXIS_LEDGER, AXIS_QUANTILE, AXIS_STEP, AXIS_CAUSE};
    char *field[FIELDS], number[32];
    size_t lines = 0, want = 0, missing = 0;
    made_moving_init(&made, 2, 1, 1); /* one path: errors and intervals are missing */
    open_made();
    const struct output_table *t = &made.table;
    char *text = text_of(NULL, 0, NULL), *at = text;
    cr_expect_not_null(strstr(text, "variable,partner,ledger,quantile,step,cause,value,unit\n"));
    at = take_line(at, field, FIELDS);
    for (size_t s = 0; s < 2; s++) {
        for (int r = 0; r < made.plan.rows; r++) {
            const struct result_row *row = &made.plan.row[r];
            for (size_t k = 0; k < row->count; k++, lines++) {
                size_t left = k, member[AXIS_COUNT] = {0};
                at = take_line(at, field, FIELDS);
                cr_assert_str_eq(field[0], t->scenario[s]);
                cr_assert_str_eq(field[4], row->name);
                for (int a = 3; a-- > 0;) {
                    const size_t size = (size_t)t->shape.size[row->axis[a]];
                    member[row->axis[a]] = left % size + 1;
                    left /= size;
                }
                for (size_t a = 0; a < 5; a++) {
                    const size_t m = member[AXIS[a]];
                    if (!m) cr_assert_str_empty(field[5 + a]);
                    else if (AXIS[a] == AXIS_QUANTILE) cr_assert(strtod(field[5 + a], NULL) == t->quantile[m - 1]);
                    else if (AXIS[a] == AXIS_STEP) cr_assert(strtod(field[5 + a], NULL) == t->step[m - 1]);
                    else cr_assert_str_eq(field[5 + a], output_table_name(t, AXIS[a], (int)m - 1));
                }
                const double x = made_number(row->name, s, k), got = strtod(field[10], NULL);
                missing += isnan(x) != 0;
                if (isnan(x)) cr_assert_str_empty(field[10]);
                else cr_assert(memcmp(&got, &x, sizeof x) == 0 && *field[10], "%s: %s is not %a", row->name, field[10], x);
                snprintf(number, sizeof number, "%.14g", x);
                cr_assert(isnan(x) || strtod(number, NULL) != x || strlen(field[10]) <= strlen(number), "more digits than needed");
            }
            want += row->count;
        }
    }
    cr_expect_eq(*at, 0);
    cr_expect_eq(lines, want);
    cr_expect_gt(missing, 10);
    free(text);
    end();
}

Test(output_csv, names_and_texts_are_quoted_and_missing_ones_empty)
{
    static const char *const SCENARIO[] = {"a, \"b\"", "two\nlines"}, *const PARTNER[] = {"x,y", "z"};
    made_init(&made, 2, 100, 1);
    made.table.scenario = SCENARIO;
    made.table.names[AXIS_PARTNER].name = PARTNER;
    made.regime[0] = "uniform(1, 2)";
    made.regime[1] = "";
    made.tariff[1] = (double)NAN;
    open_made();
    char *text = text_of("captured_mean", 0, NULL);
    cr_expect_not_null(strstr(text, "\n\"a, \"\"b\"\"\",0.1,\"uniform(1, 2)\",0.5,captured_mean,\"x,y\","), "%s", text);
    cr_expect_not_null(strstr(text, "\n\"two\nlines\",,,0.5,captured_mean,z,"), "%s", text);
    free(text);
    text = text_of("captured_mean", 1, NULL);
    cr_expect_not_null(strstr(text, ",weight,captured_mean.z,\"captured_mean.x,y\"\n"), "%s", text);
    free(text);
    end();
}

Test(output_csv, only_wanted_scenarios_come)
{
    static const char WANTED[] = {0, 1, 0, 0, 1};
    made_init(&made, 5, 50, 1);
    open_made();
    char *text = text_of("paths", 1, WANTED);
    cr_expect_null(strstr(text, "base"));
    cr_expect_null(strstr(text, "tariff_20"));
    const char *first = strstr(text, "\ntariff_10,"), *second = strstr(text, "\ntariff_40,");
    cr_expect(first && second && first < second, "%s", text);
    free(text);
    end();
}

/* A table without what varies, and one without rows. */
Test(output_csv, one_scenario_has_no_varied_columns)
{
    made_init(&made, 1, 50, 1);
    open_made();
    char *text = text_of("paths", 0, NULL);
    cr_expect_str_eq(text, "scenario,variable,value,unit\nbase,paths,50,1\n");
    free(text);
    text = text_of("", 0, NULL);
    cr_expect_str_eq(text, "scenario,variable,value,unit\n");
    free(text);
    end();
}

static int stop(void *context, size_t done, size_t all)
{
    size_t *asked = context;
    cr_expect(done < all && all == 3);
    ++*asked;
    return 1;
}

Test(output_csv, ends_where_it_is_stopped_or_cannot_write)
{
    size_t asked = 0;
    int row[1] = {0};
    struct output_csv_config config = {.row = row, .rows = 1, .progress = stop, .context = &asked};
    made_init(&made, 3, 50, 1);
    open_made();
    FILE *stream = fopen("/dev/null", "w");
    cr_expect_eq(output_csv_write(stream, result, &config, &report), STATUS_STOPPED);
    cr_expect_eq(asked, 1);
    fclose(stream);
    config.progress = NULL;
    stream = fopen("/dev/full", "w");
    setvbuf(stream, NULL, _IONBF, 0);
    cr_expect_eq(output_csv_write(stream, result, &config, &report), STATUS_OK);
    cr_expect(ferror(stream), "left in the stream");
    fclose(stream);
    end();
}

/* Slabs of any size give what single scenarios give. */
Test(output_csv, slabs_of_a_result_are_its_scenarios)
{
    made_init(&made, 5, 50, 1);
    open_made();
    const struct output_table *t = output_result_table(result);
    double *all = malloc(5 * t->doubles * sizeof *all), *one = malloc(t->doubles * sizeof *one);
    cr_assert_eq(output_result_scenarios(result, 1, 4, all, &report), STATUS_OK);
    for (size_t s = 0; s < 4; s++) {
        cr_assert_eq(output_result_scenario(result, s + 1, one, &report), STATUS_OK);
        cr_expect_eq(memcmp(one, all + s * t->doubles, t->doubles * sizeof *one), 0);
    }
    cr_expect_eq(output_result_scenarios(result, 1, 5, all, &report), STATUS_REFUSED);
    cr_expect_eq(output_result_room(result, t->doubles), 5);
    cr_expect_eq(output_result_room(result, (size_t)1 << 40), 1);
    free(all);
    free(one);
    end();
}

Test(output_csv, what_varies_is_read_back)
{
    const struct output_coordinate *varied;
    double x[2];
    char *text[2];
    made_init(&made, 3, 50, 1);
    made.regime[2] = "";
    open_made();
    cr_assert_eq(output_result_varied(result, &varied), 3);
    cr_expect_str_eq(varied[0].name, "market.trade.us_korea.rate.korea.us.high");
    cr_expect(!varied[0].text && varied[1].text && !varied[2].text);
    cr_expect_str_eq(varied[0].unit, "1");
    cr_expect_str_eq(varied[2].name, "weight");
    cr_expect_eq(output_result_varied_numbers(result, 0, 1, 2, x, &report), STATUS_OK);
    cr_expect(x[0] == made.tariff[1] && x[1] == made.tariff[2]);
    cr_expect_eq(output_result_varied_texts(result, 1, 1, 2, text, &report), STATUS_OK);
    cr_expect_str_eq(text[0], "low");
    cr_expect(!text[1] || !*text[1]);
    output_result_texts_free(text, 2);
    cr_expect_eq(output_result_varied_numbers(result, 0, 2, 2, x, &report), STATUS_REFUSED);
    end();
}
