/* input/file.h - a whole text file in memory, checked as text. */
#ifndef PACTOLUS_INPUT_FILE_H
#define PACTOLUS_INPUT_FILE_H
#include "base/status.h"

#define INPUT_FILE_MOST ((size_t)64 << 20)

struct input_file {
    char *text; /* size bytes and an end; without a byte order mark */
    size_t size;
};

/* Reads a regular file of at most 64 MB: STATUS_FILE for anything else (missing, a folder, a pipe, a device, larger),
   STATUS_MEMORY. Then checks that it is UTF-8 without NUL and control characters: STATUS_INPUT with line and column of the
   first fault of each kind. A UTF-8 byte order mark is dropped; UTF-16 and UTF-32 are refused. */
int input_file_load(const char *path, struct input_file *file, struct report *report);
/* The checks of input_file_load for a text that is in memory: UTF-8 without NUL and control characters. `path` is told. */
int input_file_check(const char *path, const char *text, size_t size, struct report *report);
/* Legal after a failure and on {0}. */
void input_file_free(struct input_file *file);
/* Line and column (in characters), from 1, of a byte of a text; CR, LF and CR LF end a line. */
struct place input_file_place(const char *path, const char *text, size_t offset);
/* The path of `name` as seen from the file `from`: `name` itself if absolute, else in the folder of `from`. malloc'ed; NULL
   without memory. */
char *input_file_beside(const char *from, const char *name);
#endif
