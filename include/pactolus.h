/* pactolus.h - the library: load a deal, set a name, run, read a result row by name, free.

   Pactolus simulates partnerships of automakers: a deal file in, distributions of the value that each partner captures
   over going alone out. docs/embedding.md shows a whole program; docs/parameters.md lists the names of a deal file,
   docs/results.md the rows of a result, docs/errors.md the statuses.

   Errors. Every function that can fail returns an int: PACTOLUS_OK or a negative `enum pactolus_status`. What went wrong is
   added, as whole sentences, to the `struct pactolus_messages` that the caller passes (NULL: the sentences are dropped).
   On failure output arguments are NULL (handles, texts) or untouched (the rest). The library never prints and never ends
   the process. (A compiler's OpenMP runtime may: it warns on standard error when OMP_NUM_THREADS cannot be read.)

   Ownership. `create` and `load` and `run` give a handle that the caller gives back to the matching `destroy`; `destroy` of
   NULL does nothing. A `char **text` is given back to pactolus_text_free. A `const char *` or `const double *` belongs to
   the handle that it came from and lives as long as it does.

   Threads. One handle, one thread at a time; different handles are independent, once one call has returned.

   Locale. Numbers are read and written with a point: keep LC_NUMERIC at "C" (a program that never calls setlocale does). */
#ifndef PACTOLUS_H
#define PACTOLUS_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PACTOLUS_API __attribute__((visibility("default")))

/* ---- Status --------------------------------------------------------------------------------------------------------- */

enum pactolus_status {
    PACTOLUS_OK = 0,
    PACTOLUS_USAGE = -2,     /* an option or the environment is not usable */
    PACTOLUS_INPUT = -3,     /* content of a deal file, table or value */
    PACTOLUS_FILE = -4,      /* a file or device: unreadable, exists, full, locked */
    PACTOLUS_MEMORY = -5,    /* out of memory, or beyond a documented bound */
    PACTOLUS_REFUSED = -6,   /* a result file is damaged, of another program, or newer */
    PACTOLUS_NONFINITE = -7, /* a result is not a finite number */
    PACTOLUS_PARTIAL = -8,   /* done in part */
    PACTOLUS_STOPPED = -9,   /* the caller's progress function asked to stop; nothing was written */
    PACTOLUS_INTERNAL = -70  /* a fault of the library: please report it */
};

/* One sentence for a status; never NULL, not to be freed. */
PACTOLUS_API const char *pactolus_status_text(int status);

/* Messages in the order in which they arose, errors and warnings alike, each one line without its end:
   `FILE:LINE:COL: error: NAME: what, got 'X', want Y`, or `pactolus: error: ...` where there is no file. At most 20 are
   kept; the others are counted. */
struct pactolus_messages;
PACTOLUS_API int pactolus_messages_create(struct pactolus_messages **messages);
PACTOLUS_API void pactolus_messages_destroy(struct pactolus_messages *messages);
/* Forgets all messages. */
PACTOLUS_API void pactolus_messages_clear(struct pactolus_messages *messages);
/* Number of messages kept, and of those seen in all. */
PACTOLUS_API size_t pactolus_messages_count(const struct pactolus_messages *messages);
PACTOLUS_API size_t pactolus_messages_seen(const struct pactolus_messages *messages);
/* Message `index`; NULL from the count on. */
PACTOLUS_API const char *pactolus_messages_text(const struct pactolus_messages *messages, size_t index);

/* ---- Texts ---------------------------------------------------------------------------------------------------------- */

PACTOLUS_API void pactolus_text_free(char *text);
/* "0.1.0"; never NULL, not to be freed. */
PACTOLUS_API const char *pactolus_version(void);
/* Several lines: version, source revision, compiler and its flags, libraries with versions, the instruction level that a
   run would use on this machine (PACTOLUS_USAGE where PACTOLUS_ISA asks for one that does not exist here). */
PACTOLUS_API int pactolus_build_text(struct pactolus_messages *messages, char **text);
/* `text` fit for a message: control characters and bytes beyond ASCII as escapes, at most 64 bytes, "..." where cut.
   Returns `escaped`. */
