/* The program as users have it: rows H and I of the hostile inputs, files, signals, start-up time. */
#include "support/command.h"
#include "support/able.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static struct command_outcome o;

static void set_up(void)
{
    command_enter();
    command_run(&o, PACTOLUS " init -o deal.yaml");
    cr_assert_eq(o.code, 0, "%s", o.error);
}
TestSuite(program, .init = set_up, .fini = command_leave);

/* Digest of a run with this in front of the program and these options. */
static void digest_of(char digest[64], const char *before, const char *options)
{
    command_run(&o, "%s " PACTOLUS " run deal.yaml -n 9000 -q -o d.h5 --force %s >/dev/null && " PACTOLUS " info d.h5 --digest", before, options);
    cr_assert_eq(o.code, 0, "'%s' '%s' ended with %d: %s", before, options, o.code, o.error);
    cr_assert_lt(strlen(o.output), 64);
    strcpy(digest, o.output);
}

/* OpenMP may give fewer threads than were asked for. */
Test(program, tells_all_drivers_on_any_number_of_threads)
{
    char *one;
    command_run(&o, PACTOLUS " drivers " PROJECT_DIR "/scenarios/battery-jv/deal.yaml -n 500 -t 1 -q --json");
    cr_assert_eq(o.code, 0, "%s", o.error);
    one = strdup(o.output);
    command_run(&o, "OMP_THREAD_LIMIT=1 " PACTOLUS " drivers " PROJECT_DIR "/scenarios/battery-jv/deal.yaml -n 500 -t 4 -q --json");
    cr_expect_str_eq(o.output, one);
    free(one);
}

Test(program, gives_the_same_bits_in_every_environment)
{
    static const char *const environments[] = {
        "OMP_NUM_THREADS=3", "OMP_NUM_THREADS=4,2", "OMP_THREAD_LIMIT=1 OMP_NUM_THREADS=8", "OMP_DYNAMIC=true OMP_NUM_THREADS=2",
        "OMP_SCHEDULE=dynamic,1", "OMP_PROC_BIND=garbage", "LC_ALL=de_DE.UTF-8", "LC_NUMERIC=de_DE", "LC_ALL=xx_YY TZ=garbage",
        "env -u HOME TMPDIR=/nowhere", "MALLOC_PERTURB_=165", "MALLOC_ARENA_MAX=1 LD_BIND_NOW=1", "HDF5_PLUGIN_PATH=/garbage",
        "PACTOLUS_ISA=portable", "PACTOLUS_ISA=v3", "SLURM_CPUS_PER_TASK=2"};
    char first[64], other[64];
    digest_of(first, "", "-t 1");
    for (size_t k = 0; k < sizeof environments / sizeof *environments; k++) {
        if (strstr(environments[k], "v3") && !ABLE_V3) continue;
        digest_of(other, environments[k], "");
        cr_expect_str_eq(other, first, "%s", environments[k]);
    }
    digest_of(other, "", "--seed 2");
    cr_expect_str_neq(other, first);
}

Test(program, gives_the_same_bits_in_every_environment_errors)
{
    command_run(&o, "PACTOLUS_ISA=v9 " PACTOLUS " run deal.yaml -o none");
    cr_expect_eq(o.code, 2);
    cr_expect_not_null(strstr(o.error, "PACTOLUS_ISA"));
    command_run(&o, "OMP_NUM_THREADS=abc " PACTOLUS " run deal.yaml -o none");
    cr_expect_eq(o.code, 2);
    cr_expect_not_null(strstr(o.error, "pactolus: error: OMP_NUM_THREADS: "), "%s", o.error);
}

/* Row 89: where threads cannot be had, and with as many as there may be. Not under a sanitizer, which reserves address space. */
Test(program, tells_that_threads_cannot_be_started)
{
    command_run(&o, "ulimit -v 400000; " PACTOLUS " run deal.yaml -n 1000 -t 900 -o out.h5; code=$?; ls out.h5* 2>/dev/null; exit $code");
    if (strstr(SANITIZE, "address")) cr_skip_test("address space is limited");
    cr_expect_eq(o.code, 5, "%d: %s", o.code, o.error);
    cr_expect_not_null(strstr(o.error, "of 900 threads can be started"), "%s", o.error);
    cr_expect_str_empty(o.output);
}

