/* api/calibrate.h - what the calibrations share: the file of a fragment. */
#ifndef PACTOLUS_API_CALIBRATE_H
#define PACTOLUS_API_CALIBRATE_H
#include "api/message.h"

/* Before any work: the format, and the place of the file (NULL: none). */
int api_calibrate_check(enum pactolus_format format, const char *output, int force, struct report *report);
/* Leaves `fragment` in `output` (NULL: nothing is to be left). */
int api_calibrate_leave(const char *output, int force, const char *fragment, struct report *report);
/* Hands both texts to the caller, or frees them after a failure; `fragment` NULL: not wanted. */
void api_calibrate_give(int status, char *made, char *made_fragment, char **text, char **fragment);
#endif
