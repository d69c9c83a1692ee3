#include "param/record.h"

#include <stdlib.h>
#include <string.h>

static int grow(struct param_records *records)
{
    size_t capacity = records->capacity ? 2 * records->capacity : 64;
    if (capacity > (size_t)-1 / sizeof *records->record) return STATUS_MEMORY;
    struct param_record *larger = realloc(records->record, capacity * sizeof *larger);
    if (!larger) return STATUS_MEMORY;
    records->record = larger;
    records->capacity = capacity;
    return STATUS_OK;
}

/* Records of one file share one copy of its name. */
static const char *copy_file(struct param_records *records, const char *file)
{
    if (!file) return NULL;
    const char *last = records->count ? records->record[records->count - 1].place.file : NULL;
    if (last && strcmp(last, file) == 0) return last;
    return param_store_copy(&records->store, file, strlen(file));
}

int param_record_add(struct param_records *records, const struct param_record *record, struct report *report)
{
    struct param_record copy = *record;
    copy.place.file = copy_file(records, record->place.file);
    copy.name = param_store_copy(&records->store, record->name, strlen(record->name));
    copy.text = record->text ? param_store_copy(&records->store, record->text, strlen(record->text)) : "";
    if (!copy.name || !copy.text || (record->place.file && !copy.place.file) ||
        (records->count == records->capacity && grow(records))) {
        return report_error(report, STATUS_MEMORY, record->place, NULL, "out of memory after %zu values", records->count);
    }
    records->record[records->count++] = copy;
    return STATUS_OK;
}

void param_record_free(struct param_records *records)
{
    free(records->record);
    param_store_free(&records->store);
    *records = (struct param_records){0};
}
