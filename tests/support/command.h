/* support/command.h - run a shell line in a folder of its own and look at what it did. */
#ifndef TESTS_SUPPORT_COMMAND_H
#define TESTS_SUPPORT_COMMAND_H

enum { COMMAND_TEXT = 1 << 16 };
struct command_outcome {
    int code;                /* exit code as a shell tells it: 128 + N for an end by signal N */
    char output[COMMAND_TEXT]; /* standard output and standard error, cut at the end */
    char error[COMMAND_TEXT];
};

/* A new empty folder, removed by command_leave; the test's working directory until then. */
void command_enter(void);
void command_leave(void);
/* Runs `bash -c line`, line made by printf. Standard output and error go to the files of `outcome`; a line may send them
   elsewhere itself. */
void command_run(struct command_outcome *outcome, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
