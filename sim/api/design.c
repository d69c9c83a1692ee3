/* Designs: the scenarios of a sweep, made instead of read. */
#include "design/design.h"

#include <stdlib.h>
#include <string.h>

#include "api/deal.h"
#include "base/text.h"

void pactolus_design_options_init(struct pactolus_design_options *options)
{
    memset(options, 0, sizeof *options);
    options->seed = 1; /* as that of a run */
}

/* A design in the making; everything of it is gone once the deal has its table. */
struct making {
    struct design design;
    struct design_varied varied;
    char *text;
};

static void making_free(struct making *making)
{
    free(making->text);
    design_vary_free(&making->varied);
}

static int read_options(struct making *making, const struct pactolus_design_options *options, const struct param_registry *registry,
                        struct report *report)
{
    int status = STATUS_OK;
    if (options->design) {
        making->design.kind = input_sweep_design_of(options->design);
        making->design.kind_place.file = "--design";
        if (making->design.kind == INPUT_SWEEP_OPEN) {
            char escaped[TEXT_ESCAPED];
            status = report_error(report, STATUS_USAGE, (struct place){0}, "--design", "got '%s', want grid, random, lhs or sobol",
                                  text_escape(escaped, options->design));
        }
    }
    making->design.points = options->points;
    if (options->points) making->design.points_place.file = "--points";
    making->design.has_seed = options->has_seed;
    making->design.seed = options->seed;
    for (size_t k = 0; k < options->vary_count; k++) {
        const int one = design_vary_add(&making->varied, options->vary[k], (struct place){"--vary", 0, 0}, registry, report);
        if (!status) status = one;
    }
    return status;
}

/* What the options leave open is taken from the deal's section `sweep:`. */
static int settle(struct making *making, struct study_deal *deal, const struct pactolus_design_options *options, struct report *report)
{
    int status = study_deal_refresh(deal, report);
    if (!status) status = read_options(making, options, &deal->registry, report);
    if (!status) status = design_take(&making->design, &making->varied, &deal->sweep, &deal->registry, report);
    return status ? status : design_settle(&making->design, &making->varied, report);
}

int pactolus_deal_design(struct pactolus_deal *deal, const struct pactolus_design_options *options, struct pactolus_messages *messages)
{
    struct report report;
    struct making making = {0};
    api_message_open(&report);
    int status = settle(&making, &deal->study, options, &report);
    if (!status) status = design_write(&making.design, &making.varied, &making.text, &report);
    if (!status) status = study_deal_read_table_text(&deal->study, "--vary", making.text, &report);
    making_free(&making);
    return api_message_close(&report, messages, status);
}

int api_design_check(struct study_deal *deal, struct report *report)
{
    struct pactolus_design_options options;
    struct making making = {0};
    if (!deal->sweep.place.file) return STATUS_OK;
    pactolus_design_options_init(&options);
    int status = settle(&making, deal, &options, report);
    making_free(&making);
    return status;
}

const char *pactolus_deal_table(const struct pactolus_deal *deal)
{
    return deal->study.table_text;
}
