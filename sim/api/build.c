#define _GNU_SOURCE
#include "api/build.h"

#include <stdio.h>

#include "api/message.h"
#include "engine/run.h"
#include "revision.h"
#include "sweep/communicator.h"

const char api_build_version[] = PACTOLUS_VERSION;
const char api_build_revision[] = PACTOLUS_REVISION;
#if defined __clang__
const char api_build_compiler[] = "clang " __clang_version__;
#else
const char api_build_compiler[] = "gcc " __VERSION__;
#endif
const char api_build_flags[] = PACTOLUS_FLAGS;
const char api_build_libraries[] = PACTOLUS_LIBRARIES;

const char *pactolus_version(void)
{
    return api_build_version;
}

int pactolus_build_text(struct pactolus_messages *messages, char **text)
{
    const struct engine_level *level = NULL;
    struct report report;
    size_t size;
    *text = NULL;
    api_message_open(&report);
    int status = engine_level_choose(&level, &report);
    if (!status) {
        FILE *stream = open_memstream(text, &size);
        if (stream) {
            fprintf(stream, "pactolus %s\nrevision   %s\ncompiler   %s\nflags      %s\nlibraries  %s\nlevel      %s\n",
                    api_build_version, api_build_revision, api_build_compiler, api_build_flags, api_build_libraries, level->name);
            fprintf(stream, "mpi        %s\n", communicator_library());
            fputs("licence    GPL-3.0-or-later; no warranty\n", stream);
        }
        status = api_message_finish(stream, text, &report);
    }
    return api_message_close(&report, messages, status);
}
