#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "param/registry.h"
#include "param/support.h"

/* A number that takes the draw of another one. While links are open its draw is LINK_FIRST - index. */
struct param_link {
    const struct param_slot *slot;
    const struct param_item *item;
    size_t offset;
};
enum { LINK_FIRST = -2 };

struct fill {
    const struct param_registry *registry;
    char *object;
    struct param_draws *draws;
    struct report *report;
};

static struct param_number *number_at(const struct fill *f, size_t offset)
{
    return (struct param_number *)(void *)(f->object + offset);
}

/* Member by member: bytes between members stay as the caller zeroed them, so that equal deals are equal bytes. */
static void put_number(struct param_number *number, double value, int draw)
{
    number->value = value;
    number->draw = draw;
}

static int fail_memory(const struct fill *f, const struct param_slot *slot)
{
    return report_error(f->report, STATUS_MEMORY, (struct place){0}, slot->name, "out of memory for %zu drawn parameters", f->draws->count);
}

static int grow(void **array, size_t *capacity, size_t size)
{
    size_t larger = *capacity ? 2 * *capacity : 64;
    void *moved = realloc(*array, larger * size);
    if (!moved) return STATUS_MEMORY;
    *array = moved;
    *capacity = larger;
    return STATUS_OK;
}

static int add_draw(const struct fill *f, const struct param_slot *slot, const struct param_item *item, size_t offset, int *draw)
{
    struct param_draws *d = f->draws;
    void *array = d->draw;
    if (d->count == d->capacity) {
        if (grow(&array, &d->capacity, sizeof *d->draw)) return fail_memory(f, slot);
        d->draw = array;
    }
    d->draw[d->count] = (struct param_draw){item->name, item->stream, item->distribution, slot->row->learnt, slot->row->low,
                                            slot->row->high, offset, item->value, 1.0};
    *draw = (int)d->count++;
    return STATUS_OK;
}

static int add_link(const struct fill *f, const struct param_slot *slot, const struct param_item *item, size_t offset, int *draw)
{
    struct param_draws *d = f->draws;
    void *array = d->link;
    if (d->links == d->links_capacity) {
        if (grow(&array, &d->links_capacity, sizeof *d->link)) return fail_memory(f, slot);
        d->link = array;
    }
    d->link[d->links] = (struct param_link){slot, item, offset};
    *draw = LINK_FIRST - (int)d->links++;
    return STATUS_OK;
}

static int write_number(const struct fill *f, const struct param_slot *slot, const struct param_item *item, size_t offset)
{
    struct param_number *number = number_at(f, offset);
    put_number(number, item->value, -1);
    if (item->distribution) return add_draw(f, slot, item, offset, &number->draw);
    if (item->same) return add_link(f, slot, item, offset, &number->draw);
    return STATUS_OK;
}

static size_t element_offset(const struct param_slot *slot, int k)
{
    return slot->offset + offsetof(struct param_list, item) + (size_t)k * sizeof(struct param_number);
}

static int write_list(const struct fill *f, const struct param_slot *slot, const struct param_value *value)
{
    struct param_list *list = (struct param_list *)(void *)(f->object + slot->offset);
    list->count = value->count;
    for (int k = 0; k < PARAM_YEARS; k++) {
        put_number(&list->item[k], 0, -1);
        if (k >= value->count) continue;
        if (write_number(f, slot, &value->item[k], element_offset(slot, k))) return STATUS_MEMORY;
    }
    return STATUS_OK;
}

static int write_value(const struct fill *f, const struct param_slot *slot, const struct param_value *value)
{
    char *place = f->object + slot->offset;
    switch (slot->row->type) {
    case PARAM_NUMBER:
        if (slot->row->varies == PARAM_BY_PATH) return write_number(f, slot, value->item, slot->offset);
        memcpy(place, &value->item->value, sizeof(double));
        return STATUS_OK;
    case PARAM_INTEGER:
    case PARAM_WORD:
    case PARAM_MONTH:
    case PARAM_MEMBER: memcpy(place, &value->whole, sizeof(int)); return STATUS_OK;
    case PARAM_LIST: return write_list(f, slot, value);
    case PARAM_STRING:
        memset(place, 0, PARAM_TEXT);
        memcpy(place, value->text, strlen(value->text));
        return STATUS_OK;
    case PARAM_NAMES: return STATUS_OK;
    }
    return STATUS_OK;
}

static int apply(const struct fill *f, const struct param_setting *setting)
{
    const struct param_slot *slot = setting->slot;
    if (setting->element < 0) return write_value(f, slot, &setting->value);
    const struct param_list *list = (const struct param_list *)(const void *)(f->object + slot->offset);
    if (setting->element >= list->count) {
        return report_error(f->report, STATUS_INPUT, setting->place, slot->name, "no element [%d], the list has %d: give the whole list",
                            setting->element, list->count);
    }
    return write_number(f, slot, setting->value.item, element_offset(slot, setting->element));
}

