/* study/deal.h - a deal as it was read, with its options and its scenario table: what scenarios are made from. */
#ifndef PACTOLUS_STUDY_DEAL_H
#define PACTOLUS_STUDY_DEAL_H
#include "deal/deal.h"
#include "input/column.h"
#include "input/sweep.h"
#include "input/table.h"
#include "param/registry.h"

struct study_deal {
    char *path;       /* of the deal file; owned, as all below */
    char *text;       /* the file as it was read, for the result; NULL where it cannot be kept */
    char *table_text; /* NULL: no table */
    struct input_columns columns;
    struct param_records records;  /* of the file, then the settings in order */
    size_t file_records;
    struct input_sweep sweep;      /* the section `sweep:` of the file; place.file NULL: none */
    struct param_registry registry;
    int stale;                     /* nonzero: settings came after the registry was read */
    struct input_table table;      /* path NULL: none */
    struct param_setting *setting; /* by parameter column of the table; resolved again with the registry */
};

/* Reads the file with what it includes. All errors are reported. Free is legal after a failure. */
int study_deal_init(struct study_deal *deal, const char *path, struct report *report);
void study_deal_free(struct study_deal *deal);
/* Reads a table and all its values; replaces an earlier one. Names that were set before are no legal columns. */
int study_deal_read_table(struct study_deal *deal, const char *path, struct report *report);
/* The same of a table that the program made: the text of a design (design/design.h), told as `name`. */
int study_deal_read_table_text(struct study_deal *deal, const char *name, const char *text, struct report *report);
/* As if there had been none. */
void study_deal_forget_table(struct study_deal *deal);
/* name = value over what the file says. Nothing has changed after a failure. */
int study_setting_add(struct study_deal *deal, const char *name, const char *value, struct report *report);
/* As if none had been added since there were `count` records. */
void study_setting_forget(struct study_deal *deal, size_t count);
/* Reads registry and table columns anew if they are stale. Before a scenario is made. */
int study_deal_refresh(struct study_deal *deal, struct report *report);

/* Number of scenarios, without a table 1; the name of one; its weight (1 where there are none). `buffer` is used for rows
   without a name. */
size_t study_deal_scenarios(const struct study_deal *deal);
const char *study_deal_scenario(const struct study_deal *deal, size_t index, char buffer[INPUT_TABLE_LABEL]);

/* Names of the internal index of a set. */
static inline const struct param_names *study_deal_names(const struct study_deal *deal, enum param_set set)
{
    return &deal->registry.scope.set[set];
}
#endif
