#define _GNU_SOURCE /* strcasestr */
#include "param/page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "param/builder.h"
#include "param/number.h"

static const char *const type_names[] = {"number", "integer", "word", "list", "text", "month", "member", "names"};
static const char *const varies_names[] = {"path", "scenario", "structure"};
static const char *const learnt_names[] = {"start", "progress", "production"};

struct page {
    struct param_builder out;
    const struct param_table *tables;
    size_t count;
    const char *filter;
    int rows;
};

static int is_numeric(const struct param_row *row)
{
    return row->type == PARAM_NUMBER || row->type == PARAM_INTEGER || row->type == PARAM_LIST;
}

/* Where the filter is found. What a name holds comes before what only a sentence says. */
enum found { FOUND_NAME, FOUND_SENTENCE, FOUND_NOWHERE };
static enum found find_filter(const struct page *page, const struct param_table *table, const struct param_row *row)
{
    char path[512];
    size_t n = strlen(table->prefix), m = strlen(row->path);
    if (!page->filter || !*page->filter) return FOUND_NAME;
    if (n + m < sizeof path) {
        memcpy(path, table->prefix, n);
        memcpy(path + n, row->path, m + 1);
        if (strcasestr(path, page->filter)) return FOUND_NAME;
    }
    return strcasestr(row->sentence, page->filter) ? FOUND_SENTENCE : FOUND_NOWHERE;
}

static int is_wanted(const struct page *page, const struct param_table *table, const struct param_row *row)
{
    return find_filter(page, table, row) != FOUND_NOWHERE;
}

static void put_range(struct page *page, const struct param_row *row)
{
    char low[PARAM_NUMBER_TEXT], high[PARAM_NUMBER_TEXT];
    struct param_builder *out = &page->out;
    if (row->type == PARAM_WORD) {
        for (int k = 0; row->words[k]; k++) param_builder_put(out, "%s%s", k ? ", " : "", row->words[k]);
    } else if (is_numeric(row)) {
        param_number_write(low, row->low);
        param_number_write(high, row->high);
        if (isinf(row->low) && isinf(row->high)) param_builder_put(out, "any");
        else if (isinf(row->high)) param_builder_put(out, "%s %s", row->open_low ? ">" : ">=", low);
        else if (isinf(row->low)) param_builder_put(out, "<= %s", high);
        else param_builder_put(out, "%s%s, %s]", row->open_low ? "(" : "[", low, high);
    }
}

static const char *fallback_of(const struct param_row *row)
{
    return !row->fallback ? "required" : !*row->fallback ? "absent" : row->fallback;
}

/* ---- Text ---- */

static void put_text_row(struct page *page, const struct param_table *table, const struct param_row *row)
{
    param_builder_put(&page->out, "%s%s\n    %s", table->prefix, row->path, type_names[row->type]);
    if (*row->unit) param_builder_put(&page->out, ", %s", row->unit);
    if (is_numeric(row) || row->type == PARAM_WORD) {
        param_builder_put(&page->out, ", ");
        put_range(page, row);
    }
    param_builder_put(&page->out, "; default %s; varies by %s\n    %s\n", fallback_of(row), varies_names[row->varies], row->sentence);
}

/* ---- Markdown ---- */

/* Sections of a deal file, in the order in which one is best written. */
static const struct page_section {
    const char *key; /* first part of a name; "": names of one part */
    const char *about;
} page_sections[] = {
    {"", "Title, currency, unit of volume, time."},
    {"partners", "Who takes part: share of the venture, rates, what each sells where, what it adds to a unit itself."},
    {"regions", "Where they sell or make."},
    {"inputs", "What moves costs besides inflation."},
    {"market", "What nobody in the deal controls: demand, prices, exchange rates, duties, support, crises, newcomers."},
    {"venture", "The programme that the partners have in common. Rows that `own`, `standalone` and `after` have too stand here, once."},
    {"own", "What a partner spends by itself beside the venture, while it is in."},
    {"standalone", "What each partner would do without the deal: the measure of all that is captured."},
    {"contract", "What they agree: who pays, who gets, how they govern, when they may part and at which price."},
    {"after", "What a partner does once it left."},
    {"valuation", "Books, the end, the measure."},
    {"projection", "How partners look ahead."},
    {"copula", "Which draws go together."},
    {"dependence", "How they do."},
};
enum { PAGE_SECTIONS = sizeof page_sections / sizeof *page_sections };