/* Drops draws that a setting has replaced; the others move up. */
static void settle_draws(const struct fill *f)
{
    struct param_draws *d = f->draws;
    size_t kept = 0;
    for (size_t k = 0; k < d->count; k++) {
        struct param_number *number = number_at(f, d->draw[k].offset);
        if (number->draw != (int)k) continue;
        number->draw = (int)kept;
        d->draw[kept++] = d->draw[k];
    }
    d->count = kept;
}

/* Where the number of same(name) stands; the names were checked when they were read. */
static size_t linked_offset(const struct fill *f, const char *name)
{
    struct param_setting setting;
    if (param_registry_resolve(f->registry, name, (struct place){0}, 0, &setting, f->report)) return (size_t)-1;
    return setting.element < 0 ? setting.slot->offset : element_offset(setting.slot, setting.element);
}

/* same() of a parameter that a scenario holds constant is that constant. */
static int settle_constant(const struct param_reading *reading, const char *same, double value, struct param_number *number)
{
    const struct param_row *row = reading->row;
    put_number(number, value, -1);
    if (value >= row->low && value <= row->high && !(row->open_low && value <= row->low)) return STATUS_OK;
    return param_reading_fail(reading, (struct param_span){same, strlen(same)}, "that parameter is %g, out of range", value);
}

static int settle_link(const struct fill *f, const struct param_link *link)
{
    const char *same = link->item->same;
    struct param_reading reading = {.name = link->slot->name, .place = link->item->place, .row = link->slot->row, .report = f->report};
    struct param_number *number = number_at(f, link->offset);
    size_t offset = linked_offset(f, same);
    if (offset == (size_t)-1) return STATUS_INPUT;
    const struct param_number *other = number_at(f, offset);
    if (other->draw == -1) return settle_constant(&reading, same, other->value, number);
    if (other->draw < 0) {
        return report_error(f->report, STATUS_INPUT, link->item->place, link->slot->name,
                            "same(%.200s): that parameter is itself written with same(..): name the one that has a value", same);
    }
    int status = param_support_fit(&reading, (struct param_span){same, strlen(same)}, f->draws->draw[other->draw].distribution, other->value);
    put_number(number, other->value, other->draw);
    return status;
}

/* Links take effect after all of them were looked at, so that none leads to another. */
static int settle_links(const struct fill *f)
{
    const struct param_draws *d = f->draws;
    int status = STATUS_OK;
    for (size_t k = 0; k < d->links; k++) {
        if (number_at(f, d->link[k].offset)->draw != LINK_FIRST - (int)k) continue; /* replaced */
        size_t offset = linked_offset(f, d->link[k].item->same);
        if (offset != (size_t)-1 && number_at(f, offset)->draw >= -1) continue;
        int one = settle_link(f, &d->link[k]);
        if (!status) status = one;
    }
    for (size_t k = 0; k < d->links && !status; k++) {
        if (number_at(f, d->link[k].offset)->draw == LINK_FIRST - (int)k) status = settle_link(f, &d->link[k]);
    }
    return status;
}

int param_registry_fill(const struct param_registry *registry, const struct param_setting *settings, size_t n, void *object,
                        struct param_draws *draws, struct report *report)
{
    struct fill f = {registry, object, draws, report};
    int status = STATUS_OK;
    draws->count = draws->links = 0;
    for (size_t k = 0; k < registry->slots.count && !status; k++) {
        status = write_value(&f, &registry->slots.slot[k], &registry->given[k].value);
    }
    for (size_t k = 0; k < n && !status; k++) status = apply(&f, &settings[k]);
    if (status) return status;
    settle_draws(&f);
    return settle_links(&f);
}

int param_registry_scale(struct param_draws *draws, const void *object, struct param_number *number, double scale,
                         struct report *report)
{
    void *array = draws->draw;
    put_number(number, scale * number->value, number->draw);
    if (number->draw < 0) return STATUS_OK;
    if (draws->count == draws->capacity && grow(&array, &draws->capacity, sizeof *draws->draw)) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for %zu drawn parameters",
                            draws->count);
    }
    draws->draw = array;
    struct param_draw draw = draws->draw[number->draw];
    draw.offset = (size_t)((const char *)(const void *)number - (const char *)object);
    draw.scale *= scale;
    number->draw = (int)draws->count;
    draws->draw[draws->count++] = draw;
    return STATUS_OK;
}

void param_registry_release(struct param_draws *draws)
{
    free(draws->draw);
    free(draws->link);
    *draws = (struct param_draws){0};
}
