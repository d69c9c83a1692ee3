/* param/drawn.h - how a kernel reads a number that may be drawn per path. */
#ifndef PACTOLUS_PARAM_DRAWN_H
#define PACTOLUS_PARAM_DRAWN_H
#include "base/lanes.h"
#include "param/descriptor.h"

/* Defines `name`, a struct parameter to be read by at(name, i), for the struct param_number `number`. `drawn` holds the
   block's drawn columns, BLOCK_LANES lanes each, by draw index. */
#define PARAMETER(name, drawn, number)                                                                                 \
    const lanes name##_constant = all_lanes((number).value);                                                           \
    const struct parameter name =                                                                                      \
        (number).draw < 0 ? (struct parameter){&name##_constant, 0}                                                    \
                          : (struct parameter){(drawn) + (size_t)(number).draw * BLOCK_LANES, ~(size_t)0}

/* Not the constant `neutral`: the mechanism is on. */
static inline int number_differs(struct param_number number, double neutral)
{
    return number.draw >= 0 || number.value < neutral || number.value > neutral;
}

/* A column that may be constant over steps, lanes or both: the levels of the market. */
struct column {
    const lanes *value;
    size_t step; /* lanes from one step to the next */
    size_t mask; /* 0: the same for every path */
};
LANE_FUNCTION struct parameter column_at(struct column column, int step)
{
    return (struct parameter){column.value + (size_t)step * column.step, column.mask};
}
#endif
