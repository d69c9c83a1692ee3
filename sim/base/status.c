#include "base/status.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_SIZE = 1024 };

void report_init(struct report *report)
{
    memset(report, 0, sizeof *report);
}

void report_free(struct report *report)
{
    for (int i = 0; i < report->shown; i++) free(report->message[i]);
    memset(report, 0, sizeof *report);
}

static size_t write_head(char *text, struct place place, const char *kind, const char *name)
{
    size_t n = 0;
    const size_t room = MESSAGE_SIZE;
    if (place.file && place.line > 0 && place.column > 0) {
        n = (size_t)snprintf(text, room, "%.300s:%d:%d: ", place.file, place.line, place.column);
    } else if (place.file && place.line > 0) {
        n = (size_t)snprintf(text, room, "%.300s:%d: ", place.file, place.line);
    } else {
        n = (size_t)snprintf(text, room, "%.300s: ", place.file ? place.file : "pactolus");
    }
    n += (size_t)snprintf(text + n, room - n, "%s: ", kind);
    if (name && *name) n += (size_t)snprintf(text + n, room - n, "%.200s: ", name);
    return n;
}

static void keep(struct report *report, const char *text, int told)
{
    if (report->shown == REPORT_SHOWN) return;
    char *copy = malloc(strlen(text) + 1);
    if (!copy) return; /* the status still says that it failed */
    strcpy(copy, text);
    report->told[report->shown] = told;
    report->message[report->shown++] = copy;
}

static int was_told(struct report *report, const char *text)
{
    for (int i = 0; i < report->shown; i++) {
        if (strcmp(report->message[i], text)) continue;
        report->told[i]++;
        return 1;
    }
    return 0;
}

void report_keep_common(struct report *report, int from, int times)
{
    int kept = from;
    for (int i = from; i < report->shown; i++) {
        if (report->told[i] && report->told[i] < times) {
            free(report->message[i]);
            report->warnings--;
            continue;
        }
        report->message[kept] = report->message[i];
        report->told[kept++] = report->told[i];
    }
    report->shown = kept < report->shown ? kept : report->shown;
}

int report_error(struct report *report, int status, struct place place, const char *name, const char *format, ...)
{
    char text[MESSAGE_SIZE];
    const size_t n = write_head(text, place, "error", name);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + n, sizeof text - n, format, arguments);
    va_end(arguments);
    keep(report, text, 0);
    report->errors++;
    if (!report->status) report->status = status;
    return status;
}

void report_warning(struct report *report, struct place place, const char *name, const char *format, ...)
{
    char text[MESSAGE_SIZE];
    if (report->silent) return;
    const size_t n = write_head(text, place, "warning", name);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + n, sizeof text - n, format, arguments);
    va_end(arguments);
    if (was_told(report, text)) return;
    keep(report, text, 1);
    report->warnings++;
}

void report_write(const struct report *report, FILE *stream)
{
    for (int i = 0; i < report->shown; i++) fprintf(stream, "%s\n", report->message[i]);
    int more = report->errors + report->warnings - report->shown;
    if (more > 0) fprintf(stream, "pactolus: and %d more\n", more);
}

const char *status_text(int status)
{
    switch (status) {
    case STATUS_OK: return "done";
    case STATUS_USAGE: return "the command line or the environment is not usable";
    case STATUS_INPUT: return "the input is not valid";
    case STATUS_FILE: return "a file or device failed";
    case STATUS_MEMORY: return "out of memory, or beyond a documented bound";
    case STATUS_REFUSED: return "the result is damaged, of another run, or newer";
    case STATUS_NONFINITE: return "a result is not a finite number";
    case STATUS_PARTIAL: return "done in part";
    case STATUS_STOPPED: return "stopped on request";
    case STATUS_INTERNAL: return "internal error";
    default: return "unknown status";
    }
}
