#define _GNU_SOURCE
#include "sweep/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 16 << 20 };

/* "pactolus command 1", the folder, then the words; a NUL behind each, so that any byte of a file name is kept. */
static const char head[] = "pactolus command 1";

static int fail(struct report *report, const char *path)
{
    return report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s", strerror(errno));
}

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a command line");
}

static int put_words(FILE *stream, const char *folder, const char *const *word, int words)
{
    fwrite(head, 1, sizeof head, stream);
    fwrite(folder, 1, strlen(folder) + 1, stream);
    for (int k = 0; k < words; k++) fwrite(word[k], 1, strlen(word[k]) + 1, stream);
    return fflush(stream) || ferror(stream) || fsync(fileno(stream)) ? -1 : 0;
}

/* Written beside its place and linked there: whole, or not at all, and never over another one. */
static int put_file(const char *path, const char *temporary, const char *folder, const char *const *word, int words)
{
    FILE *stream = fopen(temporary, "w");
    if (!stream) return -1;
    int failed = put_words(stream, folder, word, words), reason = errno;
    if (fclose(stream) && !failed) failed = -1, reason = errno;
    if (!failed && link(temporary, path) && errno != EEXIST) {
        failed = rename(temporary, path); /* a file system without hard links */
        reason = errno;
    }
    unlink(temporary);
    errno = reason;
    return failed;
}

int sweep_command_write(const char *parts, const char *const *word, int words, struct report *report)
{
    char *path = NULL, *temporary = NULL, *folder = get_current_dir_name();
    int status = STATUS_OK;
    if (!folder || asprintf(&path, "%s/command", parts) < 0 || asprintf(&temporary, "%s/command.%ld", parts, (long)getpid()) < 0) {
        status = out_of_memory(report);
    } else if (access(path, F_OK) && put_file(path, temporary, folder, word, words)) {
        status = fail(report, path);
    }
    free(folder);
    free(path);
    free(temporary);
    return status;
}

/* Where the text stands: in the folder itself, or in OUT.parts. */
static char *find(const char *output)
{
    struct stat there;
    char *path = NULL;
    const int folder = stat(output, &there) == 0 && S_ISDIR(there.st_mode);
    return asprintf(&path, folder ? "%s/command" : "%s.parts/command", output) < 0 ? NULL : path;
}

static int read_text(const char *output, const char *path, char **text, size_t *size, struct report *report)
{
    FILE *stream = fopen(path, "r");
    if (!stream) {
        if (errno != ENOENT) return fail(report, path);
        return report_error(report, STATUS_FILE, (struct place){output, 0, 0}, NULL,
                            access(output, F_OK) ? "no sweep is under way here: there is no %s"
                                                 : "its sweep is finished: there is no %s any more", path);
    }
    *text = malloc(LARGEST);
    if (*text) *size = fread(*text, 1, LARGEST, stream);
    const int failed = *text && ferror(stream);
    fclose(stream);
    if (!*text) return out_of_memory(report);
    return failed ? fail(report, path) : STATUS_OK;
}

/* One block: the pointers, NULL, then the words themselves. */
static int split(const char *path, const char *text, size_t size, char ***word, int *words, char **folder, struct report *report)
{
    size_t count = 0;
    for (size_t k = 0; k < size; k++) count += text[k] == 0;
    if (size < sizeof head || memcmp(text, head, sizeof head) || text[size - 1] || count < 3) {
        return report_error(report, STATUS_REFUSED, (struct place){path, 0, 0}, NULL, "is damaged, or not of this program");
    }
    const char *at = text + sizeof head, *rest = at + strlen(at) + 1;
    const size_t left = size - (size_t)(rest - text);
    *words = (int)count - 2;
    *folder = strdup(at);
    *word = malloc((size_t)(*words + 1) * sizeof **word + left);
    if (!*folder || !*word) return out_of_memory(report);
    char *copy = memcpy((char *)(*word + *words + 1), rest, left);
    for (int k = 0; k < *words; k++, copy += strlen(copy) + 1) (*word)[k] = copy;
    (*word)[*words] = NULL;
    return STATUS_OK;
}

int sweep_command_read(const char *output, char ***word, int *words, char **folder, struct report *report)
{
    char *path = find(output), *text = NULL;
    size_t size = 0;
    *word = NULL;
    *folder = NULL;
    *words = 0;
    int status = path ? read_text(output, path, &text, &size, report) : out_of_memory(report);
    if (!status) status = split(path, text, size, word, words, folder, report);
    if (status) {
        free(*word);
        free(*folder);
        *word = NULL;
        *folder = NULL;
    }
    free(text);
    free(path);
    return status;
}
