#include "input/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static int fail_file(struct report *report, const char *path, const char *what)
{
    char escaped[TEXT_ESCAPED];
    return report_error(report, STATUS_FILE, (struct place){text_escape(escaped, path), 0, 0}, NULL, "%s", what);
}

/* Looked at before it is opened (opening a pipe waits, opening a device may do anything) and again after. */
static int open_regular(const char *path, int *descriptor, struct report *report)
{
    struct stat about;
    *descriptor = -1;
    if (stat(path, &about)) return fail_file(report, path, strerror(errno));
    if (S_ISDIR(about.st_mode)) return fail_file(report, path, "a folder, want a file");
    if (!S_ISREG(about.st_mode)) return fail_file(report, path, "not a regular file");
    if (about.st_size > (off_t)INPUT_FILE_MOST) return fail_file(report, path, "larger than 64 MB");
    do *descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    while (*descriptor < 0 && errno == EINTR);
    if (*descriptor < 0) return fail_file(report, path, strerror(errno));
    if (fstat(*descriptor, &about) || !S_ISREG(about.st_mode)) {
        close(*descriptor);
        return fail_file(report, path, "not a regular file");
    }
    return STATUS_OK;
}

static int grow(struct input_file *file, size_t *capacity)
{
    size_t larger = *capacity ? 2 * *capacity : 64 * 1024;
    char *text = realloc(file->text, larger + 1);
    if (!text) return STATUS_MEMORY;
    file->text = text;
    *capacity = larger;
    return STATUS_OK;
}

/* Reads to the end, whatever the file said its size was. */
static int read_all(int descriptor, const char *path, struct input_file *file, struct report *report)
{
    size_t capacity = 0;
    for (;;) {
        if (file->size == capacity && grow(file, &capacity)) {
            return report_error(report, STATUS_MEMORY, (struct place){path, 0, 0}, NULL, "out of memory after %zu bytes", file->size);
        }
        ssize_t n = read(descriptor, file->text + file->size, capacity - file->size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail_file(report, path, strerror(errno));
        if (n == 0) break;
        file->size += (size_t)n;
        if (file->size > INPUT_FILE_MOST) return fail_file(report, path, "larger than 64 MB");
    }
    file->text[file->size] = 0;
    return STATUS_OK;
}

struct place input_file_place(const char *path, const char *text, size_t offset)
{
    struct place place = {path, 1, 1};
    for (size_t k = 0; k < offset; k++) {
        const char c = text[k];
        if (c == '\n' || (c == '\r' && text[k + 1] != '\n')) {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)c & 0xc0) != 0x80 && c != '\r') {
            place.column++;
        }
    }
    return place;
}

/* Bytes of a well-formed character (Unicode 15, table 3-7); 0 if it is not one. `n` bytes are left. */
static size_t character(const unsigned char *s, size_t n)
{
    size_t length = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : (s[0] & 0xf0) == 0xe0 ? 3 : s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;
    if (length > n) return 0;
    for (size_t k = 1; k < length; k++) {
        if ((s[k] & 0xc0) != 0x80) return 0;
    }
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf0 && s[1] < 0x90) ||
        (s[0] == 0xf4 && s[1] > 0x8f)) {
        return 0;
    }
    return length;
}

/* C0 but tab and line ends, DEL, C1 but NEL (which YAML allows). */
static int is_control(const unsigned char *s)
{
    if (s[0] < 0x20) return s[0] != '\t' && s[0] != '\n' && s[0] != '\r';
    return s[0] == 0x7f || (s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0 && s[1] != 0x85);
}

static int check_text(const char *path, const char *text, size_t size, struct report *report)
{
    const unsigned char *s = (const unsigned char *)text;
    for (size_t k = 0; k < size;) {
        size_t n = character(s + k, size - k);
        if (!n) {
            return report_error(report, STATUS_INPUT, input_file_place(path, text, k), NULL,
                                "not UTF-8, got byte '\\x%02x', want UTF-8 text", s[k]);
        }
        if (is_control(s + k)) {
            return report_error(report, STATUS_INPUT, input_file_place(path, text, k), NULL, "a control character, got '\\x%02x', want text",
                                n == 1 ? s[k] : s[k + 1]);
        }
        k += n;
    }
    return STATUS_OK;
}

/* Byte order marks of other encodings, and UTF-16 without one (every second byte of plain text is 0). */
static int check_encoding(const char *path, const char *text, size_t size, struct report *report)
{
    const unsigned char *s = (const unsigned char *)text;
    if (size >= 2 && ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff) || (s[0] == 0) != (s[1] == 0))) {
        return report_error(report, STATUS_INPUT, (struct place){path, 1, 1}, NULL, "UTF-16 or UTF-32 text, want UTF-8: save the file as UTF-8");
    }
    return STATUS_OK;
}

/* What a spreadsheet program writes where it is not told to write CSV: a ZIP archive (.xlsx, .ods), of old a compound file (.xls). */
static int check_spreadsheet(const char *path, const char *text, size_t size, struct report *report)
{
    const int zip = size >= 4 && memcmp(text, "PK\x03\x04", 4) == 0, old = size >= 4 && memcmp(text, "\xd0\xcf\x11\xe0", 4) == 0;
    if (!zip && !old) return STATUS_OK;
    return report_error(report, STATUS_INPUT, (struct place){path, 0, 0}, NULL,
                        "a spreadsheet file (%s), want text: save the table as CSV", zip ? ".xlsx, .ods or another archive" : ".xls");
}

int input_file_check(const char *path, const char *text, size_t size, struct report *report)
{
    int status = check_spreadsheet(path, text, size, report);
    if (!status) status = check_encoding(path, text, size, report);
    return status ? status : check_text(path, text, size, report);
}

int input_file_load(const char *path, struct input_file *file, struct report *report)
{
    int descriptor;
    *file = (struct input_file){0};
    int status = open_regular(path, &descriptor, report);
    if (status) return status;
    status = read_all(descriptor, path, file, report);
    close(descriptor);
    if (!status && file->size >= 3 && memcmp(file->text, "\xef\xbb\xbf", 3) == 0) {
        file->size -= 3;
        memmove(file->text, file->text + 3, file->size + 1);
    }
    if (!status) status = input_file_check(path, file->text, file->size, report);
    if (status) input_file_free(file);
    return status;
}

void input_file_free(struct input_file *file)
{
    free(file->text);
    *file = (struct input_file){0};
}

char *input_file_beside(const char *from, const char *name)
{
    const char *slash = strrchr(from, '/');
    size_t n = *name == '/' || !slash ? 0 : (size_t)(slash - from) + 1, m = strlen(name);
    char *path = malloc(n + m + 1);
    if (!path) return NULL;
    memcpy(path, from, n);
    memcpy(path + n, name, m + 1);
    return path;
}