enum { PACTOLUS_ESCAPED = 80 };
PACTOLUS_API const char *pactolus_text_escape(char escaped[PACTOLUS_ESCAPED], const char *text);

/* ---- Parameters ------------------------------------------------------------------------------------------------------ */

enum pactolus_format { PACTOLUS_TEXT, PACTOLUS_MARKDOWN, PACTOLUS_JSON };
/* The reference of all names that a deal file may hold: unit, range, neutral default, one sentence. `filter` keeps the
   names that contain it, and behind them those of which only the sentence does (NULL or "": all); PACTOLUS_USAGE if none does. */
PACTOLUS_API int pactolus_parameters(enum pactolus_format format, const char *filter, struct pactolus_messages *messages,
                                     char **text);

/* A commented deal file to start from: a small one of two partners (`like` NULL), or the shipped deal of that name.
   PACTOLUS_USAGE, with the names there are, for an unknown one. Shipped deals are looked for in the folder that the
   environment variable PACTOLUS_DATA names, in share/pactolus/scenarios beside the library, and in the source tree. */
PACTOLUS_API int pactolus_deal_template(const char *like, struct pactolus_messages *messages, char **text);
/* Name and text of the index-th file that the shipped deal includes, itself or through another one: they belong beside it. NULL
   past the last, and without `like`. */
PACTOLUS_API int pactolus_deal_template_include(const char *like, size_t index, struct pactolus_messages *messages, char **name,
                                                char **text);

/* ---- A deal ---------------------------------------------------------------------------------------------------------- */

struct pactolus_deal;
/* Reads a deal file (YAML; docs/parameters.md) with what it includes. All errors of the file are reported at once. */
PACTOLUS_API int pactolus_deal_load(const char *path, struct pactolus_messages *messages, struct pactolus_deal **deal);
PACTOLUS_API void pactolus_deal_destroy(struct pactolus_deal *deal);
/* Gives `name` (dotted, "contract.joint_profit") the `value`, written as in a deal file ("0.5", "uniform(0.3, 0.6)"). A later
   set of the same name replaces an earlier one. PACTOLUS_INPUT for an unknown name, a value that cannot be read or is out of
   range; PACTOLUS_USAGE for a name that is a column of the scenario table. Values that contradict each other are found by
   pactolus_deal_check and pactolus_run, so that several can be set one after the other. */
PACTOLUS_API int pactolus_deal_set(struct pactolus_deal *deal, const char *name, const char *value,
                                   struct pactolus_messages *messages);
/* Reads a scenario table (CSV): a row is a scenario; the columns are dotted names, `scenario` and, if wanted, `weight`. It
   replaces a table read before. */
PACTOLUS_API int pactolus_deal_load_scenarios(struct pactolus_deal *deal, const char *path,
                                              struct pactolus_messages *messages);
/* Makes the scenarios instead: a design over what varies (docs/sweeps.md), as a scenario table. */
struct pactolus_design_options {
    const char *const *vary; /* "NAME=VALUES", VALUES as LOW:HIGH, LOW:HIGH:COUNT, [a, b] or a distribution */
    size_t vary_count;       /* 0 (default): what the deal's section `sweep:` varies */
    const char *design;      /* "grid", "random", "lhs" or "sobol"; NULL (default): the section's, else a grid if all that varies is
                                listed, else lhs */
    uint64_t points;         /* 0 (default): the section's, else 100 (128 of sobol); a grid has as many as it has */
    uint64_t seed;           /* of the design, where the section has none or has_seed is set; default 1 */
    int has_seed;
};
PACTOLUS_API void pactolus_design_options_init(struct pactolus_design_options *options);
/* Replaces a table read before. PACTOLUS_USAGE if nothing varies; PACTOLUS_INPUT, with all faults, for unknown or structural names,
   values that cannot be read, a range where a grid needs values; PACTOLUS_MEMORY beyond 10,000,000 points. */
PACTOLUS_API int pactolus_deal_design(struct pactolus_deal *deal, const struct pactolus_design_options *options,
                                      struct pactolus_messages *messages);
