/* sweep/command.h - the command line of a sweep, kept beside its journals, so that it can be repeated by the name of its result. */
#ifndef PACTOLUS_SWEEP_COMMAND_H
#define PACTOLUS_SWEEP_COMMAND_H
#include "base/status.h"

/* Writes the words and the present folder to PARTS/command, if nothing stands there yet: the first process of a sweep does. */
int sweep_command_write(const char *parts, const char *const *word, int words, struct report *report);
/* Of OUT, whose journals stand in OUT.parts, or of a folder of journals itself. *word has `words` of them and NULL behind, one block
   to be freed; *folder is to be freed. STATUS_FILE where there is no sweep, STATUS_REFUSED where the text is damaged. */
int sweep_command_read(const char *output, char ***word, int *words, char **folder, struct report *report);
#endif
