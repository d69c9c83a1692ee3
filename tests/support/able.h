/* support/able.h - which levels of kernels this processor can run. */
#ifndef PACTOLUS_TESTS_SUPPORT_ABLE_H
#define PACTOLUS_TESTS_SUPPORT_ABLE_H

#define ABLE_V3 (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#define ABLE_V4 (ABLE_V3 && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
#endif
