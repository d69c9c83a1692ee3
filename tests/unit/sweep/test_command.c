/* The command line of a sweep: any words come back, whole or not at all. */
#define _GNU_SOURCE
#include "sweep/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/sweep/swept.h"

static char parts[96], output[80];

static void begin(void)
{
    swept_begin();
    snprintf(output, sizeof output, "%s/out.h5", swept_folder);
    snprintf(parts, sizeof parts, "%s.parts", output);
    cr_assert_eq(mkdir(parts, 0777), 0);
}

TestSuite(command, .init = begin, .fini = swept_end, .timeout = 60);

static void expect_words(const char *from, const char *const *want, int words, const char *folder)
{
    char **word, *got;
    int count;
    cr_assert_eq(sweep_command_read(from, &word, &count, &got, &swept_report), STATUS_OK, "%d words: %s", words,
                 swept_messages());
    cr_assert_eq(count, words);
    for (int k = 0; k < words; k++) cr_assert_str_eq(word[k], want[k], "word %d", k);
    cr_expect_null(word[words]);
    if (folder) cr_expect_str_eq(got, folder);
    free(word);
    free(got);
}

static void expect_back(const char *const *word, int words)
{
    char path[128];
    snprintf(path, sizeof path, "%s/command", parts);
    unlink(path);
    cr_assert_eq(sweep_command_write(parts, word, words, &swept_report), STATUS_OK, "%s", swept_messages());
    expect_words(output, word, words, NULL);
    expect_words(parts, word, words, NULL);
    cr_expect_eq(swept_entries(parts), 1, "something beside the command is left");
}

Test(command, words_with_spaces_quotes_newlines_and_nothing_come_back)
{
    const char *const odd[] = {"pactolus", "sweep", "a b", "", "'\"$(touch x)`", "line\nline", "\xff\x80", "--set", "a=\\", ""};
    const char *const empty[] = {"", "", ""};
    expect_back(odd, 10);
    expect_back(odd + 1, 2);
    expect_back(empty, 3);
}

Test(command, one_word_and_a_thousand_and_a_long_one_come_back)
{
    const char *one[] = {"sweep"}, *empty[] = {""};
    const char **many = calloc(1000, sizeof *many);
    char *longer = calloc(300001, 1);
    cr_assert(many && longer);
    memset(longer, 'w', 300000);
    for (int k = 0; k < 1000; k++) many[k] = k % 3 ? "--set" : "a=1";
    expect_back(one, 1);
    expect_back(empty, 1);
    expect_back(many, 1000);
    many[500] = longer;
    expect_back(many, 1000);
    free(many);
    free(longer);
}

Test(command, the_folder_in_which_it_was_given_comes_back_however_it_is_called)
{
    const char *const word[] = {"pactolus", "sweep"};
    const char *odd = swept_in("it's \"odd\"\n\xc3\xa4 $HOME");
    char here[512];
    cr_assert(mkdir(odd, 0777) == 0 && chdir(odd) == 0);
    cr_assert_not_null(getcwd(here, sizeof here));
    cr_assert_eq(sweep_command_write(parts, word, 2, &swept_report), STATUS_OK);
    cr_assert_eq(chdir("/"), 0);
    expect_words(output, word, 2, here);
}

Test(command, the_first_one_stays)
{
    const char *const first[] = {"pactolus", "sweep", "first"}, *const second[] = {"pactolus", "sweep", "second", "more"};
    cr_assert_eq(sweep_command_write(parts, first, 3, &swept_report), STATUS_OK);
    cr_assert_eq(sweep_command_write(parts, second, 4, &swept_report), STATUS_OK);
    expect_words(output, first, 3, NULL);
}

static void write_own(int k)
{
    char text[1000];
    const char *const mine[] = {"pactolus", memset(text, 'a' + k, sizeof text - 1), text};
    text[sizeof text - 1] = 0;
    _exit(sweep_command_write(parts, mine, 3, &swept_report) != STATUS_OK);
}

