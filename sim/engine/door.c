/* All that a level shows: the one name that is kept when its objects are joined (CMakeLists.txt). */
#include "engine/run.h"

#define TEXT_(a) #a
#define TEXT(a) TEXT_(a)
#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)

const struct engine_level JOIN(engine_level, PACTOLUS_LEVEL) = {TEXT(PACTOLUS_LEVEL), engine_block_run, engine_publish_series,
                                                                statistics_column_sums, statistics_column_add};