/* The scenario table as text (CSV), read or made; NULL: none. Lives until the deal gets another one. */
PACTOLUS_API const char *pactolus_deal_table(const struct pactolus_deal *deal);
/* Checks every scenario in full, as pactolus_run does before it starts, and the section `sweep:`. */
PACTOLUS_API int pactolus_deal_check(struct pactolus_deal *deal, struct pactolus_messages *messages);
/* Number and names of the scenarios; without a table one, "base". NULL from the number on. A name lives until the next one
   is asked for. */
PACTOLUS_API size_t pactolus_deal_scenarios(const struct pactolus_deal *deal);
PACTOLUS_API const char *pactolus_deal_scenario(struct pactolus_deal *deal, size_t index);
/* A few lines for people: partners, regions, horizon, what is planned, what is uncertain, scenarios. Errors are told, warnings by
   pactolus_deal_check. */
PACTOLUS_API int pactolus_deal_describe(struct pactolus_deal *deal, struct pactolus_messages *messages, char **text);
/* The canonical text of a scenario: all names in order, digits that read back to the same number, and where each value came
   from. Equal texts are equal deals. */
PACTOLUS_API int pactolus_deal_echo(struct pactolus_deal *deal, size_t scenario, struct pactolus_messages *messages,
                                    char **text);

/* ---- A run ----------------------------------------------------------------------------------------------------------- */

#define PACTOLUS_ALL UINT64_MAX
enum { PACTOLUS_THREADS_MOST = 1024 };
#define PACTOLUS_PATHS_MOST UINT64_C(1000000000000)

struct pactolus_run_options {
    uint64_t paths;     /* simulated paths of each scenario, 1 to PACTOLUS_PATHS_MOST; default 100,000 */
    uint64_t seed;      /* any; default 1. Equal seeds give equal bits, whatever the threads and the machine */
    uint64_t samples;   /* paths whose outcomes are stored one by one in the file; 0 none, PACTOLUS_ALL; default 0 */
    uint64_t memory;    /* bytes that samples may take before quantiles are taken from bins; default 2 GiB */
    int threads;        /* 1 to PACTOLUS_THREADS_MOST; 0 (default): as many as the process has processors */
    const char *output; /* HDF5 file that the run leaves (docs/results.md); NULL (default): none */
    int force;          /* nonzero: `output` may replace an existing file */
    const char *command; /* the command line, for the provenance of the file; NULL (default): none */
};
/* Fills in the defaults. Call it first, so that options added later keep their defaults. */
PACTOLUS_API void pactolus_run_options_init(struct pactolus_run_options *options);

/* How far a run is: paths over all scenarios, and the scenario under way. */
struct pactolus_progress {
    uint64_t paths_done, paths_all;
    size_t scenario, scenarios;
    const char *scenario_name;
};
/* Called some times a second, by one thread at a time, not always the one that called pactolus_run; nonzero asks to stop. */
typedef int pactolus_progress_function(void *context, const struct pactolus_progress *progress);

/* Runs every scenario of the deal. `options` NULL: the defaults; `progress` NULL: none. A file of options->output appears
   only when all of it is on the disk; after any failure an earlier file of that name is as it was. The result does not
   need the deal any more. PACTOLUS_STOPPED if `progress` asked to. */
struct pactolus_result;
PACTOLUS_API int pactolus_run(struct pactolus_deal *deal, const struct pactolus_run_options *options,
                              pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                              struct pactolus_result **result);
PACTOLUS_API void pactolus_result_destroy(struct pactolus_result *result);

/* Several deals on the same market (docs/model.md, 8.6): the same seed gives what has the same name in their `market:` the same path,
   while all other chance is a deal's own, by its title. The first scenario of the result, "portfolio", is what each owner captures in
   all deals, added path by path; the others are the deals, called `names`. Partners of one name are one owner. Rows beside those of
   captured: captured_sd_sum, captured_cvar_sum, captured_cvar_gain, diversification, correlation (docs/results.md). PACTOLUS_INPUT
   where the deals cannot be added (currency, start, steps_per_year), PACTOLUS_USAGE for a deal with a scenario table. */
