#include <stdlib.h>
#include <string.h>

#include "portfolio/parts.h"

static int find(const struct portfolio *portfolio, const char *name)
{
    for (int o = 0; o < portfolio->owners; o++) {
        if (!strcmp(portfolio->label[o], name)) return o;
    }
    return -1;
}

static int add(struct portfolio *portfolio, const struct portfolio_deal *deal, int partner)
{
    const struct param_names *names = study_deal_names(deal->study, PARAM_SET_PARTNER);
    const char *label = deal->scenario.deal->frame.partner[partner].label;
    const int o = portfolio->owners;
    if (o == PORTFOLIO_MOST) {
        return report_error(portfolio->report, STATUS_MEMORY, (struct place){deal->study->path, 0, 0}, NULL,
                            "more than %d partners in all deals", PORTFOLIO_MOST);
    }
    snprintf(portfolio->label[o], PARAM_TEXT, "%s", names->name[partner]);
    snprintf(portfolio->label[PORTFOLIO_MOST + o], PARAM_TEXT, "%s", *label ? label : names->name[partner]);
    portfolio->owners++;
    return STATUS_OK;
}

int portfolio_owner_find(struct portfolio *portfolio)
{
    portfolio->label = calloc(2 * PORTFOLIO_MOST, sizeof *portfolio->label);
    if (!portfolio->label) return report_error(portfolio->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (size_t d = 0; d < portfolio->deals; d++) {
        struct portfolio_deal *deal = &portfolio->deal[d];
        const struct param_names *names = study_deal_names(deal->study, PARAM_SET_PARTNER);
        for (int o = 0; o < PORTFOLIO_MOST; o++) deal->at[o] = -1;
        for (int k = 0; k < names->count; k++) {
            const int partner = names->declared[k];
            int owner = find(portfolio, names->name[partner]);
            int status = owner < 0 ? add(portfolio, deal, partner) : STATUS_OK;
            if (status) return status;
            deal->at[owner < 0 ? portfolio->owners - 1 : owner] = partner;
        }
    }
    return STATUS_OK;
}

const double *portfolio_owner_captured(const struct portfolio *portfolio, size_t deal, int owner)
{
    const int partner = portfolio->deal[deal].at[owner];
    return partner < 0 ? NULL : portfolio->deal[deal].captured + (size_t)partner * (size_t)portfolio->config->run->paths;
}
