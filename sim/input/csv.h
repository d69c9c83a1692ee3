/* input/csv.h - a CSV file as cells (RFC 4180: comma, quotes, doubled quotes, line ends in quotes), by libcsv. */
#ifndef PACTOLUS_INPUT_CSV_H
#define PACTOLUS_INPUT_CSV_H
#include <stdint.h>

#include "base/status.h"

enum { INPUT_CSV_COLUMNS = 1024, INPUT_CSV_CELL = 4096, INPUT_CSV_ROWS = 1000000, INPUT_CSV_CELLS = 1 << 24 };
enum { INPUT_CSV_TEXT_ROWS = 10000000, INPUT_CSV_TEXT_CELLS = 1 << 27 }; /* of a table that the program made itself */

/* Cells in row order; row 0 is the header. Four bytes and the text for each cell. */
struct input_csv {
    char *text;      /* all cells one after the other, each with its end */
    uint32_t *cell;  /* where each starts */
    int *line;       /* of each row */
    int columns;
    size_t rows;     /* with the header */
    size_t cells, cells_capacity, text_n, text_capacity, lines_capacity;
};

/* Reads a whole file. Every row has as many fields as the header. Blank lines are passed over; there are no comments; cells
   are taken as written (blanks around a cell outside of quotes are dropped). Line ends are LF or CR LF. Errors
   (STATUS_FILE, STATUS_INPUT, STATUS_MEMORY) say the line; at most 20 rows of the wrong length are told. Legal to free after a
   failure. */
int input_csv_read(const char *path, struct input_csv *csv, struct report *report);
/* The same of a text in memory, which is told as `path`. Up to INPUT_CSV_TEXT_ROWS rows and INPUT_CSV_TEXT_CELLS cells. */
int input_csv_read_text(const char *path, const char *text, size_t size, struct input_csv *csv, struct report *report);
void input_csv_free(struct input_csv *csv);
const char *input_csv_cell(const struct input_csv *csv, size_t row, int column);
/* Column of this name in the header, -1. */
int input_csv_column(const struct input_csv *csv, const char *name);
#endif