Test(command, of_processes_that_write_it_at_once_the_first_one_wins_whole)
{
    const char *path = swept_in("out.h5.parts/command");
    unsigned char *first, *last;
    for (int round = 0; round < 50; round++) {
        int status;
        for (int k = 0; k < 4; k++) {
            if (!fork()) write_own(k);
        }
        while (access(path, F_OK)) usleep(1);
        const size_t size = swept_read(path, &first);
        for (int k = 0; k < 4; k++) {
            cr_assert_gt(wait(&status), 0);
            cr_assert_eq(status, 0);
        }
        cr_assert_eq(swept_read(path, &last), size);
        cr_assert(memcmp(first, last, size) == 0, "another one came over the first");
        cr_assert(size > 2000 && !last[size - 1] && strlen((char *)last + size - 1000) == 999 && last[size - 1001] == 0);
        cr_assert_eq(swept_entries(parts), 1);
        unlink(path);
        free(first);
        free(last);
    }
}

/* ---- Refused ---- */

static int read_back(const char *from)
{
    char **word, *folder;
    int count;
    swept_forget();
    const int status = sweep_command_read(from, &word, &count, &folder, &swept_report);
    cr_expect_eq(swept_report.errors > 0, status != STATUS_OK, "%s", swept_messages());
    free(word);
    free(folder);
    return status;
}

Test(command, a_text_that_was_cut_or_changed_is_refused)
{
    const char *const word[] = {"pactolus", "sweep"};
    const char *path = swept_in("out.h5.parts/command");
    unsigned char *bytes;
    cr_assert_eq(sweep_command_write(parts, word, 2, &swept_report), STATUS_OK);
    const size_t size = swept_read(path, &bytes), first = size - sizeof "pactolus" - sizeof "sweep";
    for (size_t cut = 0; cut < size; cut++) {
        swept_write(path, bytes, cut);
        const int status = read_back(output);
        const int word_end = cut == first + sizeof "pactolus"; /* the end of a word: nothing tells that there was another */
        cr_expect_eq(status, word_end ? STATUS_OK : STATUS_REFUSED, "cut at %zu: %d", cut, status);
        if (status) cr_expect(swept_told("damaged, or not of this program"), "%s", swept_messages());
    }
    for (size_t at = 0; at < sizeof "pactolus command 1"; at++) {
        bytes[at] ^= 1;
        swept_write(path, bytes, size);
        bytes[at] ^= 1;
        cr_expect_eq(read_back(output), STATUS_REFUSED, "byte %zu", at);
    }
    free(bytes);
}

Test(command, where_no_sweep_is_under_way_it_says_so)
{
    cr_expect_eq(read_back(swept_in("other.h5")), STATUS_FILE);
    cr_expect(swept_told("no sweep is under way here: there is no ") && swept_told("other.h5.parts/command"), "%s",
              swept_messages());
    cr_expect_eq(read_back(output), STATUS_FILE, "a folder without a command");
    cr_assert_eq(mkdir(swept_in("out.h5.parts/command"), 0777), 0);
    cr_expect_eq(read_back(output), STATUS_FILE);
    cr_expect(swept_told("Is a directory"), "%s", swept_messages());
}

Test(command, where_it_cannot_be_written_it_says_why)
{
    const char *const word[] = {"pactolus", "sweep"};
    cr_expect_eq(sweep_command_write(swept_in("nowhere"), word, 2, &swept_report), STATUS_FILE);
    cr_expect(swept_told("nowhere/command: error: No such file"), "%s", swept_messages());
    cr_assert_eq(chmod(swept_folder, 0755), 0);
    if (geteuid() == 0) cr_assert_eq(seteuid(65534), 0);
    else cr_assert_eq(chmod(parts, 0555), 0);
    swept_forget();
    cr_expect_eq(sweep_command_write(parts, word, 2, &swept_report), STATUS_FILE);
    cr_expect(swept_told("Permission denied"), "%s", swept_messages());
    if (getuid() == 0) cr_assert_eq(seteuid(0), 0);
    cr_expect_eq(swept_entries(parts), 0);
}
