/* api/build.h - what this program was made of and by. */
#ifndef PACTOLUS_API_BUILD_H
#define PACTOLUS_API_BUILD_H
extern const char api_build_version[];   /* "0.1.0" */
extern const char api_build_revision[];  /* of the sources; "unknown" outside of a repository */
extern const char api_build_compiler[];  /* "gcc 12.2.0" */
extern const char api_build_flags[];     /* of the compiler */
extern const char api_build_libraries[]; /* "HDF5 1.10.8, GSL 2.7.1, ..." */
#endif
