/* Every allocation on the way from a section to a table fails in turn, as in ../input/test_memory.c. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "design/design.h"
#include "support/scarce.h"
#include "unit/input/door.h"

/* The way of a section; 0 if all of it was done. */
static int make_table(struct door *door, enum input_sweep_design kind)
{
    struct input_sweep section = {0};
    struct design design = {.kind = kind};
    struct design_varied varied = {0};
    struct param_column_reader reader = {input_column_read, &door->columns};
    char path[128], *text = NULL;
    snprintf(path, sizeof path, "%s/deal.yaml", door->folder);
    door->columns.deal_path = path;
    int status = input_deal_read(path, NULL, 0, &door->records, NULL, &door->report);
    if (!status) status = input_sweep_take(&door->records, &section, &door->report);
    if (!status) status = param_registry_read(&door->registry, toy_tables, toy_table_count, &door->records, &reader, path, &door->report);
    if (!status) status = design_take(&design, &varied, &section, &door->registry, &door->report);
    if (!status) status = design_settle(&design, &varied, &door->report);
    if (!status) status = design_write(&design, &varied, &text, &door->report);
    if (!status) status = input_table_read_text("--vary", text, &door->table, &door->report);
    cr_assert(!status || !door->table.rows);
    free(text);
    design_vary_free(&varied);
    input_sweep_free(&section);
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

Test(memory, every_failure_is_told_errors, .timeout = 200)
{
    static const enum input_sweep_design kinds[] = {INPUT_SWEEP_RANDOM, INPUT_SWEEP_LHS, INPUT_SWEEP_SOBOL};
    struct door door;
    char text[4000];
    door_open(&door);
    snprintf(text, sizeof text, "%ssweep:\n  points: 8\n  vary:\n    contract.multiple: 0:1\n    contract.fee: pert(0, 1, 5)\n"
                                "    contract.rule: [use, equity]\n    contract.price: 1:2:3\n", door_deal);
    door_write(&door, "deal.yaml", text, 0);
    for (size_t d = 0; d < 3; d++) {
        scarce_left = -1;
        scarce_used = 0;
        cr_assert_eq(make_table(&door, kinds[d]), 0, "%s", toy_message(&door.report, 0));
        forget(&door);
        const long all = scarce_used;
        cr_assert(all > 20, "%ld", all);
        for (long k = 0; k < all; k++) {
            scarce_left = k;
            const int status = make_table(&door, kinds[d]);
            scarce_left = -1;
            cr_assert_eq(status, STATUS_MEMORY, "allocation %ld of %ld: status %d", k, all, status);
            cr_assert(door.report.errors > 0 && door.report.status == STATUS_MEMORY);
            forget(&door);
        }
    }
    door_close(&door);
}
