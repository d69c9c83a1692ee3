#include "pactolus.h"

#include <criterion/criterion.h>
#include <string.h>

static const int statuses[] = {PACTOLUS_OK,      PACTOLUS_USAGE,     PACTOLUS_INPUT,   PACTOLUS_FILE,    PACTOLUS_MEMORY,
                               PACTOLUS_REFUSED, PACTOLUS_NONFINITE, PACTOLUS_PARTIAL, PACTOLUS_STOPPED, PACTOLUS_INTERNAL};
enum { STATUSES = sizeof statuses / sizeof *statuses };

Test(api_message, has_a_text_of_its_own_for_every_status)
{
    for (int a = 0; a < STATUSES; a++) {
        cr_expect_str_not_empty(pactolus_status_text(statuses[a]));
        cr_expect_str_neq(pactolus_status_text(statuses[a]), pactolus_status_text(-99), "status %d", statuses[a]);
        for (int b = 0; b < a; b++) {
            cr_expect_str_neq(pactolus_status_text(statuses[a]), pactolus_status_text(statuses[b]));
        }
    }
}

Test(api_message, collects_over_calls_until_cleared)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_messages_count(messages), 0);
    for (int k = 1; k <= 25; k++) {
        cr_expect_eq(pactolus_deal_load("/no/such/deal.yaml", messages, &deal), PACTOLUS_FILE);
        cr_expect_null(deal);
        cr_expect_eq(pactolus_messages_seen(messages), (size_t)k);
        cr_expect_eq(pactolus_messages_count(messages), (size_t)(k < 20 ? k : 20));
    }
    cr_expect_not_null(strstr(pactolus_messages_text(messages, 0), "/no/such/deal.yaml"));
    cr_expect_null(pactolus_messages_text(messages, 20));
    pactolus_messages_clear(messages);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
    pactolus_messages_destroy(messages);
}

Test(api_message, may_be_left_out)
{
    struct pactolus_deal *deal = NULL;
    cr_expect_eq(pactolus_deal_load("/no/such/deal.yaml", NULL, &deal), PACTOLUS_FILE);
    cr_expect_eq(pactolus_messages_count(NULL), 0);
    cr_expect_eq(pactolus_messages_seen(NULL), 0);
    cr_expect_null(pactolus_messages_text(NULL, 0));
    pactolus_messages_clear(NULL);
    pactolus_messages_destroy(NULL);
    pactolus_deal_destroy(NULL);
    pactolus_result_destroy(NULL);
    pactolus_text_free(NULL);
}

Test(api_message, escapes_texts)
{
    char escaped[PACTOLUS_ESCAPED];
    cr_expect_str_eq(pactolus_text_escape(escaped, "plain"), "plain");
    cr_expect_null(strchr(pactolus_text_escape(escaped, "a\033[2Jb\n"), '\033'));
    cr_expect_eq(pactolus_text_escape(escaped, "x"), escaped);
}
