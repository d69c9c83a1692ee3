#include "input/csv.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/file.h"

struct parse {
    struct input_csv *csv;
    const char *path;
    struct report *report;
    size_t most_rows, most_cells;
    int line;       /* of the byte under way */
    int row_line;   /* on which the row under way began; 0 between rows */
    int quote_line; /* on which the open quote stands; 0 without one */
    int fields;     /* of the row under way */
    int status, stop;
};

static void fail(struct parse *p, int status, int line, const char *what)
{
    int made = report_error(p->report, status, (struct place){p->path, line, 0}, NULL, "%s", what);
    if (!p->status) p->status = made;
    p->stop = 1;
}

static void fail_bound(struct parse *p, size_t bound, const char *of)
{
    char what[80];
    snprintf(what, sizeof what, "more than %zu %s, the bound of this program", bound, of);
    fail(p, STATUS_INPUT, p->row_line, what);
}

static int grow(void **array, size_t *capacity, size_t need, size_t size)
{
    size_t larger = *capacity ? *capacity : 256;
    if (need <= *capacity) return STATUS_OK;
    while (larger < need) larger *= 2;
    void *moved = realloc(*array, larger * size);
    if (!moved) return STATUS_MEMORY;
    *array = moved;
    *capacity = larger;
    return STATUS_OK;
}

static int add_cell(struct input_csv *csv, const char *text, size_t n)
{
    void *cells = csv->cell, *bytes = csv->text;
    int status = grow(&cells, &csv->cells_capacity, csv->cells + 1, sizeof *csv->cell);
    csv->cell = cells;
    if (!status) status = grow(&bytes, &csv->text_capacity, csv->text_n + n + 1, 1);
    csv->text = bytes;
    if (status) return status;
    csv->cell[csv->cells++] = (uint32_t)csv->text_n;
    if (n) memcpy(csv->text + csv->text_n, text, n);
    csv->text[csv->text_n + n] = 0;
    csv->text_n += n + 1;
    return STATUS_OK;
}

/* libcsv: a field is complete. */
static void end_field(void *text, size_t n, void *context)
{
    struct parse *p = context;
    if (p->stop) return;
    p->fields++;
    if (n > INPUT_CSV_CELL) fail(p, STATUS_INPUT, p->row_line, "a cell of more than 4096 bytes");
    else if (p->csv->rows == 0 && p->fields > INPUT_CSV_COLUMNS) {
        fail(p, STATUS_INPUT, p->row_line, "more than 1024 columns, the bound of this program");
    } else if (p->csv->cells == p->most_cells) fail_bound(p, p->most_cells, "cells");
    else if (n >= UINT32_MAX - p->csv->text_n) fail_bound(p, UINT32_MAX, "bytes");
    else if (p->csv->rows > 0 && p->fields > p->csv->columns) return; /* told at the end of the row */
    else if (add_cell(p->csv, text, n)) fail(p, STATUS_MEMORY, p->row_line, "out of memory");
}

static void fail_length(struct parse *p)
{
    const struct input_csv *csv = p->csv;
    const char *first = p->fields ? csv->text + csv->cell[csv->rows * (size_t)csv->columns] : "";
    const int semicolons = (p->fields == 1 && strchr(first, ';')) || (csv->columns == 1 && strchr(input_csv_cell(csv, 0, 0), ';'));
    const char *hint = semicolons ? "; is the separator ';'? It must be a comma" : "";
    int status = report_error(p->report, STATUS_INPUT, (struct place){p->path, p->row_line, 0}, NULL, "%d field%s, want %d%s", p->fields,
                              p->fields == 1 ? "" : "s", csv->columns, hint);
    if (!p->status) p->status = status;
}

/* A row of the wrong length is told and dropped, so that the later ones are told too. */
static void end_row(int c, void *context)
{
    struct parse *p = context;
    struct input_csv *csv = p->csv;
    void *lines = csv->line;
    (void)c;
    if (p->stop) return;
    if (csv->rows == 0) csv->columns = p->fields;
    if (p->fields != csv->columns) {
        fail_length(p);
        csv->cells = csv->rows * (size_t)csv->columns;
    } else if (csv->rows > p->most_rows) {
        fail_bound(p, p->most_rows, "rows");
    } else if (grow(&lines, &csv->lines_capacity, csv->rows + 1, sizeof *csv->line)) {
        fail(p, STATUS_MEMORY, p->row_line, "out of memory");
    } else {
        csv->line = lines;
        csv->line[csv->rows++] = p->row_line;
    }
    p->fields = 0;
    p->row_line = 0;
}

enum { PIECE = 4096 };

