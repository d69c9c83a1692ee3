/* api/message.h - the messages of a caller as the report that the layers below fill. */
#ifndef PACTOLUS_API_MESSAGE_H
#define PACTOLUS_API_MESSAGE_H
#include "base/status.h"
#include "pactolus.h"

struct pactolus_messages {
    struct report report;
};

/* A report for one call: it starts empty, and `close` hands its messages to the caller (NULL: drops them) and frees it. `close`
   returns `status`, or STATUS_INTERNAL with a message where a layer failed without saying why. */
void api_message_open(struct report *report);
int api_message_close(struct report *report, struct pactolus_messages *messages, int status);
/* Closes a stream of open_memstream (NULL: it could not be opened); *text is NULL unless all of it is there. */
int api_message_finish(FILE *stream, char **text, struct report *report);
#endif
