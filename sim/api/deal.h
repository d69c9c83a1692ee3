/* api/deal.h - the handle of a deal. */
#ifndef PACTOLUS_API_DEAL_H
#define PACTOLUS_API_DEAL_H
#include "api/message.h"
#include "study/deal.h"

struct pactolus_deal {
    struct study_deal study;
    char label[INPUT_TABLE_LABEL]; /* of the scenario asked for last, where the table has no names */
};

/* The design that the section `sweep:` asks for, settled but not made; STATUS_OK without a section. */
int api_design_check(struct study_deal *deal, struct report *report);
#endif
