#include "output/csv.h"

#include <stdlib.h>
#include <string.h>

#include "output/number.h"

struct csv {
    FILE *stream;
    struct output_result *result;
    const struct output_table *table;
    const struct output_csv_config *config;
    const struct output_coordinate *varied;
    size_t varied_count;
    int used[AXIS_COUNT]; /* axes that some row has */
    size_t room;          /* scenarios of a slab */
    size_t *start;        /* by row: numbers of one scenario before it */
    double *values;       /* of a slab: row by row, scenarios in it, cells in them */
    double **number;      /* by what varies: of a slab, NULL for texts */
    char ***text;         /* the other way round */
    FILE *key;            /* a stream into key_text: the fields of one scenario, the same in all its lines */
    char *key_text;
    size_t key_size;
    char *cells; /* of a long form: by cell what stands before and behind the number, each closed by a 0 */
    size_t cells_size;
};

/* Fields with a blank at an end are quoted too: some readers drop it else. */
static int needs_quotes(const char *text)
{
    const size_t n = strlen(text);
    return strpbrk(text, ",\"\r\n") || (n > 0 && (text[0] == ' ' || text[n - 1] == ' '));
}

void output_csv_text(FILE *stream, const char *text)
{
    if (!needs_quotes(text)) {
        fputs(text, stream);
        return;
    }
    fputc('"', stream);
    for (; *text; text++) {
        if (*text == '"') fputc('"', stream);
        fputc(*text, stream);
    }
    fputc('"', stream);
}

static const struct result_row *row_of(const struct csv *c, int r)
{
    return &c->table->row[c->config->row[r]];
}

/* What a member of an axis is called, in `digits` where it is a number. */
static const char *member_of(char digits[OUTPUT_DIGITS], const struct csv *c, enum statistics_axis axis, size_t k)
{
    const struct output_table *t = c->table;
    if (axis == AXIS_QUANTILE && t->quantile) return output_number_digits(digits, t->quantile[k], "");
    if (axis == AXIS_STEP && t->step) return output_number_digits(digits, t->step[k], "");
    if (t->names[axis].name) return output_table_name(t, axis, (int)k);
    return output_number_digits(digits, (double)k, "");
}

/* Where the k-th cell of a row lies along each of its axes; the last runs fastest. */
static void place_of(const struct csv *c, const struct result_row *row, size_t k, size_t at[3])
{
    for (int a = 3; a-- > 0;) {
        const size_t size = (size_t)c->table->shape.size[row->axis[a]];
        at[a] = k % size;
        k /= size;
    }
}

/* ---- The header ---- */

static int write_wide_name(FILE *stream, const struct csv *c, const struct result_row *row, size_t k)
{
    char *name = NULL, digits[OUTPUT_DIGITS];
    size_t size, at[3];
    FILE *plain = open_memstream(&name, &size);
    if (!plain) return STATUS_MEMORY;
    place_of(c, row, k, at);
    fputs(row->name, plain);
    for (int a = 0; a < 3; a++) {
        if (row->axis[a] != AXIS_NONE) fprintf(plain, ".%s", member_of(digits, c, row->axis[a], at[a]));
    }
    int failed = ferror(plain);
    if (fclose(plain) != 0 || failed || !name) { /* glibc: a success even without memory for the text */
        free(name);
        return STATUS_MEMORY;
    }
    fputc(',', stream);
    output_csv_text(stream, name);
    free(name);
    return STATUS_OK;
}

static int write_header(struct csv *c)
{
    int status = STATUS_OK;
    fputs("scenario", c->stream);
    for (size_t v = 0; v < c->varied_count; v++) {
        fputc(',', c->stream);
        output_csv_text(c->stream, c->varied[v].name);
    }
    for (int r = 0; r < c->config->rows && c->config->wide && !status; r++) {
        for (size_t k = 0; k < row_of(c, r)->count && !status; k++) status = write_wide_name(c->stream, c, row_of(c, r), k);
    }
    if (!c->config->wide) {
        fputs(",variable", c->stream);
        for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_COUNT; axis++) {
            if (c->used[axis]) fprintf(c->stream, ",%s", output_axis_name(axis));
        }
        fputs(",value,unit", c->stream);
    }
    fputc('\n', c->stream);
    return status;
}

/* ---- What does not change from scenario to scenario ---- */

static void write_cell(FILE *stream, const struct csv *c, const struct result_row *row, const char *unit, size_t k)
{
    char digits[OUTPUT_DIGITS];
    size_t at[3];
    place_of(c, row, k, at);
    fputc(',', stream);
    output_csv_text(stream, row->name);
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_COUNT; axis++) {
        if (!c->used[axis]) continue;
        fputc(',', stream);
        for (int a = 0; a < 3; a++) {
            if (row->axis[a] == axis) output_csv_text(stream, member_of(digits, c, axis, at[a]));
        }
    }
    fprintf(stream, ",%c,", 0);
    output_csv_text(stream, unit);
    fprintf(stream, "\n%c", 0);
}

static int make_cells(struct csv *c)
{
    char unit[OUTPUT_UNIT];
    FILE *stream = open_memstream(&c->cells, &c->cells_size);
    if (!stream) return STATUS_MEMORY;
    for (int r = 0; r < c->config->rows; r++) {
        output_unit_text(unit, row_of(c, r)->unit, c->table);
        for (size_t k = 0; k < row_of(c, r)->count; k++) write_cell(stream, c, row_of(c, r), unit, k);
    }
    int failed = ferror(stream);
    return fclose(stream) != 0 || failed || !c->cells ? STATUS_MEMORY : STATUS_OK;
}

