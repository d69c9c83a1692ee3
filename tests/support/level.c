/* Leaves with 77 (ctest: skipped) before any test where the processor lacks the level that the program was built for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((constructor)) static void leave_without_level(void)
{
    __builtin_cpu_init();
    int able = !strcmp(TEST_LEVEL, "portable") ||
               (!strcmp(TEST_LEVEL, "v3") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) ||
               (!strcmp(TEST_LEVEL, "v4") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"));
    if (able) return;
    static const char text[] = "skipped: this processor has no level " TEST_LEVEL "\n";
    if (write(STDOUT_FILENO, text, sizeof text - 1) < 0) _exit(77);
    _exit(77);
}
