/* api/describe.h - a deal in a few lines for people. */
#ifndef PACTOLUS_API_DESCRIBE_H
#define PACTOLUS_API_DESCRIBE_H
#include <stdio.h>

#include "study/scenario.h"

/* Who, where, in which units, what is planned in them, what is uncertain. Drawn numbers are told by their means. */
void api_describe_write(FILE *stream, const struct study_deal *deal, const struct study_scenario *scenario);
#endif