/* A piece of one line, so that rows, quotes and faults have their line, and a cell without end is seen early. */
static void parse_piece(struct parse *p, struct csv_parser *parser, const char *text, size_t n)
{
    const int was_open = parser->quoted;
    const size_t cells = p->csv->cells;
    if (!p->row_line) p->row_line = p->line;
    if (csv_parse(parser, text, n, end_field, end_row, p) != n && !p->stop) {
        if (csv_error(parser) == CSV_ENOMEM) fail(p, STATUS_MEMORY, p->line, "out of memory");
        else fail(p, STATUS_INPUT, p->line, "a quote inside of a cell: put the whole cell in quotes and write \"\" for a quote in it");
    }
    if (parser->quoted && (!was_open || p->csv->cells != cells)) p->quote_line = p->line;
    if (!parser->quoted) p->quote_line = 0;
    if (parser->entry_pos > INPUT_CSV_CELL && !p->stop) {
        fail(p, STATUS_INPUT, p->quote_line ? p->quote_line : p->row_line, "a cell of more than 4096 bytes");
    }
    if (text[n - 1] != '\n') return;
    if (p->row_line == p->line && !p->fields && !parser->quoted) p->row_line = 0; /* a blank line */
    p->line++;
}

static void parse_text(struct parse *p, struct csv_parser *parser, const char *text, size_t size)
{
    size_t k = 0;
    while (k < size && !p->stop) {
        const size_t rest = size - k < PIECE ? size - k : PIECE;
        const char *end = memchr(text + k, '\n', rest);
        size_t n = end ? (size_t)(end - text) + 1 - k : rest;
        parse_piece(p, parser, text + k, n);
        k += n;
    }
    if (p->stop) return;
    if (csv_fini(parser, end_field, end_row, p)) {
        fail(p, STATUS_INPUT, p->quote_line ? p->quote_line : p->line, "a quote is opened here and not closed");
    }
}

/* A CR without LF would end a row for libcsv and not for an editor. */
static int check_line_ends(const char *path, const char *text, size_t size, struct report *report)
{
    for (const char *c = memchr(text, '\r', size); c; c = strchr(c + 1, '\r')) {
        if (c[1] == '\n') continue;
        return report_error(report, STATUS_INPUT, input_file_place(path, text, (size_t)(c - text)), NULL,
                            "a line that ends in CR alone, want LF or CR LF");
    }
    return STATUS_OK;
}

/* A header with a tab between two names and no comma: told before quotes in later rows give another fault. */
static int check_separator(const char *path, const char *text, struct report *report)
{
    const char *start = text + strspn(text, "\r\n");
    const size_t n = strcspn(start, "\r\n"), tab = strcspn(start, "\t"), after = strspn(start + tab, "\t ");
    if (tab == 0 || tab + after >= n || memchr(start, ',', n)) return STATUS_OK;
    return report_error(report, STATUS_INPUT, input_file_place(path, text, (size_t)(start - text) + tab), NULL,
                        "the columns look parted by tabs, want commas: save the table as CSV");
}

/* A text that has been checked. */
static int read_text(struct parse *p, const char *text, size_t size)
{
    struct csv_parser parser;
    int status = check_line_ends(p->path, text, size, p->report);
    if (!status) status = check_separator(p->path, text, p->report);
    if (status) return status;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI)) {
        return report_error(p->report, STATUS_MEMORY, (struct place){p->path, 0, 0}, NULL, "out of memory");
    }
    csv_set_blk_size(&parser, PIECE);
    parse_text(p, &parser, text, size);
    csv_free(&parser);
    if (p->status || p->csv->rows) return p->status;
    return report_error(p->report, STATUS_INPUT, (struct place){p->path, 1, 0}, NULL, "empty file, want a header and rows");
}

int input_csv_read(const char *path, struct input_csv *csv, struct report *report)
{
    struct input_file file;
    struct parse p = {csv, path, report, INPUT_CSV_ROWS, INPUT_CSV_CELLS, .line = 1};
    *csv = (struct input_csv){0};
    int status = input_file_load(path, &file, report);
    if (!status) status = read_text(&p, file.text, file.size);
    input_file_free(&file);
    return status;
}

int input_csv_read_text(const char *path, const char *text, size_t size, struct input_csv *csv, struct report *report)
{
    struct parse p = {csv, path, report, INPUT_CSV_TEXT_ROWS, INPUT_CSV_TEXT_CELLS, .line = 1};
    *csv = (struct input_csv){0};
    const int status = input_file_check(path, text, size, report);
    return status ? status : read_text(&p, text, size);
}

void input_csv_free(struct input_csv *csv)
{
    free(csv->text);
    free(csv->cell);
    free(csv->line);
    *csv = (struct input_csv){0};
}

const char *input_csv_cell(const struct input_csv *csv, size_t row, int column)
{
    return csv->text + csv->cell[row * (size_t)csv->columns + (size_t)column];
}

int input_csv_column(const struct input_csv *csv, const char *name)
{
    for (int k = 0; k < csv->columns; k++) {
        if (strcmp(input_csv_cell(csv, 0, k), name) == 0) return k;
    }
    return -1;
}
