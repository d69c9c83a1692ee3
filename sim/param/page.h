/* param/page.h - the reference of all parameters, made from their rows. */
#ifndef PACTOLUS_PARAM_PAGE_H
#define PACTOLUS_PARAM_PAGE_H
#include "base/status.h"
#include "param/descriptor.h"

enum param_page_format { PARAM_PAGE_TEXT, PARAM_PAGE_MARKDOWN, PARAM_PAGE_JSON };

/* Writes all rows whose path contains `filter` (NULL or "": all), small letters as capitals, then those of which only the
   sentence does; Markdown keeps its own order. Markdown is docs/parameters.md: a section for each set of
   rows, with the prefixes that share it; JSON a list of objects with path, type, unit, low, high, open_low, default, varies,
   learnt, words, sentence. *text is malloc'ed, NULL on failure: STATUS_USAGE where no row fits, STATUS_MEMORY. */
int param_page_write(const struct param_table *tables, size_t count, enum param_page_format format, const char *filter,
                     char **text, struct report *report);
#endif
