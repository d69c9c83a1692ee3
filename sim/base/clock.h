/* base/clock.h - time spent. */
#ifndef PACTOLUS_BASE_CLOCK_H
#define PACTOLUS_BASE_CLOCK_H

/* Seconds of a clock that only goes forward, from no particular moment. */
double clock_now(void);
#endif
