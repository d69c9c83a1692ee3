#include "param/lookup.h"
#include "param/record.h"
#include "param/store.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

Test(store, gives_zeroed_aligned_memory_that_stays)
{
    struct param_store store = {0};
    char *texts[1000];
    for (int k = 0; k < 1000; k++) {
        char text[32];
        snprintf(text, sizeof text, "text %d", k);
        texts[k] = param_store_copy(&store, text, strlen(text));
        unsigned char *bytes = param_store_take(&store, (size_t)(k * 37));
        cr_assert_eq((uintptr_t)bytes % 16, 0);
        for (int i = 0; i < k * 37; i++) cr_assert_eq(bytes[i], 0);
        memset(bytes, 0xff, (size_t)(k * 37));
    }
    for (int k = 0; k < 1000; k++) {
        char text[32];
        snprintf(text, sizeof text, "text %d", k);
        cr_assert_str_eq(texts[k], text);
    }
    param_store_free(&store);
    param_store_free(&store);
}

Test(store, gives_memory_errors)
{
    struct param_store store = {0};
    cr_assert_null(param_store_take(&store, (size_t)-1));
    cr_assert_null(param_store_take(&store, (size_t)-1 - 8));
    param_store_free(&store);
}

Test(lookup, finds_what_was_put)
{
    static char keys[5000][8];
    struct param_lookup lookup = {0};
    cr_assert_eq(param_lookup_find(&lookup, "k"), PARAM_LOOKUP_NONE);
    for (size_t k = 0; k < 5000; k++) {
        snprintf(keys[k], sizeof keys[k], "k%zu", k);
        cr_assert_eq(param_lookup_put(&lookup, keys[k], k), 0);
    }
    cr_assert_eq(param_lookup_put(&lookup, "k7", 99), 0);
    cr_assert_eq(lookup.count, 5000);
    for (size_t k = 0; k < 5000; k++) cr_assert_eq(param_lookup_find(&lookup, keys[k]), k == 7 ? 99 : k);
    cr_assert_eq(param_lookup_find(&lookup, "k5000"), PARAM_LOOKUP_NONE);
    param_lookup_free(&lookup);
}

Test(record, copies_what_it_is_given)
{
    struct param_records records = {0};
    struct report report;
    char name[] = "a", text[] = "1", file[] = "f";
    report_init(&report);
    for (int k = 0; k < 200; k++) {
        struct param_record record = {name, text, {file, k, 1}, PARAM_RECORD_SCALAR, 1};
        cr_assert_eq(param_record_add(&records, &record, &report), 0);
    }
    name[0] = text[0] = file[0] = 'x';
    cr_assert_str_eq(records.record[0].name, "a");
    cr_assert_str_eq(records.record[199].text, "1");
    cr_assert_eq(records.record[0].place.file, records.record[199].place.file, "one copy of a file's name");
    cr_assert_str_eq(records.record[0].place.file, "f");
    param_record_free(&records);
    param_record_free(&records);
    report_free(&report);
}