enum { PACTOLUS_DEALS_MOST = 32 };
PACTOLUS_API int pactolus_portfolio(struct pactolus_deal *const *deals, const char *const *names, size_t count,
                                    const struct pactolus_run_options *options, pactolus_progress_function *progress, void *context,
                                    struct pactolus_messages *messages, struct pactolus_result **result);

/* Where the value captured comes from by cause (docs/model.md, 8.5): each mechanism of the deal is switched off in turn, in every set
   of them, on the same paths with decisions made anew; it gets what it adds on average over all orders. The result has the rows
   attribution_mean and attribution_standard_error by partner and bar, captured_mean, to which the bars add bit for bit, and the same
   of the joint surplus (docs/results.md). 2^n runs for n switches. */
struct pactolus_attribution_options {
    struct pactolus_run_options run;  /* paths 10,000 by default; samples is not looked at */
    const char *const *switches;      /* "strengths", "pooling", "capital", "trade", "friction", "renegotiation", "exit"; NULL (default):
                                         those that the deal uses in some scenario */
    size_t switches_count;
};
/* Fills in the defaults. Call it first, so that options added later keep their defaults. */
PACTOLUS_API void pactolus_attribution_options_init(struct pactolus_attribution_options *options);
/* As pactolus_run; PACTOLUS_USAGE for a switch that there is not. */
PACTOLUS_API int pactolus_attribute(struct pactolus_deal *deal, const struct pactolus_attribution_options *options,
                                    pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                                    struct pactolus_result **result);

/* What the value captured hangs on (docs/model.md, 8.7): for each number that chance brings from outside (a drawn number of the deal, a
   level of the market over the years, time in a regime, repeal, crisis, entrant, gate, event) the mean of the value where it is in
   its lowest and in its highest fifth, and the share of the value's variance that it tells by itself. The result has the rows low,
   high, explained by partner and driver, each with _standard_error, the same of the joint surplus, driver_low and driver_high
   (docs/results.md). options->samples and weights of a table are not looked at. As pactolus_run; PACTOLUS_INPUT for a deal in which
   nothing is left to chance, PACTOLUS_MEMORY where the numbers of all paths do not fit options->memory. */
PACTOLUS_API int pactolus_drivers(struct pactolus_deal *deal, const struct pactolus_run_options *options,
                                  pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                                  struct pactolus_result **result);

/* The value of one number at which a row of the result is what is wanted (docs/model.md, 8.8): the deal is run again and again on the
   same paths, between two ends. `vary`: "NAME=LOW:HIGH". `want`: "ROW.LABEL=NUMBER" or "ROW.LABEL=ROW.LABEL", labels by the row's
   dimensions: "captured_loss_probability.beta=0.05", "captured_mean.alpha=captured_mean.beta", "captured_quantile.beta.0.1=0". The
   deal keeps what was found, and after a failure what it had; result and options->run.output are those of the run there. PACTOLUS_USAGE for what cannot be read and
   for a deal with scenarios, PACTOLUS_INPUT where the ends lie on one side of what is wanted. *text (NULL: not wanted) tells the
   runs and what was found. */
struct pactolus_seek_options {
    struct pactolus_run_options run; /* paths 20,000 by default */
    const char *vary, *want;
    double tolerance;                /* how near the number is sought; 0 (default): a ten-thousandth of HIGH - LOW */
};
struct pactolus_seek_outcome {
    double found, error; /* the number; its standard error by the slope there, not a number where it is not known */
    double value, wanted; /* of the row */
    int runs;
};
/* Fills in the defaults. Call it first, so that options added later keep their defaults. */
PACTOLUS_API void pactolus_seek_options_init(struct pactolus_seek_options *options);
PACTOLUS_API int pactolus_seek(struct pactolus_deal *deal, const struct pactolus_seek_options *options,
                               pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                               struct pactolus_seek_outcome *outcome, char **text, struct pactolus_result **result);

