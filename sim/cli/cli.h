/* cli/cli.h - the command line: what the commands share. It stands on include/pactolus.h and on nothing else of ours.
   A command is a row (name, operands, options, help, function); parsing, --help and usage errors are loops over the rows.
   Functions that can fail return a status of pactolus.h and have said why on standard error. */
#ifndef PACTOLUS_CLI_CLI_H
#define PACTOLUS_CLI_CLI_H
#include "pactolus.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { CLI_OPTIONS = 32 }; /* options of one command at most */

enum cli_option_kind { CLI_FLAG, CLI_ONCE, CLI_MANY }; /* takes no value; one value, given once; may be repeated */

struct cli_option {
    const char *name; /* "threads"; NULL ends the list */
    char letter;      /* 't'; 0: none */
    enum cli_option_kind kind;
    const char *value;    /* "THREADS" in the help; NULL for a flag */
    const char *sentence; /* help */
};

struct cli_arguments;
struct cli_command {
    const char *name, *operands, *sentence;
    int least, most;                  /* operands */
    const struct cli_option *options; /* a --help is understood by all and not listed */
    const char *notes;                /* help after the options, lines of at most 80 columns */
    int (*run)(const struct cli_arguments *arguments);
};

/* A command line taken apart. All texts are those of argv. */
struct cli_arguments {
    const struct cli_command *command;
    const char *value[CLI_OPTIONS]; /* by option: NULL not given, "" a flag that is */
    const char **many;              /* values of all CLI_MANY options, in order */
    int *many_option;               /* of each, which option */
    int many_count;
    char **operand;
    int operands, help;
    char **words; /* argv in the order that getopt makes of it */
    int argc;     /* the whole line, for the provenance of results */
    char **argv;
};

/* ---- command.c: taking a command line apart ---- */
/* argv[0] is the program, argv[1] the command. `free` is legal after a failed `init`. */
int cli_command_init(struct cli_arguments *arguments, const struct cli_command *command, int argc, char **argv);
void cli_command_free(struct cli_arguments *arguments);
/* Value of the option called `name`; NULL if it was not given. */
const char *cli_command_value(const struct cli_arguments *arguments, const char *name);
/* The next value of a CLI_MANY option from *at on (0 before the first call); NULL after the last. */
const char *cli_command_next(const struct cli_arguments *arguments, const char *name, int *at);
/* The command line as one shell word after another; NULL without memory, else to be freed. */
char *cli_command_line(const struct cli_arguments *arguments);

/* ---- number.c: numbers as the command line writes them ---- */
/* Whole number of plain digits in [low, high]; `name` is the option or variable for the message. */
int cli_number_digits(const char *name, const char *text, uint64_t low, uint64_t high, uint64_t *number);
/* The same, also written 1e6. */
int cli_number_count(const char *name, const char *text, uint64_t low, uint64_t high, uint64_t *number);
/* Bytes: digits with K, M, G or T (powers of 1024) or nothing behind. */
int cli_number_size(const char *name, const char *text, uint64_t *bytes);
/* none, all or a count. */
int cli_number_samples(const char *name, const char *text, uint64_t *samples);
/* --threads (NULL: not given), else OMP_NUM_THREADS, else SLURM_CPUS_PER_TASK, else the processors that the process may use. */
int cli_number_threads(const char *option, int *threads);

/* ---- print.c: standard output and standard error ---- */
/* The status of a standard output whose reader has left (`| head`): no message, exit code 128 + SIGPIPE. */
enum { CLI_READER_LEFT = -(128 + SIGPIPE) };
/* At once, so that a full device is known here. */
int cli_print_text(const char *text);
int cli_print_bytes(const char *text, size_t size);
/* Writes out what stands in the buffer and closes it. */
int cli_print_finish(void);
/* `pactolus: error: NAME: what`; returns PACTOLUS_USAGE, or PACTOLUS_FILE. */
int cli_print_usage(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));
int cli_print_file_error(const char *name, int code);
/* Says that memory ran out; returns PACTOLUS_MEMORY. */
int cli_print_memory(void);
void cli_print_hint(const struct cli_command *command);
void cli_print_messages(const struct pactolus_messages *messages);
/* A note for people on standard error. */
void cli_print_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- help.c ---- */
void cli_help_program(const struct cli_command *const *commands); /* ends with NULL */
void cli_help_command(const struct cli_command *command);

