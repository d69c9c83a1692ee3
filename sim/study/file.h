/* study/file.h - the result file of a run: what varies between its scenarios, texts, samples, provenance. */
#ifndef PACTOLUS_STUDY_FILE_H
#define PACTOLUS_STUDY_FILE_H
#include "engine/run.h"
#include "output/file.h"
#include "study/run.h"

struct study_file {
    struct output_file *file; /* NULL: none wanted */
    struct output_varied *varied; /* owned, with its arrays but those of `failure` */
    int varied_count;
    int failures; /* nonzero: the last of varied is `failure` */
    char *echo;
    struct output_text text[3];
    struct output_sample sample[3];
};

/* Opens the file that config->output names; does nothing where that is NULL. Keeps result, deal and `failure`: by scenario, why it
   has no numbers ("" where it has); NULL: all have. */
int study_file_init(struct study_file *file, const struct study_deal *deal, const struct study_result *result,
                    const char *const *failure, const struct study_run_config *config, struct report *report);
/* Numbers (byte order of names) and samples of a scenario. `samples` may be empty. */
int study_file_write(struct study_file *file, size_t scenario, const double *flat, const struct engine_samples *samples,
                     struct report *report);
/* `level`: the instruction level; `seconds`: the time the paths took. */
int study_file_commit(struct study_file *file, const struct study_run_config *config, const char *level, double seconds,
                      struct report *report);
/* Legal at any time; without commit nothing is left. */
void study_file_free(struct study_file *file);
#endif
