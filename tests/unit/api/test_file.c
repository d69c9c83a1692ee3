#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct pactolus_deal *deal;
static struct pactolus_run_options options;
static char *text;

static void set_up(void)
{
    fixture_enter();
    deal = fixture_deal();
    options = fixture_options();
}
static void tear_down(void)
{
    pactolus_text_free(text);
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_file, .init = set_up, .fini = tear_down);

static void write_run(const char *path)
{
    options.output = path;
    pactolus_result_destroy(fixture_run(deal, &options));
}

static void digest_of(const char *path, char digest[64])
{
    char *made = NULL;
    cr_assert_eq(pactolus_file_digest(path, messages, &made), PACTOLUS_OK);
    cr_assert(strlen(made) >= 16 && strlen(made) < 64);
    strcpy(digest, made);
    pactolus_text_free(made);
}

Test(api_file, has_one_digest_for_equal_runs)
{
    char a[64], b[64], c[64];
    options.samples = 100;
    write_run("a.h5");
    options.threads = 3;
    options.command = "another";
    write_run("b.h5");
    options.seed = 2;
    write_run("c.h5");
    digest_of("a.h5", a);
    digest_of("b.h5", b);
    digest_of("c.h5", c);
    cr_expect_str_eq(a, b);
    cr_expect_str_neq(a, c);
}

Test(api_file, tells_what_it_holds)
{
    fixture_write("table.csv", "scenario,market.inflation,venture.delay\ncalm,0.01,1\nwild,0.05,\"uniform(1, 2)\"\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    options.command = "the command";
    write_run("a.h5");
    cr_assert_eq(pactolus_file_info("a.h5", PACTOLUS_TEXT, messages, &text), PACTOLUS_OK);
    static const char *const words[] = {"A platform for two", "Alpha Motors", "scenario 2: calm, wild", "captured_mean(scenario, partner)",
                                        "the command", "seed       1\n"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) cr_expect_not_null(strstr(text, words[k]), "%s", words[k]);
    pactolus_text_free(text);
    cr_assert_eq(pactolus_file_info("a.h5", PACTOLUS_JSON, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "\"seed\": \"1\""));
    fixture_write("info.json", text);
    cr_expect_eq(system("/usr/bin/python3 -c 'import json; d = json.load(open(\"info.json\")); "
                        "assert d[\"result\"][\"axes\"][\"partner\"] == [\"alpha\", \"beta\"]'"), 0);
}

Test(api_file, tells_what_it_holds_errors)
{
    fixture_write("text.h5", "no result at all");
    cr_expect_eq(pactolus_file_info("none.h5", PACTOLUS_TEXT, messages, &text), PACTOLUS_FILE);
    cr_expect_null(text);
    fixture_said("none.h5");
    cr_expect_eq(pactolus_file_info("text.h5", PACTOLUS_TEXT, messages, &text), PACTOLUS_REFUSED);
    fixture_said("text.h5");
    cr_expect_eq(pactolus_file_digest("text.h5", messages, &text), PACTOLUS_REFUSED);
    cr_expect_null(text);
}

Test(api_file, replaces_a_file_only_by_force)
{
    char before[64], after[64];
    struct pactolus_result *result = NULL;
    write_run("a.h5");
    digest_of("a.h5", before);
    options.seed = 9;
    cr_expect_eq(pactolus_run(deal, &options, NULL, NULL, messages, &result), PACTOLUS_FILE);
    fixture_said("a.h5");
    cr_expect_null(result);
    digest_of("a.h5", after);
    cr_expect_str_eq(before, after);
    options.force = 1;
    write_run("a.h5");
    digest_of("a.h5", after);
    cr_expect_str_neq(before, after);
}

static size_t read_set(hid_t file, const char *name, double *x, size_t most)
{
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT), space = H5Dget_space(set);
    const hssize_t n = H5Sget_simple_extent_npoints(space);
    cr_assert(n > 0 && (size_t)n <= most, "%s has %d", name, (int)n);
    cr_assert_geq(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, x), 0);
    H5Sclose(space);
    H5Dclose(set);
    return (size_t)n;
}

Test(api_file, adds_up_the_samples_of_every_path_exactly)
{
    enum { PARTNERS = 2, PATHS = 200, LINES = 16 };
    static double captured[PARTNERS * PATHS], ledger[PARTNERS * LINES * PATHS], transfer[PARTNERS * PATHS];
    options.samples = PATHS;
    cr_assert_eq(pactolus_deal_set(deal, "contract.royalty.alpha.beta.per_unit", "0.2", messages), PACTOLUS_OK);
    write_run("a.h5");
    hid_t file = H5Fopen("a.h5", H5F_ACC_RDONLY, H5P_DEFAULT);
    cr_assert_geq(file, 0);
    read_set(file, "captured_sample", captured, PARTNERS * PATHS);
    const size_t lines = read_set(file, "ledger_sample", ledger, PARTNERS * LINES * PATHS) / (PARTNERS * PATHS);
    read_set(file, "transfer_sample", transfer, PARTNERS * PATHS);
    H5Fclose(file);
    int moved = 0;
    for (size_t i = 0; i < PATHS; i++) {
        for (size_t p = 0; p < PARTNERS; p++) {
            double sum = 0.0;
            for (size_t line = 0; line < lines; line++) sum += ledger[(p * lines + line) * PATHS + i];
            cr_assert_eq(sum, captured[p * PATHS + i], "path %zu", i);
        }
        cr_assert_eq(transfer[i] + transfer[PATHS + i], 0.0, "path %zu", i);
        moved |= transfer[i] < 0.0;
    }
    cr_expect(moved, "something was transferred");
}

static hid_t text_of(hid_t file, const char *name, char **out)
{
    hid_t set = H5Dopen2(file, name, H5P_DEFAULT), type = H5Dget_type(set);
    cr_assert_geq(H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, out), 0);
    H5Tclose(type);
    H5Dclose(set);
    return 0;
}

Test(api_file, keeps_deal_table_echo_and_what_varies)
{
    static const char table[] = "scenario,market.inflation,venture.delay,market.demand.home.growth\n"
                                "calm,0.01,1,0\nwild,0.05,\"uniform(1, 2)\",0\n";
    char *deal_text = NULL, *table_text = NULL, *echo = NULL;
    double inflation[2];
    fixture_write("table.csv", table);
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_template(NULL, messages, &text), PACTOLUS_OK);
    write_run("a.h5");
    hid_t file = H5Fopen("a.h5", H5F_ACC_RDONLY, H5P_DEFAULT);
    cr_assert_geq(file, 0);
    text_of(file, "deal_text", &deal_text);
    text_of(file, "table_text", &table_text);
    text_of(file, "echo", &echo);
    cr_expect_str_eq(deal_text, text);
    cr_expect_str_eq(table_text, table);
    cr_expect_not_null(strstr(echo, "market.inflation: 0.02"));
    cr_expect_eq(read_set(file, "market.inflation", inflation, 2), 2);
    cr_expect(inflation[0] == 0.01 && inflation[1] == 0.05);
    cr_expect_gt(H5Lexists(file, "venture.delay", H5P_DEFAULT), 0);
    cr_expect_eq(H5Lexists(file, "market.demand.home.growth", H5P_DEFAULT), 0, "the same in every scenario");
    H5Fclose(file);
    H5free_memory(deal_text);
    H5free_memory(table_text);
    H5free_memory(echo);
}
