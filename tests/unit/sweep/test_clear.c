/* What a sweep leaves beside its result: only what is its own goes away. */
#define _GNU_SOURCE
#include "sweep/clear.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/sweep/swept.h"

TestSuite(clear, .init = swept_begin, .fini = swept_end, .timeout = 60);

static void touch(const char *name)
{
    swept_write(swept_in(name), name, 1);
}

static int there(const char *name)
{
    return access(swept_in(name), F_OK) == 0;
}

static void make_parts(const char *folder)
{
    static const char *const names[] = {"all.journal", "shard-000001-of-000002.journal.lock", "all.journal.123", "command",
                                        "command.77"};
    char name[128];
    cr_assert_eq(mkdir(swept_in(folder), 0777), 0);
    for (int k = 0; k < 5; k++) {
        snprintf(name, sizeof name, "%s/%s", folder, names[k]);
        touch(name);
    }
}

/* A number that was a process and is none. */
static long dead_process(void)
{
    const pid_t child = fork();
    if (!child) _exit(0);
    cr_assert_eq(waitpid(child, NULL, 0), child);
    return child;
}

Test(clear, journals_locks_and_the_command_go_with_their_folder)
{
    make_parts("out.h5.parts");
    touch("out.h5");
    make_parts("other.h5.parts");
    sweep_clear_parts(swept_in("out.h5"), swept_in("out.h5.parts"));
    cr_expect(!there("out.h5.parts") && !there("out.h5.done"));
    cr_expect(there("out.h5") && there("other.h5.parts"));
    cr_expect_eq(swept_entries(swept_in("other.h5.parts")), 5);
    sweep_clear_parts(swept_in("out.h5"), swept_in("out.h5.parts")); /* legal where there is none */
}

Test(clear, a_folder_with_something_else_in_it_stays_with_that)
{
    make_parts("out.h5.parts");
    touch("out.h5.parts/notes.txt");
    sweep_clear_parts(swept_in("out.h5"), swept_in("out.h5.parts"));
    cr_expect(there("out.h5.done/notes.txt"));
    cr_expect_eq(swept_entries(swept_in("out.h5.done")), 1);
}

Test(clear, where_the_name_done_is_taken_the_journals_go_all_the_same)
{
    make_parts("out.h5.parts");
    cr_assert_eq(mkdir(swept_in("out.h5.done"), 0777), 0);
    touch("out.h5.done/theirs");
    sweep_clear_parts(swept_in("out.h5"), swept_in("out.h5.parts"));
    cr_expect(!there("out.h5.parts") && there("out.h5.done/theirs"));
}

Test(clear, what_a_killed_clearing_left_is_taken_away)
{
    make_parts("out.h5.done");
    sweep_clear_done(swept_in("other.h5"));
    cr_expect(there("out.h5.done/all.journal"));
    sweep_clear_done(swept_in("out.h5"));
    cr_expect(!there("out.h5.done"));
    sweep_clear_done(swept_in("out.h5"));
}

/* Of the names made by `format` with a number, whether the file is left. */
static int is_left(const char *output, const char *name)
{
    touch(name);
    sweep_clear_stale(output);
    const int left = there(name);
    unlink(swept_in(name));
    return left;
}

static void expect_stale(const char *output)
{
    char gone[64], alive[64], other[64], longer[64];
    const long dead = dead_process();
    snprintf(gone, sizeof gone, "out.h5.tmp.%ld", dead);
    snprintf(alive, sizeof alive, "out.h5.tmp.%ld", (long)getpid());
    snprintf(other, sizeof other, "xout.h5.tmp.%ld", dead);
    snprintf(longer, sizeof longer, "out.h5.tmp.%ldx", dead);
    cr_expect(!is_left(output, gone), "of a dead process, of %s", output);
    cr_expect(is_left(output, alive), "of a live one");
    cr_expect(is_left(output, other) && is_left(output, longer), "of another result");
    cr_expect(is_left(output, "out.h5.tmp.") && is_left(output, "out.h5") && is_left(output, "out.h5.tmp.0"));
    cr_expect(is_left(output, "out.h5.tmp.99999999999999999999"), "no number of a process");
}

Test(clear, a_temporary_file_goes_if_its_process_is_no_more_and_no_other)
{
    expect_stale(swept_in("out.h5"));
    cr_assert_eq(chdir(swept_folder), 0);
    expect_stale("out.h5");
    expect_stale("./out.h5");
    cr_assert_eq(chdir("/"), 0);
    sweep_clear_stale(swept_in("nowhere/out.h5"));
}

Test(clear, a_temporary_file_of_another_users_process_stays)
{
    touch("out.h5.tmp.1");
    cr_assert_eq(chmod(swept_folder, 0777), 0);
    int status;
    const pid_t child = fork();
    if (!child) {
        if (getuid() == 0 && setuid(65534)) _exit(1); /* nobody may not send a signal to the first process */
        sweep_clear_stale(swept_in("out.h5"));
        _exit(0);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(status, 0);
    cr_expect(there("out.h5.tmp.1"));
}
