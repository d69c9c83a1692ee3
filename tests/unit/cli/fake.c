/* A library that only answers: it lets the command line be tested alone. A deal file called input.yaml is faulty, one called
   file.yaml cannot be read, many.yaml has more faults than are kept; stop.yaml sends SIGTERM to its own run, hup.yaml
   SIGHUP; internal.yaml ends with our fault. The JSON of a result tells the options that the run was given. */
#include "unit/cli/fake.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pactolus_result {
    char json[4096];
};

const char *pactolus_status_text(int status)
{
    return status == PACTOLUS_MEMORY ? "out of memory, or beyond a documented bound" : "a status";
}
int pactolus_messages_create(struct pactolus_messages **messages)
{
    *messages = calloc(1, sizeof **messages);
    return *messages ? PACTOLUS_OK : PACTOLUS_MEMORY;
}
void pactolus_messages_destroy(struct pactolus_messages *messages)
{
    free(messages);
}
void pactolus_messages_clear(struct pactolus_messages *messages)
{
    messages->count = messages->seen = 0;
}
size_t pactolus_messages_count(const struct pactolus_messages *messages)
{
    return messages ? messages->count : 0;
}
size_t pactolus_messages_seen(const struct pactolus_messages *messages)
{
    return messages ? messages->seen : 0;
}
const char *pactolus_messages_text(const struct pactolus_messages *messages, size_t index)
{
    return index < messages->count ? messages->text[index] : NULL;
}
int fake_fail(struct pactolus_messages *messages, int status, const char *text)
{
    messages->seen++;
    if (messages->count < 20) snprintf(messages->text[messages->count++], 512, "%s", text);
    return status;
}
int fake_give(char **text, const char *words)
{
    *text = strdup(words);
    return *text ? PACTOLUS_OK : PACTOLUS_MEMORY;
}

void pactolus_text_free(char *text)
{
    free(text);
}
const char *pactolus_version(void)
{
    return "0.1.0";
}
int pactolus_build_text(struct pactolus_messages *messages, char **text)
{
    (void)messages;
    return fake_give(text, "pactolus 0.1.0\n");
}
const char *pactolus_text_escape(char escaped[PACTOLUS_ESCAPED], const char *text)
{
    size_t n = 0;
    for (; *text && n < 60; text++) {
        if (*text < 32 || *text > 126) n += (size_t)snprintf(escaped + n, PACTOLUS_ESCAPED - n, "\\x%02x", *text & 255);
        else escaped[n++] = *text;
    }
    snprintf(escaped + n, PACTOLUS_ESCAPED - n, "%s", *text ? "..." : "");
    return escaped;
}
int pactolus_parameters(enum pactolus_format format, const char *filter, struct pactolus_messages *messages, char **text)
{
    char words[128];
    if (filter && !strcmp(filter, "nothing")) return fake_fail(messages, PACTOLUS_INPUT, "pactolus: error: no such name");
    snprintf(words, sizeof words, "format %d filter %s\n", (int)format, filter ? filter : "-");
    return fake_give(text, words);
}
int pactolus_deal_template(const char *like, struct pactolus_messages *messages, char **text)
{
    if (like && strcmp(like, "battery-jv")) return fake_fail(messages, PACTOLUS_USAGE, "pactolus: error: no shipped deal");
    return fake_give(text, like ? "battery\n" : "template\n");
}

