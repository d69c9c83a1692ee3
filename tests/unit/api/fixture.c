#include "unit/api/fixture.h"

#include "support/command.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

struct pactolus_messages *messages;

void fixture_write(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    cr_assert_not_null(file);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
}

void fixture_enter(void)
{
    char *text = NULL;
    command_enter();
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_template(NULL, messages, &text), PACTOLUS_OK);
    fixture_write("deal.yaml", text);
    pactolus_text_free(text);
}

void fixture_leave(void)
{
    pactolus_messages_destroy(messages);
    command_leave();
}

static void demand(int status)
{
    for (size_t k = 0; status && k < pactolus_messages_count(messages); k++) {
        cr_log_error("%s", pactolus_messages_text(messages, k));
    }
    cr_assert_eq(status, PACTOLUS_OK);
}

struct pactolus_deal *fixture_deal(void)
{
    struct pactolus_deal *deal = NULL;
    demand(pactolus_deal_load("deal.yaml", messages, &deal));
    return deal;
}

struct pactolus_run_options fixture_options(void)
{
    struct pactolus_run_options options;
    pactolus_run_options_init(&options);
    options.paths = 1000;
    options.threads = 1;
    return options;
}

struct pactolus_result *fixture_run(struct pactolus_deal *deal, const struct pactolus_run_options *options)
{
    struct pactolus_result *result = NULL;
    demand(pactolus_run(deal, options, NULL, NULL, messages, &result));
    return result;
}

void fixture_said(const char *words)
{
    int found = 0;
    for (size_t k = 0; k < pactolus_messages_count(messages); k++) {
        const char *text = pactolus_messages_text(messages, k);
        if (strstr(text, words)) found = 1;
        else cr_log_info("said: %s", text);
    }
    cr_expect(found, "nothing said '%s', but: %s", words, pactolus_messages_count(messages) ? pactolus_messages_text(messages, 0) : "nothing");
    pactolus_messages_clear(messages);
}

double fixture_value(const struct pactolus_result *result, const char *name, size_t scenario, const char *partner)
{
    struct pactolus_row row;
    cr_assert_eq(pactolus_result_row(result, name, scenario, messages, &row), PACTOLUS_OK);
    ptrdiff_t p = partner ? pactolus_result_find(result, "partner", partner) : 0;
    cr_assert_geq(p, 0);
    return row.values[(size_t)p * (partner ? row.count / row.size[0] : 1)];
}
