/* Files in a folder of their own, read through the whole door: YAML, includes, options, registry. */
#ifndef DOOR_H
#define DOOR_H
#include "input/column.h"
#include "input/deal.h"
#include "input/table.h"
#include "param/echo.h"
#include "unit/param/toy.h"

struct door {
    char folder[64];
    char path[128]; /* of the file written last */
    struct report report;
    struct param_records records;
    struct param_registry registry;
    struct input_columns columns;
    struct input_table table;
    int status; /* of the last reading */
};

/* A deal that is valid, in YAML. */
extern const char door_deal[];

/* Makes the folder. */
void door_open(struct door *door);
/* Writes a file into it; n bytes, or to the end of the text where n is 0. */
void door_write(struct door *door, const char *name, const char *bytes, size_t n);
/* Reads a deal of the folder; frees what was read before. */
int door_read(struct door *door, const char *name, const struct input_override *overrides, size_t n);
/* Reads a scenario table, resolves and reads all its rows against the deal read before. */
int door_table(struct door *door, const char *name);
/* Canonical text of the deal without origins; to be freed. */
char *door_echo(struct door *door);
/* Message k without the folder, "" if there is none. */
const char *door_message(const struct door *door, int k);
/* Frees all and removes the folder. */
void door_close(struct door *door);
#endif
