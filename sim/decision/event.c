/* What ends the venture whatever the partners want: the last attempt at a gate. docs/model.md (4.8, 8a). */
#include "decision/path.h"

void decision_event_step(const struct decision_step *s)
{
    const lanes *ended = s->view->venture->ended;
    uint64_t over = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        over |= path_bits((flags)(ended[i] > 0.5) & (flags)(s->block->phase[i] <= (double)PHASE_OPERATE), i);
    }
    while (over) decision_exit_wind_down(s, path_next(&over), -1, CAUSE_MILESTONE);
}
