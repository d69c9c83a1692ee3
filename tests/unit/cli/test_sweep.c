/* The command `sweep`: every option into the library, what is refused, how it ends. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(cli_sweep, .init = command_enter, .fini = command_leave);
static struct command_outcome o;

static void expect_usage(const char *line, const char *words)
{
    command_run(&o, PACTOLUS " sweep %s", line);
    cr_expect_eq(o.code, 2, "'%s' ended with %d", line, o.code);
    cr_expect_str_empty(o.output, "'%s' printed %s", line, o.output);
    cr_expect_not_null(strstr(o.error, words), "'%s' said: %s", line, o.error);
    cr_expect_eq(strncmp(o.error, "pactolus: error: ", 17), 0);
    cr_expect_not_null(strstr(o.error, "Try 'pactolus sweep --help'.\n"), "'%s' gave no hint: %s", line, o.error);
}

static void expect_sweep(const char *line, const char *words)
{
    command_run(&o, "OMP_NUM_THREADS=3 " PACTOLUS " sweep %s", line);
    cr_expect_eq(o.code, 0, "'%s' ended with %d: %s", line, o.code, o.error);
    cr_expect_not_null(strstr(o.output, words), "'%s' gave no '%s': %s", line, words, o.output);
}

/* ---- What reaches the library ---- */

Test(cli_sweep, passes_the_defaults)
{
    expect_sweep("deal.yaml",
                 "sweep deal=deal.yaml sets= table=design=- points=0 seed=1 paths=10000 seed=1 samples=0 memory=2147483648 "
                 "threads=3 output=deal.h5 force=0 full=0 shard=0/0 seconds=0 retry=0 partial=0 ranks=1 ");
}

Test(cli_sweep, passes_every_option_of_a_design)
{
    expect_sweep(
        "deal.yaml --vary a=1:2 --design sobol --vary 'b=[x, y]' --points 1e3 --design-seed 0 '--vary=c=uniform(1,2)' --seed 9",
        "table=design=sobol points=1000 seed=0! [a=1:2] [b=[x, y]] [c=uniform(1,2)] paths=10000 seed=9 ");
    expect_sweep("deal.yaml --vary a=1:2 --design-seed 18446744073709551615 --seed 5",
                 " points=0 seed=18446744073709551615! [a=1:2] ");
}

Test(cli_sweep, gives_a_design_the_seed_of_the_paths)
{
    expect_sweep("deal.yaml --vary a=1:2 --seed 5", "table=design=- points=0 seed=5 [a=1:2] paths=10000 seed=5 ");
}

Test(cli_sweep, passes_a_table_instead_of_a_design)
{
    expect_sweep("deal.yaml --scenarios t.csv --set a.b=1 --set 'c=uniform(1, 2)'",
                 "sets=[a.b|1][c|uniform(1, 2)] table=t.csv paths=");
}

Test(cli_sweep, passes_every_option_of_a_run)
{
    expect_sweep(
        "-n 5e3 --seed 18446744073709551615 -t 7 -o x.h5 --samples all --memory 500M --force --full --retry-failed --shard 3/8 "
        "--max-time 90 deal.yaml",
        "paths=5000 seed=18446744073709551615 samples=18446744073709551615 memory=524288000 threads=7 output=x.h5 force=1 full=1 "
        "shard=3/8 seconds=90 retry=1 partial=0 ranks=1 ");
    expect_sweep("--paths=7 --output=some/where.h5 --samples=12 deal.yaml --threads=1024",
                 "paths=7 seed=1 samples=12 memory=2147483648 "
                 "threads=1024 output=some/where.h5 ");
    expect_sweep("deal.yaml --samples none --shard 1/1", "samples=0 ");
    cr_expect_not_null(strstr(o.output, "shard=1/1 "));
}

Test(cli_sweep, reads_times_in_all_units)
{
    static const char *const cases[][2] = {{"1", "seconds=1 "}, {"45s", "seconds=45 "}, {"30m", "seconds=1800 "},
                                           {"2h", "seconds=7200 "}, {"3d", "seconds=259200 "}};
    char line[64];
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        snprintf(line, sizeof line, "deal.yaml --max-time %s", cases[k][0]);
        expect_sweep(line, cases[k][1]);
    }
}