int pactolus_deal_load(const char *path, struct pactolus_messages *messages, struct pactolus_deal **deal)
{
    *deal = NULL;
    if (!strcmp(path, "input.yaml")) return fake_fail(messages, PACTOLUS_INPUT, "input.yaml:3:1: error: years: what");
    if (!strcmp(path, "file.yaml")) return fake_fail(messages, PACTOLUS_FILE, "file.yaml: error: cannot be read");
    if (!strcmp(path, "internal.yaml")) return fake_fail(messages, PACTOLUS_INTERNAL, "pactolus: error: our fault");
    for (int k = 0; !strcmp(path, "many.yaml") && k < 25; k++) fake_fail(messages, PACTOLUS_INPUT, "many.yaml:1:1: error: x");
    if (messages->seen) return PACTOLUS_INPUT;
    *deal = calloc(1, sizeof **deal);
    if (!*deal) return PACTOLUS_MEMORY;
    snprintf((*deal)->path, sizeof (*deal)->path, "%s", path);
    return PACTOLUS_OK;
}
void pactolus_deal_destroy(struct pactolus_deal *deal)
{
    free(deal);
}
int pactolus_deal_set(struct pactolus_deal *deal, const char *name, const char *value, struct pactolus_messages *messages)
{
    size_t n = strlen(deal->sets);
    if (!strcmp(name, "unknown")) return fake_fail(messages, PACTOLUS_INPUT, "pactolus: error: unknown: no such name");
    snprintf(deal->sets + n, sizeof deal->sets - n, "[%s|%s]", name, value);
    return PACTOLUS_OK;
}
int pactolus_deal_load_scenarios(struct pactolus_deal *deal, const char *path, struct pactolus_messages *messages)
{
    (void)messages;
    snprintf(deal->table, sizeof deal->table, "%s", path);
    return PACTOLUS_OK;
}
int pactolus_deal_check(struct pactolus_deal *deal, struct pactolus_messages *messages)
{
    if (strcmp(deal->path, "unsound.yaml")) return PACTOLUS_OK;
    return fake_fail(messages, PACTOLUS_INPUT, "unsound.yaml: error: shares sum to 0.9");
}
size_t pactolus_deal_scenarios(const struct pactolus_deal *deal)
{
    (void)deal;
    return 1;
}
const char *pactolus_deal_scenario(struct pactolus_deal *deal, size_t index)
{
    (void)deal;
    return index ? NULL : "base";
}
int pactolus_deal_describe(struct pactolus_deal *deal, struct pactolus_messages *messages, char **text)
{
    (void)deal, (void)messages;
    return fake_give(text, "two partners\n");
}
int pactolus_deal_echo(struct pactolus_deal *deal, size_t scenario, struct pactolus_messages *messages, char **text)
{
    (void)scenario, (void)messages;
    return fake_give(text, deal->sets);
}

void pactolus_run_options_init(struct pactolus_run_options *options)
{
    *options = (struct pactolus_run_options){.paths = 100000, .seed = 1, .memory = UINT64_C(2) << 30};
}
int pactolus_run(struct pactolus_deal *deal, const struct pactolus_run_options *o, pactolus_progress_function *progress,
                 void *context, struct pactolus_messages *messages, struct pactolus_result **result)
{
    struct pactolus_progress state = {o->paths / 2, o->paths, 0, 1, "base"};
    (void)messages;
    *result = NULL;
    if (!strcmp(deal->path, "stop.yaml")) raise(SIGTERM);
    if (!strcmp(deal->path, "hup.yaml")) raise(SIGHUP);
    if (!strcmp(deal->path, "int.yaml")) raise(SIGINT);
    if (progress(context, &state)) return PACTOLUS_STOPPED;
    *result = calloc(1, sizeof **result);
    if (!*result) return PACTOLUS_MEMORY;
    snprintf((*result)->json, sizeof (*result)->json,
             "paths=%llu seed=%llu samples=%llu memory=%llu threads=%d output=%s force=%d sets=%s table=%s line=%s\n",
             (unsigned long long)o->paths, (unsigned long long)o->seed, (unsigned long long)o->samples,
             (unsigned long long)o->memory, o->threads, o->output ? o->output : "-", o->force, deal->sets, deal->table,
             o->command);
    return PACTOLUS_OK;
}
void pactolus_attribution_options_init(struct pactolus_attribution_options *options)
{
    *options = (struct pactolus_attribution_options){.run = {.paths = 10000, .seed = 1, .memory = UINT64_C(2) << 30}};
}
/* As a run, with the switches for a table. */
int pactolus_attribute(struct pactolus_deal *deal, const struct pactolus_attribution_options *o, pactolus_progress_function *progress,
                       void *context, struct pactolus_messages *messages, struct pactolus_result **result)
{
    size_t n = strlen(deal->table);
    for (size_t k = 0; k < o->switches_count; k++) {
        if (!strcmp(o->switches[k], "unknown")) return fake_fail(messages, PACTOLUS_USAGE, "pactolus: error: --switches: no switch");
        n += (size_t)snprintf(deal->table + n, sizeof deal->table - n, "[%s]", o->switches[k]);
    }
    return pactolus_run(deal, &o->run, progress, context, messages, result);
}
int pactolus_drivers(struct pactolus_deal *deal, const struct pactolus_run_options *o, pactolus_progress_function *progress, void *context,
                     struct pactolus_messages *messages, struct pactolus_result **result)
{
    return pactolus_run(deal, o, progress, context, messages, result);
}
void pactolus_seek_options_init(struct pactolus_seek_options *options)
{
    *options = (struct pactolus_seek_options){.run = {.paths = 20000, .seed = 1, .memory = UINT64_C(2) << 30}};
}
/* As a run, with what is sought and wanted for a table. */
int pactolus_seek(struct pactolus_deal *deal, const struct pactolus_seek_options *o, pactolus_progress_function *progress, void *context,
                  struct pactolus_messages *messages, struct pactolus_seek_outcome *outcome, char **text, struct pactolus_result **result)
{
    snprintf(deal->table, sizeof deal->table, "[%s][%s]", o->vary, o->want);
    *outcome = (struct pactolus_seek_outcome){.found = 0.5};
    *text = NULL;
    int status = pactolus_run(deal, &o->run, progress, context, messages, result);
    return status ? status : fake_give(text, "found\n");
}
/* As a run of the first deal, with the names of all for a table. */
int pactolus_portfolio(struct pactolus_deal *const *deals, const char *const *names, size_t count, const struct pactolus_run_options *o,
                       pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                       struct pactolus_result **result)
{
    size_t n = 0;
    for (size_t k = 0; k < count; k++) n += (size_t)snprintf(deals[0]->table + n, sizeof deals[0]->table - n, "[%s%s]", names[k], deals[k]->sets);
    return pactolus_run(deals[0], o, progress, context, messages, result);
}
int pactolus_trace(struct pactolus_deal *deal, size_t scenario, uint64_t seed, const uint64_t *paths, size_t count,
                   enum pactolus_format format, struct pactolus_messages *messages, char **text)
{
    char words[2048];
    int n = snprintf(words, sizeof words, "trace scenario=%zu seed=%llu format=%d sets=%s paths=", scenario, (unsigned long long)seed,
                     (int)format, deal->sets);
    (void)messages;
    for (size_t k = 0; k < count; k++) n += snprintf(words + n, sizeof words - (size_t)n, "%llu;", (unsigned long long)paths[k]);
    return fake_give(text, words);
}
int pactolus_coalitions(struct pactolus_deal *deal, const struct pactolus_run_options *o, pactolus_progress_function *progress,
                        void *context, enum pactolus_format format, struct pactolus_messages *messages, char **text)
{
    struct pactolus_progress state = {o->paths / 2, o->paths, 0, 1, "a+b"};
    char words[2048];
    (void)messages;
    *text = NULL;
    if (!strcmp(deal->path, "int.yaml")) raise(SIGINT);
    if (progress(context, &state)) return PACTOLUS_STOPPED;
    snprintf(words, sizeof words,
             "coalitions paths=%llu seed=%llu memory=%llu threads=%d output=%s force=%d format=%d sets=%s line=%s\n",
             (unsigned long long)o->paths, (unsigned long long)o->seed, (unsigned long long)o->memory, o->threads,
             o->output ? o->output : "-", o->force, (int)format, deal->sets, o->command);
    return fake_give(text, words);
}
void pactolus_result_destroy(struct pactolus_result *result)
{
    free(result);
}
int pactolus_result_summary(const struct pactolus_result *result, struct pactolus_messages *messages, char **text)
{
    (void)result, (void)messages;
    return fake_give(text, "a table\n");
}
int pactolus_result_json(const struct pactolus_result *result, struct pactolus_messages *messages, char **text)
{
    (void)messages;
    return fake_give(text, result->json);
}

