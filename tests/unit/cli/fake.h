/* What the halves of the fake library share: fake.c (runs, files), fake_sweep.c (designs, ranks, sweeps). */
#ifndef TESTS_CLI_FAKE_H
#define TESTS_CLI_FAKE_H
#include "pactolus.h"

struct pactolus_messages {
    char text[20][512];
    size_t count, seen;
};
struct pactolus_deal {
    char path[512], sets[512], table[512];
};

/* Adds a message and returns the status. */
int fake_fail(struct pactolus_messages *messages, int status, const char *text);
/* A text of the caller's own. */
int fake_give(char **text, const char *words);
#endif
