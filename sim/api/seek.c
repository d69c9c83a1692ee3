#include "study/seek.h"

#include <math.h>

#include "api/deal.h"
#include "api/run.h"

void pactolus_seek_options_init(struct pactolus_seek_options *options)
{
    *options = (struct pactolus_seek_options){.vary = NULL};
    pactolus_run_options_init(&options->run);
    options->run.paths = 20000;
}

/* What the study below is given, and gives back. */
struct seeking {
    const struct pactolus_seek_options *options;
    struct pactolus_seek_outcome *outcome;
    char **text;
};

static int write_text(const struct study_seek *seek, const struct study_seek_outcome *outcome, char **text, struct report *report)
{
    size_t size;
    FILE *stream = open_memstream(text, &size);
    if (stream) study_seek_text(stream, seek, outcome);
    return api_message_finish(stream, text, report);
}

static int seek(struct study_deal *deal, const struct study_run_config *config, const void *more, struct api_relay *relay,
                struct study_result *result, struct report *report)
{
    const struct seeking *s = more;
    struct study_seek wanted;
    struct study_seek_outcome told;
    relay->paths_all = STUDY_SEEK_RUNS * config->paths;
    int status = study_seek_init(&wanted, deal, s->options->vary, s->options->want, s->options->tolerance, config->seed, report);
    if (!status) status = study_seek_run(&wanted, deal, config, &told, result, report);
    if (status) return status;
    const struct study_seek_point *found = &told.point[told.runs - 1];
    *s->outcome = (struct pactolus_seek_outcome){found->x, told.error, found->value, found->wanted, told.runs};
    return s->text ? write_text(&wanted, &told, s->text, report) : STATUS_OK;
}

int pactolus_seek(struct pactolus_deal *deal, const struct pactolus_seek_options *options, pactolus_progress_function *progress,
                  void *context, struct pactolus_messages *messages, struct pactolus_seek_outcome *outcome, char **text,
                  struct pactolus_result **result)
{
    struct pactolus_seek_options defaults;
    struct api_relay relay = {progress, context, deal, 0};
    pactolus_seek_options_init(&defaults);
    struct seeking s = {options ? options : &defaults, outcome, text};
    *outcome = (struct pactolus_seek_outcome){(double)NAN, (double)NAN, (double)NAN, (double)NAN, 0};
    if (text) *text = NULL;
    return api_run_result(&s.options->run, &relay, seek, &s, messages, result);
}
