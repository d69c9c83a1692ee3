#include "param/page.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "unit/param/toy.h"

static char *page(enum param_page_format format, const char *filter)
{
    struct report report;
    char *text = NULL;
    report_init(&report);
    cr_assert_eq(param_page_write(toy_tables, toy_table_count, format, filter, &text, &report), 0);
    report_free(&report);
    return text;
}

Test(page, markdown_groups_rows_by_the_prefixes_that_share_them)
{
    char *text = page(PARAM_PAGE_MARKDOWN, NULL);
    static const char *const parts[] = {
        "# Parameters\n", "\n## frame\n\nTitle, currency, unit of volume, time.\n\n| name | type |", "\n### `venture.`, `own.<partner>.`\n",
        "\n### `market.trade.<chain>.`\n", "| [partners](#partners) | Who takes part",
        "| `capex.plan` | list | M{currency} | [0, 10000000] | absent | path | Spending by year. |\n",
        "| `rule` | word |  | equity, fixed, use | `equity` | scenario | Who pays: \"a\\b\". |\n", "| `price` | number | 1 | any | `0` |",
        "| `partners.<partner>.discount_rate` | number | 1/year | (0, 1] | required | scenario |", "Fee \\| with a bar."};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) cr_assert_not_null(strstr(text, parts[k]), "no %s in %s", parts[k], text);
    const char *first = strstr(text, "| `capex.overrun`");
    cr_assert_not_null(first);
    cr_assert_null(strstr(first + 1, "| `capex.overrun`"), "shared rows stand once");
    const char *partners = strstr(text, "\n## partners\n"), *market = strstr(text, "\n## market\n"), *venture = strstr(text, "\n## venture\n");
    const char *rate = strstr(text, "| `partners.<partner>.discount_rate` |");
    cr_assert(partners && market && venture && partners < market && market < venture, "sections in the order of writing");
    cr_assert(rate && partners < rate && rate < market, "a row stands in the section of its name, whichever stage has it");
    free(text);
}

Test(page, json_is_one_object_a_name)
{
    char *text = page(PARAM_PAGE_JSON, NULL);
    int open = 0, objects = 0, rows = 0;
    for (const char *c = text; *c; c++) {
        open += *c == '{' && c[1] == '"';
        objects += strncmp(c, "{\"path\": \"", 10) == 0;
    }
    for (size_t t = 0; t < toy_table_count; t++) rows += (int)toy_tables[t].count;
    cr_assert_eq(objects, rows);
    cr_assert_eq(open, rows);
    cr_assert_not_null(strstr(text, "\n  {\"path\": \"contract.price\", \"type\": \"number\", \"unit\": \"1\", \"low\": null, \"high\": null, \"open_low\": false, \"default\": \"0\", "
                                    "\"varies\": \"scenario\", \"learnt\": \"start\", \"words\": [], \"sentence\": \"Any number.\"},"), "%s", text);
    cr_assert_not_null(strstr(text, "\"sentence\": \"Who pays: \\\"a\\\\b\\\".\"}"));
    cr_assert_not_null(strstr(text, "\"words\": [\"equity\", \"fixed\", \"use\"]"));
    cr_assert_not_null(strstr(text, "{\"path\": \"deal\", \"type\": \"text\", \"unit\": \"\", \"low\": null, \"high\": null, \"open_low\": false, \"default\": null,"));
    free(text);
}

Test(page, filter_keeps_names_that_contain_it)
{
    char *text = page(PARAM_PAGE_TEXT, "own.<partner>.capex.o");
    cr_assert_str_eq(text, "own.<partner>.capex.overrun\n    number, 1, [0.01, 100]; default 1; varies by path\n    Multiple of plan.\n");
    free(text);
    text = page(PARAM_PAGE_JSON, "scope");
    cr_assert_not_null(strstr(text, "contract.scope"));
    cr_assert_null(strstr(text, "contract.rule"));
    free(text);
}

Test(page, filter_finds_sentences_after_names)
{
    char *text = page(PARAM_PAGE_TEXT, "PLAN");
    const char *name = strstr(text, "own.<partner>.capex.plan"), *sentence = strstr(text, "own.<partner>.capex.overrun");
    cr_assert(name && sentence && name < sentence, "%s", text);
    cr_assert_null(strstr(text, "contract.rule"));
    free(text);
}

Test(page, filter_without_a_match_errors)
{
    struct report report;
    char *text = "x";
    report_init(&report);
    cr_assert_eq(param_page_write(toy_tables, toy_table_count, PARAM_PAGE_TEXT, "quite\nother", &text, &report), STATUS_USAGE);
    cr_assert_null(text);
    cr_assert_str_eq(report.message[0], "pactolus: error: no parameter's name or sentence contains 'quite\\nother'");
    report_free(&report);
}