static const char page_head[] =
    "# Parameters\n\n"
    "Every name that a deal file, a scenario table's header, `--set` or a sweep may hold. This page is made by\n"
    "`pactolus params --markdown`; do not edit it. [first-deal.md](first-deal.md) shows the way from `pactolus init` to a result.\n\n"
    "A name is the path of keys joined by points: `market: {demand: {us: {growth: 0.02}}}` and\n"
    "`market.demand.us.growth: 0.02` say the same. `<partner>`, `<region>` and so on stand for names that the deal declares,\n"
    "by a list (`regions: [us, korea]`) or a map (`partners: {maker: {..}}`): a-z, then at most 31 of a-z, 0-9, _.\n"
    "An element of a list is written `name[0]` (the first), `name[1]`, ...\n\n"
    "*Varies*: **path**: a number or a distribution; **scenario**: may differ between the rows of a scenario table;\n"
    "**structure**: one value for a deal file.\n\n";

static const char page_ways[] =
    "## How values are written\n\n"
    "The same in a deal file, a table and an option. Quotes never change a meaning: `\"10\"` is 10.\n\n"
    "- Number: `-1.25`, `1e6`. Not `+1`, `.5`, `1.`, `010`, `0x10`, `1_000`, `1:30`, `5%`, `nan`, `inf`; nothing nearer to 0\n"
    "  than 2.2250738585072014e-308 except 0.\n"
    "- Integer: a number without a fraction; `1e6` is one.\n"
    "- Month: `2022-01` (or its first day, `2022-01-01`).\n"
    "- List: `[390, 1040, 910]`.\n"
    "- Distribution, arguments by position or name: `uniform(low, high)`, `triangular(low, mode, high)`,\n"
    "  `pert(low, mode, high, shape=4)`, `normal(mean, sd)`, `lognormal(median, sigma)`, `beta(a, b, low=0, high=1)`,\n"
    "  `gamma(shape, scale)`, `t(location, scale, df)`, `weibull(shape, scale)`, `pareto(least, alpha)`,\n"
    "  `discrete(value:probability, ..)`, `mixture(probability:distribution, ..)`, `truncated(distribution, low, high)`,\n"
    "  `empirical(file.csv, column)` (the file is looked for beside the deal file). Its mean, and where it has them its ends,\n"
    "  lie in the range of the parameter. Inside `{ }`, `[ ]` and in a table it needs quotes: `{overrun: \"uniform(1, 2)\"}`; so does\n"
    "  what has a colon and a blank in it: `\"mixture(0.8: 1, 0.2: uniform(2, 3))\"`.\n"
    "- `same(other.name)`: the draw of another parameter.\n\n"
    "Money is in millions of `currency`, whatever the region: state costs in it, and prices (`partners.<partner>.price.<region>`) in the\n"
    "currency of their region. Only prices move with the exchange rate; so choose the currency in which most of the costs arise.\n"
    "With volume in thousands, a price of 26 is 26 million for a thousand, 26 thousand for one. Years count from the deal's `start`\n"
    "(contract years), from the start of the programme (programme years; they stand still with its clock) or of production.\n\n"
    "## How files go together\n\n"
    "`include: [market.yaml, breakup.yaml]` in a deal file reads others, looked for beside it; what a file says itself wins. So deals that\n"
    "see one market share it. The fragments that `pactolus calibrate` writes are such files.\n\n"
    "## How a table of scenarios is written\n\n"
    "`--scenarios TABLE.csv`: a row is a scenario, a column a parameter, the first row names them. `scenario` is the column of the rows'\n"
    "names; with `weight` the result has their mixture too. A cell is never empty: a row repeats what the deal file has where it changes\n"
    "nothing. What has a comma is quoted.\n\n"
    "```csv\n"
    "scenario,contract.transfer_price.markup,partners.beta.launch,partners.beta.plan.home\n"
    "base,0.03,\"lognormal(median=1, sigma=0.15)\",\"[20, 40, 60]\"\n"
    "at_cost,0,\"lognormal(median=1, sigma=0.15)\",\"[20, 40, 60]\"\n"
    "sells_less,0.03,0.7,\"[20, 40, 60]\"\n"
    "```\n\n"
    "## How a sweep is written\n\n"
    "A deal may say how `pactolus sweep` makes scenarios of it. Beside it only `pactolus check` reads this section, and its entries are no\n"
    "parameters. Each of `--design`, `--points`, `--design-seed` replaces its entry; one `--vary NAME=VALUES` replaces all of `vary`.\n\n"
    "```yaml\n"
    "sweep:\n"
    "  design: lhs       # grid, random, lhs (Latin hypercube), sobol; grid where all below have values, else lhs\n"
    "  points: 500       # 100 where it is left out, of sobol 128; a grid has as many as it has\n"
    "  seed: 7           # that of the run where it is left out\n"
    "  vary:\n"
    "    market.inflation: 0.01:0.04                              # any number between, of an integer any whole number\n"
    "    market.demand.us.growth: 0:0.04:5                        # five values at equal steps, both ends among them\n"
    "    standalone.alpha.mode: [build, none]                     # these values, each with the same chance\n"
    "    venture.capex.overrun: [1, \"lognormal(1.1, 0.2)\"]        # a distribution as a value: drawn by path in that scenario\n"
    "    partners.alpha.discount_rate: triangular(0.07, 0.09, 0.12)  # one number for each scenario, drawn from this\n"
    "```\n\n"
    "At most 10,000,000 points, 1,024 varied parameters and 134,217,728 numbers in all.\n";

