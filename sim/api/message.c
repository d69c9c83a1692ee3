#include "api/message.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

_Static_assert((int)PACTOLUS_ESCAPED == (int)TEXT_ESCAPED, "one size of an escaped text");
_Static_assert((int)PACTOLUS_USAGE == STATUS_USAGE && (int)PACTOLUS_INPUT == STATUS_INPUT &&
                   (int)PACTOLUS_FILE == STATUS_FILE && (int)PACTOLUS_MEMORY == STATUS_MEMORY &&
                   (int)PACTOLUS_REFUSED == STATUS_REFUSED && (int)PACTOLUS_NONFINITE == STATUS_NONFINITE &&
                   (int)PACTOLUS_PARTIAL == STATUS_PARTIAL && (int)PACTOLUS_STOPPED == STATUS_STOPPED &&
                   (int)PACTOLUS_INTERNAL == STATUS_INTERNAL,
               "statuses pass through unchanged");

const char *pactolus_status_text(int status)
{
    return status_text(status);
}

const char *pactolus_text_escape(char escaped[PACTOLUS_ESCAPED], const char *text)
{
    return text_escape(escaped, text);
}

void pactolus_text_free(char *text)
{
    free(text);
}

int pactolus_messages_create(struct pactolus_messages **messages)
{
    *messages = malloc(sizeof **messages);
    if (!*messages) return STATUS_MEMORY;
    report_init(&(*messages)->report);
    return STATUS_OK;
}

void pactolus_messages_destroy(struct pactolus_messages *messages)
{
    if (!messages) return;
    report_free(&messages->report);
    free(messages);
}

void pactolus_messages_clear(struct pactolus_messages *messages)
{
    if (messages) report_free(&messages->report);
}

size_t pactolus_messages_count(const struct pactolus_messages *messages)
{
    return messages ? (size_t)messages->report.shown : 0;
}

size_t pactolus_messages_seen(const struct pactolus_messages *messages)
{
    return messages ? (size_t)(messages->report.errors + messages->report.warnings) : 0;
}

const char *pactolus_messages_text(const struct pactolus_messages *messages, size_t index)
{
    return index < pactolus_messages_count(messages) ? messages->report.message[index] : NULL;
}

void api_message_open(struct report *report)
{
    report_init(report);
}

int api_message_close(struct report *report, struct pactolus_messages *messages, int status)
{
    if (status && status != STATUS_STOPPED && status != STATUS_MEMORY && !report->errors) {
        report_error(report, STATUS_INTERNAL, (struct place){0}, NULL, "failed without a reason (status %d)", status);
        status = STATUS_INTERNAL;
    }
    if (messages) {
        struct report *to = &messages->report;
        for (int k = 0; k < report->shown && to->shown < REPORT_SHOWN; k++) {
            to->message[to->shown++] = report->message[k];
            report->message[k] = NULL;
        }
        to->errors += report->errors;
        to->warnings += report->warnings;
        if (!to->status) to->status = report->status;
    }
    report_free(report);
    return status;
}

int api_message_finish(FILE *stream, char **text, struct report *report)
{
    int failed = !stream || ferror(stream);
    if (stream && fclose(stream)) failed = 1;
    if (!failed && *text) return STATUS_OK; /* glibc's fclose calls it a success where it has no memory for the text */
    if (stream) free(*text);
    *text = NULL;
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a text");
}
