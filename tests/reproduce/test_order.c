/* The order in which a deal file declares partners and regions changes no bit of any of their numbers. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/deal.h"

static char *read_all(const char *path)
{
    FILE *f = fopen(path, "rb");
    cr_assert_not_null(f);
    char *text = calloc(1, 1 << 16);
    cr_assert_gt(fread(text, 1, (1 << 16) - 1, f), 0);
    fclose(f);
    return text;
}

/* Partner zeta moves from the first place to the last, the regions are turned round. */
static void write_reordered(const char *path)
{
    char *text = read_all(TESTS_DIR "/reproduce/deals/five.yaml");
    char *zeta = strstr(text, "  zeta:\n"), *alpha = strstr(text, "  alpha:\n"), *market = strstr(text, "\nmarket:");
    char *regions = strstr(text, "regions: [");
    cr_assert(zeta && alpha && market && regions && zeta < alpha && alpha < market);
    FILE *f = fopen(path, "wb");
    cr_assert_not_null(f);
    fprintf(f, "%.*s", (int)(regions - text), text);
    fprintf(f, "regions: [freedonia, erewhon, doggerland, cimmeria, borea, atlantis]\n");
    char *after = strchr(regions, '\n') + 1;
    fprintf(f, "%.*s%.*s%.*s%s", (int)(zeta - after), after, (int)(market - alpha), alpha, (int)(alpha - zeta), zeta, market);
    cr_assert_eq(fclose(f), 0);
    free(text);
}

/* A block "  NAME:" of the deal file from its line to the next line that is not deeper than `indent`. */
static char *cut_block(char *text, const char *head, int indent, size_t *length)
{
    char *begin = strstr(text, head);
    cr_assert_not_null(begin, "no '%s'", head);
    char *end = strchr(begin, '\n') + 1;
    while (*end && (int)strspn(end, " ") > indent) end = strchr(end, '\n') + 1;
    *length = (size_t)(end - begin);
    return begin;
}

/* Moves the first block in front of which `other` stands behind it: a, .., b becomes .., b, a. */
static void move_behind(char *text, const char *head, const char *other, int indent)
{
    size_t length, rest;
    char *begin = cut_block(text, head, indent, &length), *last = cut_block(text, other, indent, &rest);
    cr_assert_gt(last, begin);
    char *kept = strndup(begin, length), *end = last + rest;
    memmove(begin, begin + length, (size_t)(end - begin) - length);
    memcpy(end - length, kept, length);
    free(kept);
}

/* Partners, regions and triggers in another order. */
static void write_quarrel(const char *path)
{
    char *text = read_all(TESTS_DIR "/reproduce/deals/quarrel.yaml"), *regions = strstr(text, "regions: [south, north]");
    cr_assert_not_null(regions);
    memcpy(regions, "regions: [north, south]", strlen("regions: [north, south]"));
    move_behind(text, "  rho:\n", "  delta:\n", 2);
    move_behind(text, "    duty: {", "    sold: {", 4);
    move_behind(text, "    volume: {", "    stuck: {", 4);
    FILE *f = fopen(path, "wb");
    cr_assert_not_null(f);
    cr_assert_geq(fputs(text, f), 0);
    cr_assert_eq(fclose(f), 0);
    free(text);
}

/* Every cell of `a` against the one with the same labels in `b`. */
static void compare_row(const struct pactolus_result *a, const struct pactolus_result *b, size_t index)
{
    struct pactolus_row row, other;
    cr_assert_eq(pactolus_result_row_at(a, index, 0, &row), PACTOLUS_OK);
    cr_assert_eq(pactolus_result_row(b, row.name, 0, NULL, &other), PACTOLUS_OK);
    for (size_t k = 0; k < row.count; k++) {
        size_t rest = k, at = 0, scale = 1;
        for (int d = row.dimensions - 1; d >= 0; d--) {
            const char *label = pactolus_result_label(a, row.dimension[d], rest % row.size[d]);
            const ptrdiff_t there = pactolus_result_find(b, row.dimension[d], label);
            cr_assert_geq(there, 0, "%s has no '%s'", row.dimension[d], label);
            at += (size_t)there * scale;
            scale *= row.size[d];
            rest /= row.size[d];
        }
        cr_assert_eq(memcmp(&row.values[k], &other.values[at], sizeof(double)), 0, "%s cell %zu: %.17g and %.17g", row.name, k,
                     row.values[k], other.values[at]);
    }
}

/* Runs the deal as it stands and as `reorder` writes it; all cells must have the same bits. */
static void expect_same(const char *deal, void (*reorder)(const char *path), const char *first, const char *last_then)
{
    char path[] = "/tmp/pactolus_order_XXXXXX";
    const int file = mkstemp(path);
    cr_assert_geq(file, 0);
    close(file);
    reorder(path);
    struct pactolus_result *a = support_run(deal, NULL, 1000, 1);
    struct pactolus_result *b = support_run(path, NULL, 1000, 1);
    unlink(path);
    size_t last = 0;
    while (pactolus_result_label(b, "partner", last + 1)) last++;
    cr_expect_str_eq(pactolus_result_label(a, "partner", 0), first);
    cr_expect_str_eq(pactolus_result_label(b, "partner", last), last_then);
    cr_assert_eq(pactolus_result_rows(a), pactolus_result_rows(b));
    for (size_t k = 0; k < pactolus_result_rows(a); k++) compare_row(a, b, k);
    pactolus_result_destroy(a);
    pactolus_result_destroy(b);
}

Test(reproduce_order, of_partners_and_regions_changes_no_bit)
{
    expect_same(TESTS_DIR "/reproduce/deals/five.yaml", write_reordered, "zeta", "zeta");
}

Test(reproduce_order, of_partners_regions_and_triggers_changes_no_decision)
{
    expect_same(TESTS_DIR "/reproduce/deals/quarrel.yaml", write_quarrel, "rho", "rho");
}
