#include "unit/sweep/swept_deal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct study_deal swept_deal;
struct sweep_config swept_config;
struct sweep_outcome swept_outcome;

static const struct sweep_config standard = {
    .run = {.paths = 200, .seed = 1, .samples = 5, .memory = 1 << 28, .threads = 1,
            .build = {"0.1.0", "none", "a compiler", "its flags", "its libraries"}},
    .level = RESULT_HEADLINE,
};

void swept_deal_begin(void)
{
    swept_begin();
    swept_config = standard;
    cr_assert_eq(study_deal_init(&swept_deal, TESTS_DIR "/reference/deals/example1.yaml", &swept_report), STATUS_OK, "%s",
                 swept_messages());
    cr_assert_eq(study_setting_add(&swept_deal, "market.price.home.volatility", "0.2", &swept_report), STATUS_OK, "%s",
                 swept_messages());
    swept_deal_table(SWEPT_GOOD);
}

void swept_deal_end(void)
{
    study_deal_free(&swept_deal);
    swept_end();
}

void swept_deal_table(enum swept_table table)
{
    char text[2048] = "scenario,market.demand.home.growth,contract.transfer_price.markup,partners.b.equity\n";
    size_t n = strlen(text);
    for (int k = 0; k < SWEPT_ROWS; k++) {
        const int bad = table == SWEPT_BAD && (k == SWEPT_FIRST_BAD || k == SWEPT_SECOND_BAD);
        n += (size_t)snprintf(text + n, sizeof text - n, "p%d,%g,%g,%g\n", k, 0.01 * k, 0.1 - 0.005 * k, bad ? 0.5 : 0.3);
    }
    cr_assert_eq(study_deal_read_table_text(&swept_deal, "table", text, &swept_report), STATUS_OK, "%s", swept_messages());
}

int swept_run(const char *name)
{
    swept_forget();
    swept_config.run.output = swept_in(name);
    const int status = sweep_run(&swept_deal, &swept_config, &swept_outcome, &swept_report);
    cr_expect_eq(swept_report.errors > 0, status != STATUS_OK && status != STATUS_STOPPED, "status %d: %s", status,
                 swept_messages());
    return status;
}

/* It is asked only some times a second: it takes so long itself that it is asked before every point. */
static int stop_at(void *context, const struct sweep_progress *state)
{
    const uint64_t *points = context;
    usleep(60000);
    return state->here >= *points;
}

static int stop_at_merging(void *context, const struct sweep_progress *state)
{
    (void)context;
    return state->merging;
}

int swept_run_some(const char *name, uint64_t points)
{
    swept_config.progress = stop_at;
    swept_config.context = &points;
    const int status = swept_run(name);
    swept_config.progress = NULL;
    return status;
}

int swept_run_unmerged(const char *name)
{
    swept_config.progress = stop_at_merging;
    const int status = swept_run(name);
    swept_config.progress = NULL;
    return status;
}

const char *swept_digest(const char *name)
{
    static char digest[4][RESULT_DIGEST];
    static unsigned turn;
    struct output_result *result = NULL;
    turn = (turn + 1) % 4;
    cr_assert_eq(output_result_open(&result, swept_in(name), &swept_report), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(output_result_verify(result, &swept_report), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(output_result_digest(result, 1, digest[turn], &swept_report), STATUS_OK, "%s", swept_messages());
    output_result_close(result);
    return digest[turn];
}

const char *swept_straight(void)
{
    static char kept[RESULT_DIGEST];
    const int status = swept_run("straight.h5");
    cr_assert(status == STATUS_OK || status == STATUS_PARTIAL, "%s", swept_messages());
    strcpy(kept, swept_digest("straight.h5"));
    return kept;
}

void swept_expect_result(const char *name, const char *digest)
{
    DIR *folder = opendir(swept_folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        const int beside = !strncmp(entry->d_name, name, strlen(name)) && strcmp(entry->d_name, name);
        cr_expect(!beside, "%s is left", entry->d_name);
    }
    closedir(folder);
    cr_expect_str_eq(swept_digest(name), digest, "%s has other bits", name);
}

int swept_there(const char *name)
{
    return access(swept_in(name), F_OK) == 0;
}
