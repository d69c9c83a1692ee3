/* base/text.h - names and texts in messages. */
#ifndef PACTOLUS_BASE_TEXT_H
#define PACTOLUS_BASE_TEXT_H
#include <stddef.h>

enum { TEXT_ESCAPED = 80 };
/* Writes at most 64 bytes of `text` for a message: control characters and bytes beyond ASCII as escapes, "..." where cut.
   Returns `out`. */
const char *text_escape(char out[TEXT_ESCAPED], const char *text);
/* Edits (insert, drop, change, swap of neighbours) that turn a into b; counting stops at `limit` + 1. */
int text_distance(const char *a, const char *b, int limit);
#endif
