#include "input/file.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "unit/input/door.h"

static int load(struct door *door, const char *bytes, size_t n, struct input_file *file)
{
    report_free(&door->report);
    door_write(door, "f", bytes, n);
    return input_file_load(door->path, file, &door->report);
}

Test(file, holds_the_text_without_its_byte_order_mark)
{
    struct door door;
    struct input_file file;
    door_open(&door);
    cr_assert_eq(load(&door, "\xef\xbb\xbf" "a: \xc3\xa9\xf0\x9f\x98\x80\t\r\n", 0, &file), 0);
    cr_assert_str_eq(file.text, "a: \xc3\xa9\xf0\x9f\x98\x80\t\r\n");
    cr_assert_eq(file.size, 12);
    input_file_free(&file);
    char *long_text = malloc(300000);
    memset(long_text, 'x', 300000);
    cr_assert_eq(load(&door, long_text, 300000, &file), 0);
    cr_assert_eq(file.size, 300000);
    cr_assert_eq(memcmp(file.text, long_text, 300000), 0);
    input_file_free(&file);
    free(long_text);
    door_close(&door);
}

Test(file, encodings_are_refused_with_their_place_errors)
{
    static const struct { const char *bytes; size_t n; const char *message; } wrong[] = {
        {"a: 1\nb: \xff\n", 9, "f:2:4: error: not UTF-8, got byte '\\xff'"},
        {"a: 1\r\nb\xc3\xa9: \xe9t\n", 14, "f:2:5: error: not UTF-8, got byte '\\xe9'"},
        {"a: \xc0\x80\n", 6, "f:1:4: error: not UTF-8"}, /* overlong */
        {"a: \xe0\x80\x80\n", 7, "f:1:4: error: not UTF-8"},
        {"a: \xed\xa0\x80\n", 7, "f:1:4: error: not UTF-8"}, /* surrogate */
        {"a: \xf4\x90\x80\x80\n", 8, "f:1:4: error: not UTF-8"},
        {"a: \xc3(\n", 6, "f:1:4: error: not UTF-8, got byte '\\xc3'"},
        {"\xff\xfe", 2, "f:1:1: error: UTF-16 or UTF-32 text"},
        {"a: \xc3", 4, "f:1:4: error: not UTF-8"},
        {"a: 1\nb: \0\n", 10, "f:2:4: error: a control character, got '\\x00'"},
        {"a: \x07\n", 5, "f:1:4: error: a control character, got '\\x07'"},
        {"a: \xc2\x9b\n", 6, "f:1:4: error: a control character, got '\\x9b'"},
        {"\xff\xfe" "a\0:\0", 6, "f:1:1: error: UTF-16 or UTF-32 text"},
        {"\xfe\xff\0a\0:", 6, "f:1:1: error: UTF-16 or UTF-32 text"},
        {"a\0:\0 \0", 6, "f:1:1: error: UTF-16 or UTF-32 text"}};
    struct door door;
    struct input_file file;
    door_open(&door);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        cr_assert_eq(load(&door, wrong[k].bytes, wrong[k].n, &file), STATUS_INPUT, "%zu", k);
        cr_assert_null(file.text);
        cr_assert_eq(strncmp(door_message(&door, 0), wrong[k].message, strlen(wrong[k].message)), 0, "%s", door_message(&door, 0));
    }
    door_close(&door);
}

static void assert_refused(struct door *door, const char *path, const char *phrase)
{
    struct input_file file;
    report_free(&door->report);
    cr_assert_eq(input_file_load(path, &file, &door->report), STATUS_FILE, "%s", path);
    cr_assert_not_null(strstr(toy_message(&door->report, 0), phrase), "%s", toy_message(&door->report, 0));
    cr_assert_null(file.text);
}

Test(file, only_regular_files_are_read_errors, .timeout = 10)
{
    struct door door;
    char path[160];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    door_open(&door);
    assert_refused(&door, door.folder, "a folder, want a file");
    assert_refused(&door, "/dev/zero", "not a regular file");
    assert_refused(&door, "/nowhere/at all", "No such file");
    assert_refused(&door, "", "No such file");
    snprintf(path, sizeof path, "%s/pipe", door.folder);
    cr_assert_eq(mkfifo(path, 0600), 0);
    assert_refused(&door, path, "not a regular file");
    snprintf(path, sizeof path, "%s/loop", door.folder);
    cr_assert_eq(symlink(path, path), 0);
    assert_refused(&door, path, "levels of symbolic links");
    snprintf(path, sizeof path, "%s/socket", door.folder);
    strcpy(address.sun_path, path);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    cr_assert_eq(bind(s, (struct sockaddr *)&address, sizeof address), 0);
    assert_refused(&door, path, "not a regular file");
    close(s);
    snprintf(path, sizeof path, "%s/large", door.folder);
    int f = open(path, O_CREAT | O_WRONLY, 0600);
    cr_assert_eq(ftruncate(f, ((off_t)64 << 20) + 1), 0);
    close(f);
    assert_refused(&door, path, "larger than 64 MB");
    door_close(&door);
}

Test(file, a_file_that_only_looks_regular_ends_errors, .timeout = 20)
{
    struct door door;
    struct input_file file;
    door_open(&door);
    cr_assert_neq(input_file_load("/proc/self/mem", &file, &door.report), 0);
    input_file_free(&file);
    door_close(&door);
}

Test(file, paths_are_relative_to_a_file)
{
    static const char *const cases[][3] = {{"a/b.yaml", "c.yaml", "a/c.yaml"}, {"b.yaml", "c.yaml", "c.yaml"}, {"a/b.yaml", "/c", "/c"}, {"/b", "c", "/c"}};
    for (size_t k = 0; k < 4; k++) {
        char *path = input_file_beside(cases[k][0], cases[k][1]);
        cr_assert_str_eq(path, cases[k][2]);
        free(path);
    }
}
