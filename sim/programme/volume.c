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

/* Year of the plan, -1 where the partner does not sell: from the later of the two starts of production on, while it is served.
   A programme that takes over from another goes on with the year that the product has reached. */
static void ready_years(const struct programme_block *block, const struct programme_block *own, struct parameter served,
                        lanes *restrict years)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        years[i] = own ? least(block->production[i], own->production[i]) : block->production[i];
        years[i] = choose((flags)(at(served, i) > 0.0), years[i], all_lanes(-1.0));
    }
    for (size_t i = 0; block->age && i < BLOCK_LANES; i++) {
        flags goes_on = (flags)(years[i] >= 0.0) & (flags)(block->age[i] >= 0.0);
        years[i] = choose(goes_on, block->age[i], years[i]);
    }
}

/* docs/model.md (4.3): wanted volume of one partner in one region. */
static void want(const struct programme_plan *plan, int partner, int region, const lanes *drawn,
                 const struct market_block *market, int step, const lanes *restrict years, lanes *restrict planned, lanes *restrict wanted)
{
    const struct parameter demand = column_at(market_level(plan->market, market, MARKET_DEMAND, region), step);
    const struct parameter share = column_at(market_level(plan->market, market, MARKET_SHARE, partner), step);
    PARAMETER(launch, drawn, plan->product[partner].launch);
    const double d = plan->market->years_per_step;
    read_plan(plan->sales[partner][region], drawn, years, planned);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        planned[i] = choose((flags)(years[i] >= 0.0), planned[i] * d, all_lanes(0.0));
        wanted[i] = planned[i] * at(demand, i) * at(share, i) * at(launch, i);
    }
}

static void gather_orders(const struct programme_plan *plan, struct programme_block *block,
                          struct programme_block *const own[], const lanes *drawn, const struct market_block *market,
                          const struct programme_drive *drive, int step)
{
    lanes years[BLOCK_LANES], planned[BLOCK_LANES], kept[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) block->volume[i] = all_lanes(0.0);
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        ready_years(block, own ? own[p] : NULL, drive->served[p], years);
        if (plan->tardy) programme_late_step(plan, block, own ? own[p] : NULL, p, drawn, step, kept);
        for (size_t i = 0; i < BLOCK_LANES; i++) block->ordered[p][i] = block->planned[p][i] = all_lanes(0.0);
        for (int r = 0; r < plan->regions; r++) {
            if (!plan->sales[p][r]) continue;
            want(plan, p, r, drawn, market, step, years, planned, block->sold[p][r]);
            if (plan->follows[p][r]) programme_price_react(plan, block, p, r, drawn, market, step, block->sold[p][r]);
            for (size_t i = 0; plan->tardy && i < BLOCK_LANES; i++) block->sold[p][r][i] *= kept[i]; /* the plan stays the plan */
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                block->ordered[p][i] += block->sold[p][r][i];
                block->planned[p][i] += planned[i];
            }
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) block->volume[i] += block->ordered[p][i];
    }
}

/* Share of orders that is made: what a deadlock leaves; where that is over capacity all are cut by the same factor. */
static void ration(const struct programme_plan *plan, const struct programme_block *block, const lanes *drawn,
                   struct parameter kept, lanes *restrict factor)
{
    PARAMETER(capacity, drawn, plan->config->capacity);
    for (size_t i = 0; i < BLOCK_LANES; i++) factor[i] = at(kept, i);
    if (!plan->limited) return;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes limit = at(capacity, i) * plan->market->years_per_step, wanted = block->volume[i] * factor[i];
        factor[i] *= choose((flags)(wanted > limit), limit / wanted, all_lanes(1.0));
    }
}

static void make(const struct programme_plan *plan, struct programme_block *block, const lanes *restrict factor)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) block->volume[i] = all_lanes(0.0);
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        for (int r = 0; r < plan->regions; r++) {
            if (!plan->sales[p][r]) continue;
            for (size_t i = 0; i < BLOCK_LANES; i++) block->sold[p][r][i] *= factor[i];
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) block->made[p][i] = block->ordered[p][i] * factor[i];
        for (size_t i = 0; i < BLOCK_LANES; i++) block->volume[i] += block->made[p][i];
    }
}

/* docs/model.md (7.8): what the partners leave of the capacity makes for outside customers; a deadlock's loss is theirs too. */
static void make_external(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                          const struct programme_drive *drive)
{
    PARAMETER(volume, drawn, plan->config->redirect.volume);
    PARAMETER(capacity, drawn, plan->config->capacity);
    const double d = plan->market->years_per_step;
    const lanes zero = all_lanes(0.0);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags makes = (flags)(at(drive->redirected, i) > 0.0) & (flags)(block->production[i] >= 0.0);
        lanes idle = most(at(capacity, i) * d - block->volume[i], zero);
        block->external[i] = choose(makes, least(at(volume, i) * d * at(drive->volume, i), idle), zero);
    }
}

void programme_volume_step(const struct programme_plan *plan, struct programme_block *block,
                           struct programme_block *const own[], const lanes *drawn, const struct market_block *market,
                           const struct programme_drive *drive, int step)
{
    lanes factor[BLOCK_LANES];
    if (plan->passes) programme_price_step(plan, block, drawn, market, step);
    gather_orders(plan, block, own, drawn, market, drive, step);
    ration(plan, block, drawn, drive->volume, factor);
    make(plan, block, factor);
    if (plan->localises) programme_localise_make(plan, block);
    if (plan->redirects) make_external(plan, block, drawn, drive);
}

void programme_experience_step(const struct programme_plan *plan, struct programme_block *block)
{
    if (plan->localises) programme_localise_age(plan, block);
    for (size_t i = 0; i < BLOCK_LANES; i++) block->pooled_made[i] += block->volume[i];
    for (size_t i = 0; plan->redirects && i < BLOCK_LANES; i++) block->pooled_made[i] += block->external[i];
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        for (size_t i = 0; i < BLOCK_LANES; i++) block->made_before[p][i] += block->made[p][i];
    }
}