/* The life of single paths as text (or JSON, docs/results.md): what was drawn, what happens and who decides what in each step, with
   the numbers of the simulation itself, and where the value comes from. Path k is the k-th path, from 0, of every run with that seed,
   however many paths the run has. No other path is run, no file is written. PACTOLUS_USAGE for a scenario, a path or a number of
   paths that there is not. Numbers that are not finite are shown, not refused. */
enum { PACTOLUS_TRACES_MOST = 64 };
PACTOLUS_API int pactolus_trace(struct pactolus_deal *deal, size_t scenario, uint64_t seed, const uint64_t *paths, size_t count,
                                enum pactolus_format format, struct pactolus_messages *messages, char **text);

/* What each coalition of partners is worth, and how that could be divided (docs/model.md, 8.4), as text or as JSON
   (docs/results.md). The deal, which must have no scenarios of its own (PACTOLUS_USAGE), is run once for each coalition of two
   partners or more, on the same paths; options as pactolus_run, and all its errors. In options->output each coalition is a
   scenario. Afterwards the deal is as it was. */
PACTOLUS_API int pactolus_coalitions(struct pactolus_deal *deal, const struct pactolus_run_options *options,
                                     pactolus_progress_function *progress, void *context, enum pactolus_format format,
                                     struct pactolus_messages *messages, char **text);

/* ---- A result -------------------------------------------------------------------------------------------------------- */

/* Number and names of the scenarios; with weights in the table the last one is their mixture, "weighted". */
PACTOLUS_API size_t pactolus_result_scenarios(const struct pactolus_result *result);
PACTOLUS_API const char *pactolus_result_scenario(const struct pactolus_result *result, size_t index);

enum { PACTOLUS_DIMENSIONS = 3 };
struct pactolus_row {
    const char *name;     /* "captured_quantile" */
    const char *unit;     /* "million USD", "thousand vehicles", "1" for a share or a probability */
    const char *sentence; /* what it is */
    int full;             /* nonzero: a detail, left out of the headline */
    int dimensions;       /* how many of the following are used */
    const char *dimension[PACTOLUS_DIMENSIONS]; /* "partner", "quantile", ... */
    size_t size[PACTOLUS_DIMENSIONS];
    size_t count;         /* product of the sizes, 1 without dimensions */
    const double *values; /* `count` of them in C order: the last dimension runs fastest; a value that does not exist is NaN */
};
/* The row called `name` of one scenario. PACTOLUS_USAGE for a name or a scenario that the result does not have. */
PACTOLUS_API int pactolus_result_row(const struct pactolus_result *result, const char *name, size_t scenario,
                                     struct pactolus_messages *messages, struct pactolus_row *row);
/* The rows there are, in the order of the file: 0 to pactolus_result_rows - 1. PACTOLUS_USAGE beyond. */
PACTOLUS_API size_t pactolus_result_rows(const struct pactolus_result *result);
PACTOLUS_API int pactolus_result_row_at(const struct pactolus_result *result, size_t index, size_t scenario,
                                        struct pactolus_row *row);
/* Name of entry `index` along a dimension ("partner", 0 -> "alpha"; "quantile", 4 -> "0.5"; "step", 2 -> "0.5", years from
   the start); NULL beyond its end. Partners and regions are in the order in which the deal declares them. */
PACTOLUS_API const char *pactolus_result_label(const struct pactolus_result *result, const char *dimension, size_t index);
/* The inverse: the entry called `label`; -1 if there is none. */
PACTOLUS_API ptrdiff_t pactolus_result_find(const struct pactolus_result *result, const char *dimension, const char *label);
/* The summary that `pactolus run` prints, with lines of at most 100 scenarios; and the headline rows as JSON (docs/results.md). */
PACTOLUS_API int pactolus_result_summary(const struct pactolus_result *result, struct pactolus_messages *messages, char **text);
PACTOLUS_API int pactolus_result_json(const struct pactolus_result *result, struct pactolus_messages *messages, char **text);

/* ---- A sweep ---------------------------------------------------------------------------------------------------------- */

