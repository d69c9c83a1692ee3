/* api/run.h - the options of a run as the layers below want them; a sweep has the same. */
#ifndef PACTOLUS_API_RUN_H
#define PACTOLUS_API_RUN_H
#include "api/message.h"
#include "study/run.h"

/* What the layers below call, with the caller's function behind it. */
struct api_relay {
    pactolus_progress_function *progress;
    void *context;
    struct pactolus_deal *deal;
    uint64_t paths_all; /* of all runs */
};
/* An engine's progress call; `context` is an api_relay. */
int api_run_relay(void *context, uint64_t paths, size_t scenario);

/* A study that has a result, as pactolus_run and its like. `more`: options of its own. */
typedef int api_run_study(struct study_deal *deal, const struct study_run_config *config, const void *more, struct api_relay *relay,
                          struct study_result *result, struct report *report);
/* Checks the options, lets the study run with its progress told by `relay`, and hands the result over; NULL after a failure. */
int api_run_result(const struct pactolus_run_options *options, struct api_relay *relay, api_run_study *study, const void *more,
                   struct pactolus_messages *messages, struct pactolus_result **out);

/* STATUS_USAGE for what is out of range. */
int api_run_check(const struct pactolus_run_options *options, struct report *report);
/* Without progress. Points into `options`. */
struct study_run_config api_run_config(const struct pactolus_run_options *options);
#endif