Test(program, runs_with_a_thousand_threads)
{
    command_run(&o, PACTOLUS " run deal.yaml -n 1000 -t 1024 -o none -q");
    cr_expect_eq(o.code, 0, "%d: %s", o.code, o.error);
}

/* Row 83: descriptors 0 to 2 closed, and the result is none of them. */
Test(program, writes_a_sound_file_with_closed_descriptors)
{
    command_run(&o, PACTOLUS " run deal.yaml -n 1000 -o out.h5 <&- >&- 2>&-; echo $?; " PACTOLUS " info out.h5 --digest");
    cr_expect_eq(strncmp(o.output, "0\n", 2), 0, "%s", o.output);
    cr_expect_eq(strlen(o.output), 35, "%s %s", o.output, o.error);
}

Test(program, keeps_the_result_when_its_output_fails)
{
    command_run(&o, PACTOLUS " run deal.yaml -n 1000 -o out.h5 >/dev/full");
    cr_expect_eq(o.code, 4);
    cr_expect_not_null(strstr(o.error, "standard output: No space left on device"));
    command_run(&o, PACTOLUS " info out.h5 --digest");
    cr_expect_eq(o.code, 0);
}

/* Rows 92, 104, 105. */
Test(program, never_writes_over_a_file)
{
    command_run(&o, "echo mine >out.h5; " PACTOLUS " run deal.yaml -n 1000 -o out.h5; echo $?; cat out.h5; ls");
    cr_expect_str_eq(o.output, "4\nmine\ndeal.yaml\nout.h5\n");
    command_run(&o, PACTOLUS " run deal.yaml -n 1000 -q --set partners.alpha.equity=0.7 --force -o out.h5; echo $?; cat out.h5; ls");
    cr_expect_str_eq(o.output, "3\nmine\ndeal.yaml\nout.h5\n");
    command_run(&o, "ulimit -f 8; " PACTOLUS " run deal.yaml -n 1000 -q --force -o out.h5 2>error; echo $?; cat out.h5; ls");
    cr_expect_not_null(strstr(o.output, "4\nmine\ndeal.yaml\n"), "%s", o.output);
    cr_expect_null(strstr(o.output, ".tmp"), "%s", o.output);
    command_run(&o, PACTOLUS " run deal.yaml -n 1000 -o /dev/full; " PACTOLUS " run deal.yaml -o none/out.h5; echo $?; "
                    PACTOLUS " run deal.yaml -n 1000 -o .; echo $?");
    cr_expect_str_eq(o.output, "4\n4\n");
    command_run(&o, "umask 777; " PACTOLUS " run deal.yaml -n 1000 -q -o new.h5 >/dev/null; stat -c %%a new.h5; umask 0; "
                    PACTOLUS " run deal.yaml -n 1000 -q -o newer.h5 >/dev/null; stat -c %%a newer.h5");
    cr_expect(o.output[0] >= '4', "the owner can read it: %s", o.output);
    cr_expect_eq(o.output[strlen(o.output) - 2] & 2 && strstr(o.output, "777"), 0, "%s", o.output);
}

Test(program, names_its_file_and_refuses_it_the_second_time)
{
    command_run(&o, "mkdir twins; mv deal.yaml twins; " PACTOLUS " run twins/deal.yaml -n 1000; echo $?; ls; " PACTOLUS " run twins/deal.yaml -n 1000; echo $?");
    cr_expect_not_null(strstr(o.output, "0\ntwins\ntwins.h5\n4\n"), "%s", o.output);
    cr_expect_not_null(strstr(o.error, "result file: twins.h5\n"));
    cr_expect_not_null(strstr(o.error, "twins.h5: error: exists already; --force replaces it\n"), "%s", o.error);
}

/* Row 80. */
Test(program, bears_odd_file_names)
{
    command_run(&o, "cp deal.yaml ./-d.yaml; cp deal.yaml $'new\\nline.yaml'; cp deal.yaml $'bad\\xff.yaml'; "
                    PACTOLUS " run -n 100 -o none -q -- -d.yaml >/dev/null && " PACTOLUS " run $'new\\nline.yaml' -n 100 -o $'o\\n.h5' -q >/dev/null && "
                    PACTOLUS " run $'bad\\xff.yaml' -n 100 -o x.h5 -q >/dev/null && " PACTOLUS " info x.h5 >/dev/null");
    cr_expect_eq(o.code, 0, "%s", o.error);
    command_run(&o, PACTOLUS " run $'no\\n\\x1b[31m\\xff.yaml'");
    cr_expect_eq(o.code, 4);
    cr_expect_null(strchr(o.error, '\033'));
    cr_expect_eq(strchr(o.error, '\n'), o.error + strlen(o.error) - 1, "one line: %s", o.error);
    command_run(&o, PACTOLUS " run $(head -c 5000 /dev/zero | tr '\\0' x)");
    cr_expect_eq(o.code, 4);
    cr_expect_lt(strlen(o.error), 1000);
}

