#include "param/echo.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "unit/param/toy.h"

static char *echo(const char *lines, int origins)
{
    struct report report;
    struct param_records records;
    struct param_registry registry;
    char *text = NULL;
    cr_assert_eq(toy_read(lines, &records, &registry, &report), 0, "%s", toy_message(&report, 0));
    cr_assert_eq(param_echo_write(&registry, NULL, 0, origins, &text, &report), 0);
    param_registry_free(&registry);
    param_record_free(&records);
    report_free(&report);
    return text;
}

static const char deal[] = "deal: A \"good\" \\ deal\nhorizon_years: 12\nregions: [us, korea]\npartners.b.discount_rate: 0.1\n"
                           "partners.a.discount_rate: 0.30000000000000004\nmarket.trade.x.regimes: [low, high]\nmarket.trade.x.start: high\n"
                           "contract.multiple: lognormal( median=1.1 , sigma=0.417)\ncontract.fee: same(contract.multiple)\n"
                           "venture.capex.plan: [390, \"uniform(1,2)\"]\ncontract.rule: use\n";

Test(echo, says_all_names_in_order_with_their_origin)
{
    char *text = echo(deal, 1);
    cr_assert_eq(strncmp(text, "partners: [b, a]\nregions: [us, korea]\nmarket.trade: [x]\nmarket.trade.x.regimes: [low, high]\ncontract.fee: ", 100), 0, "%s", text);
    static const char *const lines[] = {"\ncontract.fee: same(contract.multiple)  # deal.yaml:9\n", "\ncontract.multiple: lognormal(1.1, 0.417)  # deal.yaml:8\n",
                                        "\ncontract.lead: none  # default\n", "\ncontract.rule: use  # deal.yaml:11\n", "\ncontract.schedule: [1, 0.5]  # default\n",
                                        "\ndeal: \"A \\\"good\\\" \\\\ deal\"  # deal.yaml:1\n", "\nmarket.trade.x.start: high  # deal.yaml:7\n",
                                        "\npartners.a.discount_rate: 0.30000000000000004  # deal.yaml:5\n", "\nown.a.capex.plan: []  # default\n",
                                        "\nstart: 2022-01  # default\n", "\nventure.capex.plan: [390, \"uniform(1, 2)\"]  # deal.yaml:10\n"};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) cr_assert_not_null(strstr(text, lines[k]), "no %s in %s", lines[k], text);
    const char *before = "";
    for (char *line = strtok(strstr(text, "contract.fee"), "\n"); line; line = strtok(NULL, "\n")) { /* byte order of names */
        line[strcspn(line, ":")] = 0;
        cr_assert(strcmp(before, line) < 0, "%s before %s", before, line);
        before = line;
    }
    free(text);
}

Test(echo, without_origins_is_equal_for_equal_deals)
{
    static const char reordered[] = "contract.rule: use\ncontract.multiple: lognormal(1.10,0.4170)\nregions: [us, korea]\ndeal: A \"good\" \\ deal\n"
                                    "market.trade.x.regimes: [low, high]\nmarket.trade.x.start: high\npartners.b.discount_rate: 1e-1\n"
                                    "partners.a.discount_rate: 0.30000000000000004\ncontract.fee: same(contract.multiple)\n"
                                    "venture.capex.plan: [390.0, \"uniform(1, 2)\"]\nhorizon_years: 12\nstart: 2022-01-01\n";
    char *one = echo(deal, 0), *two = echo(reordered, 0), *other;
    cr_assert_str_eq(one, two);
    cr_assert_null(strstr(one, "#"));
    char changed[2000];
    strcpy(changed, deal);
    memcpy(strstr(changed, "0.417"), "0.418", 5);
    other = echo(changed, 0);
    cr_assert(strcmp(one, other) != 0);
    free(one), free(two), free(other);
}

Test(echo, shows_the_settings_of_a_scenario)
{
    struct report report;
    struct param_records records;
    struct param_registry registry;
    struct param_store store = {0};
    struct param_setting s[2];
    struct place place = {"table.csv", 3, 0};
    char *text = NULL;
    cr_assert_eq(toy_read(deal, &records, &registry, &report), 0);
    cr_assert_eq(param_registry_resolve(&registry, "venture.capex.plan[0]", place, 1, &s[0], &report), 0);
    cr_assert_eq(param_registry_parse(&registry, "7", place, &store, &s[0], &report), 0);
    cr_assert_eq(param_registry_resolve(&registry, "contract.rule", place, 1, &s[1], &report), 0);
    cr_assert_eq(param_registry_parse(&registry, "fixed", place, &store, &s[1], &report), 0);
    cr_assert_eq(param_echo_write(&registry, s, 2, 1, &text, &report), 0);
    cr_assert_not_null(strstr(text, "\nventure.capex.plan: [7, \"uniform(1, 2)\"]  # table.csv:3\n"), "%s", text);
    cr_assert_not_null(strstr(text, "\ncontract.rule: fixed  # table.csv:3\n"));
    free(text);
    cr_assert_eq(param_echo_write(&registry, NULL, 0, 1, &text, &report), 0);
    cr_assert_not_null(strstr(text, "\nventure.capex.plan: [390, "), "the deal itself is as it was");
    free(text);
    param_store_free(&store);
    param_registry_free(&registry);
    param_record_free(&records);
    report_free(&report);
}

static int sample(void *context, const char *file, const char *column, struct place place, const char *name, struct param_store *store,
                  double **out, int *count, struct report *report)
{
    (void)file, (void)column, (void)place, (void)name, (void)report;
    *out = param_store_take(store, 3 * sizeof **out);
    *count = 3;
    for (int k = 0; k < 3; k++) (*out)[k] = 1 + k * *(double *)context;
    return STATUS_OK;
}

static char *echo_sample(double step)
{
    struct report report;
    struct param_records records = {0};
    struct param_registry registry;
    struct param_column_reader reader = {sample, &step};
    char *text = NULL, lines[2000];
    report_init(&report);
    snprintf(lines, sizeof lines, "%scontract.multiple: empirical(f.csv, x)\ncontract.fee: mixture(0.5:empirical(f.csv, x), 0.5:1)\n", toy_deal);
    toy_records(lines, &records, &report);
    cr_assert_eq(param_registry_read(&registry, toy_tables, toy_table_count, &records, &reader, "deal.yaml", &report), 0, "%s", toy_message(&report, 0));
    cr_assert_eq(param_echo_write(&registry, NULL, 0, 0, &text, &report), 0);
    param_registry_free(&registry);
    param_record_free(&records);
    report_free(&report);
    return text;
}

Test(echo, a_sample_is_part_of_the_fingerprint)
{
    char *one = echo_sample(0.5), *two = echo_sample(0.5), *three = echo_sample(0.25);
    cr_assert_not_null(strstr(one, "contract.multiple: empirical(f.csv, x)  # 3 values, checksum "), "%s", one);
    cr_assert_not_null(strstr(one, "0.5:1)  # 3 values, checksum "), "inside of a mixture too");
    cr_assert_str_eq(one, two);
    cr_assert(strcmp(one, three) != 0);
    free(one), free(two), free(three);
}
