/* Settings over a deal file: read at once for their faults, and kept as records behind those of the file. */
#include "study/deal.h"

#include <string.h>

#include "base/text.h"

/* A value that declares names or is structure changes which names there are: the registry must follow at once. */
static int is_structure(const struct study_deal *deal, const char *name)
{
    int chain;
    const struct param_slot *slot;
    if (param_scope_at(&deal->registry.scope, name, &chain) != PARAM_SETS) return 1;
    slot = param_slot_find(&deal->registry.slots, name);
    return slot && slot->row->varies == PARAM_STRUCTURE;
}

/* A value that only this name has to do with. */
static int check_alone(struct study_deal *deal, const char *name, const char *value, struct report *report)
{
    struct param_setting setting = {0};
    struct param_store store = {0};
    const struct place place = {"--set", 0, 0};
    int status = study_deal_refresh(deal, report);
    if (!status) status = param_registry_resolve(&deal->registry, name, place, 0, &setting, report);
    if (!status) status = param_registry_parse(&deal->registry, value, place, &store, &setting, report);
    param_store_free(&store);
    return status;
}

/* The whole deal with the new names; the old one again where that fails. */
static int check_whole(struct study_deal *deal, struct report *report)
{
    struct report unheard;
    deal->stale = 1;
    int status = study_deal_refresh(deal, report);
    if (!status) return STATUS_OK;
    deal->records.count--;
    deal->stale = 1;
    report_init(&unheard);
    study_deal_refresh(deal, &unheard);
    report_free(&unheard);
    return status;
}

void study_setting_forget(struct study_deal *deal, size_t count)
{
    deal->records.count = count;
    deal->stale = 1;
}

int study_setting_add(struct study_deal *deal, const char *name, const char *value, struct report *report)
{
    const struct input_override setting = {name, value};
    int status = STATUS_OK;
    if (deal->setting) status = input_table_check_overrides(&deal->table, &setting, 1, report);
    if (status) return status;
    const int structure = is_structure(deal, name);
    if (!structure) status = check_alone(deal, name, value, report);
    if (!status) status = input_deal_override(&setting, &deal->records, report);
    if (status) return status;
    if (structure) return check_whole(deal, report);
    deal->stale = 1;
    return STATUS_OK;
}