Test(cli_sweep, names_the_result_after_the_deal_or_its_folder)
{
    expect_sweep("some/where/ford_sk.yaml", "output=ford_sk.h5 ");
    expect_sweep("scenarios/battery-jv/deal.yaml", "output=battery-jv.h5 ");
}

Test(cli_sweep, takes_its_threads_from_a_batch_system)
{
    command_run(&o, "unset OMP_NUM_THREADS; SLURM_CPUS_PER_TASK=5 " PACTOLUS " sweep deal.yaml");
    cr_expect_not_null(strstr(o.output, "threads=5 "), "%s", o.output);
}

Test(cli_sweep, keeps_the_command_line_for_the_file_and_for_resume)
{
    expect_sweep("--set 'a=x y' deal.yaml -n 5", "line=pactolus sweep --set $'a=x y' deal.yaml -n 5 words=[" PACTOLUS
                                                 "][sweep][--set][a=x y][deal.yaml][-n][5]\n");
}

/* ---- What runs nothing ---- */

Test(cli_sweep, writes_the_design_that_it_would_run)
{
    command_run(&o, PACTOLUS " sweep deal.yaml --vary a=1:2 --points 4 --write-design d.csv && cat d.csv");
    cr_expect_eq(o.code, 0, "%s", o.error);
    cr_expect_str_eq(o.output, "design=- points=4 seed=1 [a=1:2]");
    command_run(&o, PACTOLUS " sweep deal.yaml --vary a=1:3 --write-design d.csv; code=$?; cat d.csv; exit $code");
    cr_expect_eq(o.code, 4, "a file that is there stays: %d", o.code);
    cr_expect_str_eq(o.output, "design=- points=4 seed=1 [a=1:2]");
    cr_expect_not_null(strstr(o.error, "d.csv: File exists"), "%s", o.error);
    command_run(&o, PACTOLUS " sweep deal.yaml --vary a=1:3 --write-design none/d.csv");
    cr_expect_eq(o.code, 4);
}

Test(cli_sweep, reads_the_outputs_of_another_program)
{
    expect_sweep("deal.yaml --vary a=1:2 --read-outputs theirs.csv -o x.h5",
                 "outputs deal=deal.yaml sets= table=design=- points=0 seed=1 [a=1:2] ");
    cr_expect_not_null(strstr(o.output, "output=x.h5 "));
    cr_expect_not_null(
        strstr(o.output, "line=pactolus sweep deal.yaml --vary a=1:2 --read-outputs theirs.csv -o x.h5 words= path=theirs.csv\n"),
        "%s", o.output);
    cr_expect_str_eq(o.error, "10 points; result file: x.h5\n");
    expect_sweep("deal.yaml --vary a=1:2 --read-outputs theirs.csv -q", "outputs deal=");
    cr_expect_str_empty(o.error);
    command_run(&o, PACTOLUS " sweep deal.yaml --vary a=1:2 --read-outputs short.csv");
    cr_expect_eq(o.code, 3);
    cr_expect_str_eq(o.error, "short.csv: error: 9 rows, want one for each of 10 points\n");
}

Test(cli_sweep, estimates_instead_of_running)
{
    expect_sweep("deal.yaml --vary a=1:2 --dry-run -n 20 -t 2", "estimate deal=deal.yaml ");
    cr_expect_not_null(strstr(o.output, "paths=20 seed=1 samples=0 memory=2147483648 threads=2 "), "%s", o.output);
    cr_expect_not_null(strstr(o.output, "\npoints 10\n"), "%s", o.output);
    cr_expect_null(strstr(o.output, "sweep deal="));
    cr_expect_str_empty(o.error);
    command_run(&o, PACTOLUS " sweep deal.yaml --dry-run >/dev/full");
    cr_expect_eq(o.code, 4);
}

Test(cli_sweep, does_one_thing_at_a_time)
{
    expect_usage("deal.yaml --write-design d.csv --dry-run", "--dry-run: not together with --write-design");
    expect_usage("deal.yaml --read-outputs d.csv --write-design e.csv", "--read-outputs: not together with --write-design");
    expect_usage("deal.yaml --emit-slurm array=3 --dry-run", "--emit-slurm: not together with --dry-run");
    command_run(&o, "ls");
    cr_expect_str_empty(o.output);
}

