/* Deals to start from: a small one that is part of the library, and the shipped ones, found as files with what they include. */
#define _GNU_SOURCE
#include "api/message.h"
#include "base/text.h"
#include "input/yaml.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 4096, NAMES_SIZE = 1024, TEMPLATE_SIZE = 1 << 22, INCLUDES = 16 };

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

/* The folder in which the shipped deal has a folder. */
static int find_folder(const char *like, struct report *report, char folder[PATH_SIZE])
{
    char names[NAMES_SIZE], escaped[TEXT_ESCAPED];
    for (int place = 0; is_name(like) && strlen(like) < 64 && folder_of(place, folder); place++) {
        errno = 0;
        FILE *file = *folder ? open_deal(folder, like) : NULL;
        if (!file && errno == ENOMEM) {
            return report_error(report, STATUS_MEMORY, (struct place){0}, "--like", "no memory for a deal file");
        }
        if (!file) continue;
        fclose(file);
        return STATUS_OK;
    }
    list_deals(names);
    return report_error(report, STATUS_USAGE, (struct place){0}, "--like", "no such deal, got '%s', want %s",
                        text_escape(escaped, like), names);
}

/* A file of a shipped deal. */
static int find_file(const char *like, const char *name, struct report *report, char **text)
{
    char folder[PATH_SIZE], path[2 * PATH_SIZE];
    int status = find_folder(like, report, folder);
    if (status) return status;
    snprintf(path, sizeof path, "%s/%s/%s", folder, like, name);
    FILE *file = fopen(path, "re");
    if (!file) return report_error(report, errno == ENOMEM ? STATUS_MEMORY : STATUS_FILE, (struct place){0}, name, "%s", strerror(errno));
    status = read_deal(file, name, report, text);
    fclose(file);
    return status;
}

/* ---- What a shipped deal includes ---- */

struct includes {
    char *name[INCLUDES];
    size_t count;
};

static int add_include(struct includes *all, const char *name, struct report *report)
{
    char escaped[TEXT_ESCAPED];
    for (size_t k = 0; k < all->count; k++) {
        if (!strcmp(all->name[k], name)) return STATUS_OK;
    }
    if (strchr(name, '/') || !*name || all->count == INCLUDES) { /* a copy would not find it, or overwrite what is not its own */
        return report_error(report, STATUS_FILE, (struct place){0}, "include", "of a shipped deal, want at most %d files beside it, got '%s'",
                            INCLUDES, text_escape(escaped, name));
    }
    char *copy = strdup(name);
    if (!copy) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for a deal file");
    all->name[all->count++] = copy;
    return STATUS_OK;
}

static int add_includes(struct includes *all, const char *file, const char *text, struct report *report)
{
    struct param_records records = {0};
    int complete, status = input_yaml_walk(file, text, strlen(text), &records, &complete, report);
    for (size_t k = 0; !status && k < records.count; k++) {
        const struct param_record *record = &records.record[k];
        const int is_file = record->kind == PARAM_RECORD_SCALAR || record->kind == PARAM_RECORD_ELEMENT;
        if (is_file && !strcmp(record->name, "include")) status = add_include(all, record->text, report);
    }
    param_record_free(&records);
    return status;
}

/* Those of the deal, then those of what it includes, and so on. The text is that of the index-th, NULL past the last. */
static int find_include(struct includes *all, const char *like, size_t index, struct report *report, char **text)
{
    int status = find_file(like, "deal.yaml", report, text);
    if (!status) status = add_includes(all, "deal.yaml", *text, report);
    for (size_t k = 0; !status && k < all->count && k <= index; k++) {
        free(*text);
        *text = NULL;
        status = find_file(like, all->name[k], report, text);
        if (!status) status = add_includes(all, all->name[k], *text, report);
    }
    if (!status && index < all->count) return STATUS_OK;
    free(*text);
    *text = NULL;
    return status;
}

int pactolus_deal_template(const char *like, struct pactolus_messages *messages, char **text)
{
    struct report report;
    int status = STATUS_OK;
    *text = NULL;
    api_message_open(&report);
    if (like) status = find_file(like, "deal.yaml", &report, text);
    else if (!(*text = strdup(start_text))) {
        status = report_error(&report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for a deal file");
    }
    return api_message_close(&report, messages, status);
}

int pactolus_deal_template_include(const char *like, size_t index, struct pactolus_messages *messages, char **name, char **text)
{
    struct report report;
    struct includes all = {.count = 0};
    int status = STATUS_OK;
    *name = *text = NULL;
    api_message_open(&report);
    if (like) status = find_include(&all, like, index, &report, text);
    for (size_t k = 0; k < all.count; k++) {
        if (*text && k == index) *name = all.name[k];
        else free(all.name[k]);
    }
    return api_message_close(&report, messages, status);
}
