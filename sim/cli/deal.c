#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "name=value" as given to --set. */
static int apply_set(struct pactolus_deal *deal, const char *text, struct pactolus_messages *messages)
{
    char escaped[PACTOLUS_ESCAPED];
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) {
        return cli_print_usage("--set", "got '%s', want name=value", pactolus_text_escape(escaped, text));
    }
    size_t length = (size_t)(equals - text);
    char *name = malloc(length + 1);
    if (!name) return cli_print_memory();
    memcpy(name, text, length);
    name[length] = 0;
    int status = pactolus_deal_set(deal, name, equals + 1, messages);
    free(name);
    return status;
}

static size_t name_length(const char *set)
{
    return strcspn(set, "=");
}

static int by_name(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const size_t n = name_length(x), m = name_length(y);
    const int order = memcmp(x, y, n < m ? n : m);
    return order ? order : (n > m) - (n < m);
}

/* Which of two values is meant is not guessed. */
static int check_sets(const struct cli_arguments *arguments)
{
    char name[PACTOLUS_ESCAPED], escaped[PACTOLUS_ESCAPED];
    const char *text, **sets = calloc((size_t)arguments->many_count + 1, sizeof *sets);
    size_t count = 0;
    int at = 0, status = PACTOLUS_OK;
    if (!sets) return cli_print_memory();
    while ((text = cli_command_next(arguments, "set", &at))) sets[count++] = text;
    qsort(sets, count, sizeof *sets, by_name);
    for (size_t k = 1; k < count; k++) {
        if (by_name(&sets[k - 1], &sets[k]) != 0 || (k > 1 && !by_name(&sets[k - 2], &sets[k]))) continue;
        snprintf(name, sizeof name, "%.*s", (int)name_length(sets[k]), sets[k]);
        status = cli_print_usage("--set", "'%s' given twice, want each name once", pactolus_text_escape(escaped, name));
    }
    free(sets);
    return status;
}

/* Every --set is tried, so that all faulty ones are told at once. */
static int apply_sets(const struct cli_arguments *arguments, struct pactolus_deal *deal, struct pactolus_messages *messages)
{
    const char *text;
    int status = PACTOLUS_OK, at = 0;
    while ((text = cli_command_next(arguments, "set", &at))) {
        int one = apply_set(deal, text, messages);
        if (!status) status = one;
    }
    return status;
}

int cli_deal_load(const struct cli_arguments *arguments, struct pactolus_messages *messages, struct pactolus_deal **deal)
{
    const char *scenarios = cli_command_value(arguments, "scenarios");
    int status = check_sets(arguments);
    if (!status) status = pactolus_deal_load(arguments->operand[0], messages, deal);
    if (!status) status = apply_sets(arguments, *deal, messages);
    if (!status && scenarios) status = pactolus_deal_load_scenarios(*deal, scenarios, messages);
    cli_print_messages(messages);
    pactolus_messages_clear(messages);
    return status;
}

int cli_deal_scenario(const char *option, struct pactolus_deal *deal, const char *name, size_t *index)
{
    char escaped[PACTOLUS_ESCAPED];
    for (*index = 0; *index < pactolus_deal_scenarios(deal); ++*index) {
        if (!strcmp(pactolus_deal_scenario(deal, *index), name)) return PACTOLUS_OK;
    }
    return cli_print_usage(option, "no scenario '%s'", pactolus_text_escape(escaped, name));
}

void cli_deal_output(const char *deal, char output[CLI_PATH])
{
    const char *slash = strrchr(deal, '/'), *start = slash ? slash + 1 : deal;
    const char *dot = strrchr(start, '.');
    size_t length = dot && dot > start ? (size_t)(dot - start) : strlen(start);
    if (slash && slash > deal && (!strcmp(start, "deal.yaml") || !strcmp(start, "deal.yml"))) {
        const char *folder = slash;
        while (folder > deal && folder[-1] != '/') folder--;
        size_t size = (size_t)(slash - folder);
        if (size > 0 && strncmp(folder, "..", size)) start = folder, length = size;
    }
    if (length > 200) length = 200; /* no file system has longer names */
    snprintf(output, CLI_PATH, "%.*s.h5", (int)length, start);
}
