/* Rows 77 to 79 and 84 to 86 of the hostile inputs. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(cli_number, .init = command_enter, .fini = command_leave);
static struct command_outcome o;

static void expect(const char *environment, const char *option, int code, const char *words)
{
    command_run(&o, "unset OMP_NUM_THREADS SLURM_CPUS_PER_TASK; %s " PACTOLUS " run d.yaml -o none --json %s", environment, option);
    const char *text = code ? o.error : o.output;
    cr_expect_eq(o.code, code, "'%s %s' ended with %d", environment, option, o.code);
    cr_expect_not_null(strstr(text, words), "'%s %s' said %s", environment, option, text);
}

Test(cli_number, reads_counts_sizes_and_seeds)
{
    expect("", "-n 1", 0, "paths=1 ");
    expect("", "-n 1e12", 0, "paths=1000000000000 ");
    expect("", "-n 0001", 0, "paths=1 ");
    expect("", "--seed 0", 0, "seed=0 ");
    expect("", "--memory 3T", 0, "memory=3298534883328 ");
    expect("", "--memory 4096K", 0, "memory=4194304 ");
    expect("", "--memory 1048576", 0, "memory=1048576 ");
    expect("", "--samples none", 0, "samples=0 ");
    expect("", "--samples 1e3", 0, "samples=1000 ");
}

Test(cli_number, reads_counts_sizes_and_seeds_errors)
{
    static const char *const wrong[] = {"-n 0",       "-n -1",         "-n 1.5",        "-n 1e13",       "-n 1e",
                                        "-n 1e99",    "-n 0x10",       "-n ' 1'",       "-n 1e+3",       "-n 18446744073709551616",
                                        "-n +5",      "-n 5,000",      "-n nan",        "--seed 0x10",   "--seed ' 1'",
                                        "--seed 1.0", "--seed 1e6",    "--seed -1",     "--seed 18446744073709551616",
                                        "--memory 0", "--memory 1",    "--memory 2GB",  "--memory G",    "--memory 99999999999T",
                                        "--memory -2G", "--memory 1.5G", "--samples some", "--samples -1", "--samples 1.5",
                                        "--samples 1152921504606846976e4" /* 0 modulo 2^64 */};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) expect("", wrong[k], 2, "pactolus: error: --");
    expect("", "--seed 0x10", 2, "got '0x10', want 0 to 18446744073709551615");
}

Test(cli_number, takes_threads_from_option_openmp_slurm_then_processors)
{
    expect("OMP_NUM_THREADS=5 SLURM_CPUS_PER_TASK=6", "-t 4", 0, "threads=4 ");
    expect("OMP_NUM_THREADS=5 SLURM_CPUS_PER_TASK=6", "", 0, "threads=5 ");
    expect("SLURM_CPUS_PER_TASK=6", "", 0, "threads=6 ");
    expect("taskset -c 0", "", 0, "threads=1 ");
    expect("OMP_NUM_THREADS=4,2", "", 0, "threads=4 ");
    expect("OMP_NUM_THREADS=' 3 '", "", 0, "threads=3 ");
    expect("OMP_NUM_THREADS=' 3 , 2'", "", 0, "threads=3 ");
    expect("OMP_NUM_THREADS=bad", "-t 4", 0, "threads=4 ");
}

Test(cli_number, takes_threads_errors)
{
    static const char *const wrong[] = {"0", "-1", "abc", "1e3", "4x", "99999999999999999999", "''", "100000", "1025", "3.5", "0x4"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        char text[64];
        snprintf(text, sizeof text, "-t %s", wrong[k]);
        expect("", text, 2, "pactolus: error: --threads: ");
        snprintf(text, sizeof text, "OMP_NUM_THREADS=%s", wrong[k]);
        expect(text, "", 2, "pactolus: error: OMP_NUM_THREADS: ");
        snprintf(text, sizeof text, "SLURM_CPUS_PER_TASK=%s", wrong[k]);
        expect(text, "", 2, "pactolus: error: SLURM_CPUS_PER_TASK: ");
    }
    expect("OMP_NUM_THREADS=2147483648", "", 2, "OMP_NUM_THREADS: ");
    expect("OMP_NUM_THREADS=100000000000000000000", "", 2, "OMP_NUM_THREADS: ");
    expect("OMP_NUM_THREADS='4 x'", "", 2, "OMP_NUM_THREADS: ");
}
