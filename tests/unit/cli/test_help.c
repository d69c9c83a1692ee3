#include "support/command.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(cli_help, .init = command_enter, .fini = command_leave);
static struct command_outcome o;
static const char *const pages[] = {"--help",        "-h",            "run --help",    "check -h",      "init --help",  "params --help",
                                    "info --help",   "export --help", "sweep --help",  "resume --help", "status -h",    "merge --help",
                                    "coalitions -h", "attribute -h", "drivers -h", "seek -h",  "calibrate -h",  "calibrate tariffs --help", "calibrate survival --help"};

Test(cli_help, fits_into_eighty_columns)
{
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        command_run(&o, PACTOLUS " %s", pages[k]);
        cr_expect_eq(o.code, 0);
        cr_expect_str_empty(o.error);
        for (char *line = strtok(o.output, "\n"); line; line = strtok(NULL, "\n")) {
            cr_expect_leq(strlen(line), 80, "%s: %s", pages[k], line);
            cr_expect(line[strlen(line) - 1] != ' ', "%s: blank at the end of '%s'", pages[k], line);
        }
    }
}

Test(cli_help, teaches_every_option_of_run_with_examples)
{
    static const char *const words[] = {"--scenarios TABLE.csv", "--set NAME=VALUE", "-n, --paths PATHS", "--seed SEED",
                                        "-t, --threads THREADS", "-o, --output OUT.h5", "--samples none|all|N",
                                        "--memory SIZE", "--trace PATH[,PATH]", "--trace-scenario NAME", "--json", "-q, --quiet", "--force", "-h, --help", "Examples:\n"};
    command_run(&o, PACTOLUS " run --help");
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) cr_expect_not_null(strstr(o.output, words[k]), "%s", words[k]);
}

Test(cli_help, teaches_every_option_of_export_with_examples)
{
    static const char *const words[] = {"-o, --output FILE.csv", "--force", "--wide", "--rows NAME[,NAME]", "--full",
                                        "--scenarios NAME[,NAME]", "Examples:\n"};
    command_run(&o, PACTOLUS " export --help");
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) cr_expect_not_null(strstr(o.output, words[k]), "%s", words[k]);
}

static void teaches(const char *command, const char *const *words, size_t count)
{
    command_run(&o, PACTOLUS " %s --help", command);
    cr_expect_eq(o.code, 0);
    for (size_t k = 0; k < count; k++) cr_expect_not_null(strstr(o.output, words[k]), "%s: no '%s'", command, words[k]);
}

/* By name and value, each once in the list of options; that no other is there is seen by their number. */
Test(cli_help, teaches_every_option_of_sweep_with_examples)
{
    static const char *const words[] = {
        "\n      --vary NAME=VALUES",    "\n      --design grid|random|lhs|sobol", "\n      --points POINTS",     "\n      --design-seed SEED",
        "\n      --scenarios TABLE.csv", "\n      --write-design FILE.csv",        "\n      --read-outputs FILE", "\n      --set NAME=VALUE",
        "\n  -n, --paths PATHS",         "\n      --seed SEED",                    "\n  -t, --threads THREADS",   "\n  -o, --output OUT.h5",
        "\n      --full",                "\n      --samples none|all|N",           "\n      --memory SIZE",       "\n      --shard I/N",
        "\n      --max-time SECONDS",    "\n      --retry-failed",                 "\n      --dry-run",           "\n      --emit-slurm array=N|mpi=N",
        "\n  -q, --quiet",               "\n      --force",                        "\n  -h, --help",              "Examples:\n  pactolus sweep ",
        "--shard 3/20",                  "mpirun -n 4 pactolus sweep",             "pactolus resume OUT.h5",      "Exit codes: 0 done; 2 "};
    size_t listed = 0;
    teaches("sweep", words, sizeof words / sizeof *words);
    for (const char *at = o.output; (at = strchr(at, '\n')); at++) listed += !strncmp(at, "\n      --", 9) || !strncmp(at, "\n  -", 4);
    cr_expect_eq(listed, 23 + 1, "an option that is not taught here, %zu", listed); /* and the second line of an example */
}

Test(cli_help, teaches_every_option_of_coalitions_with_examples)
{
    static const char *const words[] = {"\n      --set NAME=VALUE", "\n  -n, --paths PATHS", "\n      --seed SEED", "\n  -t, --threads THREADS",
                                        "\n  -o, --output OUT.h5", "\n      --memory SIZE", "\n      --json", "\n  -q, --quiet", "\n      --force",
                                        "contract.needed.NAME", "venture.size_rule", "Exit codes: ", "Examples:\n  pactolus coalitions deal.yaml\n"};
    teaches("coalitions", words, sizeof words / sizeof *words);
}

