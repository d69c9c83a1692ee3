/* The lock: of any number of processes one holds it, whatever becomes of them. */
#define _GNU_SOURCE
#include "sweep/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/sweep/swept.h"

TestSuite(lock, .init = swept_begin, .fini = swept_end, .timeout = 120);

static int take(struct sweep_lock *lock, const char *path)
{
    swept_forget();
    return sweep_lock_take(lock, path, &swept_report);
}

Test(lock, who_comes_second_is_told_host_and_process_also_within_one_process)
{
    const char *path = swept_in("out.h5.lock");
    struct sweep_lock first, second;
    char host[128] = "", words[200];
    gethostname(host, sizeof host - 1);
    cr_assert_eq(take(&first, path), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(take(&second, path), STATUS_FILE, "taken twice");
    snprintf(words, sizeof words, "another process is at this sweep: process %ld on %s since 20", (long)getpid(), host);
    cr_expect(swept_told(words), "%s, want %s", swept_messages(), words);
    sweep_lock_release(&second);
    cr_expect_eq(access(path, F_OK), 0, "who did not hold it has taken the file away");
    cr_assert_eq(take(&second, path), STATUS_FILE, "the release of one that did not hold it has freed it");
    sweep_lock_release(&second);
    sweep_lock_release(&first);
    cr_expect_neq(access(path, F_OK), 0, "the file is left");
    sweep_lock_release(&first); /* twice is legal */
    cr_expect_eq(take(&second, path), STATUS_OK);
    sweep_lock_release(&second);
    cr_expect_eq(swept_entries(swept_folder), 0);
}

/* ---- Holders that die ---- */

static pid_t hold(const char *path)
{
    int pipes[2];
    char byte = 0;
    cr_assert_eq(pipe(pipes), 0);
    const pid_t child = fork();
    cr_assert_geq(child, 0);
    if (!child) {
        struct sweep_lock lock;
        byte = take(&lock, path) ? 'n' : 'y';
        if (write(pipes[1], &byte, 1) != 1) _exit(1);
        for (;;) pause();
    }
    cr_assert_eq(read(pipes[0], &byte, 1), 1);
    cr_assert_eq(byte, 'y');
    close(pipes[0]);
    close(pipes[1]);
    return child;
}

Test(lock, what_a_killed_holder_leaves_is_taken_over)
{
    const char *path = swept_in("out.h5.lock");
    struct sweep_lock lock;
    char words[64];
    for (int round = 0; round < 20; round++) {
        const pid_t child = hold(path);
        cr_assert_eq(take(&lock, path), STATUS_FILE);
        snprintf(words, sizeof words, "process %ld on ", (long)child);
        cr_assert(swept_told(words), "%s", swept_messages());
        sweep_lock_release(&lock);
        kill(child, SIGKILL);
        cr_assert_eq(waitpid(child, NULL, 0), child);
        cr_assert_eq(access(path, F_OK), 0, "the killed one leaves its file");
        cr_assert_eq(take(&lock, path), STATUS_OK, "%s", swept_messages());
        unsigned char *text;
        const size_t size = swept_read(path, &text);
        snprintf(words, sizeof words, "process %ld on ", (long)getpid());
        cr_expect(strncmp((char *)text, words, strlen(words)) == 0 && text[size - 1] == '\n', "%.*s", (int)size, (char *)text);
        free(text);
        sweep_lock_release(&lock);
    }
}

Test(lock, what_another_host_or_nobody_left_is_taken_over)
{
    const char *path = swept_in("out.h5.lock");
    const char text[] = "process 1 on elsewhere since 2020-01-01T00:00:00Z, and a line that is longer\n";
    struct sweep_lock lock;
    unsigned char *now;
    swept_write(path, text, sizeof text - 1);
    cr_assert_eq(take(&lock, path), STATUS_OK, "%s", swept_messages());
    const size_t size = swept_read(path, &now);
    cr_expect(!memmem(now, size, "elsewhere", 9) && !memmem(now, size, "longer", 6), "the old text is left");
    free(now);
    sweep_lock_release(&lock);
    cr_expect_neq(access(path, F_OK), 0);
}

/* ---- What it says of a holder it does not know, and of places where no file can be ---- */

static void expect_told_of(const char *path, const char *text, const char *words)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct sweep_lock lock;
    swept_write(path, text, strlen(text));
    const int file = open(path, O_RDWR);
    cr_assert_eq(fcntl(file, F_OFD_SETLK, &whole), 0);
    cr_expect_eq(take(&lock, path), STATUS_FILE);
    cr_expect(swept_told(words), "%s", swept_messages());
    cr_expect(!strchr(swept_messages(), '\x1b') && strlen(swept_messages()) < 400, "%s", swept_messages());
    sweep_lock_release(&lock);
    close(file);
}

