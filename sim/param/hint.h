/* param/hint.h - what somebody who wrote an unknown name may have meant. */
#ifndef PACTOLUS_PARAM_HINT_H
#define PACTOLUS_PARAM_HINT_H
#include "param/slot.h"

enum { PARAM_HINT = 256 };

/* Why a name is unknown: "no region 'uss' is declared; did you mean 'us'?", "unknown name; did you mean 'x'?" (at most two
   typing errors, or the right name in the wrong place), or "unknown name". Writes and returns `out`. */
const char *param_hint_write(char out[PARAM_HINT], const struct param_slots *slots, const struct param_table *tables,
                             size_t count, const struct param_scope *scope, const char *name);
#endif
