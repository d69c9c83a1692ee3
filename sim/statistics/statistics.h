/* statistics/statistics.h - the whole layer. */
#ifndef PACTOLUS_STATISTICS_STATISTICS_H
#define PACTOLUS_STATISTICS_STATISTICS_H
#include "statistics/interval.h"
#include "statistics/moments.h"
#include "statistics/order.h"
#include "statistics/plan.h"
#include "statistics/run.h"
#include "statistics/table.h"
#endif
