/* base/column.h - cuts a block's memory into columns. Set-up code: it runs at any level, since a column is BLOCK_PATHS doubles
   whatever the width of a lane. */
#ifndef PACTOLUS_BASE_COLUMN_H
#define PACTOLUS_BASE_COLUMN_H
#include "base/lanes.h"

/* The next `columns` columns of *memory, 64-byte aligned like it. */
static inline lanes *column_take(double **memory, size_t columns)
{
    lanes *column = (lanes *)(void *)*memory;
    *memory += columns * BLOCK_PATHS;
    return column;
}
#endif
