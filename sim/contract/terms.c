/* The ports of decision/ as they stand at signing, and the shares that follow from them. */
#include "base/lanes_math.h"
#include "contract/contract.h"

static void fill(lanes *restrict column, double value)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) column[i] = all_lanes(value);
}

/* Cells that earlier and later stages read: a column where decision/ may write it, else one constant for all paths. */
static void set_cells(const struct contract_plan *plan, struct contract_block *block, const struct market_block *market)
{
    const size_t mask = plan->changing ? ~(size_t)0 : 0;
    const struct parameter one = {market->one, 0}, scope = {block->scope, ~(size_t)0};
    struct programme_drive *drive = &block->drive;
    struct contract_terms *terms = &block->terms;
    drive->progress = plan->changing || plan->contributes ? (struct parameter){block->progress, ~(size_t)0} : one;
    drive->volume = plan->changing ? (struct parameter){block->volume, mask} : one;
    drive->scope = scope;
    drive->sharing = plan->changing ? (struct parameter){block->sharing, mask} : scope;
    drive->redirected = plan->redirects ? (struct parameter){block->redirected, mask} : (struct parameter){market->zero, 0};
    terms->running = plan->changing ? (struct parameter){block->running, mask} : one;
    for (int p = 0; p < plan->partners; p++) {
        const struct parameter still = plan->config->apart[p] ? (struct parameter){market->zero, 0} : one;
        drive->served[p] = plan->changing ? (struct parameter){block->served[p], mask} : still;
        terms->in[p] = plan->changing ? (struct parameter){block->in[p], mask} : still;
        terms->equity[p] = (struct parameter){block->equity[p], plan->moving ? ~(size_t)0 : 0};
    }
}

static void begin_partner(const struct contract_plan *plan, struct contract_block *block, int p)
{
    struct contract_terms *terms = &block->terms;
    lanes *none[] = {terms->supplied[p], terms->licensed[p], terms->sold[p], terms->bought[p], terms->departed[p], block->grants[p]};
    const double in = plan->config->apart[p] ? 0.0 : 1.0;
    fill(block->served[p], in);
    fill(block->in[p], in);
    fill(block->sales_age[p], -1.0);
    for (size_t k = 0; k < sizeof none / sizeof *none; k++) fill(none[k], 0.0);
    if (terms->recovered[p]) fill(terms->recovered[p], 0.0);
    for (int line = 0; line < LINES; line++) {
        if (terms->due[p][line]) fill(terms->due[p][line], 0.0);
    }
    for (int q = 0; q < plan->partners; q++) {
        if (q != p) fill(terms->agreed[p][q], 0.0);
    }
}

/* All members in, the venture running, nothing due, nothing agreed beyond the contract. */
void contract_terms_begin(const struct contract_plan *plan, struct contract_block *block, const struct market_block *market)
{
    struct contract_terms *terms = &block->terms;
    terms->departures = 0;
    terms->dues = terms->agreements = 1; /* whoever fills the columns knows better */
    for (int line = 0; line < LINES; line++) block->idle[line] = 0;
    set_cells(plan, block, market);
    for (int p = 0; p < plan->partners; p++) fill(block->equity[p], plan->equity[p]);
    if (!plan->changing) return;
    fill(block->progress, 1.0);
    fill(block->volume, 1.0);
    fill(block->running, 1.0);
    fill(terms->deadlocked, 0.0);
    if (terms->barred) fill(terms->barred, 0.0);
    if (plan->redirects) fill(block->redirected, 0.0);
    if (plan->redirects) fill(terms->invested, 0.0);
    for (size_t i = 0; i < BLOCK_LANES; i++) block->sharing[i] = block->scope[i];
    for (int line = 0; line < LINES; line++) {
        if (terms->outside[line]) fill(terms->outside[line], 0.0);
    }
    for (int p = 0; p < plan->partners; p++) begin_partner(plan, block, p);
}

void contract_block_begin(const struct contract_plan *plan, struct contract_block *block, const struct market_block *market,
                          const lanes *drawn)
{
    PARAMETER(scope, drawn, plan->config->scope);
    PARAMETER(annual_fall, drawn, plan->config->coordination.annual_fall);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->scope[i] = at(scope, i);
        block->practice[i] = all_lanes(1.0);
        block->practice_step[i] = exp_lanes(plan->years_per_step * log_lanes(1.0 - at(annual_fall, i)));
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->paid_before[p][i] = block->ordered_year[p][i] = block->planned_year[p][i] = all_lanes(0.0);
        }
        if (block->missed_before[p]) fill(block->missed_before[p], 0.0);
        for (int q = 0; q < plan->partners; q++) {
            if (block->lent[p][q]) fill(block->lent[p][q], 0.0);
        }
    }
    if (plan->lends) fill(block->balance, 0.0);
    for (int k = 0; k < plan->royalties; k++) {
        if (!plan->royalty[k].guaranteed) continue;
        fill(block->royalty_year[k], 0.0);
        fill(block->royalty_least[k], 0.0);
    }
    contract_terms_begin(plan, block, market);
    if (plan->contributes) contract_contribution_begin(plan, block, drawn);
}

void contract_terms_scale(const struct contract_plan *plan, const struct contract_terms *terms, lanes share[][BLOCK_LANES])
{
    lanes sum[BLOCK_LANES];
    fill(sum, 0.0);
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            share[p][i] *= at(terms->in[p], i);
            sum[i] += share[p][i];
        }
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes part = share[p][i] / sum[i];
            share[p][i] = choose((flags)(sum[i] > 0.0), part, at(terms->equity[p], i));
        }
    }
}

/* Years of sale go on from the first step in which the partner sold, of the venture or of its own programme after exit. */
void contract_age_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                       struct programme_block *const own[], struct programme_block *const after[])
{
    if (!plan->changing) return;
    for (int p = 0; p < plan->partners; p++) {
        lanes sells[BLOCK_LANES], *age = block->sales_age[p];
        programme_sells(venture, own[p], block->drive.served[p], sells);
        for (size_t i = 0; after[p] && i < BLOCK_LANES; i++) {
            sells[i] = choose((flags)(after[p]->production[i] >= 0.0), all_lanes(1.0), sells[i]);
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            flags begun = (flags)(age[i] >= 0.0), first = (flags)(sells[i] > 0.0);
            lanes next = choose(first, all_lanes(plan->years_per_step), age[i]);
            age[i] = choose(begun, age[i] + plan->years_per_step, next);
        }
    }
}
