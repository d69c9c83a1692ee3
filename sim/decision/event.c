/* What ends the venture whatever the partners want: the last attempt at a gate, an adverse event. docs/model.md (4.8, 4.9, 8a). */
#include "decision/path.h"

void decision_event_step(const struct decision_step *s)
{
    const lanes *ended = s->view->venture->ended;
    uint64_t over = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        over |= path_bits((flags)(ended[i] > 0.5) & (flags)(s->block->phase[i] <= (double)PHASE_OPERATE), i);
    }
    while (over) {
        const int path = path_next(&over);
        const int adverse = path_get(ended, path) == (double)END_ADVERSE;
        decision_exit_wind_down(s, path, -1, adverse ? CAUSE_ADVERSE : CAUSE_MILESTONE);
    }
}