/* ---- Job scripts ---- */

static void expect_script(const char *line, const char *script)
{
    command_run(&o, PACTOLUS " sweep %s", line);
    cr_expect_eq(o.code, 0, "'%s' ended with %d: %s", line, o.code, o.error);
    cr_expect_str_eq(o.output, script, "'%s' gave %s", line, o.output);
}

Test(cli_sweep, prints_a_job_script_with_the_line_that_asked_for_it)
{
    expect_script("deal.yaml --vary 'a=[1, 2]' --emit-slurm array=20 -o x.h5",
                  "20 tasks: pactolus sweep deal.yaml --vary $'a=[1, 2]' -o x.h5\n");
    expect_script("deal.yaml --emit-slurm mpi=64", "64 ranks: pactolus sweep deal.yaml\n");
    expect_script("--emit-slurm=array=3 deal.yaml -n 5", "3 tasks: pactolus sweep deal.yaml -n 5\n");
    expect_script("--emit-slurm=mpi=1000000 deal.yaml", "1000000 ranks: pactolus sweep deal.yaml\n");
}

Test(cli_sweep, prints_a_job_script_for_an_option_cut_short)
{
    expect_script("deal.yaml --emit array=3 -n 5", "3 tasks: pactolus sweep deal.yaml -n 5\n");
    expect_script("deal.yaml --e=mpi=3 -n 5", "3 ranks: pactolus sweep deal.yaml -n 5\n");
}

Test(cli_sweep, keeps_words_that_only_look_like_the_option_in_the_script)
{
    expect_script("deal.yaml --set a=--emit-slurm --output --emit-slurm --emit-slurm array=3 --set --emit-slurm=array=3",
                  "3 tasks: pactolus sweep deal.yaml --set a=--emit-slurm --output --emit-slurm --set --emit-slurm=array=3\n");
}

/* The script adds --shard at the end, which must still be an option there. */
Test(cli_sweep, lets_the_script_add_an_option_behind_an_operand_behind_two_dashes)
{
    expect_script("--emit-slurm array=3 -n 5 -- -deal.yaml", "3 tasks: pactolus sweep -n 5 ./-deal.yaml\n");
    expect_script("--emit-slurm array=3 -- deal.yaml", "3 tasks: pactolus sweep deal.yaml\n");
    expect_script("--emit-slurm array=3 -o -- -- /a/-b.yaml", "3 tasks: pactolus sweep -o -- /a/-b.yaml\n");
    expect_script("--emit-slurm array=3 --vary -- -- --", "3 tasks: pactolus sweep --vary -- ./--\n");
}

/* ---- What is refused ---- */

Test(cli_sweep, refuses_values_that_are_none)
{
    static const char *const cases[][2] = {{"-n 0", "--paths: "},
                                           {"-n 1e13", "--paths: "},
                                           {"--seed -1", "--seed: "},
                                           {"--seed 1e3", "--seed: "},
                                           {"-t 0", "--threads: "},
                                           {"-t 1025", "--threads: "},
                                           {"--samples some", "--samples: "},
                                           {"--memory 5", "--memory: "},
                                           {"--memory 5X", "--memory: "},
                                           {"--points 0", "--points: "},
                                           {"--points x", "--points: "},
                                           {"--design-seed x", "--design-seed: "},
                                           {"--design-seed -1", "--design-seed: "},
                                           {"--design circle", "--design: got 'circle', want grid, random, lhs or sobol"},
                                           {"--design Grid", "--design: "},
                                           {"-o none", "--output: a sweep needs a result file"},
                                           {"-o ''", "--output: empty value"}};
    char line[64];
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        snprintf(line, sizeof line, "deal.yaml %s", cases[k][0]);
        expect_usage(line, cases[k][1]);
    }
}

Test(cli_sweep, refuses_shards_that_are_none)
{
    static const char *const values[] = {
        "3", "/3", "3/", "0/3", "4/3", "a/3", "1/b", "1/3/5", "-1/3", "1/1000001", "11111111111111111/3", "' 1/3'", "1/0"};
    char line[64];
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
        snprintf(line, sizeof line, "deal.yaml --shard %s", values[k]);
        expect_usage(line, "--shard: ");
    }
}

