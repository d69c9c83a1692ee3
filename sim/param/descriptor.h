/* param/descriptor.h - one row of the registry: all that the program knows about a parameter. Rows stand in the stage that
   uses them (<stage>_parameters.c); the value grammar, --help, `pactolus params`, docs/parameters.md, the echo, table
   columns and sweep axes are loops over them. */
#ifndef PACTOLUS_PARAM_DESCRIPTOR_H
#define PACTOLUS_PARAM_DESCRIPTOR_H
#include <stddef.h>

enum { /* bounds: more ends in exit 5 that names the bound */
    PARAM_PARTNERS = 8,
    PARAM_REGIONS = 8,
    PARAM_INPUTS = 8,
    PARAM_CHAINS = 4,
    PARAM_REGIMES = 6,
    PARAM_SUBSIDIES = 4,
    PARAM_PAIRS = 32,
    PARAM_TRIGGERS = 16,
    PARAM_MILESTONES = 8,
    PARAM_YEARS = 40,
    PARAM_NAME = 33,  /* bytes of a declared name with its end: [a-z][a-z0-9_]{0,31} */
    PARAM_TEXT = 128, /* bytes of a text with its end */
    PARAM_WILDCARDS = 4
};

/* Sets of names that a deal declares; a wildcard of a path stands for a member of one of them. */
enum param_set {
    PARAM_SET_PARTNER,     /* <partner>    partners: {..}              */
    PARAM_SET_REGION,      /* <region>     regions: [..] or {..}       */
    PARAM_SET_INPUT,       /* <input>      inputs: [..] or {..}        */
    PARAM_SET_CHAIN,       /* <chain>      market.trade: {..}          */
    PARAM_SET_REGIME,      /* <regime>     market.trade.<chain>.regimes: [..]; of the chain named before it, order kept */
    PARAM_SET_SUBSIDY,     /* <subsidy>    market.subsidy: {..}        */
    PARAM_SET_CORRELATION, /* <pair>       market.correlation: {..}    */
    PARAM_SET_COPULA,      /* <link>       copula: {..}                */
    PARAM_SET_TRIGGER,     /* <trigger>    contract.triggers: {..}     */
    PARAM_SET_MILESTONE,   /* <milestone>  venture.gates: {..}         */
    PARAM_SETS
};

/* Members of one set. Internal index = names in byte order, so that reordering a file changes no bit (regimes keep their
   declared order, it has a meaning). declared[k] = internal index of the k-th name of the file, for tables and results. */
struct param_names {
    int count;
    char name[PARAM_PARTNERS > PARAM_PAIRS ? PARAM_PARTNERS : PARAM_PAIRS][PARAM_NAME];
    int declared[PARAM_PAIRS];
};

/* All names of a deal. */
struct param_scope {
    struct param_names set[PARAM_SETS];          /* PARAM_SET_REGIME unused here */
    struct param_names regimes[PARAM_CHAINS];    /* by chain */
};

enum param_type {
    PARAM_NUMBER,  /* struct param_number if it varies by path, else double */
    PARAM_INTEGER, /* int */
    PARAM_WORD,    /* int, index into `words` */
    PARAM_LIST,    /* struct param_list */
    PARAM_STRING,  /* char[PARAM_TEXT], UTF-8 */
    PARAM_MONTH,   /* int, year * 12 + month - 1; written 2022-01 */
    PARAM_MEMBER,  /* int, internal index of a member of `member_of`, -1 for the word none */
    PARAM_NAMES    /* declares a set (regions: [..]); stores nothing */
};

enum param_varies {
    PARAM_BY_PATH,     /* a constant or a distribution */
    PARAM_BY_SCENARIO, /* may differ between rows of a table, never within one */
    PARAM_STRUCTURE    /* one value per deal file */
};

/* When the partners learn a drawn value (beliefs use its mean before). */
enum param_learnt { PARAM_LEARNT_START, PARAM_LEARNT_PROGRESS, PARAM_LEARNT_SOP };

/* A number that may be drawn. `draw` is the index of its draw in the deal's list, -1 when constant; `value` is the
   constant or the mean of the distribution. */
struct param_number {
    double value;
    int draw;
};

struct param_list {
    int count; /* 0: absent */
    struct param_number item[PARAM_YEARS];
};

struct param_row {
    const char *path; /* "market.demand.<region>.volatility"; a list is indexed [k] by users, not here */
    enum param_type type;
    const char *unit; /* "1", "1/year", "year", "M{currency}", "M{currency}/{volume}", "{volume}/year", ... */
    double low, high; /* inclusive range of a number, its elements or an integer; see `open_low` */
    int open_low;     /* nonzero: low itself is refused (a positive number) */
    const char *fallback; /* the neutral default in the grammar of a deal file; NULL: required; "" absent (text, list) */
    const char *sentence; /* one sentence for people, ends with a full stop */
    enum param_varies varies;
    enum param_learnt learnt;
    const char *const *words;    /* PARAM_WORD: NULL-terminated */
    enum param_set member_of;    /* PARAM_MEMBER, PARAM_NAMES */
    size_t offset;               /* in the struct of the table */
    size_t stride[PARAM_WILDCARDS]; /* bytes per wildcard of `path`, in its order */
};

/* Rows that share a prefix and a place in the deal: the same programme rows serve venture, own, standalone and after.
   Wildcards of the prefix come first. A drawn row's stream is stream_prefix + the row's path (wildcards of the *row* put
   in), so that the instances of a programme share one uniform per path and purpose; stream_prefix NULL: the full name. */
struct param_table {
    const char *prefix; /* "", "venture.", "standalone.<partner>." */
    const char *stream_prefix;
    const struct param_row *rows;
    size_t count;
    size_t offset;                  /* of the rows' struct in the deal */
    size_t stride[PARAM_WILDCARDS]; /* per wildcard of the prefix */
};
#endif
