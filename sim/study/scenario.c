#include "study/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/run.h"
#include "param/echo.h"

/* A scenario's own copy of the table's resolved columns with the values of its row. */
static int read_row(const struct study_deal *deal, size_t index, struct param_store *store, struct param_setting **settings,
                    struct report *report)
{
    const size_t n = deal->setting ? (size_t)deal->table.parameters : 0;
    *settings = calloc(n + 1, sizeof **settings);
    if (!*settings) return report_error(report, STATUS_MEMORY, (struct place){deal->path, 0, 0}, NULL, "out of memory");
    if (!n) return STATUS_OK;
    memcpy(*settings, deal->setting, n * sizeof **settings);
    return input_table_settings(&deal->table, index, &deal->registry, store, *settings, report);
}

/* The names of a copula must be parameters that can be drawn; a scenario may hold one constant. */
static int check_copula(const struct study_scenario *scenario, const struct study_deal *deal, struct report *report)
{
    const struct param_names *links = study_deal_names(deal, PARAM_SET_COPULA);
    char full[2 * PARAM_TEXT];
    int status = STATUS_OK;
    for (int k = 0; k < links->count; k++) {
        const char *const ends[2] = {scenario->deal->frame.link[k].first, scenario->deal->frame.link[k].second};
        snprintf(full, sizeof full, "copula.%s", links->name[k]);
        for (int e = 0; e < 2; e++) {
            struct param_setting setting;
            int one = param_registry_resolve(&deal->registry, ends[e], (struct place){deal->path, 0, 0}, 0, &setting, report);
            if (!one && setting.slot->row->varies != PARAM_BY_PATH) {
                one = report_error(report, STATUS_INPUT, scenario->place, full, "'%s' is never drawn, want one that varies by path",
                                   ends[e]);
            }
            if (one) status = one;
        }
    }
    return status;
}

int study_scenario_init(struct study_scenario *scenario, const struct study_deal *deal, size_t index, struct report *report)
{
    struct param_setting *settings = NULL;
    const size_t n = deal->setting ? (size_t)deal->table.parameters : 0;
    memset(scenario, 0, sizeof *scenario);
    scenario->place = deal->setting ? input_table_place(&deal->table, index) : (struct place){deal->path, 0, 0};
    int status = read_row(deal, index, &scenario->store, &settings, report);
    if (!status) {
        scenario->deal = calloc(1, sizeof *scenario->deal);
        if (!scenario->deal) status = report_error(report, STATUS_MEMORY, scenario->place, NULL, "out of memory");
    }
    if (!status) status = param_registry_fill(&deal->registry, settings, n, scenario->deal, &scenario->draws, report);
    const struct deal_source source = {&deal->registry, settings, n, deal->path, scenario->place};
    if (!status) status = deal_check(scenario->deal, &source, report);
    if (!status) status = deal_members(scenario->deal, &deal->registry.scope, &scenario->draws, report);
    if (!status) status = check_copula(scenario, deal, report);
    free(settings);
    return status;
}

int study_scenario_plan(struct study_scenario *scenario, const struct study_deal *deal, uint64_t seed, int pilot,
                        struct report *report)
{
    const struct param_scope *scope = &deal->registry.scope;
    int mode[PARAM_PARTNERS] = {0}, status = STATUS_OK;
    if (pilot) status = engine_pilot(scenario->deal, scope, &scenario->draws, seed, scenario->place, mode, report);
    if (status) return status;
    return engine_plan_init(&scenario->plan, scenario->deal, scope, &scenario->draws, seed, mode, scenario->place, report);
}

void study_scenario_free(struct study_scenario *scenario)
{
    engine_plan_free(&scenario->plan);
    param_registry_release(&scenario->draws);
    param_store_free(&scenario->store);
    free(scenario->deal);
    memset(scenario, 0, sizeof *scenario);
}

int study_scenario_check_all(struct study_deal *deal, uint64_t seed, struct report *report)
{
    int status = study_deal_refresh(deal, report);
    const int before = report->shown;
    if (status) return status;
    for (size_t k = 0; k < study_deal_scenarios(deal) && report->errors < REPORT_SHOWN; k++) {
        struct study_scenario scenario;
        int one = study_scenario_init(&scenario, deal, k, report);
        if (!one) one = study_scenario_plan(&scenario, deal, seed, 0, report);
        study_scenario_free(&scenario);
        if (!status) status = one;
    }
    report_keep_common(report, before, (int)study_deal_scenarios(deal));
    return status;
}

int study_scenario_echo(const struct study_deal *deal, size_t index, int origins, char **text, struct report *report)
{
    struct param_store store = {0};
    struct param_setting *settings = NULL;
    const size_t n = deal->setting ? (size_t)deal->table.parameters : 0;
    *text = NULL;
    int status = read_row(deal, index, &store, &settings, report);
    if (!status) status = param_echo_write(&deal->registry, settings, n, origins, text, report);
    free(settings);
    param_store_free(&store);
    return status;
}
