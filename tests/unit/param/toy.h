/* A small deal that covers every type of row, wildcards in prefix and path, and shared streams. */
#ifndef TOY_H
#define TOY_H
#include "param/registry.h"

/* Most that a check of speed may take: 2 s, more where every access is checked. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define TOY_SECONDS 15.0
#endif
#endif
#if !defined TOY_SECONDS && defined __SANITIZE_ADDRESS__
#define TOY_SECONDS 15.0
#elif !defined TOY_SECONDS
#define TOY_SECONDS 2.0
#endif

struct toy_programme {
    struct param_number overrun;
    struct param_list plan;
    struct param_number input_share[PARAM_INPUTS];
};
struct toy_region {
    struct param_number growth;
    double reversion;
};
struct toy_chain {
    int start;
    double rate[PARAM_REGIMES][PARAM_REGIMES];
    double tariff[PARAM_REGIONS][PARAM_REGIONS][PARAM_REGIMES];
};
struct toy_link {
    char first[PARAM_TEXT];
    double correlation;
};
struct toy {
    char title[PARAM_TEXT];
    int horizon_years, start, rule, lead;
    double discount_rate[PARAM_PARTNERS];
    double scope, price;
    struct param_number multiple, fee;
    struct param_list schedule;
    struct toy_region demand[PARAM_REGIONS];
    struct toy_chain chain[PARAM_CHAINS];
    struct toy_programme venture, own[PARAM_PARTNERS];
    struct param_number royalty[PARAM_PARTNERS][PARAM_PARTNERS];
    struct toy_link link[PARAM_PAIRS];
    double guard; /* nothing writes here */
};

extern const struct param_table toy_tables[];
extern const size_t toy_table_count;

/* A deal that is complete: partners b, a; regions us, korea; input lithium; chain us_korea with regimes low, high. */
extern const char toy_deal[];

/* Records of "name: text" lines; a text in [ ] becomes a list, {} a map; the place is deal.yaml, line k, column 1. */
void toy_records(const char *lines, struct param_records *records, struct report *report);
/* toy_records and param_registry_read. */
int toy_read(const char *lines, struct param_records *records, struct param_registry *registry, struct report *report);
/* The message number k, "" if there is none. */
const char *toy_message(const struct report *report, int k);
#endif