/* The processes that one launch of MPI (mpirun, srun) has started, as ranks of one sweep: each calls the same functions with the same
   arguments. Without a launch, or in a library built without MPI, one rank. Once in a process: MPI begins with `create`, unless the
   caller has begun it with MPI_THREAD_SERIALIZED or more, and ends with `destroy`. */
struct pactolus_ranks;
PACTOLUS_API int pactolus_ranks_create(struct pactolus_ranks **ranks);
PACTOLUS_API void pactolus_ranks_destroy(struct pactolus_ranks *ranks);
PACTOLUS_API int pactolus_ranks_count(const struct pactolus_ranks *ranks);
PACTOLUS_API int pactolus_ranks_rank(const struct pactolus_ranks *ranks);
/* Called by all: the status of the lowest rank that has one other than PACTOLUS_OK, for all. *speaks: nonzero on the rank whose messages
   are about it (rank 0 if all is well). Call it before pactolus_sweep: if one rank cannot go on, the others would wait for it. */
PACTOLUS_API int pactolus_ranks_agree(struct pactolus_ranks *ranks, int status, int *speaks);

struct pactolus_sweep_options {
    struct pactolus_run_options run; /* output must be given; paths 10,000 by default */
    int full;                        /* nonzero: all rows of each point, else the headline */
    int shard, shards;               /* only every shards-th point, from the shard-th (1, 2, ...) on; 0: all */
    double seconds;                  /* begin no point after so long; 0: no limit */
    int retry_failed;                /* nonzero: points that failed are tried again */
    int partial;                     /* nonzero: merge although points are missing */
    const char *const *words;        /* the command line (kept in OUT.parts, see pactolus_sweep_words); NULL: none */
    int word_count;
    struct pactolus_ranks *ranks;    /* that run it together; NULL (default): this process alone */
};
PACTOLUS_API void pactolus_sweep_options_init(struct pactolus_sweep_options *options);

struct pactolus_sweep_progress {
    uint64_t done, all;    /* points with a record, and those that this process is to do */
    uint64_t failed, here; /* of done, without numbers; run by this process */
    int merging;           /* nonzero: the journals are being joined, done of all */
};
/* As pactolus_progress_function; nonzero stops at the next point. */
typedef int pactolus_sweep_function(void *context, const struct pactolus_sweep_progress *progress);

struct pactolus_sweep_outcome {
    uint64_t points, done, failed, here; /* of the deal; with a record; without numbers; run by this call */
    int merged; /* nonzero: options->run.output is there */
    double seconds;
};
/* Runs every scenario that is not yet in a journal of OUT.parts, each point saved as it is finished, and joins the journals into
   OUT when all are there. Called again after any end, it goes on where it stood; what was finished is never run twice.
   PACTOLUS_STOPPED if `progress` asked to; PACTOLUS_PARTIAL if points failed, are missing or time ran out; PACTOLUS_REFUSED if the
   journals are of another sweep; PACTOLUS_FILE if another process is at it. */
PACTOLUS_API int pactolus_sweep(struct pactolus_deal *deal, const struct pactolus_sweep_options *options,
                                pactolus_sweep_function *progress, void *context, struct pactolus_messages *messages,
                                struct pactolus_sweep_outcome *outcome);
/* Only joins: the journals of OUT.parts and of `count` more folders, in any order. */
PACTOLUS_API int pactolus_sweep_merge(struct pactolus_deal *deal, const struct pactolus_sweep_options *options,
                                      const char *const *parts, size_t count, pactolus_sweep_function *progress, void *context,
                                      struct pactolus_messages *messages, struct pactolus_sweep_outcome *outcome);
/* Runs nothing: the columns of a CSV, one row a point, go beside the points into OUT as rows of the result, for designs that
   another program has run. */
PACTOLUS_API int pactolus_sweep_outputs(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, const char *path,
                                        struct pactolus_messages *messages, struct pactolus_sweep_outcome *outcome);
/* What a sweep will take: points, paths, memory, size of the file, time, as a few lines. Some points are run for it; nothing is
   written. */
