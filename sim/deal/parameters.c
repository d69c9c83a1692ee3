/* The rows of a deal's frame and the table of all tables. */
#include <stdlib.h>
#include <string.h>

#include "deal/deal.h"

static const char *const copulas[] = {"gaussian", "t", NULL};
#define FRAME(member) .offset = offsetof(struct deal_frame_config, member)
#define LABEL .stride = {sizeof(struct deal_label_config)}
#define LINK .stride = {sizeof(struct deal_link_config)}
static const struct param_row frame_rows[] = {
    {"deal", PARAM_STRING, "", 0, 0, 0, NULL, "Title of the deal.", PARAM_STRUCTURE, FRAME(title)},
    {"currency", PARAM_STRING, "", 0, 0, 0, NULL, "Currency; all money is in millions of it.", PARAM_STRUCTURE, FRAME(currency)},
    {"volume_unit", PARAM_STRING, "", 0, 0, 0, "thousand vehicles", "Unit of volume; prices are millions for one of it.",
     PARAM_STRUCTURE, FRAME(volume_unit)},
    {"start", PARAM_MONTH, "", 0, 0, 0, NULL, "First month, as 2022-01.", PARAM_STRUCTURE, FRAME(start)},
    {"horizon_years", PARAM_INTEGER, "year", 1, PARAM_YEARS, 0, NULL, "Length of the simulation.", PARAM_STRUCTURE,
     FRAME(horizon_years)},
    {"steps_per_year", PARAM_INTEGER, "1", 1, 12, 0, "4", "Steps a year: 1, 2, 4 or 12.", PARAM_STRUCTURE,
     FRAME(steps_per_year)},
    {"partners.<partner>.label", PARAM_STRING, "", 0, 0, 0, "", "Name for people.", PARAM_STRUCTURE, FRAME(partner), LABEL},
    {"regions.<region>.label", PARAM_STRING, "", 0, 0, 0, "", "Name for people.", PARAM_STRUCTURE, FRAME(region), LABEL},
    {"inputs.<input>.label", PARAM_STRING, "", 0, 0, 0, "", "Name for people.", PARAM_STRUCTURE, FRAME(input), LABEL},
    {"copula.<link>.first", PARAM_STRING, "", 0, 0, 0, NULL, "Dotted name of a drawn parameter.", PARAM_STRUCTURE,
     FRAME(link[0].first), LINK},
    {"copula.<link>.second", PARAM_STRING, "", 0, 0, 0, NULL, "Dotted name of another drawn parameter.", PARAM_STRUCTURE,
     FRAME(link[0].second), LINK},
    {"copula.<link>.correlation", PARAM_NUMBER, "1", -1, 1, 0, "0", "Correlation of the two draws' normal scores.",
     PARAM_BY_SCENARIO, FRAME(link[0].correlation), LINK},
    {"dependence.family", PARAM_WORD, "", 0, 0, 0, "gaussian", "Copula of the linked draws.", PARAM_BY_SCENARIO,
     .words = copulas, FRAME(copula)},
    {"dependence.degrees_of_freedom", PARAM_NUMBER, "1", 1, 1000, 1, "5", "Of the t copula; few make joint extremes likely.",
     PARAM_BY_SCENARIO, FRAME(copula_freedom)},
};

static const struct param_table frame_tables[] = {
    {"", NULL, frame_rows, sizeof frame_rows / sizeof *frame_rows, 0, {0}}};

enum { DEAL_TABLES = 64 };

static size_t append(struct param_table *all, size_t n, const struct param_table *tables, size_t count, size_t offset)
{
    for (size_t k = 0; k < count; k++) {
        all[n] = tables[k];
        all[n++].offset += offset;
    }
    return n;
}

const struct param_table *deal_tables(size_t *count)
{
    static struct param_table all[DEAL_TABLES];
    static size_t n;
    if (!n) {
        size_t k = append(all, 0, frame_tables, 1, offsetof(struct deal, frame));
        k = append(all, k, market_tables, market_table_count, offsetof(struct deal, market));
        k = append(all, k, programme_tables, programme_table_count, offsetof(struct deal, programme));
        k = append(all, k, contract_tables, contract_table_count, offsetof(struct deal, contract));
        k = append(all, k, value_tables, value_table_count, offsetof(struct deal, value));
        n = append(all, k, decision_tables, decision_table_count, offsetof(struct deal, decision));
    }
    *count = n;
    return all;
}