/* ---- process.c: what the process inherits, and signals ---- */
/* Descriptors 0 to 2 exist, SIGPIPE and SIGXFSZ are errors of a write instead of the end. Before anything else. */
void cli_process_init(void);
/* From here on SIGINT, SIGTERM, SIGHUP and SIGUSR1 (a batch system's warning) are only noted, the first time; a second one ends the process at once. */
void cli_process_watch(void);
/* The signal noted; 0: none. */
int cli_process_signal(void);

/* ---- progress.c: a line on standard error that tells how far a run is, only on a terminal ---- */
struct cli_progress {
    int shown;               /* nonzero: on a terminal */
    int width;               /* columns */
    double start, last;      /* seconds of a clock that only goes forward */
    uint64_t paths;          /* done when last told */
    int quiet, told;         /* told: a sweep has been told of */
    uint64_t before, tenth;  /* of a sweep: points done when it began; tenths told in a log */
};
void cli_progress_init(struct cli_progress *progress, int quiet);
/* A pactolus_progress_function: draws, and asks to stop after a signal. `context` is a struct cli_progress. */
int cli_progress_tell(void *context, const struct pactolus_progress *state);
/* A pactolus_sweep_function: the same for points; where standard error is no terminal (a batch job) a line is left at each tenth
   and each minute. */
int cli_progress_sweep(void *context, const struct pactolus_sweep_progress *state);
/* Takes the line away; seconds since init. */
double cli_progress_finish(struct cli_progress *progress);
/* Writes the line for `seconds` of work into at most `size` bytes (for tests and cli_progress_tell). */
void cli_progress_line(char *line, size_t size, int width, const struct pactolus_progress *state, double seconds);

/* ---- deal.c: what run, sweep, check and a trace share ---- */
/* Loads the deal, applies --set and --scenarios; all messages are on standard error. */
int cli_deal_load(const struct cli_arguments *arguments, struct pactolus_messages *messages, struct pactolus_deal **deal);
/* The result where none is named: NAME.h5 in the current folder, NAME that of the deal file, or of its folder where the file is
   called deal.yaml (all the shipped ones are). */
enum { CLI_PATH = 256 };
void cli_deal_output(const char *deal, char output[CLI_PATH]);
/* The scenario called `name`, which `option` gives. */
int cli_deal_scenario(const char *option, struct pactolus_deal *deal, const char *name, size_t *index);

/* ---- result.c ---- */
/* Reads --paths, --seed, --memory, --threads, --force and --output (none: no file) over the defaults in `out`. All faulty ones are told;
   nonzero if there is one. */
int cli_result_options(const struct cli_arguments *arguments, struct pactolus_run_options *out);
/* The way of a command on one deal: loads it, lets `study` run with `wanted`, the options of the command, of which `run` are a part, and
   prints what was said. Returns the exit code. */
typedef int cli_study(const struct cli_arguments *arguments, const void *wanted, struct pactolus_deal *deal,
                      struct pactolus_messages *messages);
int cli_result_study(const struct cli_arguments *arguments, struct pactolus_run_options *run, cli_study *study, const void *wanted);
/* Tells how long it took and where the file is. */
void cli_result_note(const struct pactolus_run_options *run, const struct cli_progress *progress, double seconds);
/* The end of a command that has a result: prints it, for people or with --json for programs, tells how long it took and where the file is,
   or that it was stopped, and destroys it (NULL: none). Returns the exit code. */
int cli_result_end(const struct cli_arguments *arguments, const struct pactolus_run_options *run, struct cli_progress *progress, int status,
                   struct pactolus_result *result, struct pactolus_messages *messages);

/* ---- portfolio.c: a run of several deals ---- */
int cli_portfolio_check(const struct cli_arguments *arguments);
/* Without --output no file is left. */
int cli_portfolio_run(const struct cli_arguments *arguments, const struct pactolus_run_options *wanted);

