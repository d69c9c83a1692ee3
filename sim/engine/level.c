#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "engine/run.h"

#ifdef PACTOLUS_LEVELS
static int has_v4(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd");
}
static int has_v3(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
}
#endif
static int has_any(void)
{
    return 1;
}

static const struct {
    const struct engine_level *level;
    int (*able)(void);
} levels[] = {
#ifdef PACTOLUS_LEVELS
    {&engine_level_v4, has_v4},
    {&engine_level_v3, has_v3},
#endif
    {&engine_level_portable, has_any},
};

int engine_level_choose(const struct engine_level **level, struct report *report)
{
    const char *forced = getenv("PACTOLUS_ISA");
    const struct place variable = {"PACTOLUS_ISA", 0, 0};
    char shown[TEXT_ESCAPED];
    __builtin_cpu_init();
    for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
        if (forced && *forced && strcmp(forced, levels[k].level->name)) continue;
        if (levels[k].able()) {
            *level = levels[k].level;
            return STATUS_OK;
        }
        if (forced && *forced) {
            return report_error(report, STATUS_USAGE, variable, NULL, "this processor lacks the level, got '%s'", forced);
        }
    }
    return report_error(report, STATUS_USAGE, variable, NULL, "no such level, got '%s', want v4, v3 or portable",
                        text_escape(shown, forced ? forced : ""));
}
