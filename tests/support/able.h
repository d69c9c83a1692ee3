/* support/able.h - which levels of kernels can run here: a build with sanitizers has the portable one alone (sim/engine). */
#ifndef PACTOLUS_TESTS_SUPPORT_ABLE_H
#define PACTOLUS_TESTS_SUPPORT_ABLE_H

#ifdef __SANITIZE_ADDRESS__
#define ABLE_V3 0
#else
#define ABLE_V3 (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#endif
#define ABLE_V4 (ABLE_V3 && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
#endif
