#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/console.h"
#include "unit/output/made.h"

static char *text_of(const struct output_table *table, const double *const *flat)
{
    static char *text;
    static size_t size;
    FILE *stream = open_memstream(&text, &size);
    output_json_write(stream, table, flat);
    fclose(stream);
    return text;
}

Test(output_json, writes_rows_in_declared_order_with_all_digits)
{
    static const struct result_row ROW[] = {
        {.name = "captured_mean", .unit = "M{currency}", .sentence = "Value.", .axis = {AXIS_PARTNER}, .count = 2},
        {.name = "paths", .unit = "1", .sentence = "Paths.", .level = RESULT_FULL, .offset = 2, .count = 1}};
    static const char *const PARTNER[] = {"a", "b"}, *const SCENARIO[] = {"base", "say \"hi\"\n"};
    static const int DECLARED[] = {1, 0};
    static const double FIRST[] = {0.1, 1e300, 7}, SECOND[] = {NAN, 1.0 / 3, INFINITY};
    const double *flat[] = {FIRST, SECOND};
    struct output_table t = {.title = "T\u00e9st", .currency = "EUR", .row = ROW, .rows = 2, .doubles = 3, .scenario = SCENARIO,
                             .scenarios = 2, .confidence = 0.95, .tail = 0.05};
    t.shape.size[AXIS_NONE] = 1;
    t.shape.size[AXIS_PARTNER] = 2;
    t.names[AXIS_PARTNER] = (struct output_names){2, PARTNER, NULL, DECLARED};
    char *text = text_of(&t, flat);
    cr_expect_str_eq(text, "{\"format_version\": \"1.0\", \"title\": \"T\u00e9st\", \"currency\": \"EUR\", \"volume_unit\": \"\", "
                           "\"confidence\": 0.95, \"tail\": 0.05,\n \"axes\": {\"scenario\": [\"base\",\"say \\\"hi\\\"\\u000a\"], "
                           "\"partner\": [\"b\",\"a\"]},\n \"rows\": {\n"
                           "  \"captured_mean\": {\"unit\": \"million EUR\", \"long_name\": \"Value.\", \"level\": \"headline\", "
                           "\"dims\": [\"scenario\", \"partner\"], \"values\": [[1e+300,0.1],[0.3333333333333333,null]]},\n"
                           "  \"paths\": {\"unit\": \"1\", \"long_name\": \"Paths.\", \"level\": \"full\", "
                           "\"dims\": [\"scenario\"], \"values\": [7,null]}\n }}\n",
                     "%s", text);
    free(text);
}

Test(output_json, numbers_read_back_to_the_same_bits)
{
    struct made made;
    made_init(&made, 1, 500, 1);
    char *text = text_of(&made.table, (const double *const *)made.flat);
    const char *row = strstr(text, "\"ledger_mean\""), *value = strstr(row, "\"values\": [[[") + 13;
    const double *flat = made.flat[0] + statistics_plan_row(&made.plan, "ledger_mean")->offset;
    for (int l = 0; l < MADE_LEDGER; l++) {
        char *end;
        cr_expect(strtod(value, &end) == flat[MADE_LEDGER + l], "the second internal partner is declared first");
        value = end + 1;
    }
    cr_expect_null(strstr(text, "nan"));
    free(text);
    made_free(&made);
}

Test(output_json, causes_are_an_axis_with_names)
{
    struct made made;
    made_moving_init(&made, 1, 500, 1);
    char *text = text_of(&made.table, (const double *const *)made.flat);
    cr_expect(strstr(text, "\"cause\": [\"review\",\"deadlock\",\"failed\",\"breakup\",\"wound_up\"]"));
    const char *exits = strstr(text, "\"exits_by_step\"");
    cr_assert(exits);
    cr_expect(strstr(exits, "\"dims\": [\"scenario\", \"partner\", \"cause\", \"step\"], \"values\": [[[["));
    free(text);
    made_free(&made);
}
