/* support/scarce.h - memory that runs out where a test wants it. malloc and its kin are replaced for our own code by the linker: the
   program needs LINKER:--wrap=malloc,--wrap=calloc,--wrap=realloc. */
#ifndef SUPPORT_SCARCE_H
#define SUPPORT_SCARCE_H
#include <stddef.h>

extern long scarce_left; /* allocations until one fails; -1: none does */
extern long scarce_used; /* allocations so far */

/* Counts an allocation; nonzero if it is to fail. For what a test wraps beside these three. */
int scarce_fails(void);
/* One that never fails. */
void *__real_calloc(size_t count, size_t size);
#endif
