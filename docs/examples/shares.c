/* How does the split of a venture move what its two partners capture? Runs a deal for several shares and prints the means
   with their standard errors. usage: shares DEAL FIRST SECOND, for instance: shares deal.yaml alpha beta */
#include <pactolus.h>

#include <stdio.h>

static int print_share(const struct pactolus_result *result, double share, struct pactolus_messages *messages)
{
    struct pactolus_row mean, error;
    int status = pactolus_result_row(result, "captured_mean", 0, messages, &mean);
    if (!status) status = pactolus_result_row(result, "captured_standard_error", 0, messages, &error);
    if (status) return status;
    printf("%5.2f", share);
    for (size_t p = 0; p < mean.count; p++) printf("  %10.1f +- %.1f", mean.values[p], error.values[p]);
    printf("  %s\n", mean.unit);
    return PACTOLUS_OK;
}

static int run_share(struct pactolus_deal *deal, char *const names[2], double share, struct pactolus_messages *messages)
{
    struct pactolus_run_options options;
    struct pactolus_result *result = NULL;
    int status = PACTOLUS_OK;
    for (int p = 0; p < 2 && !status; p++) {
        char name[64], value[32];
        snprintf(name, sizeof name, "partners.%s.equity", names[p]);
        snprintf(value, sizeof value, "%.17g", p == 0 ? share : 1.0 - share);
        status = pactolus_deal_set(deal, name, value, messages);
    }
    pactolus_run_options_init(&options);
    options.paths = 20000;
    if (!status) status = pactolus_run(deal, &options, NULL, NULL, messages, &result);
    if (!status) status = print_share(result, share, messages);
    pactolus_result_destroy(result);
    return status;
}

int main(int argc, char **argv)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    if (argc != 4) return fprintf(stderr, "usage: shares DEAL FIRST SECOND\n"), 2;
    int status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_deal_load(argv[1], messages, &deal);
    for (int k = 3; k <= 7 && !status; k++) status = run_share(deal, argv + 2, 0.1 * k, messages);
    for (size_t k = 0; k < pactolus_messages_count(messages); k++) {
        fprintf(stderr, "%s\n", pactolus_messages_text(messages, k));
    }
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
    return -status;
}
