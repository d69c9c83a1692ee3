/* Two streams of one hash would be the same random numbers under two names: refused at set-up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/plan.h"

struct stream {
    uint64_t hash;
    char name[PARAM_SLOT_NAME];
};

struct streams {
    struct stream *stream;
    size_t count;
};

static void add(struct streams *streams, const char *name)
{
    struct stream *s = &streams->stream[streams->count++];
    snprintf(s->name, sizeof s->name, "%s", name);
    s->hash = random_stream_hash(name);
}

static int by_hash(const void *a, const void *b)
{
    const struct stream *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void gather(const struct engine_plan *plan, const struct param_draws *draws, struct streams *streams)
{
    char name[MARKET_STREAM];
    for (int k = 0; k < market_plan_streams(&plan->market); k++) add(streams, market_plan_stream(&plan->market, k, name));
    for (size_t k = 0; k < draws->count; k++) add(streams, draws->draw[k].stream);
    for (int k = 0; k < decision_plan_streams(&plan->decision); k++) {
        char decided[DECISION_STREAM];
        add(streams, decision_plan_stream(&plan->decision, k, decided));
    }
    for (int k = 0; k < programme_plan_streams(&plan->venture); k++) {
        char drawn[PROGRAMME_STREAM];
        add(streams, programme_plan_stream(&plan->venture, k, drawn));
    }
    add(streams, ENGINE_MIXING);
}

int engine_streams_check(const struct engine_plan *plan, const struct param_draws *draws, struct place place,
                         struct report *report)
{
    const size_t most = (size_t)market_plan_streams(&plan->market) + draws->count + DECISION_STREAMS +
                        (size_t)programme_plan_streams(&plan->venture) + 1;
    struct streams streams = {calloc(most, sizeof *streams.stream), 0};
    int status = STATUS_OK;
    if (!streams.stream) return report_error(report, STATUS_MEMORY, place, NULL, "out of memory");
    gather(plan, draws, &streams);
    qsort(streams.stream, streams.count, sizeof *streams.stream, by_hash);
    for (size_t k = 1; k < streams.count && !status; k++) {
        const struct stream *a = &streams.stream[k - 1], *b = &streams.stream[k];
        if (a->hash != b->hash || !strcmp(a->name, b->name)) continue;
        status = report_error(report, STATUS_INPUT, place, NULL,
                              "'%s' and '%s' would draw the same random numbers, want another name for one of them", a->name,
                              b->name);
    }
    free(streams.stream);
    return status;
}