Test(cli_sweep, refuses_times_that_are_none)
{
    static const char *const values[] = {
        "0", "0h", "s", "5x", "5mm", "1.5h", "-5", "1e3", "' 5'", "99999999999999999999", "999999999999999999999999999999"};
    char line[64];
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
        snprintf(line, sizeof line, "deal.yaml --max-time %s", values[k]);
        expect_usage(line, "--max-time: ");
    }
}

Test(cli_sweep, refuses_job_scripts_of_another_kind)
{
    static const char *const values[] = {"20",    "array",       "array=", "array=0", "array=x",
                                         "mpi=0", "mpi=1000001", "mpi",    "Array=3", "rank=3"};
    char line[64];
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
        snprintf(line, sizeof line, "deal.yaml --emit-slurm %s", values[k]);
        expect_usage(line, "--emit-slurm: ");
    }
    expect_usage("deal.yaml --emit-slurm array=3 --shard 1/3", "--emit-slurm: not together with --shard");
    expect_usage("deal.yaml --emit-slurm array=3 --force", "--emit-slurm: not together with --force");
}

Test(cli_sweep, refuses_a_design_beside_a_table)
{
    expect_usage("deal.yaml --scenarios t.csv --vary a=1:2", "--vary: not together with --scenarios");
    expect_usage("deal.yaml --scenarios t.csv --design lhs", "--design: not together with --scenarios");
    expect_usage("deal.yaml --scenarios t.csv --points 5 --design-seed 3", "--points: not together with --scenarios");
    cr_expect_not_null(strstr(o.error, "--design-seed: not together with --scenarios"), "%s", o.error);
}

Test(cli_sweep, refuses_lines_that_are_none)
{
    expect_usage("", "sweep: want DEAL");
    expect_usage("a.yaml b.yaml", "'b.yaml' is one word too many");
    expect_usage("a.yaml --json", "unknown option '--json'");
    expect_usage("a.yaml --vary", "--vary: needs a value");
    expect_usage("a.yaml --points 5 --points 6", "--points: given twice");
    expect_usage("a.yaml --full=yes", "--full=yes: takes no value");
    expect_usage("a.yaml --des lhs", "unknown option '--des'"); /* --design or --design-seed */
}

Test(cli_sweep, tells_all_faulty_options_at_once)
{
    static const char *const names[] = {
        "--paths: ",    "--seed: ",   "--threads: ", "--samples: ", "--memory: ",      "--shard: ",
        "--max-time: ", "--output: ", "--points: ",  "--design: ",  "--design-seed: ", "--emit-slurm: "};
    expect_usage("deal.yaml -n 0 --seed x -t 0 --samples x --memory x --shard x --max-time x -o none --points x --design x "
                 "--design-seed x "
                 "--emit-slurm x",
                 "--paths: ");
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        cr_expect_not_null(strstr(o.error, names[k]), "%s: %s", names[k], o.error);
    const char *hint = strstr(o.error, "Try ");
    cr_expect(hint && !strstr(hint + 1, "Try "), "one hint: %s", o.error);
}

Test(cli_sweep, tells_faults_of_the_library_once)
{
    command_run(&o, PACTOLUS " sweep deal.yaml --vary no.such=1:2");
    cr_expect_eq(o.code, 3);
    cr_expect_str_eq(o.error, "--vary: error: no.such: unknown name\n");
    command_run(&o, PACTOLUS " sweep input.yaml");
    cr_expect_eq(o.code, 3);
    cr_expect_str_eq(o.error, "input.yaml:3:1: error: years: what\n");
    command_run(&o, PACTOLUS " sweep deal.yaml --set unknown=1");
    cr_expect_eq(o.code, 3);
    cr_expect_str_eq(o.error, "pactolus: error: unknown: no such name\n");
}

Test(cli_sweep, a_script_never_has_half_a_command)
{
    command_run(&o, "a=$(head -c 600 /dev/zero | tr '\\0' a); v=; for k in $(seq 150); do v=\"$v --vary $a$k=1:2\"; done; " PACTOLUS
                    " sweep deal.yaml $v --emit-slurm array=3");
    cr_expect_eq(o.code, 2, "%d", o.code);
    cr_expect_not_null(strstr(o.error, "--emit-slurm: the command is too long for a script"), "%s", o.error);
    cr_expect_str_empty(o.output);
}
