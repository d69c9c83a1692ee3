#include "unit/design/varied.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct place option = {"--vary", 0, 0};

void varied_open(struct varied *v, const char *const *specs)
{
    memset(v, 0, sizeof *v);
    report_init(&v->report);
    cr_assert_eq(toy_read(toy_deal, &v->records, &v->registry, &v->report), 0, "%s", varied_message(v, 0));
    for (; specs && *specs; specs++) cr_assert_eq(varied_add(v, *specs), 0, "%s: %s", *specs, varied_message(v, 0));
}

int varied_add(struct varied *v, const char *spec)
{
    return design_vary_add(&v->varied, spec, option, &v->registry, &v->report);
}

int varied_add_unknown(struct varied *v, const char *spec)
{
    return design_vary_add(&v->varied, spec, option, NULL, &v->report);
}

void varied_forget(struct varied *v)
{
    design_vary_free(&v->varied);
    report_free(&v->report);
    report_init(&v->report);
    v->design = (struct design){0};
}

char *varied_table(struct varied *v, enum input_sweep_design kind, uint64_t points, uint64_t seed)
{
    char *text = NULL;
    v->design = (struct design){.kind = kind, .points = points, .seed = seed, .points_place = {"--points", 0, 0}};
    cr_assert_eq(design_settle(&v->design, &v->varied, &v->report), 0, "%s", varied_message(v, 0));
    cr_assert_eq(design_write(&v->design, &v->varied, &text, &v->report), 0, "%s", varied_message(v, 0));
    cr_assert_not_null(text);
    return text;
}

const char *varied_message(const struct varied *v, int k)
{
    return toy_message(&v->report, k);
}

void varied_close(struct varied *v)
{
    design_vary_free(&v->varied);
    param_registry_free(&v->registry);
    param_record_free(&v->records);
    report_free(&v->report);
}