int pactolus_file_info(const char *path, enum pactolus_format format, struct pactolus_messages *messages, char **text)
{
    if (!strcmp(path, "damaged.h5")) return fake_fail(messages, PACTOLUS_REFUSED, "damaged.h5: error: damaged");
    return fake_give(text, format == PACTOLUS_JSON ? "{}\n" : "info\n");
}
void pactolus_export_options_init(struct pactolus_export_options *options)
{
    *options = (struct pactolus_export_options){0};
}
static size_t join(char *line, size_t n, const char *const *names, size_t count)
{
    for (size_t k = 0; names && k < count; k++) n += (size_t)snprintf(line + n, 2048 - n, "[%s]", names[k]);
    return n;
}
int pactolus_file_export(const char *path, const struct pactolus_export_options *o, struct pactolus_messages *messages)
{
    char line[2048];
    size_t n = (size_t)snprintf(line, sizeof line, "output=%s force=%d wide=%d full=%d rows=", o->output ? o->output : "-", o->force,
                                o->wide, o->full);
    if (!strcmp(path, "damaged.h5")) return fake_fail(messages, PACTOLUS_REFUSED, "damaged.h5: error: damaged");
    if (!strcmp(path, "stop.h5")) raise(SIGTERM);
    if (o->progress(o->context, 0, 1)) return PACTOLUS_STOPPED;
    n = join(line, n, o->rows, o->rows_count);
    n += (size_t)snprintf(line + n, sizeof line - n, " scenarios=");
    n = join(line, n, o->scenarios, o->scenarios_count);
    n += (size_t)snprintf(line + n, sizeof line - n, "\n");
    for (int times = !strcmp(path, "long.h5") ? 10000 : 1; times > 0; times--) {
        if (o->write(o->context, line, n)) return PACTOLUS_STOPPED;
    }
    return PACTOLUS_OK;
}
int pactolus_file_digest(const char *path, struct pactolus_messages *messages, char **text)
{
    (void)path, (void)messages;
    return fake_give(text, "0123456789abcdef");
}
