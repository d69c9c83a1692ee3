#include "api/message.h"
#include "deal/deal.h"
#include "param/page.h"

int pactolus_parameters(enum pactolus_format format, const char *filter, struct pactolus_messages *messages, char **text)
{
    static const enum param_page_format formats[] = {
        [PACTOLUS_TEXT] = PARAM_PAGE_TEXT, [PACTOLUS_MARKDOWN] = PARAM_PAGE_MARKDOWN, [PACTOLUS_JSON] = PARAM_PAGE_JSON};
    struct report report;
    size_t count;
    *text = NULL;
    api_message_open(&report);
    const struct param_table *tables = deal_tables(&count);
    return api_message_close(&report, messages, param_page_write(tables, count, formats[format], filter, text, &report));
}
