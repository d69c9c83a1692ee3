#include "param/builder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

char *param_builder_room(struct param_builder *b, size_t n)
{
    if (b->failed) return NULL;
    if (b->capacity - b->n <= n) {
        size_t capacity = b->capacity ? b->capacity : 4096;
        while (capacity - b->n <= n) capacity *= 2;
        char *larger = realloc(b->text, capacity);
        if (!larger) {
            b->failed = 1;
            return NULL;
        }
        b->text = larger;
        b->capacity = capacity;
    }
    return b->text + b->n;
}

void param_builder_put(struct param_builder *b, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *to = n < 0 ? NULL : param_builder_room(b, (size_t)n);
    if (!to) return;
    va_start(arguments, format);
    vsnprintf(to, (size_t)n + 1, format, arguments);
    va_end(arguments);
    b->n += (size_t)n;
}
