#include "param/scope.h"

#include <string.h>

#include "base/text.h"
#include "param/reading.h"

enum { MEMBERS = PARAM_PAIRS };

const struct param_declaration param_declarations[PARAM_SETS] = {
    [PARAM_SET_PARTNER] = {"partner", "partners", "partners", PARAM_PARTNERS},
    [PARAM_SET_REGION] = {"region", "regions", "regions", PARAM_REGIONS},
    [PARAM_SET_INPUT] = {"input", "inputs", "inputs", PARAM_INPUTS},
    [PARAM_SET_CHAIN] = {"chain", "chains", "market.trade", PARAM_CHAINS},
    [PARAM_SET_REGIME] = {"regime", "regimes", NULL, PARAM_REGIMES},
    [PARAM_SET_SUBSIDY] = {"subsidy", "subsidies", "market.subsidy", PARAM_SUBSIDIES},
    [PARAM_SET_CORRELATION] = {"pair", "pairs", "market.correlation", PARAM_PAIRS},
    [PARAM_SET_COPULA] = {"link", "links", "copula", PARAM_PAIRS},
    [PARAM_SET_TRIGGER] = {"trigger", "triggers", "contract.triggers", PARAM_TRIGGERS},
    [PARAM_SET_MILESTONE] = {"milestone", "milestones", "venture.gates", PARAM_MILESTONES},
};

int param_scope_is_name(const char *name, size_t n)
{
    if (!n || n >= PARAM_NAME || !(name[0] >= 'a' && name[0] <= 'z')) return 0;
    for (size_t k = 1; k < n; k++) {
        if (!((name[k] >= 'a' && name[k] <= 'z') || (name[k] >= '0' && name[k] <= '9') || name[k] == '_')) return 0;
    }
    return !(n == 4 && memcmp(name, "none", 4) == 0);
}

int param_scope_find(const struct param_names *names, const char *name, size_t n)
{
    for (int k = 0; k < names->count; k++) {
        if (strlen(names->name[k]) == n && memcmp(names->name[k], name, n) == 0) return k;
    }
    return -1;
}

const struct param_names *param_scope_names(const struct param_scope *scope, enum param_set set, int chain)
{
    return set == PARAM_SET_REGIME ? &scope->regimes[chain < 0 ? 0 : chain] : &scope->set[set];
}

/* "market.trade.us_korea.regimes" -> the length of "us_korea" and where it starts; 0 for any other path. */
static size_t chain_of_regimes(const char *path, const char **chain)
{
    static const char head[] = "market.trade.", tail[] = ".regimes";
    size_t n = strlen(path), fixed = sizeof head - 1 + sizeof tail - 1;
    if (n <= fixed || memcmp(path, head, sizeof head - 1) != 0 || strcmp(path + n - (sizeof tail - 1), tail) != 0) return 0;
    *chain = path + sizeof head - 1;
    n -= fixed;
    return memchr(*chain, '.', n) ? 0 : n;
}

enum param_set param_scope_at(const struct param_scope *scope, const char *path, int *chain)
{
    const char *name = path;
    size_t n = chain_of_regimes(path, &name);
    *chain = -1;
    for (int set = 0; set < PARAM_SETS; set++) {
        if (param_declarations[set].path && strcmp(param_declarations[set].path, path) == 0) return (enum param_set)set;
    }
    if (n) *chain = param_scope_find(&scope->set[PARAM_SET_CHAIN], name, n);
    return *chain >= 0 ? PARAM_SET_REGIME : PARAM_SETS;
}

/* ---- Collecting ---- */

struct collect {
    const struct param_records *records;
    const struct param_table *tables;
    size_t count;
    struct report *report;
    int status;
    int beyond;              /* nonzero: more names than the bound were seen in this set */
    const char *refused;     /* the member last refused, so that its own members are not told again */
    size_t refused_n;
};

static void note(struct collect *c, int status)
{
    if (status && !c->status) c->status = status;
}

/* Adds a member in declared order: the index is put right when all are known. */
static void add(struct collect *c, enum param_set set, const struct param_record *record, const char *name, size_t n,
                int twice_is_wrong, struct param_names *names)
{
    const struct param_declaration *declaration = &param_declarations[set];
    char text[PARAM_NAME + 8] = "", escaped[TEXT_ESCAPED];
    memcpy(text, name, n < sizeof text ? n : sizeof text - 1);
    if (param_scope_find(names, name, n) >= 0) {
        if (twice_is_wrong) {
            note(c, report_error(c->report, STATUS_INPUT, record->place, record->name, "%s '%s' given twice",
                                 declaration->wildcard, text));
        }
    } else if (!param_scope_is_name(name, n)) {
        if (c->refused && n == c->refused_n && memcmp(name, c->refused, n) == 0) return;
        c->refused = name;
        c->refused_n = n;
        note(c, report_error(c->report, STATUS_INPUT, record->place, record->name,
                             "not a name for a %s, got '%s', want a-z, then at most 31 of a-z, 0-9, _ (and not none)",
                             declaration->wildcard, text_escape(escaped, text)));
    } else if (names->count >= declaration->bound) {
        if (c->beyond++) return;
        note(c, report_error(c->report, STATUS_MEMORY, record->place, record->name, "more than %d %s, the bound of this program",
                             declaration->bound, declaration->plural));
    } else {
        memcpy(names->name[names->count++], name, n);
    }
}

