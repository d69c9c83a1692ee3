/* Deals to start from: a small one that is part of the library, and the shipped ones, found as files. */
#define _GNU_SOURCE
#include "api/message.h"
#include "base/text.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 4096, NAMES_SIZE = 1024, TEMPLATE_SIZE = 1 << 22 };

static const char start_text[] =
#include "template.inc"
    ;

/* The folder `place` of shipped deals, in the order of search; 0 past the last. Writes "" for one that cannot be. */
static int folder_of(int place, char path[PATH_SIZE])
{
    const char *data = getenv("PACTOLUS_DATA");
    Dl_info own;
    *path = 0;
    if (place == 0 && data && strlen(data) < PATH_SIZE / 2) strcpy(path, data);
    if (place == 1 && dladdr(start_text, &own) && own.dli_fname && strlen(own.dli_fname) < PATH_SIZE / 2) {
        const char *slash = strrchr(own.dli_fname, '/');
        if (slash) snprintf(path, PATH_SIZE, "%.*s/" PACTOLUS_DATA_FROM_LIBRARY, (int)(slash - own.dli_fname), own.dli_fname);
    }
    if (place == 2) snprintf(path, PATH_SIZE, "%s", PACTOLUS_SOURCE_DATA);
    return place < 3;
}

static int is_name(const char *text)
{
    return *text && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == 0;
}

static FILE *open_deal(const char *folder, const char *name)
{
    char path[PATH_SIZE + 300];
    snprintf(path, sizeof path, "%s/%s/deal.yaml", folder, name);
    return fopen(path, "re");
}

static int keep_deal(const struct dirent *entry)
{
    return is_name(entry->d_name);
}

/* "a, b or c": the deals of the first folder that has any. */
static void list_deals(char names[NAMES_SIZE])
{
    char folder[PATH_SIZE];
    size_t n = 0;
    *names = 0;
    for (int place = 0; n == 0 && folder_of(place, folder); place++) {
        struct dirent **entry = NULL;
        int count = *folder ? scandir(folder, &entry, keep_deal, alphasort) : 0;
        for (int k = 0; k < count; k++) {
            FILE *file = n + 256 < NAMES_SIZE ? open_deal(folder, entry[k]->d_name) : NULL;
            if (file) n += (size_t)snprintf(names + n, NAMES_SIZE - n, "%s%s", n ? ", " : "", entry[k]->d_name);
            if (file) fclose(file);
            free(entry[k]);
        }
        free(entry);
    }
    if (n == 0) snprintf(names, NAMES_SIZE, "no --like: no shipped deal was found; PACTOLUS_DATA may name their folder");
}

static int read_deal(FILE *file, const char *name, struct report *report, char **text)
{
    *text = malloc(TEMPLATE_SIZE);
    if (!*text) return report_error(report, STATUS_MEMORY, (struct place){0}, name, "no memory for a deal file");
    size_t n = fread(*text, 1, TEMPLATE_SIZE, file);
    if (!ferror(file) && n < TEMPLATE_SIZE) {
        (*text)[n] = 0;
        return STATUS_OK;
    }
    free(*text);
    *text = NULL;
    return report_error(report, STATUS_FILE, (struct place){0}, name, "the shipped deal cannot be read");
}

static int find_deal(const char *like, struct report *report, char **text)
{
    char folder[PATH_SIZE], names[NAMES_SIZE], escaped[TEXT_ESCAPED];
    for (int place = 0; is_name(like) && strlen(like) < 64 && folder_of(place, folder); place++) {
        errno = 0;
        FILE *file = *folder ? open_deal(folder, like) : NULL;
        if (!file && errno == ENOMEM) {
            return report_error(report, STATUS_MEMORY, (struct place){0}, "--like", "no memory for a deal file");
        }
        if (!file) continue;
        int status = read_deal(file, like, report, text);
        fclose(file);
        return status;
    }
    list_deals(names);
    return report_error(report, STATUS_USAGE, (struct place){0}, "--like", "no such deal, got '%s', want %s",
                        text_escape(escaped, like), names);
}

int pactolus_deal_template(const char *like, struct pactolus_messages *messages, char **text)
{
    struct report report;
    int status = STATUS_OK;
    *text = NULL;
    api_message_open(&report);
    if (like) status = find_deal(like, &report, text);
    else if (!(*text = strdup(start_text))) {
        status = report_error(&report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for a deal file");
    }
    return api_message_close(&report, messages, status);
}