PACTOLUS_API int pactolus_sweep_estimate(struct pactolus_deal *deal, const struct pactolus_sweep_options *options,
                                         struct pactolus_messages *messages, char **text);
/* A Slurm job script for a sweep: an array of `tasks`, or one job of so many MPI ranks. `command`: the sweep as shell words, without
   --shard. */
enum pactolus_job { PACTOLUS_JOB_ARRAY, PACTOLUS_JOB_MPI };
PACTOLUS_API int pactolus_sweep_slurm(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, const char *command,
                                      enum pactolus_job job, int tasks, struct pactolus_messages *messages, char **text);
/* How far the sweep behind OUT is, from its journals: for people, or as JSON. Harmless while it runs. */
PACTOLUS_API int pactolus_sweep_status(const char *output, enum pactolus_format format, struct pactolus_messages *messages,
                                       char **text);
/* The command line that started the sweep behind OUT, and the folder in which it was given: count words, NULL behind them.
   *words and *folder are given back by one pactolus_text_free each (the words are one block). */
PACTOLUS_API int pactolus_sweep_words(const char *output, struct pactolus_messages *messages, char ***words, int *count,
                                      char **folder);

/* ---- Calibration ------------------------------------------------------------------------------------------------------ */

/* From series of numbers to the names of a deal (docs/calibration.md). Each function gives two texts: what was found, for people or as
   JSON (`format` PACTOLUS_TEXT or PACTOLUS_JSON), and a fragment of a deal for its `include:`. Nothing is written before all of the
   input has been found valid. */
enum { PACTOLUS_SERIES_MOST = 16 };
struct pactolus_series {
    const char *path;   /* CSV with a header; dates in the column `date` or `year`, else in the first */
    const char *column; /* its name or the beginning of one; NULL: the only one beside the dates */
    const char *name;   /* the level: "market.input.nickel"; NULL: none, and no fragment */
    int inverse;        /* nonzero: 1 / value */
};
struct pactolus_calibration_options {
    const struct pactolus_series *series;
    size_t series_count;         /* 1 to PACTOLUS_SERIES_MOST */
    const char *from, *to;       /* "2005", "2005-07" or "2005-07-01", both included; NULL (default): all */
    const char *frequency;       /* "monthly", "quarterly", "annual"; NULL (default): as the dates say */
    const char *model;           /* "brownian", "reverting", "jumps"; "best" or NULL (default): the least AICc */
    int annual;                  /* nonzero: means of each whole calendar year take the place of the values */
    int averaged;                /* nonzero: values are averages over their interval; what that hides is undone */
    int uncorrected;             /* nonzero: mean reversion keeps its bias of small samples */
    int has_growth;              /* nonzero: `growth` a year is taken, not estimated */
    double growth;
    const char *output;          /* file for the fragment; NULL (default): none */
    int force;                   /* nonzero: `output` may replace an existing file */
    enum pactolus_format format;
};
PACTOLUS_API void pactolus_calibration_options_init(struct pactolus_calibration_options *options);
/* Growth, volatility, mean reversion or jumps of each series and the correlations of their shocks, with standard errors. *fragment
   (`fragment` NULL: not wanted) is NULL where a series has no name. PACTOLUS_USAGE for columns, names, dates and spacings that there
   are not; PACTOLUS_INPUT for values that are no numbers above 0, gaps, too few values, a model that a series does not bear. */
PACTOLUS_API int pactolus_calibrate(const struct pactolus_calibration_options *options, struct pactolus_messages *messages, char **text,
                                    char **fragment);

struct pactolus_tariff_options {
    const char *path;                        /* CSV: importer, origin, product, rate, from, to (the last day, or empty) */
    const char *importer, *origin, *product; /* NULL (default): all */
    const char *from, *to;                   /* watched between; NULL (default): as the rows say. `to` is needed where a duty has no end */
    const char *regimes;                     /* names from low to high with the duty below which each lies; NULL (default):
                                                "low:0.05,deal:0.2,high" */
    const char *name;                        /* the chain: "market.trade.us_korea"; NULL (default): none, and no fragment */
    const char *output;                      /* as above */
    int force;
    enum pactolus_format format;
};
PACTOLUS_API void pactolus_tariff_options_init(struct pactolus_tariff_options *options);
/* Rates of change between the regimes of a trade chain: changes over years watched, with exact intervals. */
PACTOLUS_API int pactolus_calibrate_tariffs(const struct pactolus_tariff_options *options, struct pactolus_messages *messages, char **text,
                                            char **fragment);

