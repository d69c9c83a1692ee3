/* Full disks. HDF5 itself cannot give back what belongs to a file that it failed to write, so leaks are not looked for here. */
#define _GNU_SOURCE
#include "output/file.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include "unit/output/made.h"

const char *__asan_default_options(void);
__attribute__((visibility("default"))) const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

static char folder[64];
static struct report report;
static struct made made;

static void begin(size_t scenarios, uint64_t paths)
{
    strcpy(folder, "test_file_XXXXXX");
    cr_assert(mkdtemp(folder));
    report_init(&report);
    made_init(&made, scenarios, paths, 1);
}

static const char *in(const char *name)
{
    static char path[4][128];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int entries(void)
{
    DIR *d = opendir(folder);
    int count = 0;
    while (readdir(d)) count++;
    closedir(d);
    return count - 2; /* . and .. */
}

static void end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_expect_eq(system(command), 0);
    made_free(&made);
    report_free(&report);
}

static int write_to(const char *path, int force, int samples)
{
    struct output_file_config config = made_config(&made, path, samples);
    config.force = force;
    return made_write(&made, &config, "now", &report);
}

static void put_text(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

static int holds_text(const char *path, const char *text)
{
    char line[64] = "";
    FILE *f = fopen(path, "r");
    if (!f) return 0;
    if (!fgets(line, sizeof line, f)) line[0] = '\0';
    fclose(f);
    return strcmp(line, text) == 0;
}

/* A limit of the file size stands for a full disk where no file system can be mounted. */
Test(output_disk, disk_that_fills_up_leaves_nothing_behind_errors)
{
    static const rlim_t LIMIT[] = {0, 100, 4096, 20000, 60000};
    struct rlimit was, now;
    begin(1, 20000);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &was);
    for (size_t i = 0; i < sizeof LIMIT / sizeof *LIMIT; i++) {
        put_text(in("a.h5"), "old");
        now = (struct rlimit){LIMIT[i], was.rlim_max};
        setrlimit(RLIMIT_FSIZE, &now);
        int status = write_to(in("a.h5"), 1, 1);
        setrlimit(RLIMIT_FSIZE, &was);
        cr_expect_eq(status, STATUS_FILE, "limit %ld", (long)LIMIT[i]);
        cr_expect_eq(entries(), 1, "limit %ld", (long)LIMIT[i]);
        cr_expect(holds_text(in("a.h5"), "old"));
        cr_expect_eq(report.errors, (int)i + 1, "one message each");
    }
    cr_expect(strstr(report.message[4], "File too large"), "%s", report.message[4]);
    cr_expect_eq(write_to(in("a.h5"), 1, 1), STATUS_OK, "and afterwards it works");
    end();
}

Test(output_disk, full_file_system_leaves_nothing_behind_errors)
{
    begin(2, 20000);
    if (mount("tmpfs", folder, "tmpfs", 0, "size=400k") != 0) {
        end();
        cr_skip_test("no right to mount");
    }
    put_text(in("a.h5"), "old");
    int status = write_to(in("a.h5"), 1, 1);
    cr_expect_eq(status, STATUS_FILE);
    cr_expect(strstr(report.message[0], "No space left on device"), "%s", report.message[0]);
    cr_expect(holds_text(in("a.h5"), "old"));
    cr_expect_eq(entries(), 1);
    cr_expect_eq(umount2(folder, MNT_DETACH), 0);
    end();
}
