/* sweep/index.h - where each point of a sweep stands in the journals: 16 bytes a point. */
#ifndef PACTOLUS_SWEEP_INDEX_H
#define PACTOLUS_SWEEP_INDEX_H
#include "sweep/journal.h"

enum sweep_index_state { SWEEP_MISSING, SWEEP_FAILED, SWEEP_DONE };

struct sweep_index {
    struct sweep_journal_kind kind;
    struct sweep_index_entry *entry; /* by point; owned, as all below */
    char **path;                     /* of the journals */
    int *file;
    int journals, present;           /* present: the one being read */
    uint64_t done, failed;           /* points with numbers, and with a failure only */
};

int sweep_index_init(struct sweep_index *index, const struct sweep_journal_kind *kind, struct report *report);
void sweep_index_free(struct sweep_index *index);
/* Takes in every journal of a folder, in byte order of their names. The first record with numbers counts, else the last failure. A
   folder that is not there has none. STATUS_REFUSED for a journal of another sweep. */
int sweep_index_add(struct sweep_index *index, const char *folder, struct report *report);
enum sweep_index_state sweep_index_state_of(const struct sweep_index *index, uint64_t point);
/* The numbers of a point that is done, or the reason of one that failed (at least 4,001 bytes). */
int sweep_index_read(const struct sweep_index *index, uint64_t point, void *payload, size_t room, struct report *report);
#endif