/* `|` parts the cells of a table, < begins a tag. */
static void put_cell(struct page *page, const char *text)
{
    for (; *text; text++) {
        if (*text == '|') param_builder_put(&page->out, "\\|");
        else param_builder_put(&page->out, "%c", *text);
    }
}

static void put_markdown_row(struct page *page, const struct param_row *row)
{
    param_builder_put(&page->out, "| `%s` | %s | ", row->path, type_names[row->type]);
    put_cell(page, row->unit);
    param_builder_put(&page->out, " | ");
    put_range(page, row);
    param_builder_put(&page->out, " | %s%s%s | %s | ", row->fallback && *row->fallback ? "`" : "", fallback_of(row),
                      row->fallback && *row->fallback ? "`" : "", varies_names[row->varies]);
    put_cell(page, row->sentence);
    param_builder_put(&page->out, " |\n");
}

/* The first table of these rows tells them for all that share them. */
static int is_first(const struct page *page, size_t t)
{
    for (size_t k = 0; k < t; k++) {
        if (page->tables[k].rows == page->tables[t].rows) return 0;
    }
    return 1;
}

/* 1 where a name, or a prefix of names, begins with this key. */
static int is_under(const char *name, const char *key)
{
    const size_t n = strlen(key);
    if (!n) return !strchr(name, '.');
    return !strncmp(name, key, n) && (name[n] == '.' || !name[n]);
}

/* The section of a row; names that no section has stand in the last one. */
static int section_of(const struct param_table *table, const struct param_row *row)
{
    const char *name = *table->prefix ? table->prefix : row->path;
    for (int k = 0; k < PAGE_SECTIONS; k++) {
        if (is_under(name, page_sections[k].key)) return k;
    }
    return PAGE_SECTIONS;
}

/* Prefixes under which the rows of a table stand. */
enum { PAGE_HEADING = 512 };
static void write_heading(const struct page *page, size_t t, char heading[PAGE_HEADING])
{
    size_t n = 0;
    heading[0] = 0;
    for (size_t k = t; k < page->count; k++) {
        if (page->tables[k].rows != page->tables[t].rows || n + strlen(page->tables[k].prefix) + 5 > PAGE_HEADING) continue;
        n += (size_t)snprintf(heading + n, PAGE_HEADING - n, "%s`%s`", n ? ", " : "", page->tables[k].prefix);
    }
}

struct shown { /* what has been begun */
    int section, group;
};

static void begin_rows(struct page *page, int section, const char *heading, struct shown *shown)
{
    const struct page_section others = {"others", ""}, *s = section < PAGE_SECTIONS ? &page_sections[section] : &others;
    if (!shown->section++) {
        param_builder_put(&page->out, "\n## %s\n", *s->key ? s->key : "frame");
        if (*s->about) param_builder_put(&page->out, "\n%s\n", s->about);
    }
    if (shown->group++) return;
    if (*heading) param_builder_put(&page->out, "\n### %s\n", heading);
    param_builder_put(&page->out, "\n| name | type | unit | range | default | varies | meaning |\n|---|---|---|---|---|---|---|\n");
}

/* The rows of one section that stand under the same prefixes, whichever stages they are of; heading "": those with none. */
static void put_group(struct page *page, int section, const char *heading, struct shown *shown)
{
    char other[PAGE_HEADING];
    shown->group = 0;
    for (size_t t = 0; t < page->count; t++) {
        if (!is_first(page, t)) continue;
        write_heading(page, t, other);
        if (strcmp(*page->tables[t].prefix ? other : "", heading)) continue;
        for (size_t r = 0; r < page->tables[t].count; r++) {
            const struct param_row *row = &page->tables[t].rows[r];
            if (section_of(&page->tables[t], row) != section || !is_wanted(page, &page->tables[t], row)) continue;
            begin_rows(page, section, heading, shown);
            put_markdown_row(page, row);
            page->rows++;
        }
    }
}

/* A heading has its rows where it comes first. */
static int is_new(const struct page *page, size_t t, const char *heading)
{
    char other[PAGE_HEADING];
    for (size_t k = 0; k < t; k++) {
        if (!is_first(page, k)) continue;
        write_heading(page, k, other);
        if (!strcmp(heading, other)) return 0;
    }
    return 1;
}