Test(cli_help, teaches_what_comes_behind_a_sweep)
{
    static const char *const merge[] = {"Usage: pactolus merge OUT.h5 [PARTS]...", "\n      --partial", "\n      --force", "\n  -q, --quiet",
                                        "Exit codes: ", "Examples:\n  pactolus merge out.h5\n"};
    static const char *const status[] = {"Usage: pactolus status OUT.h5", "\n      --json", "Examples:\n  pactolus status out.h5\n"};
    static const char *const resume[] = {"Usage: pactolus resume OUT.h5", "exit code 6", "--retry-failed", "--force",
                                         "Examples:\n  pactolus resume out.h5\n"};
    teaches("merge", merge, sizeof merge / sizeof *merge);
    teaches("status", status, sizeof status / sizeof *status);
    teaches("resume", resume, sizeof resume / sizeof *resume);
}

Test(cli_help, teaches_every_option_of_the_calibrations)
{
    static const char *const series[] = {"Usage: pactolus calibrate SERIES...", "\n      --as NAME", "\n      --column COLUMN", "\n      --invert NAME", "\n      --from DATE", "\n      --to DATE",
                                         "\n      --annual", "\n      --averaged", "\n      --frequency WORD", "\n      --model MODEL", "\n      --growth RATE", "\n      --uncorrected",
                                         "\n  -o, --output FILE", "\n      --force", "\n      --json", "Exit codes: ", "Examples:\n  pactolus calibrate "};
    static const char *const tariffs[] = {"Usage: pactolus calibrate tariffs SCHEDULE", "\n      --as NAME", "\n      --importer WORD", "\n      --origin WORD", "\n      --product WORD",
                                          "\n      --regimes LIST", "\n      --from DATE", "\n      --to DATE", "\n  -o, --output FILE", "\n      --json", "Example:\n  pactolus calibrate tariffs "};
    static const char *const survival[] = {"Usage: pactolus calibrate survival DEAL", "\n      --median YEARS", "\n      --shape SHAPE", "\n      --years YEARS", "\n      --set NAME=VALUE", "\n  -n, --paths PATHS",
                                           "\n      --seed SEED", "\n  -t, --threads THREADS", "\n  -o, --output FILE", "\n      --json", "Examples:\n  pactolus calibrate survival "};
    teaches("calibrate", series, sizeof series / sizeof *series);
    teaches("calibrate tariffs", tariffs, sizeof tariffs / sizeof *tariffs);
    teaches("calibrate survival", survival, sizeof survival / sizeof *survival);
}

Test(cli_help, teaches_attribution)
{
    static const char *const words[] = {"Usage: pactolus attribute DEAL", "\n      --switches NAME[,NAME]", "\n      --scenarios TABLE.csv",
                                        "\n      --set NAME=VALUE", "\n  -n, --paths PATHS", "\n      --seed SEED", "\n  -t, --threads THREADS",
                                        "\n  -o, --output OUT.h5", "\n      --memory SIZE", "\n      --json", "\n  -q, --quiet", "\n      --force",
                                        "  strengths ", "  pooling ", "  exit ", "Exit codes: ", "Examples:\n  pactolus attribute deal.yaml\n"};
    teaches("attribute", words, sizeof words / sizeof *words);
}

Test(cli_help, teaches_drivers)
{
    static const char *const words[] = {"Usage: pactolus drivers DEAL", "\n      --scenarios TABLE.csv", "\n      --set NAME=VALUE",
                                        "\n  -n, --paths PATHS", "\n      --seed SEED", "\n  -t, --threads THREADS", "\n  -o, --output OUT.h5",
                                        "\n      --memory SIZE", "\n      --json", "\n  -q, --quiet", "\n      --force", "Exit codes: ",
                                        "Examples:\n  pactolus drivers deal.yaml\n"};
    teaches("drivers", words, sizeof words / sizeof *words);
}

Test(cli_help, teaches_seek)
{
    static const char *const words[] = {"Usage: pactolus seek DEAL", "\n      --vary NAME=LOW:HIGH", "\n      --want CELL=WANTED", "\n      --set NAME=VALUE",
                                        "\n  -n, --paths PATHS", "\n      --seed SEED", "\n  -t, --threads THREADS", "\n  -o, --output OUT.h5",
                                        "\n      --memory SIZE", "\n      --json", "\n  -q, --quiet", "\n      --force", "Exit codes: ",
                                        "Examples:\n  pactolus seek deal.yaml --vary"};
    teaches("seek", words, sizeof words / sizeof *words);
}

Test(cli_help, lists_every_command)
{
    static const char *const words[] = {"run DEAL [DEAL]...", "coalitions DEAL", "attribute DEAL", "drivers DEAL", "seek DEAL", "check DEAL", "init", "params [FILTER]", "info RESULT", "export RESULT",
                                        "--version", "sweep DEAL", "resume OUT.h5", "status OUT.h5", "merge OUT.h5 [PARTS]...",
                                        "calibrate SERIES...", "calibrate tariffs SCHEDULE", "calibrate survival DEAL"};
    command_run(&o, PACTOLUS " --help");
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) cr_expect_not_null(strstr(o.output, words[k]), "%s", words[k]);
}

Test(cli_help, is_given_even_beside_missing_operands)
{
    command_run(&o, PACTOLUS " run --seed 5 --help");
    cr_expect_eq(o.code, 0);
    cr_expect_eq(strncmp(o.output, "Usage: pactolus run DEAL", 24), 0);
}