Test(lock, a_holder_that_says_nothing_or_something_odd_is_told_safely)
{
    char longer[2000];
    memset(longer, 'z', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    expect_told_of(swept_in("a"), "", "it does not say which");
    expect_told_of(swept_in("b"), "\x1b[31mred\nsecond line", "red");
    expect_told_of(swept_in("c"), longer, "zzz");
}

Test(lock, where_no_file_can_be_made_it_says_why)
{
    struct sweep_lock lock;
    cr_expect_eq(take(&lock, swept_in("nowhere/lock")), STATUS_FILE);
    cr_expect(swept_told("No such file"), "%s", swept_messages());
    sweep_lock_release(&lock);
    cr_expect_eq(take(&lock, swept_folder), STATUS_FILE);
    cr_expect(swept_told("Is a directory"), "%s", swept_messages());
    sweep_lock_release(&lock);
    cr_expect_eq(swept_entries(swept_folder), 0);
}

/* ---- Races ---- */

enum { RACERS = 4, ROUNDS = 400 };
struct race {
    int inside, broken; /* processes that hold it now; moments at which there were two */
    int held[RACERS];
};

static void race(struct race *shared, const char *path, int racer)
{
    for (int round = 0; round < ROUNDS;) {
        struct sweep_lock lock;
        const int status = take(&lock, path);
        if (!status) {
            const int inside = __atomic_add_fetch(&shared->inside, 1, __ATOMIC_SEQ_CST);
            __atomic_add_fetch(&shared->broken, inside != 1, __ATOMIC_SEQ_CST);
            if (round % 7 == 0) usleep(50);
            __atomic_sub_fetch(&shared->inside, 1, __ATOMIC_SEQ_CST);
            shared->held[racer]++;
            round++;
        } else if (status != STATUS_FILE || !swept_told("another process is at this sweep")) {
            _exit(1);
        }
        sweep_lock_release(&lock);
    }
    _exit(0);
}

static struct race *begin_race(const char *path, void (*run)(struct race *, const char *, int), pid_t child[RACERS])
{
    struct race *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(shared, MAP_FAILED);
    for (int k = 0; k < RACERS; k++) {
        child[k] = fork();
        cr_assert_geq(child[k], 0);
        if (!child[k]) run(shared, path, k);
    }
    return shared;
}

Test(lock, of_processes_that_race_for_it_never_two_hold_it)
{
    const char *path = swept_in("out.h5.lock");
    pid_t child[RACERS];
    int status;
    struct race *shared = begin_race(path, race, child);
    for (int k = 0; k < RACERS; k++) {
        cr_assert_eq(waitpid(child[k], &status, 0), child[k]);
        cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "racer %d ended with %x", k, status);
        cr_expect_eq(shared->held[k], ROUNDS);
    }
    cr_expect_eq(shared->broken, 0, "%d moments with two holders", shared->broken);
    cr_expect_neq(access(path, F_OK), 0, "the file is left");
    munmap(shared, sizeof *shared);
}

/* Those that do not get it wait until all have tried: `inside` counts who tried, `broken` who got it. */
static void try_once(struct race *shared, const char *path, int racer)
{
    for (int round = 1; round <= ROUNDS; round++) {
        struct sweep_lock lock;
        while (__atomic_load_n(&shared->held[0], __ATOMIC_SEQ_CST) < round) usleep(1);
        if (!take(&lock, path)) __atomic_add_fetch(&shared->broken, 1, __ATOMIC_SEQ_CST);
        __atomic_add_fetch(&shared->inside, 1, __ATOMIC_SEQ_CST);
        while (__atomic_load_n(&shared->inside, __ATOMIC_SEQ_CST) < round * RACERS) usleep(1);
        sweep_lock_release(&lock);
        __atomic_add_fetch(&shared->held[1], 1, __ATOMIC_SEQ_CST);
    }
    _exit(racer < 0);
}

Test(lock, of_processes_that_try_at_once_exactly_one_gets_it)
{
    pid_t child[RACERS];
    struct race *shared = begin_race(swept_in("out.h5.lock"), try_once, child);
    for (int round = 1; round <= ROUNDS; round++) {
        __atomic_store_n(&shared->held[0], round, __ATOMIC_SEQ_CST);
        while (__atomic_load_n(&shared->held[1], __ATOMIC_SEQ_CST) < round * RACERS) usleep(10);
        cr_assert_eq(shared->broken, round, "round %d: %d got it in all", round, shared->broken);
    }
    for (int k = 0; k < RACERS; k++) cr_expect_eq(waitpid(child[k], NULL, 0), child[k]);
    munmap(shared, sizeof *shared);
}
