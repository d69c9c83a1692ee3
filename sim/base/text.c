#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_READ = 64, TEXT_ROOM = TEXT_ESCAPED - 4 };

/* Bytes of the well-formed UTF-8 sequence at s, 0 if there is none (Unicode 15, table 3-7). */
static size_t sequence_length(const unsigned char *s)
{
    size_t n = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : (s[0] & 0xf0) == 0xe0 ? 3 : s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80) return 0;
    }
    if (s[0] == 0xe0 && s[1] < 0xa0) return 0;
    if (s[0] == 0xed && s[1] > 0x9f) return 0;
    if (s[0] == 0xf0 && s[1] < 0x90) return 0;
    if (s[0] == 0xf4 && s[1] > 0x8f) return 0;
    return n;
}

static unsigned long code_point(const unsigned char *s, size_t n)
{
    unsigned long c = n == 2 ? s[0] & 0x1fu : n == 3 ? s[0] & 0x0fu : s[0] & 0x07u;
    for (size_t i = 1; i < n; i++) c = c << 6 | (s[i] & 0x3fu);
    return c;
}

/* Writes one character of the text, returns the bytes read. */
static size_t escape_one(char piece[12], const unsigned char *s)
{
    size_t n = sequence_length(s);
    if (*s == '\n') strcpy(piece, "\\n");
    else if (*s == '\t') strcpy(piece, "\\t");
    else if (*s == '\r') strcpy(piece, "\\r");
    else if (*s == '\\') strcpy(piece, "\\\\");
    else if (n == 1 && *s >= 0x20 && *s < 0x7f) snprintf(piece, 12, "%c", *s);
    else if (n < 2) snprintf(piece, 12, "\\x%02x", *s);
    else snprintf(piece, 12, n < 4 ? "\\u%04lx" : "\\U%06lx", code_point(s, n));
    return n ? n : 1;
}

const char *text_escape(char out[TEXT_ESCAPED], const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t read = 0, written = 0;
    char piece[12];
    out[0] = 0;
    while (s[read]) {
        size_t n = escape_one(piece, s + read), m = strlen(piece);
        if (read + n > TEXT_READ || written + m > TEXT_ROOM) {
            strcpy(out + written, "...");
            return out;
        }
        strcpy(out + written, piece);
        read += n;
        written += m;
    }
    return out;
}

static int least3(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

/* Optimal string alignment (Damerau-Levenshtein without edits inside a swap), three rows of the table at a time. Longer
   texts than DISTANCE_LENGTH are no typing errors of a name: they count as far apart. */
int text_distance(const char *a, const char *b, int limit)
{
    enum { DISTANCE_LENGTH = 255 };
    const size_t m = strlen(a), n = strlen(b);
    int rows[3][DISTANCE_LENGTH + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];
    if ((m > n ? m - n : n - m) > (size_t)limit || m > DISTANCE_LENGTH || n > DISTANCE_LENGTH) return limit + 1;
    for (size_t j = 0; j <= n; j++) above[j] = (int)j;
    for (size_t i = 1; i <= m; i++) {
        int least = row[0] = (int)i;
        for (size_t j = 1; j <= n; j++) {
            row[j] = least3(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j]) row[j] = before[j - 2] + 1;
            if (row[j] < least) least = row[j];
        }
        if (least > limit) return limit + 1;
        int *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[n] > limit ? limit + 1 : above[n];
}
