/* One lane of a run of localise.yaml: each test sees the columns that it asks for. */
#ifndef PACTOLUS_TESTS_DECISION_LANE_H
#define PACTOLUS_TESTS_DECISION_LANE_H
#include <criterion/criterion.h>
#include <math.h>

#include "support/paths.h"

#define DEAL TESTS_DIR "/unit/decision/localise.yaml"
#define EXPECT_NEAR(got, want, within) cr_expect(fabs((got) - (want)) <= (within), #got ": got %.9g, want %.9g", (double)(got), (double)(want))

enum { STEPS = 10 };
#define SETS(...) (const char *const[]){__VA_ARGS__, NULL}

static int lane;

static double cell(const lanes *column)
{
    return column ? plain(column)[lane] : NAN;
}
#endif