struct pactolus_survival_options {
    struct pactolus_run_options run; /* paths (20,000 by default), seed, threads of each run; `output` is the fragment's file */
    double median, shape;            /* of the log-logistic curve that all exits together are to meet; default 10 and 1.8 */
    double years;                    /* when they are to meet it; 0 (default): at the horizon */
    enum pactolus_format format;
};
PACTOLUS_API void pactolus_survival_options_init(struct pactolus_survival_options *options);
/* contract.breakup.share in [0, 1] so that modelled exits and residual ones together meet the curve; 0 where modelled ones alone part
   the partners sooner. The deal is run some ten times on the same paths, and keeps what was found. PACTOLUS_USAGE for a deal with a
   scenario table, and for years beyond its horizon; else as pactolus_run. */
PACTOLUS_API int pactolus_calibrate_survival(struct pactolus_deal *deal, const struct pactolus_survival_options *options,
                                             pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                                             char **text, char **fragment);

/* ---- A result file ---------------------------------------------------------------------------------------------------- */

/* What a result file holds: the deal, the run, its rows with dimensions, units and sentences. PACTOLUS_FILE where it cannot be
   read, PACTOLUS_REFUSED where it is damaged, not of this program or newer than it. Format PACTOLUS_TEXT or PACTOLUS_JSON. */
PACTOLUS_API int pactolus_file_info(const char *path, enum pactolus_format format, struct pactolus_messages *messages,
                                    char **text);

/* A result file as CSV (RFC 4180, lines end with LF, UTF-8; docs/results.md tells the columns). */
struct pactolus_export_options {
    const char *output; /* file that the export leaves; NULL (default): `write` gets the text */
    int force;          /* nonzero: `output` may replace an existing file */
    int wide;           /* nonzero: a line for each scenario; 0 (default): a line for each number */
    int full;           /* nonzero: all rows; 0 (default): those of level headline. Not looked at where `rows` are named */
    const char *const *rows;      /* names of the rows wanted, in the order wanted; NULL (default): see `full` */
    size_t rows_count;
    const char *const *scenarios; /* names of the scenarios wanted, which come in the order of the file; NULL (default): all */
    size_t scenarios_count;
    /* Gets the text piece by piece, not closed by a 0; nonzero ends the export: PACTOLUS_STOPPED. Needed without `output`. */
    int (*write)(void *context, const char *text, size_t size);
    /* Called before scenarios are read, some at a time; nonzero ends the export: PACTOLUS_STOPPED. NULL (default): none. */
    int (*progress)(void *context, size_t scenarios_done, size_t scenarios);
    void *context;      /* of write and progress */
};
/* Fills in the defaults. Call it first, so that options added later keep their defaults. */
PACTOLUS_API void pactolus_export_options_init(struct pactolus_export_options *options);
/* Memory does not grow with the numbers of the file, which are read for some scenarios at a time; all names of scenarios are kept. A
   file of options->output appears only when all of it is on the disk; after any failure an earlier file of that name is as it was.
   PACTOLUS_USAGE for a row or scenario that the file does not have or that is named twice, where neither `output` nor `write` is
   given, and where `output` is the result file itself; PACTOLUS_FILE where the result cannot be read or the output not written;
   PACTOLUS_REFUSED as pactolus_file_info. */
PACTOLUS_API int pactolus_file_export(const char *path, const struct pactolus_export_options *options,
                                      struct pactolus_messages *messages);
/* A fingerprint of all that a file holds but its provenance (time, host, command, threads): equal runs, equal digests. */
PACTOLUS_API int pactolus_file_digest(const char *path, struct pactolus_messages *messages, char **text);

#ifdef __cplusplus
}
#endif
#endif
