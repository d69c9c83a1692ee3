#include "random/memo.h"

#include <pthread.h>
#include <string.h>

#include "base/status.h"

struct key {
    enum distribution_kind kind;
    int score; /* nonzero: of random_table_fill_score */
    double a, b;
};

struct entry {
    struct key key;
    double reach;
    double cubic[RANDOM_TABLE_SIZE];
};

static struct entry kept[RANDOM_MEMO_TABLES];
static unsigned long added;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static int same(const struct key *x, const struct key *y)
{
    return x->kind == y->kind && x->score == y->score && x->a == y->a && x->b == y->b;
}

static int find(const struct key *key, double *cubic, double *reach)
{
    int found = 0;
    pthread_mutex_lock(&gate);
    for (unsigned long k = 0; k < added && k < RANDOM_MEMO_TABLES && !found; k++) {
        if (!same(&kept[k].key, key)) continue;
        memcpy(cubic, kept[k].cubic, sizeof kept[k].cubic);
        *reach = kept[k].reach;
        found = 1;
    }
    pthread_mutex_unlock(&gate);
    return found;
}

/* Two threads that made the same table at a time put it in twice: it is the same table. */
static void add(const struct key *key, const double *cubic, double reach)
{
    pthread_mutex_lock(&gate);
    struct entry *entry = &kept[added++ % RANDOM_MEMO_TABLES];
    entry->key = *key;
    entry->reach = reach;
    memcpy(entry->cubic, cubic, sizeof entry->cubic);
    pthread_mutex_unlock(&gate);
}

static int fill(const struct key *key, double *cubic, double *reach)
{
    if (find(key, cubic, reach)) return STATUS_OK;
    int status = key->score ? random_table_fill_score(key->kind, key->a, key->b, cubic, reach)
                            : random_table_fill(key->kind, key->a, key->b, cubic);
    if (!status) add(key, cubic, *reach);
    return status;
}

int random_memo_fill(enum distribution_kind kind, double a, double b, double *cubic)
{
    const struct key key = {kind, 0, a, b};
    double reach = 0.0;
    return fill(&key, cubic, &reach);
}

int random_memo_fill_score(enum distribution_kind kind, double a, double b, double *cubic, double *reach)
{
    const struct key key = {kind, 1, a, b};
    return fill(&key, cubic, reach);
}
