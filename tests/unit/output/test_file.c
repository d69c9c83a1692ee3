#define _GNU_SOURCE
#include "output/file.h"

#include <criterion/criterion.h>
#include <hdf5.h>
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/result.h"
#include "unit/output/made.h"

static char folder[64];
static struct report report;
static struct made made;

static void begin(size_t scenarios, uint64_t paths)
{
    strcpy(folder, "test_file_XXXXXX");
    cr_assert(mkdtemp(folder));
    report_init(&report);
    made_init(&made, scenarios, paths, 1);
}

static const char *in(const char *name)
{
    static char path[4][128];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int entries(void)
{
    DIR *d = opendir(folder);
    int count = 0;
    while (readdir(d)) count++;
    closedir(d);
    return count - 2; /* . and .. */
}

static void end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_expect_eq(system(command), 0);
    made_free(&made);
    report_free(&report);
}

static int write_to(const char *path, int force, int samples)
{
    struct output_file_config config = made_config(&made, path, samples);
    config.force = force;
    return made_write(&made, &config, "now", &report);
}

static void put_text(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

static int holds_text(const char *path, const char *text)
{
    char line[64] = "";
    FILE *f = fopen(path, "r");
    if (!f) return 0;
    if (!fgets(line, sizeof line, f)) line[0] = '\0';
    fclose(f);
    return strcmp(line, text) == 0;
}

Test(output_file, shows_partners_in_declared_order)
{
    struct output_result *r;
    double captured[2], ledger[2 * MADE_LEDGER];
    begin(3, 200);
    cr_assert_eq(write_to(in("a.h5"), 0, 1), STATUS_OK);
    cr_assert_eq(output_result_open(&r, in("a.h5"), &report), STATUS_OK);
    const struct output_table *t = output_result_table(r);
    cr_expect_str_eq(t->names[AXIS_PARTNER].name[0], "automaker");
    cr_expect_str_eq(t->names[AXIS_PARTNER].name[1], "cellmaker");
    cr_expect_str_eq(t->names[AXIS_PARTNER].label[1], "Hanbit Cells");
    for (size_t s = 0; s < 3; s++) {
        cr_assert_eq(output_result_row(r, "captured_mean", s, captured, &report), STATUS_OK);
        cr_assert_eq(output_result_row(r, "ledger_mean", s, ledger, &report), STATUS_OK);
        const double *flat = made.flat[s] + statistics_plan_row(&made.plan, "captured_mean")->offset;
        const double *lines = made.flat[s] + statistics_plan_row(&made.plan, "ledger_mean")->offset;
        cr_expect(captured[0] == flat[1] && captured[1] == flat[0]);
        for (int l = 0; l < MADE_LEDGER; l++) {
            cr_expect(ledger[l] == lines[MADE_LEDGER + l] && ledger[MADE_LEDGER + l] == lines[l]);
        }
    }
    output_result_close(r);
    cr_expect_eq(entries(), 1, "no temporary file is left");
    end();
}

Test(output_file, gives_back_every_row)
{
    struct output_result *r;
    begin(1, 300);
    cr_assert_eq(write_to(in("a.h5"), 0, 0), STATUS_OK);
    cr_assert_eq(output_result_open(&r, in("a.h5"), &report), STATUS_OK);
    const struct output_table *t = output_result_table(r);
    cr_assert_eq(t->rows, made.plan.rows);
    cr_assert_eq(t->doubles, made.plan.doubles);
    double *flat = malloc(t->doubles * sizeof *flat);
    cr_assert_eq(output_result_scenario(r, 0, flat, &report), STATUS_OK);
    for (int i = 0; i < t->rows; i++) {
        const struct result_row *got = &t->row[i], *want = &made.plan.row[i];
        cr_expect_str_eq(got->name, want->name);
        cr_expect_str_eq(got->sentence, want->sentence);
        cr_expect_eq(got->level, want->level);
        for (size_t k = 0; k < want->count; k++) {
            double x = flat[got->offset + k], y = made.flat[0][want->offset + output_table_cell(&made.table, want, k)];
            cr_expect(x == y || (isnan(x) && isnan(y)), "%s[%zu]", want->name, k);
        }
    }
    free(flat);
    output_result_close(r);
    end();
}

Test(output_file, takes_scenarios_in_any_order)
{
    struct output_file *file;
    struct output_result *r;
    double x[2];
    begin(4, 100);
    struct output_file_config config = made_config(&made, in("a.h5"), 0);
    cr_assert_eq(output_file_create(&file, &config, &report), STATUS_OK);
    static const size_t ORDER[] = {2, 0, 1}; /* the last one stays NaN */
    for (int i = 0; i < 3; i++) cr_expect_eq(output_file_scenario(file, ORDER[i], made.flat[ORDER[i]], &report), STATUS_OK);
    cr_expect_eq(output_file_scenario(file, 4, made.flat[0], &report), STATUS_INTERNAL);
    cr_assert_eq(output_file_commit(file, NULL, 0, &report), STATUS_OK);
    output_file_destroy(file);
    cr_assert_eq(output_result_open(&r, in("a.h5"), &report), STATUS_OK);
    for (size_t s = 0; s < 3; s++) {
        cr_assert_eq(output_result_row(r, "captured_mean", s, x, &report), STATUS_OK);
        cr_expect(x[1] == made.flat[s][statistics_plan_row(&made.plan, "captured_mean")->offset]);
    }
    cr_assert_eq(output_result_row(r, "captured_mean", 3, x, &report), STATUS_OK);
    cr_expect(isnan(x[0]) && isnan(x[1]));
    output_result_close(r);
    end();
}

Test(output_file, equal_runs_give_equal_digests_and_others_do_not)
{
    static const char *const NAME[] = {"a", "b", "c", "d"};
    char digest[4][RESULT_DIGEST];
    struct output_result *r;
    begin(2, 150);
    for (int i = 0; i < 4; i++) {
        struct output_file_config config = made_config(&made, in(NAME[i]), 1);
        if (i == 2) made.captured[1][7] += 1; /* one number of one path */
        if (i == 3) {
            made.captured[1][7] -= 1;
            made.table.currency = "EUR"; /* nothing but units */
        }
        cr_assert_eq(made_write(&made, &config, i == 0 ? "morning" : "evening", &report), STATUS_OK);
        cr_assert_eq(output_result_open(&r, config.path, &report), STATUS_OK);
        cr_assert_eq(output_result_digest(r, 1, digest[i], &report), STATUS_OK);
        cr_expect_eq(output_result_verify(r, &report), STATUS_OK);
        output_result_close(r);
    }
    cr_expect_str_eq(digest[0], digest[1]);
    cr_expect_str_neq(digest[0], digest[2]);
    cr_expect_str_neq(digest[0], digest[3]);
    end();
}

/* Three partners in a cycle: a permutation that is not its own inverse. */
Test(output_file, samples_and_rows_of_three_partners_agree)
{
    static const struct result_row ROW[] = {
        {.name = "captured_mean", .unit = "1", .sentence = "Mean.", .axis = {AXIS_PARTNER}, .count = 3}};
    static const char *const PARTNER[] = {"a", "b", "c"}, *const SCENARIO[] = {"base"};
    static const int DECLARED[] = {2, 0, 1};
    static const struct output_sample SAMPLE = {"captured_sample", "1", "Single paths.", {AXIS_PARTNER}};
    struct output_table table = {.row = ROW, .rows = 1, .doubles = 3, .scenario = SCENARIO, .scenarios = 1};
    struct output_file *file;
    struct output_result *r;
    double flat[] = {10, 20, -(double)NAN}, x[3];
    begin(1, 100);
    table.shape.size[AXIS_NONE] = 1;
    table.shape.size[AXIS_PARTNER] = 3;
    table.names[AXIS_PARTNER] = (struct output_names){3, PARTNER, NULL, DECLARED};
    struct output_file_config config = {.path = in("a.h5"), .table = &table, .sample = &SAMPLE, .samples = 1, .paths = 2};
    cr_assert_eq(output_file_create(&file, &config, &report), STATUS_OK);
    for (size_t p = 0; p < 3; p++) {
        const double two[] = {100.0 + (double)p, 200.0 + (double)p};
        cr_assert_eq(output_file_samples(file, 0, 0, p, 0, two, 2, &report), STATUS_OK);
    }
    cr_assert_eq(output_file_scenario(file, 0, flat, &report), STATUS_OK);
    cr_assert_eq(output_file_commit(file, NULL, 0, &report), STATUS_OK);
    output_file_destroy(file);
    cr_assert_eq(output_result_open(&r, in("a.h5"), &report), STATUS_OK);
    cr_expect_str_eq(output_result_table(r)->names[AXIS_PARTNER].name[0], "c");
    cr_assert_eq(output_result_row(r, "captured_mean", 0, x, &report), STATUS_OK);
    cr_expect(isnan(x[0]) && !signbit(x[0]), "every NaN has the same bits");
    cr_expect(x[1] == 10 && x[2] == 20);
    output_result_close(r);
    hid_t store = H5Fopen(in("a.h5"), H5F_ACC_RDONLY, H5P_DEFAULT), set = H5Dopen2(store, "captured_sample", H5P_DEFAULT);
    double all[6];
    cr_assert(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, all) >= 0);
    cr_expect(all[0] == 102 && all[1] == 202 && all[2] == 100 && all[4] == 101, "c, a, b");
    H5Dclose(set);
    H5Fclose(store);
    end();
}

