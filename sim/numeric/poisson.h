/* numeric/poisson.h - the rate behind a count of events. */
#ifndef PACTOLUS_NUMERIC_POISSON_H
#define PACTOLUS_NUMERIC_POISSON_H

/* The exact interval of the rate of events per unit of `exposure` > 0 from `count` of them (Garwood 1936), each tail at most
   (1 - level) / 2. From a count of 0 the lower end is 0. */
void numeric_poisson_interval(int count, double exposure, double level, double *low, double *high);
#endif