static void put_section(struct page *page, int section)
{
    char heading[PAGE_HEADING];
    struct shown shown = {0, 0};
    put_group(page, section, "", &shown);
    for (size_t t = 0; t < page->count; t++) {
        if (!*page->tables[t].prefix || !is_first(page, t)) continue;
        write_heading(page, t, heading);
        if (is_new(page, t, heading)) put_group(page, section, heading, &shown);
    }
}

static void put_markdown(struct page *page)
{
    param_builder_put(&page->out, "%s| section of a deal file | what it says |\n|---|---|\n", page_head);
    for (int k = 0; k < PAGE_SECTIONS; k++) {
        const char *key = *page_sections[k].key ? page_sections[k].key : "frame";
        param_builder_put(&page->out, "| [%s](#%s) | %s |\n", key, key, page_sections[k].about);
    }
    param_builder_put(&page->out, "\n%s", page_ways);
    for (int k = 0; k <= PAGE_SECTIONS; k++) put_section(page, k);
}

/* ---- JSON ---- */

static void put_json_text(struct page *page, const char *key, const char *text)
{
    param_builder_put(&page->out, ", \"%s\": ", key);
    if (!text) {
        param_builder_put(&page->out, "null");
        return;
    }
    param_builder_put(&page->out, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') param_builder_put(&page->out, "\\%c", *text);
        else if ((unsigned char)*text < 0x20) param_builder_put(&page->out, "\\u%04x", (unsigned)*text);
        else param_builder_put(&page->out, "%c", *text);
    }
    param_builder_put(&page->out, "\"");
}

static void put_json_number(struct page *page, const char *key, const struct param_row *row, double x)
{
    char text[PARAM_NUMBER_TEXT];
    const int is_shown = is_numeric(row) && isfinite(x);
    param_builder_put(&page->out, ", \"%s\": %s", key, is_shown ? param_number_write(text, x) : "null");
}

static void put_json_row(struct page *page, const struct param_table *table, const struct param_row *row)
{
    param_builder_put(&page->out, "%s\n  {\"path\": \"%s%s\"", page->rows ? "," : "", table->prefix, row->path);
    put_json_text(page, "type", type_names[row->type]);
    put_json_text(page, "unit", row->unit);
    put_json_number(page, "low", row, row->low);
    put_json_number(page, "high", row, row->high);
    param_builder_put(&page->out, ", \"open_low\": %s", row->open_low ? "true" : "false");
    put_json_text(page, "default", row->fallback);
    put_json_text(page, "varies", varies_names[row->varies]);
    put_json_text(page, "learnt", learnt_names[row->learnt]);
    param_builder_put(&page->out, ", \"words\": [");
    for (int k = 0; row->type == PARAM_WORD && row->words[k]; k++) param_builder_put(&page->out, "%s\"%s\"", k ? ", " : "", row->words[k]);
    param_builder_put(&page->out, "]");
    put_json_text(page, "sentence", row->sentence);
    param_builder_put(&page->out, "}");
}

static void put_each(struct page *page, void (*put)(struct page *, const struct param_table *, const struct param_row *), enum found where)
{
    for (size_t t = 0; t < page->count; t++) {
        for (size_t r = 0; r < page->tables[t].count; r++) {
            if (find_filter(page, &page->tables[t], &page->tables[t].rows[r]) != where) continue;
            put(page, &page->tables[t], &page->tables[t].rows[r]);
            page->rows++;
        }
    }
}

static void put_list(struct page *page, enum param_page_format format)
{
    for (int where = FOUND_NAME; where < FOUND_NOWHERE; where++) {
        put_each(page, format == PARAM_PAGE_JSON ? put_json_row : put_text_row, (enum found)where);
    }
}

int param_page_write(const struct param_table *tables, size_t count, enum param_page_format format, const char *filter,
                     char **text, struct report *report)
{
    struct page page = {.tables = tables, .count = count, .filter = filter};
    char escaped[TEXT_ESCAPED];
    int status = STATUS_OK;
    *text = NULL;
    if (format == PARAM_PAGE_JSON) param_builder_put(&page.out, "[");
    if (format == PARAM_PAGE_MARKDOWN) put_markdown(&page);
    else put_list(&page, format);
    if (format == PARAM_PAGE_JSON) param_builder_put(&page.out, "\n]\n");
    param_builder_put(&page.out, "%s", "");
    if (page.out.failed) {
        status = report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the page of parameters");
    } else if (!page.rows) {
        status = report_error(report, STATUS_USAGE, (struct place){0}, NULL, "no parameter's name or sentence contains '%s'",
                              text_escape(escaped, filter ? filter : ""));
    }
    if (status) free(page.out.text);
    else *text = page.out.text;
    return status;
}