Test(output_file, existing_file_is_refused_before_the_run_errors)
{
    struct output_file *file;
    begin(1, 100);
    put_text(in("a.h5"), "precious");
    struct output_file_config config = made_config(&made, in("a.h5"), 0);
    cr_expect_eq(output_file_create(&file, &config, &report), STATUS_FILE);
    cr_expect_null(file);
    cr_expect(strstr(report.message[0], "exists already"));
    cr_expect(holds_text(in("a.h5"), "precious"));
    cr_expect_eq(entries(), 1);
    end();
}

Test(output_file, file_that_came_meanwhile_is_kept_and_so_is_the_result_errors)
{
    struct output_file *file;
    struct output_result *r;
    char kept[160];
    begin(1, 100);
    struct output_file_config config = made_config(&made, in("a.h5"), 0);
    cr_assert_eq(output_file_create(&file, &config, &report), STATUS_OK);
    put_text(in("a.h5"), "precious");
    cr_assert_eq(output_file_scenario(file, 0, made.flat[0], &report), STATUS_OK);
    cr_expect_eq(output_file_commit(file, NULL, 0, &report), STATUS_FILE);
    output_file_destroy(file);
    cr_expect(holds_text(in("a.h5"), "precious"));
    cr_expect(strstr(report.message[0], "is kept as"));
    snprintf(kept, sizeof kept, "%s.tmp.%ld", in("a.h5"), (long)getpid());
    cr_expect_eq(output_result_open(&r, kept, &report), STATUS_OK);
    output_result_close(r);
    end();
}

