#include "cli/cli.h"

int cli_version_print(void)
{
    struct pactolus_messages *messages = NULL;
    char *text = NULL;
    int status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_build_text(messages, &text);
    if (!status) status = cli_print_text(text);
    cli_print_messages(messages);
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
    return status;
}