static int make_slab(struct csv *c)
{
    const size_t rows = (size_t)c->config->rows;
    c->start = calloc(rows + 1, sizeof *c->start);
    c->number = calloc(c->varied_count + 1, sizeof *c->number);
    c->text = calloc(c->varied_count + 1, sizeof *c->text);
    if (!c->start || !c->number || !c->text) return STATUS_MEMORY;
    for (size_t r = 0; r < rows; r++) {
        const struct result_row *row = row_of(c, (int)r);
        c->start[r + 1] = c->start[r] + row->count;
        for (int a = 0; a < 3; a++) c->used[row->axis[a]] |= row->axis[a] != AXIS_NONE;
    }
    c->room = output_result_room(c->result, c->start[rows]);
    c->values = malloc((c->room * c->start[rows] + 1) * sizeof *c->values);
    for (size_t v = 0; v < c->varied_count; v++) {
        if (c->varied[v].text) c->text[v] = calloc(c->room, sizeof *c->text[v]);
        else c->number[v] = calloc(c->room, sizeof *c->number[v]);
        if (!c->text[v] && !c->number[v]) return STATUS_MEMORY;
    }
    c->key = open_memstream(&c->key_text, &c->key_size);
    return c->values && c->key ? STATUS_OK : STATUS_MEMORY;
}

static void free_texts(struct csv *c)
{
    for (size_t v = 0; c->text && v < c->varied_count; v++) {
        if (c->text[v]) output_result_texts_free(c->text[v], c->room);
    }
}

static void free_slab(struct csv *c)
{
    free_texts(c);
    for (size_t v = 0; v < c->varied_count; v++) {
        if (c->text) free(c->text[v]);
        if (c->number) free(c->number[v]);
    }
    if (c->key) fclose(c->key);
    free(c->key_text);
    free(c->text);
    free(c->number);
    free(c->start);
    free(c->values);
    free(c->cells);
}

/* ---- Scenarios ---- */

static int read_slab(struct csv *c, size_t first, size_t count, struct report *report)
{
    int status = STATUS_OK;
    free_texts(c);
    for (size_t v = 0; v < c->varied_count && !status; v++) {
        status = c->varied[v].text ? output_result_varied_texts(c->result, v, first, count, c->text[v], report)
                                   : output_result_varied_numbers(c->result, v, first, count, c->number[v], report);
    }
    for (int r = 0; r < c->config->rows && !status; r++) {
        status = output_result_slab(c->result, c->config->row[r], first, count, c->values + c->start[r] * c->room, report);
    }
    return status;
}

/* Nonzero without memory. */
static int make_key(struct csv *c, const char *scenario, size_t i)
{
    char digits[OUTPUT_DIGITS];
    rewind(c->key);
    output_csv_text(c->key, scenario);
    for (size_t v = 0; v < c->varied_count; v++) {
        fputc(',', c->key);
        if (!c->varied[v].text) fputs(output_number_digits(digits, c->number[v][i], ""), c->key);
        else if (c->text[v][i]) output_csv_text(c->key, c->text[v][i]);
    }
    fputc(0, c->key);
    return fflush(c->key) != 0 || ferror(c->key);
}

static void write_scenario(struct csv *c, size_t i)
{
    const char *at = c->cells;
    char digits[OUTPUT_DIGITS];
    if (c->config->wide) fputs(c->key_text, c->stream);
    for (int r = 0; r < c->config->rows; r++) {
        const size_t count = row_of(c, r)->count;
        const double *x = c->values + c->start[r] * c->room + i * count;
        for (size_t k = 0; k < count; k++) {
            output_number_digits(digits, x[k], "");
            if (c->config->wide) {
                fputc(',', c->stream);
                fputs(digits, c->stream);
                continue;
            }
            const char *behind = at + strlen(at) + 1;
            fputs(c->key_text, c->stream);
            fputs(at, c->stream);
            fputs(digits, c->stream);
            fputs(behind, c->stream);
            at = behind + strlen(behind) + 1;
        }
    }
    if (c->config->wide) fputc('\n', c->stream);
}

static int is_wanted(const struct csv *c, size_t first, size_t count)
{
    return !c->config->wanted || memchr(c->config->wanted + first, 1, count);
}

static int write_slab(struct csv *c, size_t first, size_t count, struct report *report)
{
    int status = read_slab(c, first, count, report);
    for (size_t i = 0; i < count && !status && !ferror(c->stream); i++) {
        if (!is_wanted(c, first + i, 1)) continue;
        if (make_key(c, c->table->scenario[first + i], i)) {
            return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for the lines of a scenario");
        }
        write_scenario(c, i);
    }
    return status;
}

int output_csv_write(FILE *stream, struct output_result *result, const struct output_csv_config *config, struct report *report)
{
    const struct output_table *table = output_result_table(result);
    struct csv c = {.stream = stream, .result = result, .table = table, .config = config};
    c.varied_count = output_result_varied(result, &c.varied);
    int status = make_slab(&c);
    if (!status && !config->wide) status = make_cells(&c);
    if (!status) status = write_header(&c);
    if (status) report_error(report, status, (struct place){0}, NULL, "no memory for the columns of a table");
    for (size_t first = 0; first < table->scenarios && !status && !ferror(stream); first += c.room) {
        const size_t left = table->scenarios - first, count = left < c.room ? left : c.room;
        if (config->progress && config->progress(config->context, first, table->scenarios)) status = STATUS_STOPPED;
        else if (is_wanted(&c, first, count)) status = write_slab(&c, first, count, report);
    }
    free_slab(&c);
    return status;
}
