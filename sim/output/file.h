/* output/file.h - writes one result file (docs/results.md): HDF5 that opens as netCDF-4. It is written beside its place as
   PATH.tmp.PID and takes its name only when every byte is on the disk; an existing file is never touched before that.

       output_file_create(&file, &config, &report);           all checks, before the run starts
       output_file_scenario(file, index, flat, &report);      for each scenario, best in order
       output_file_samples(file, ...);                        while a scenario runs, if wanted
       output_file_commit(file, provenance, count, &report);
       output_file_destroy(file);                             legal at any time, with NULL too; discards what is not committed

   One thread at a time. After the first failure every call returns STATUS_FILE without a further message. */
#ifndef PACTOLUS_OUTPUT_FILE_H
#define PACTOLUS_OUTPUT_FILE_H
#include <stdint.h>

#include "base/status.h"
#include "output/table.h"

/* A parameter that differs between scenarios: a coordinate on `scenario`. Exactly one of number and text is set. */
struct output_varied {
    const char *name; /* "market.demand.us.volatility" */
    const char *unit; /* of the registry, NULL for a text */
    const double *number;
    const char *const *text;
};

/* A long text kept as it is: deal_text, echo, table_text. NULL text: left out. */
struct output_text {
    const char *name, *sentence, *text;
};

/* A variable of single paths: dimensions scenario, axes, path. */
struct output_sample {
    const char *name; /* "captured_sample" */
    const char *unit, *sentence;
    enum statistics_axis axis[2]; /* AXIS_NONE where unused */
};

/* Something that may differ between equal runs. */
struct output_provenance {
    const char *name, *value;
};

/* What it points to must outlive the file. Zero or NULL: none. */
struct output_file_config {
    const char *path;
    int force; /* nonzero: an existing file is replaced at the end */
    const struct output_table *table;
    const double *weight; /* by scenario */
    const struct output_varied *varied;
    int varied_count;
    const struct output_text *text;
    int texts;
    const struct output_sample *sample;
    int samples;
    uint64_t paths; /* of the dimension path; scenarios with fewer leave NaN */
};

struct output_file;

/* STATUS_FILE if the place is taken (without force), is no regular file or cannot be written. */
int output_file_create(struct output_file **file, const struct output_file_config *config, struct report *report);
/* table->doubles numbers of one scenario, internal order. */
int output_file_scenario(struct output_file *file, size_t scenario, const double *flat, struct report *report);
/* x[0..n) from path `first` on, of one cell (internal C order of the sample's axes). Fastest with n = 65,536 or all. */
int output_file_samples(struct output_file *file, int sample, size_t scenario, size_t cell, uint64_t first, const double *x,
                        size_t n, struct report *report);
/* Writes /provenance and the digest, flushes, closes, fsync, rename, fsync of the directory. */
int output_file_commit(struct output_file *file, const struct output_provenance *provenance, int count,
                       struct report *report);
void output_file_destroy(struct output_file *file);
#endif