/* ---- design.c: a deal with the scenarios of a sweep ---- */
/* Tells all that is wrong with --design, --points and --design-seed, and what must not stand beside --scenarios. */
int cli_design_check(const struct cli_arguments *arguments);
/* For options that have been checked: loads the deal as cli_deal_load does; without --scenarios its points are made from --vary, --design, --points and --design-seed
   (`seed`: where none is given) and the deal's section `sweep:`. */
int cli_design_load(const struct cli_arguments *arguments, uint64_t seed, struct pactolus_messages *messages,
                    struct pactolus_deal **deal);

/* ---- file.c ---- */
/* Makes a file that must not exist yet; after a failure it does not. */
int cli_file_write(const char *path, const char *text);

/* ---- trace.c: single paths told instead of a run ---- */
struct cli_trace {
    size_t count; /* 0: a run */
    uint64_t path[PACTOLUS_TRACES_MOST];
};
/* Reads --trace and what must not stand beside it. */
int cli_trace_options(const struct cli_arguments *arguments, struct cli_trace *trace);
int cli_trace_print(const struct cli_arguments *arguments, const struct cli_trace *trace, uint64_t seed, struct pactolus_deal *deal,
                    struct pactolus_messages *messages);

/* ---- slurm.c: a job script instead of a sweep ---- */
struct cli_slurm {
    enum pactolus_job kind;
    int tasks;
};
/* Reads --emit-slurm, where it is given, and what must not stand beside it. */
int cli_slurm_read(const struct cli_arguments *arguments, struct cli_slurm *job);
int cli_slurm_print(const struct cli_arguments *arguments, const struct pactolus_sweep_options *wanted, struct pactolus_deal *deal,
                    struct pactolus_messages *messages);

/* ---- sweep_options.c, sweep.c: what sweep and merge share ---- */
/* The option that asks for something else than to run the points; NULL: none. */
const char *cli_sweep_alone(const struct cli_arguments *arguments);
/* The options of a line of `sweep`, those of a design and a job script checked; `path` is used where it names no output. */
int cli_sweep_options(const struct cli_arguments *arguments, char path[CLI_PATH], struct pactolus_sweep_options *out);
/* Tells what came of it, on standard error. */
void cli_sweep_close(const struct pactolus_sweep_options *options, const struct pactolus_sweep_outcome *outcome, int status);

/* ---- ranks.c: a command run by all ranks of an MPI launch ---- */
struct cli_ranks {
    struct pactolus_ranks *ranks;
    int rank;            /* 0 by itself */
    int settled, speaks; /* a status has been agreed on that is not 0; this rank has met it */
    FILE *kept;          /* what a rank above 0 has said so far */
    int error;           /* standard error as it was, -1: is */
};
/* From here on ranks above 0 are silent. */
int cli_ranks_join(struct cli_ranks *ranks);
/* Called by all: the status of the lowest rank that has failed. */
int cli_ranks_agree(struct cli_ranks *ranks, int status);
/* Called by all, last; legal after a failed join. Tells what a rank above 0 said if only it has failed. */
void cli_ranks_leave(struct cli_ranks *ranks, int status);

/* ---- calibrate.c: what the three calibrations share ---- */
/* --force without --output is refused; the text and, where no file took it, the fragment to standard output. */
int cli_calibrate_check(const struct cli_arguments *arguments);
int cli_calibrate_print(const struct cli_arguments *arguments, const char *text, const char *fragment);
/* A decimal number of the whole of `text`; `name` is the option. */
int cli_calibrate_number(const char *name, const char *text, double *number);

/* ---- main.c ---- */
/* Runs a whole command line; argv[1] is the command. */
int cli_main_run(int argc, char **argv);

/* ---- the commands, one file each ---- */
extern const struct cli_command cli_sweep_command, cli_merge_command, cli_resume_command, cli_status_command;
extern const struct cli_command cli_run_command, cli_check_command, cli_init_command, cli_params_command, cli_info_command;
extern const struct cli_command cli_export_command, cli_coalitions_command, cli_attribute_command, cli_drivers_command, cli_seek_command;
extern const struct cli_command cli_calibrate_command, cli_calibrate_tariffs_command, cli_calibrate_survival_command;
int cli_version_print(void);
#endif
