#include "api/build.h"

#include "revision.h"

const char api_build_version[] = PACTOLUS_VERSION;
const char api_build_revision[] = PACTOLUS_REVISION;
#if defined __clang__
const char api_build_compiler[] = "clang " __clang_version__;
#else
const char api_build_compiler[] = "gcc " __VERSION__;
#endif
const char api_build_flags[] = PACTOLUS_FLAGS;
const char api_build_libraries[] = PACTOLUS_LIBRARIES;
