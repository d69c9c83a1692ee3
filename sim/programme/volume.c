#include "base/lanes_math.h"
#include "programme/programme.h"

/* The least and the greatest year of production in the block: most blocks have one year for all paths. */
static void year_span(const lanes *restrict years, int last, int *first_year, int *final_year)
{
    lanes lowest = years[0], highest = years[0];
    for (size_t i = 1; i < BLOCK_LANES; i++) {
        lowest = least(lowest, years[i]);
        highest = most(highest, years[i]);
    }
    double low = lowest[0], high = highest[0];
    for (int l = 1; l < LANES; l++) {
        low = lowest[l] < low ? lowest[l] : low;
        high = highest[l] > high ? highest[l] : high;
    }
    *first_year = low < 0.0 ? 0 : (int)(low + PROGRAMME_SLACK);
    *final_year = high < 0.0 ? 0 : (int)(high + PROGRAMME_SLACK);
    if (*first_year > last) *first_year = last;
    if (*final_year > last) *final_year = last;
}

/* The plan of the running year of production; after the last year the last value holds. */
static void read_plan(const struct param_list *list, const lanes *drawn, const lanes *restrict years, lanes *restrict plan)
{
    int first_year, final_year;
    year_span(years, list->count - 1, &first_year, &final_year);
    PARAMETER(first, drawn, list->item[first_year]);
    for (size_t i = 0; i < BLOCK_LANES; i++) plan[i] = at(first, i);
    for (int year = first_year + 1; year <= final_year; year++) {
        PARAMETER(value, drawn, list->item[year]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            plan[i] = choose((flags)(years[i] + PROGRAMME_SLACK >= (double)year), at(value, i), plan[i]);
        }
    }
}

/* A partner sells from the later of the two starts of production. */
static void ready_years(const struct programme_block *block, const struct programme_block *own, lanes *restrict years)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        years[i] = own ? least(block->production[i], own->production[i]) : block->production[i];
    }
}

/* docs/model.md (4.3): wanted volume of one partner in one region. */
static void want(const struct programme_plan *plan, int partner, int region, const lanes *drawn,
                 const struct market_block *market, const struct programme_drive *drive, int step,
                 const lanes *restrict years, lanes *restrict planned, lanes *restrict wanted)
{
    const struct parameter demand = column_at(market_level(plan->market, market, MARKET_DEMAND, region), step);
    const struct parameter share = column_at(market_level(plan->market, market, MARKET_SHARE, partner), step);
    PARAMETER(launch, drawn, plan->product[partner].launch);
    const double d = plan->market->years_per_step;
    read_plan(plan->sales[partner][region], drawn, years, planned);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        planned[i] = choose((flags)(years[i] >= 0.0), planned[i] * d, all_lanes(0.0));
        wanted[i] = planned[i] * at(demand, i) * at(share, i) * at(launch, i) * drive->volume[i];
    }
}

static void gather_orders(const struct programme_plan *plan, struct programme_block *block,
                          struct programme_block *const own[], const lanes *drawn, const struct market_block *market,
                          const struct programme_drive *drive, int step)
{
    lanes years[BLOCK_LANES], planned[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) block->volume[i] = all_lanes(0.0);
    for (int m = 0; m < plan->members; m++) {
        const int p = plan->member[m];
        ready_years(block, own ? own[p] : NULL, years);
        for (size_t i = 0; i < BLOCK_LANES; i++) block->ordered[p][i] = block->planned[p][i] = all_lanes(0.0);
        for (int r = 0; r < plan->regions; r++) {
            if (!plan->sales[p][r]) continue;
            want(plan, p, r, drawn, market, drive, step, years, planned, block->sold[p][r]);
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                block->ordered[p][i] += block->sold[p][r][i];
                block->planned[p][i] += planned[i];
            }
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) block->volume[i] += block->ordered[p][i];
    }
}

/* Over capacity all orders are cut by the same factor. */
static void ration(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn)
{
    PARAMETER(capacity, drawn, plan->config->capacity);
    lanes factor[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes limit = at(capacity, i) * plan->market->years_per_step;
        factor[i] = choose((flags)(block->volume[i] > limit), limit / block->volume[i], all_lanes(1.0));
        block->volume[i] = all_lanes(0.0);
    }
    for (int m = 0; m < plan->members; m++) {
        const int p = plan->member[m];
        for (int r = 0; r < plan->regions; r++) {
            if (!plan->sales[p][r]) continue;
            for (size_t i = 0; i < BLOCK_LANES; i++) block->sold[p][r][i] *= factor[i];
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) block->made[p][i] = block->ordered[p][i] * factor[i];
        for (size_t i = 0; i < BLOCK_LANES; i++) block->volume[i] += block->made[p][i];
    }
}

void programme_volume_step(const struct programme_plan *plan, struct programme_block *block,
                           struct programme_block *const own[], const lanes *drawn, const struct market_block *market,
                           const struct programme_drive *drive, int step)
{
    gather_orders(plan, block, own, drawn, market, drive, step);
    if (plan->limited) {
        ration(plan, block, drawn);
        return;
    }
    for (int m = 0; m < plan->members; m++) {
        const int p = plan->member[m];
        for (size_t i = 0; i < BLOCK_LANES; i++) block->made[p][i] = block->ordered[p][i];
    }
}

void programme_experience_step(const struct programme_plan *plan, struct programme_block *block)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) block->pooled_made[i] += block->volume[i];
    for (int m = 0; m < plan->members; m++) {
        const int p = plan->member[m];
        for (size_t i = 0; i < BLOCK_LANES; i++) block->made_before[p][i] += block->made[p][i];
    }
}
