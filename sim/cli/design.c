/* The options of a design: what a sweep varies where no table says it. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"vary", "design", "points", "design-seed"};

/* A table and a design exclude each other. */
static int check_table(const struct cli_arguments *arguments)
{
    char option[32] = "--";
    int bad = 0;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        int at = 0;
        if (!cli_command_value(arguments, names[k]) && !cli_command_next(arguments, names[k], &at)) continue;
        strcpy(option + 2, names[k]);
        bad = cli_print_usage(option, "not together with --scenarios, whose rows are the points");
    }
    return bad;
}

static int check_word(const struct cli_arguments *arguments)
{
    static const char *const words[] = {"grid", "random", "lhs", "sobol"};
    const char *design = cli_command_value(arguments, "design");
    char escaped[PACTOLUS_ESCAPED];
    for (size_t k = 0; design && k < sizeof words / sizeof *words; k++) {
        if (!strcmp(design, words[k])) return PACTOLUS_OK;
    }
    if (!design) return PACTOLUS_OK;
    return cli_print_usage("--design", "got '%s', want grid, random, lhs or sobol", pactolus_text_escape(escaped, design));
}

static int read_numbers(const struct cli_arguments *arguments, struct pactolus_design_options *design)
{
    const char *points = cli_command_value(arguments, "points"), *seed = cli_command_value(arguments, "design-seed");
    int bad = 0;
    if (points) bad |= cli_number_count("--points", points, 1, UINT64_MAX, &design->points);
    if (seed) bad |= cli_number_digits("--design-seed", seed, 0, UINT64_MAX, &design->seed);
    if (seed) design->has_seed = 1;
    return bad ? PACTOLUS_USAGE : PACTOLUS_OK;
}

int cli_design_check(const struct cli_arguments *arguments)
{
    struct pactolus_design_options unused;
    const int beside = cli_command_value(arguments, "scenarios") ? check_table(arguments) : PACTOLUS_OK;
    pactolus_design_options_init(&unused);
    return check_word(arguments) | read_numbers(arguments, &unused) | beside;
}

static int make(const struct cli_arguments *arguments, uint64_t seed, struct pactolus_deal *deal, struct pactolus_messages *messages)
{
    struct pactolus_design_options design;
    const char **vary = calloc((size_t)arguments->many_count + 1, sizeof *vary), *text;
    int at = 0;
    if (!vary) return cli_print_memory();
    pactolus_design_options_init(&design);
    design.seed = seed;
    design.design = cli_command_value(arguments, "design");
    design.vary = vary;
    while ((text = cli_command_next(arguments, "vary", &at))) vary[design.vary_count++] = text;
    int status = read_numbers(arguments, &design);
    if (!status) status = pactolus_deal_design(deal, &design, messages);
    free(vary);
    return status;
}

int cli_design_load(const struct cli_arguments *arguments, uint64_t seed, struct pactolus_messages *messages,
                    struct pactolus_deal **deal)
{
    const int table = cli_command_value(arguments, "scenarios") != NULL;
    int status = cli_deal_load(arguments, messages, deal);
    if (!status && !table) status = make(arguments, seed, *deal, messages);
    return status;
}
