#include <stdlib.h>

#include "param/echo.h"
#include "portfolio/parts.h"

static const struct output_sample sample = {"captured_sample", "M{currency}", "Value captured on each path.", {AXIS_PARTNER}};

/* deal_text_1, echo_1, deal_text_2, ... in the order of the deals. */
static int make_texts(struct portfolio *portfolio)
{
    const size_t n = portfolio->deals;
    portfolio->echo = calloc(n, sizeof *portfolio->echo);
    portfolio->text_name = calloc(2 * n, sizeof *portfolio->text_name);
    portfolio->text = calloc(2 * n, sizeof *portfolio->text);
    if (!portfolio->echo || !portfolio->text_name || !portfolio->text) {
        return report_error(portfolio->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the file");
    }
    for (size_t d = 0; d < n; d++) {
        const struct study_deal *deal = portfolio->deal[d].study;
        char(*name)[32] = portfolio->text_name + 2 * d;
        int status = param_echo_write(&deal->registry, NULL, 0, 0, &portfolio->echo[d], portfolio->report);
        if (status) return status;
        snprintf(name[0], sizeof name[0], "deal_text_%zu", d + 1);
        snprintf(name[1], sizeof name[1], "echo_%zu", d + 1);
        portfolio->text[2 * d] = (struct output_text){name[0], "The deal file as it was read.", deal->text};
        portfolio->text[2 * d + 1] = (struct output_text){name[1], "Every name of the deal with its value.", portfolio->echo[d]};
    }
    return STATUS_OK;
}

int portfolio_file_init(struct portfolio *portfolio)
{
    const struct study_run_config *run = portfolio->config->run;
    if (!run->output) return STATUS_OK;
    int status = make_texts(portfolio);
    const struct output_file_config output = {.path = run->output,
                                              .force = run->force,
                                              .table = &portfolio->result->table,
                                              .text = portfolio->text,
                                              .texts = (int)(2 * portfolio->deals),
                                              .sample = &sample,
                                              .samples = run->samples ? 1 : 0,
                                              .paths = run->samples};
    return status ? status : output_file_create(&portfolio->file.file, &output, portfolio->report);
}

/* The paths of one scenario; an owner has 0 in a deal that it is not in. */
static int write_samples(struct portfolio *portfolio, size_t scenario, double *path)
{
    const size_t n = (size_t)portfolio->config->run->samples;
    for (int o = 0; o < portfolio->owners; o++) {
        for (size_t k = 0; k < n; k++) path[k] = 0.0;
        for (size_t d = 0; d < portfolio->deals; d++) {
            const double *captured = scenario && scenario != d + 1 ? NULL : portfolio_owner_captured(portfolio, d, o);
            for (size_t k = 0; captured && k < n; k++) path[k] += captured[k];
        }
        int status = output_file_samples(portfolio->file.file, 0, scenario, (size_t)o, 0, path, n, portfolio->report);
        if (status) return status;
    }
    return STATUS_OK;
}

int portfolio_file_write(struct portfolio *portfolio, double seconds)
{
    const struct study_run_config *run = portfolio->config->run;
    if (!portfolio->file.file) return STATUS_OK;
    double *path = malloc(((size_t)run->samples + 1) * sizeof *path);
    int status = path ? STATUS_OK : report_error(portfolio->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (size_t s = 0; !status && s <= portfolio->deals; s++) {
        status = output_file_scenario(portfolio->file.file, s, portfolio->result->flat[s], portfolio->report);
        if (!status && run->samples) status = write_samples(portfolio, s, path);
    }
    free(path);
    return status ? status : study_file_commit(&portfolio->file, run, portfolio->level->name, seconds, portfolio->report);
}

void portfolio_file_free(struct portfolio *portfolio)
{
    study_file_free(&portfolio->file);
    for (size_t d = 0; portfolio->echo && d < portfolio->deals; d++) free(portfolio->echo[d]);
    free(portfolio->echo);
    free(portfolio->text_name);
    free(portfolio->text);
}
