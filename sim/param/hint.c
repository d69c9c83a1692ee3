#include "param/hint.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { EDITS = 2 };

/* Walks a row's full path along a name. 1 if all words agree, wildcards with anything; the first member that is not declared
   is kept with its set. */
struct match {
    const struct param_scope *scope;
    enum param_set set; /* PARAM_SETS: all members are declared */
    const char *member;
    size_t n;
    int chain, last_chain;
};

static enum param_set set_of(const char *wildcard, size_t n)
{
    for (int set = 0; set < PARAM_SETS; set++) {
        if (strlen(param_declarations[set].wildcard) == n && memcmp(param_declarations[set].wildcard, wildcard, n) == 0) {
            return (enum param_set)set;
        }
    }
    return PARAM_SETS;
}

static int match_part(struct match *m, const char *pattern, size_t p, const char *word, size_t n)
{
    if (pattern[0] != '<') return p == n && memcmp(pattern, word, n) == 0;
    enum param_set set = set_of(pattern + 1, p - 2);
    int at = param_scope_find(param_scope_names(m->scope, set, m->last_chain), word, n);
    if (set == PARAM_SET_CHAIN) m->last_chain = at;
    if (at < 0 && m->set == PARAM_SETS) {
        m->set = set;
        m->member = word;
        m->n = n;
        m->chain = m->last_chain;
    }
    return 1;
}

/* A name that stops early matches too: a map of that name would be known. */
static int match_path(struct match *m, const char *path, const char *name)
{
    while (*path && *name) {
        size_t p = strcspn(path, "."), n = strcspn(name, ".");
        if (!match_part(m, path, p, name, n)) return 0;
        path += p + (path[p] == '.');
        name += n + (name[n] == '.');
    }
    return !*name;
}

static void write_member(const struct match *m, char out[PARAM_HINT])
{
    const struct param_names *names = param_scope_names(m->scope, m->set, m->chain);
    const char *what = param_declarations[m->set].wildcard;
    char member[PARAM_NAME] = "", escaped[TEXT_ESCAPED];
    int best = -1, least = EDITS + 1;
    memcpy(member, m->member, m->n < sizeof member ? m->n : sizeof member - 1);
    for (int k = 0; k < names->count; k++) {
        int distance = text_distance(member, names->name[k], EDITS);
        if (distance < least) least = distance, best = k;
    }
    text_escape(escaped, member);
    int n = snprintf(out, PARAM_HINT, "no %s '%s' is declared", what, escaped);
    if (best >= 0) {
        snprintf(out + n, PARAM_HINT - (size_t)n, "; did you mean '%s'?", names->name[best]);
        return;
    }
    for (int k = 0; k < names->count && n < PARAM_HINT - PARAM_NAME; k++) {
        n += snprintf(out + n, PARAM_HINT - (size_t)n, "%s%s", k ? ", " : "; there are ", names->name[names->declared[k]]);
    }
}

/* 1 if some row has this name but for a member that is not declared. */
static int hint_member(const struct param_table *tables, size_t count, const struct param_scope *scope, const char *name,
                       char out[PARAM_HINT])
{
    for (size_t t = 0; t < count; t++) {
        for (size_t r = 0; r < tables[t].count; r++) {
            struct match m = {.scope = scope, .set = PARAM_SETS, .last_chain = -1};
            char path[PARAM_SLOT_NAME] = "";
            strcat(path, tables[t].prefix); /* lengths are checked in param_slot_make */
            strcat(path, tables[t].rows[r].path);
            if (!match_path(&m, path, name) || m.set == PARAM_SETS) continue;
            write_member(&m, out);
            return 1;
        }
    }
    return 0;
}

static void lower(char *out, size_t size, const char *text)
{
    size_t n = 0;
    for (; text[n] && n + 1 < size; n++) out[n] = (char)(text[n] >= 'A' && text[n] <= 'Z' ? text[n] + 32 : text[n]);
    out[n] = 0;
}

static void consider(const char *known, const char *name, const char **best, int *least)
{
    int distance = text_distance(name, known, EDITS);
    if (distance < *least || (distance == *least && distance <= EDITS && strcmp(known, *best) < 0)) *least = distance, *best = known;
}

/* "x.discount_rate" for a plain "discount_rate" written in the wrong place. */
static const char *ends_alike(const struct param_slots *slots, const char *name)
{
    size_t n = strlen(name);
    for (size_t k = 0; k < slots->count; k++) {
        const char *known = slots->slot[k].name;
        size_t m = strlen(known);
        if (m > n && known[m - n - 1] == '.' && strcmp(known + m - n, name) == 0) return known;
    }
    return NULL;
}

const char *param_hint_write(char out[PARAM_HINT], const struct param_slots *slots, const struct param_table *tables,
                             size_t count, const struct param_scope *scope, const char *name)
{
    char plain[PARAM_SLOT_NAME];
    const char *best = NULL;
    int least = EDITS + 1;
    lower(plain, sizeof plain, name);
    if (hint_member(tables, count, scope, plain, out)) return out;
    for (size_t k = 0; k < slots->count; k++) consider(slots->slot[k].name, plain, &best, &least);
    for (size_t k = 0; k < slots->section.places; k++) {
        if (slots->section.key[k]) consider(slots->section.key[k], plain, &best, &least);
    }
    if (!best) best = ends_alike(slots, plain);
    if (best) snprintf(out, PARAM_HINT, "unknown name; did you mean '%.200s'?", best);
    else snprintf(out, PARAM_HINT, "unknown name");
    return out;
}