/* Rows 114, 115: at any moment, nothing is left and the code is the signal's. */
Test(program, stops_cleanly_at_any_moment)
{
    for (int k = 0; k < 12; k++) {
        const char *signal = k % 3 == 0 ? "INT" : k % 3 == 1 ? "TERM" : "HUP";
        const int code = k % 3 == 0 ? 130 : k % 3 == 1 ? 143 : 129;
        command_run(&o, "set -m; " PACTOLUS " run deal.yaml -n 1e9 -o out.h5 & until ls | grep -q tmp; do sleep 0.01; done; sleep 0.%02d; "
                        "kill -%s $!; wait $!; code=$?; ls; exit $code", 3 * k, signal);
        cr_expect_eq(o.code, code, "%s ended with %d: %s", signal, o.code, o.error);
        cr_expect_str_eq(o.output, "deal.yaml\n");
        cr_expect_not_null(strstr(o.error, "pactolus: stopped; no result was written\n"), "%s", o.error);
    }
}

Test(program, draws_progress_on_a_terminal)
{
    command_run(&o, "script -qec '" PACTOLUS " run deal.yaml -n 60000 -o none' /dev/null </dev/null");
    cr_expect_eq(o.code, 0, "%s", o.output);
    cr_expect_not_null(strstr(o.output, "paths/s"), "%s", o.output);
    cr_expect_not_null(strstr(o.output, "\r["));
}

