/* Every allocation of a whole reading fails in turn: each time STATUS_MEMORY or a message, never a crash, a leak (under the
   leak check) or a wrong success. malloc and its kin are replaced for our own code by the linker. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "support/scarce.h"
#include "unit/input/door.h"

/* The whole way of a deal and a table; 0 if all of it was done. */
static int read_all(struct door *door)
{
    struct toy *toy = __real_calloc(1, sizeof *toy);
    struct param_draws draws = {0};
    struct param_column_reader reader = {input_column_read, &door->columns};
    struct param_store store = {0};
    struct param_setting settings[4];
    char path[128], *echo = NULL;
    int complete;
    snprintf(path, sizeof path, "%s/deal.yaml", door->folder);
    door->columns.deal_path = path;
    int status = input_deal_read(path, NULL, 0, &door->records, &complete, &door->report);
    if (!status) status = param_registry_read(&door->registry, toy_tables, toy_table_count, &door->records, &reader, path, &door->report);
    if (!status) status = param_registry_fill(&door->registry, NULL, 0, toy, &draws, &door->report);
    if (!status) status = param_echo_write(&door->registry, NULL, 0, 1, &echo, &door->report);
    free(echo);
    char table[128];
    snprintf(table, sizeof table, "%s/s.csv", door->folder);
    if (!status) status = input_table_read(table, &door->table, &door->report);
    if (!status) status = input_table_resolve(&door->table, &door->registry, settings, &door->report);
    if (!status) status = input_table_settings(&door->table, 0, &door->registry, &store, settings, &door->report);
    if (!status) status = param_registry_fill(&door->registry, settings, 2, toy, &draws, &door->report);
    param_registry_release(&draws);
    param_store_free(&store);
    free(toy);
    return status;
}

static void forget(struct door *door)
{
    param_registry_free(&door->registry);
    param_record_free(&door->records);
    input_column_free(&door->columns);
    input_table_free(&door->table);
    report_free(&door->report);
}

Test(memory, every_failure_is_told_errors, .timeout = 120)
{
    struct door door;
    char text[4000];
    door_open(&door);
    door_write(&door, "f.csv", "x\n1\n2\n", 0);
    door_write(&door, "s.csv", "scenario,contract.multiple,venture.capex.plan,weight\na,\"uniform(0, 1)\",\"[1, 2]\",1\n", 0);
    door_write(&door, "base.yaml", door_deal, 0);
    snprintf(text, sizeof text, "include: base.yaml\ncontract.fee: same(contract.multiple)\nown.a.capex.overrun: empirical(f.csv, x)\n"
                                "own.b.capex.overrun: mixture(0.5:normal(1, 0.1), 0.5:truncated(normal(1, 1), 0.5, 2))\n");
    door_write(&door, "deal.yaml", text, 0);
    scarce_left = -1;
    scarce_used = 0;
    cr_assert_eq(read_all(&door), 0, "%s", toy_message(&door.report, 0));
    forget(&door);
    const long all = scarce_used;
    cr_assert(all > 20, "%ld", all);
    for (long k = 0; k < all; k++) {
        scarce_left = k;
        int status = read_all(&door);
        scarce_left = -1;
        cr_assert_eq(status, STATUS_MEMORY, "allocation %ld of %ld: status %d", k, all, status);
        cr_assert(door.report.errors > 0 && door.report.status == STATUS_MEMORY);
        forget(&door);
    }
    door_close(&door);
}