/* Parts of "[a, b]" written as one text. */
static void add_text_list(struct collect *c, enum param_set set, const struct param_record *record, struct param_names *names)
{
    struct param_span rest = param_reading_trim((struct param_span){record->text, strlen(record->text)}), part;
    rest = param_reading_trim((struct param_span){rest.text + 1, rest.n - 2});
    if (!rest.n) return;
    while (param_reading_part(&rest, ',', &part)) add(c, set, record, part.text, part.n, 1, names);
}

static int is_text_list(const struct param_record *record)
{
    struct param_span s = param_reading_trim((struct param_span){record->text, strlen(record->text)});
    return record->kind == PARAM_RECORD_SCALAR && s.n >= 2 && s.text[0] == '[' && s.text[s.n - 1] == ']';
}

/* The last list at this path declares the set. 0 if there is none. */
static int read_list(struct collect *c, enum param_set set, const char *path, struct param_names *names)
{
    const struct param_record *all = c->records->record;
    size_t k = c->records->count;
    while (k > 0 && !(strcmp(all[k - 1].name, path) == 0 && (all[k - 1].kind == PARAM_RECORD_LIST || is_text_list(&all[k - 1])))) k--;
    if (!k) return 0;
    if (all[k - 1].kind == PARAM_RECORD_SCALAR) add_text_list(c, set, &all[k - 1], names);
    for (; k < c->records->count && all[k].kind == PARAM_RECORD_ELEMENT; k++) add(c, set, &all[k], all[k].text, strlen(all[k].text), 1, names);
    return 1;
}

/* Whether "path.member" is, or begins, a row of the registry written without a wildcard there. */
static int is_row(const struct collect *c, const char *path, const char *member, size_t n)
{
    const size_t m = strlen(path);
    for (size_t t = 0; t < c->count; t++) {
        const struct param_table *table = &c->tables[t];
        for (size_t r = 0; r < table->count; r++) {
            char full[256];
            size_t p = strlen(table->prefix), q = strlen(table->rows[r].path);
            if (p + q >= sizeof full) continue;
            memcpy(full, table->prefix, p);
            memcpy(full + p, table->rows[r].path, q + 1);
            if (strncmp(full, path, m) == 0 && full[m] == '.' && strncmp(full + m + 1, member, n) == 0 &&
                (full[m + 1 + n] == '.' || full[m + 1 + n] == 0)) {
                return 1;
            }
        }
    }
    return 0;
}

static void read_map(struct collect *c, enum param_set set, struct param_names *names)
{
    const char *path = param_declarations[set].path;
    const size_t m = strlen(path);
    for (size_t k = 0; k < c->records->count && !c->beyond; k++) {
        const struct param_record *record = &c->records->record[k];
        if (strncmp(record->name, path, m) != 0 || record->name[m] != '.' || record->place.line == 0) continue;
        const char *member = record->name + m + 1;
        size_t n = strcspn(member, ".");
        if (param_scope_find(names, member, n) < 0 && !is_row(c, path, member, n)) add(c, set, record, member, n, 0, names);
    }
}

/* Puts the names in byte order and keeps the declared order beside it. Regimes stay as they are: low to high. */
static void finish(enum param_set set, struct param_names *names)
{
    char declared[MEMBERS][PARAM_NAME];
    memcpy(declared, names->name, sizeof declared);
    for (int i = 1; i < names->count && set != PARAM_SET_REGIME; i++) {
        char name[PARAM_NAME];
        int k = i;
        memcpy(name, names->name[i], sizeof name);
        for (; k > 0 && strcmp(names->name[k - 1], name) > 0; k--) memcpy(names->name[k], names->name[k - 1], sizeof name);
        memcpy(names->name[k], name, sizeof name);
    }
    for (int k = 0; k < names->count; k++) names->declared[k] = param_scope_find(names, declared[k], strlen(declared[k]));
}

static void read_regimes(struct collect *c, struct param_scope *scope)
{
    const struct param_names *chains = &scope->set[PARAM_SET_CHAIN];
    for (int chain = 0; chain < chains->count; chain++) {
        char path[PARAM_NAME + 32] = "market.trade.";
        strcat(path, chains->name[chain]);
        strcat(path, ".regimes");
        c->beyond = 0;
        read_list(c, PARAM_SET_REGIME, path, &scope->regimes[chain]);
        finish(PARAM_SET_REGIME, &scope->regimes[chain]);
    }
}

int param_scope_read(const struct param_records *records, const struct param_table *tables, size_t count,
                     struct param_scope *scope, struct report *report)
{
    struct collect c = {.records = records, .tables = tables, .count = count, .report = report};
    memset(scope, 0, sizeof *scope);
    for (int set = 0; set < PARAM_SETS; set++) {
        struct param_names *names = &scope->set[set];
        if (!param_declarations[set].path) continue;
        c.beyond = 0;
        c.refused = NULL;
        if (!read_list(&c, (enum param_set)set, param_declarations[set].path, names)) read_map(&c, (enum param_set)set, names);
        finish((enum param_set)set, names);
    }
    read_regimes(&c, scope);
    return c.status;
}
