/* param/builder.h - a text that grows. */
#ifndef PACTOLUS_PARAM_BUILDER_H
#define PACTOLUS_PARAM_BUILDER_H
#include <stddef.h>

struct param_builder {
    char *text; /* NULL before the first piece; malloc'ed */
    size_t n, capacity;
    int failed; /* memory ran out: later pieces are dropped */
};

/* Appends. A builder starts as {0}; free(builder.text) at the end. */
void param_builder_put(struct param_builder *builder, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for n bytes more and an end; NULL if memory ran out. The caller writes there and adds to builder->n. */
char *param_builder_room(struct param_builder *builder, size_t n);
#endif