static double children_seconds(void)
{
    struct rusage use;
    cr_assert_eq(getrusage(RUSAGE_CHILDREN, &use), 0);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) + 1e-6 * (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

/* Time of the processor, which does not grow with what else the machine has to do. */
Test(program, starts_at_once)
{
    double best = 1e9;
    if (*SANITIZE) cr_skip_test("sanitizers take their time");
    for (int k = 0; k < 10; k++) {
        const double before = children_seconds();
        cr_assert_eq(system(PACTOLUS " --version >/dev/null"), 0);
        if (children_seconds() - before < best) best = children_seconds() - before;
    }
    cr_expect_lt(best, 0.05, "%.3f s", best);
}

Test(program, prints_what_the_documents_show)
{
    command_run(&o, "bash '" PROJECT_DIR "/scripts/docs.sh' --check " PACTOLUS);
    cr_expect_eq(o.code, 0, "scripts/docs.sh makes them anew: %s", o.error);
}

Test(program, tells_where_a_shipped_deal_is_from)
{
    command_run(&o, PACTOLUS " init --like battery-jv -o other.yaml && " PACTOLUS " check other.yaml");
    cr_expect_eq(o.code, 0, "%s", o.error);
    command_run(&o, PACTOLUS " init --like none");
    cr_expect_eq(o.code, 2);
    cr_expect_not_null(strstr(o.error, "want autonomy, battery-jv, "), "%s", o.error);
}

/* Each shipped deal with its includes in a folder of its own, as init writes them. */
Test(program, gives_shipped_deals_with_what_they_include)
{
    static const char *const deals[] = {"autonomy", "battery-jv", "localisation", "mutual-supply", "platform-sharing",
                                        "software-codevelopment", "stake-sale"};
    for (size_t k = 0; k < sizeof deals / sizeof *deals; k++) {
        command_run(&o, "mkdir %zu && " PACTOLUS " init --like %s -o %zu/mine.yaml && " PACTOLUS " check -q %zu/mine.yaml; code=$?; ls %zu; exit $code",
                    k, deals[k], k, k, k);
        cr_expect_eq(o.code, 0, "%s: %s", deals[k], o.error);
        cr_expect_eq(strstr(o.output, "market.yaml") != NULL, !strcmp(deals[k], "mutual-supply"), "%s", o.output);
    }
}

/* How often `words` are on standard error of a command. */
static int told(const char *command, const char *words)
{
    int times = 0;
    command_run(&o, "%s >/dev/null", command);
    cr_assert_eq(o.code, 0, "%s: %s", command, o.error);
    for (const char *at = strstr(o.error, words); at; at = strstr(at + 1, words)) times++;
    return times;
}

Test(program, warns_once_and_of_what_is_idle_in_all_rows)
{
    command_run(&o, "printf 'scenario,contract.deadlock.rate,contract.deadlock.cost\\ncalm,0,5\\nstuck,0.2,5\\n' > some.csv && "
                    "printf 'scenario,contract.deadlock.rate,contract.deadlock.cost\\ncalm,0,5\\ncold,0,6\\n' > all.csv");
    const char *const idle = "contract.deadlock.cost: moves nothing";
    cr_expect_eq(told(PACTOLUS " check deal.yaml --set contract.deadlock.cost=5", idle), 1);
    cr_expect_eq(told(PACTOLUS " check deal.yaml --set contract.deadlock.cost=5 --echo base", idle), 1);
    cr_expect_eq(told(PACTOLUS " run deal.yaml -q -n 64 -o none --set contract.deadlock.cost=5", idle), 1);
    cr_expect_eq(told(PACTOLUS " check deal.yaml --scenarios some.csv", idle), 0);
    cr_expect_eq(told(PACTOLUS " run deal.yaml -q -n 64 -o none --scenarios some.csv", idle), 0);
    const int in_all = told(PACTOLUS " check deal.yaml --scenarios all.csv", "moves nothing");
    cr_expect_geq(in_all, 1);
    cr_expect_eq(told(PACTOLUS " run deal.yaml -q -n 64 -o none --scenarios all.csv", "moves nothing"), in_all);
}

/* ---- Sweeps ---- */

/* Every line of the help that makes points, without its time. */
Test(program, teaches_sweeps_that_it_can_make)
{
    command_run(&o, "pactolus() { '" PACTOLUS "' \"$@\"; }; pactolus sweep --help | sed -e :a -e '/\\\\$/N; s/\\\\\\n//; ta' | grep -e '^  pactolus .*--vary' >lines; "
                    "wc -l <lines; while read -r line; do eval \"${line%%--dry-run} -n 64 -t 1 --dry-run\" || echo \"failed: $line\"; done <lines");
    cr_expect_eq(o.output[0], '2', "examples with --vary: %s", o.output);
    cr_expect_null(strstr(o.output, "failed"), "%s%s", o.output, o.error);
}

Test(program, writes_the_design_that_a_sweep_runs)
{
    command_run(&o, "vary='--vary market.inflation=0.01:0.04 --vary venture.delay=[1,1.5] --points 5 --design-seed 3'; run='-n 64 -t 1 -q'; "
                    PACTOLUS " sweep deal.yaml $vary --write-design d.csv && wc -l <d.csv && " PACTOLUS " sweep deal.yaml $vary $run -o a.h5 && "
                    PACTOLUS " sweep deal.yaml --scenarios d.csv $run -o b.h5 && " PACTOLUS " info --digest a.h5 >a && " PACTOLUS
                    " info --digest b.h5 >b && cmp a b && ls");
    cr_expect_eq(o.code, 0, "%s", o.error);
    cr_expect_str_eq(o.output, "6\na\na.h5\nb\nb.h5\nd.csv\ndeal.yaml\n");
}

Test(program, resumes_and_merges_from_another_folder)
{
    command_run(&o, "mkdir there here; cd there; sweep='" PACTOLUS " sweep ../deal.yaml --vary market.inflation=[0.01,0.02,0.03] -n 64 -t 1 -q'; "
                    "$sweep -o whole.h5; $sweep --shard 1/2 -o out.h5; $sweep --shard 2/2 -o other.h5; cd ../here; "
                    PACTOLUS " status ../there/out.h5 && " PACTOLUS " merge -q ../there/out.h5 ../there/other.h5.parts && cd ../there && "
                    PACTOLUS " info --digest whole.h5 >a && " PACTOLUS " info --digest out.h5 >b && cmp a b && ls");
    cr_expect_eq(o.code, 0, "%s%s", o.output, o.error);
    cr_expect_eq(strncmp(o.output, "2 of 3 points", 13), 0, "%s", o.output);
    cr_expect_not_null(strstr(o.output, "out.h5\n"), "%s", o.output);
}