Test(output_file, force_replaces_at_the_end_and_not_before)
{
    struct output_file *file;
    struct output_result *r;
    begin(1, 100);
    put_text(in("a.h5"), "old");
    struct output_file_config config = made_config(&made, in("a.h5"), 0);
    config.force = 1;
    cr_assert_eq(output_file_create(&file, &config, &report), STATUS_OK);
    cr_assert_eq(output_file_scenario(file, 0, made.flat[0], &report), STATUS_OK);
    cr_expect(holds_text(in("a.h5"), "old"));
    output_file_destroy(file); /* the run was stopped */
    cr_expect(holds_text(in("a.h5"), "old"));
    cr_expect_eq(entries(), 1);
    cr_assert_eq(symlink("a.h5", in("link")), 0);
    cr_assert_eq(write_to(in("link"), 1, 0), STATUS_OK);
    cr_expect_eq(output_result_open(&r, in("a.h5"), &report), STATUS_OK, "the file behind the link is the one replaced");
    output_result_close(r);
    end();
}

Test(output_file, places_that_cannot_hold_a_file_are_refused_errors)
{
    char long_name[400];
    begin(1, 100);
    memset(long_name, 'n', 300);
    strcpy(long_name + 300, ".h5");
    cr_assert_eq(symlink("nowhere", in("dangling")), 0);
    cr_assert_eq(symlink("loop", in("loop")), 0);
    put_text(in("plain"), "x");
    const char *const BAD[] = {"", folder, "/dev/full", "/dev/null", in("none/a.h5"), in("plain/a.h5"), in("dangling"),
                               long_name};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        cr_expect_eq(write_to(BAD[i], 1, 0), STATUS_FILE, "'%s'", BAD[i]);
    }
    cr_expect_eq(write_to(in("loop"), 1, 0), STATUS_FILE);
    cr_expect_eq(report.errors, 9);
    cr_expect_eq(entries(), 3);
    end();
}

Test(output_file, can_be_read_by_its_owner_under_any_umask)
{
    struct stat there;
    begin(1, 100);
    mode_t was = umask(0777);
    int status = write_to(in("a.h5"), 0, 0);
    umask(was);
    cr_assert_eq(status, STATUS_OK);
    cr_assert_eq(stat(in("a.h5"), &there), 0);
    cr_expect_eq(there.st_mode & 0777, 0600);
    end();
}

static void note(const char *name, const char *value, void *context)
{
    char *all = context;
    strcat(strcat(strcat(strcat(all, name), "="), value), ";");
}

Test(output_file, keeps_texts_and_provenance_word_for_word)
{
    struct output_result *r;
    char *text, all[256] = "";
    begin(1, 100);
    cr_assert_eq(write_to(in("a.h5"), 0, 0), STATUS_OK);
    cr_assert_eq(output_result_open(&r, in("a.h5"), &report), STATUS_OK);
    cr_assert_eq(output_result_text(r, "deal_text", &text, &report), STATUS_OK);
    cr_expect_str_eq(text, "deal: Battery-cell venture\n# \u00e9\n");
    free(text);
    cr_assert_eq(output_result_text(r, "provenance/host", &text, &report), STATUS_OK);
    cr_expect_str_eq(text, "example");
    free(text);
    cr_assert_eq(output_result_text(r, "table_text", &text, &report), STATUS_OK);
    cr_expect_null(text);
    cr_assert_eq(output_result_provenance(r, note, all, &report), STATUS_OK);
    cr_expect_str_eq(all, "time=now;host=example;version=0.1.0;");
    output_result_close(r);
    end();
}
