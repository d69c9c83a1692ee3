#include "unit/input/door.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char door_deal[] = "# a joint venture\n"
                         "deal: Toy\n"
                         "horizon_years: 12\n"
                         "regions: [us, korea]\n"
                         "inputs: [lithium]\n"
                         "partners:\n"
                         "  b: {discount_rate: 0.1}\n"
                         "  a:\n"
                         "    discount_rate: 0.09\n"
                         "market:\n"
                         "  demand:\n"
                         "    us: {growth: 0.02}\n"
                         "  trade:\n"
                         "    us_korea:\n"
                         "      regimes: [low, high]\n"
                         "      rates: {low: {high: 0.5}}\n"
                         "venture:\n"
                         "  capex: {plan: [390, 1040, 910], overrun: \"lognormal(median=1.1, sigma=0.4)\"}\n"
                         "contract:\n"
                         "  multiple: uniform(0, 1)\n"
                         "  lead: b\n"
                         "copula:\n"
                         "  x: {first: venture.capex.overrun}\n";

void door_open(struct door *door)
{
    memset(door, 0, sizeof *door);
    door->table.label = -1;
    const char *temporary = getenv("TMPDIR");
    snprintf(door->folder, sizeof door->folder, "%s/pactolus_door_XXXXXX", temporary && strlen(temporary) < 40 ? temporary : P_tmpdir);
    cr_assert_not_null(mkdtemp(door->folder));
}

void door_write(struct door *door, const char *name, const char *bytes, size_t n)
{
    snprintf(door->path, sizeof door->path, "%s/%s", door->folder, name);
    FILE *file = fopen(door->path, "wb");
    cr_assert_not_null(file);
    if (!n) n = strlen(bytes);
    cr_assert_eq(fwrite(bytes, 1, n, file), n);
    fclose(file);
}

static void forget(struct door *door)
{
    param_registry_free(&door->registry);
    param_record_free(&door->records);
    input_column_free(&door->columns);
    input_table_free(&door->table);
    report_free(&door->report);
}

int door_read(struct door *door, const char *name, const struct input_override *overrides, size_t n)
{
    int complete;
    forget(door);
    snprintf(door->path, sizeof door->path, "%s%s%s", *name == '/' ? "" : door->folder, *name == '/' ? "" : "/", name);
    door->columns.deal_path = door->path;
    struct param_column_reader reader = {input_column_read, &door->columns};
    int status = input_deal_read(door->path, overrides, n, &door->records, &complete, &door->report);
    if (complete) param_registry_read(&door->registry, toy_tables, toy_table_count, &door->records, &reader, door->path, &door->report);
    cr_assert(!status || door->report.status, "a failure without a message");
    return door->status = door->report.status;
}

int door_table(struct door *door, const char *name)
{
    char path[128];
    struct param_setting settings[32];
    struct param_store store = {0};
    input_table_free(&door->table);
    report_free(&door->report);
    snprintf(path, sizeof path, "%s/%s", door->folder, name);
    int status = input_table_read(path, &door->table, &door->report);
    if (!status) cr_assert(door->table.parameters <= 32);
    if (!status) status = input_table_resolve(&door->table, &door->registry, settings, &door->report);
    for (size_t row = 0; !status && row < door->table.rows; row++) {
        int one = input_table_settings(&door->table, row, &door->registry, &store, settings, &door->report);
        if (one) door->status = one;
    }
    param_store_free(&store);
    return door->status = door->report.status;
}

char *door_echo(struct door *door)
{
    char *text = NULL;
    cr_assert_eq(param_echo_write(&door->registry, NULL, 0, 0, &text, &door->report), 0);
    return text;
}

const char *door_message(const struct door *door, int k)
{
    const char *message = toy_message(&door->report, k);
    size_t n = strlen(door->folder);
    return strncmp(message, door->folder, n) == 0 ? message + n + 1 : message;
}

void door_close(struct door *door)
{
    char path[512];
    DIR *folder = opendir(door->folder);
    forget(door);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", door->folder, entry->d_name);
        unlink(path);
    }
    if (folder) closedir(folder);
    rmdir(door->folder);
}
