/* random/memo.h - the tables of random/table.h, kept: scenarios of a sweep mostly share their distributions, and integrating
   one takes longer than a thousand paths. A table is a function of its arguments alone, so that what is kept moves no bit. */
#ifndef PACTOLUS_RANDOM_MEMO_H
#define PACTOLUS_RANDOM_MEMO_H
#include "random/table.h"

enum { RANDOM_MEMO_TABLES = 64 }; /* 2 MB in all; the oldest makes way */

/* As random_table_fill and random_table_fill_score. Any thread. */
int random_memo_fill(enum distribution_kind kind, double a, double b, double *cubic);
int random_memo_fill_score(enum distribution_kind kind, double a, double b, double *cubic, double *reach);
#endif
