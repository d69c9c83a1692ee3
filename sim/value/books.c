#include "base/lanes_math.h"
#include "base/money.h"
#include "value/value.h"

/* dep = delta_d (K + I), K' = K + I - dep; added to what `dep` holds already. */
void value_book_step(double depreciation, const lanes *restrict invested, lanes *restrict book, lanes *restrict dep)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes total = book[i] + invested[i], part = money(depreciation * total);
        dep[i] += part;
        book[i] = total - part;
    }
}

/* Tax due on income - dep. Immediate: losses are used against other income of the owner at once. Carried forward: y = taxable
   - Lo, due = theta max(y, 0), Lo' = max(-y, 0). */
void value_tax_step(const struct value_tax *tax, const lanes *restrict income, const lanes *restrict dep,
                    lanes *restrict loss, lanes *restrict due)
{
    const lanes zero = all_lanes(0.0);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes taxable = income[i] - dep[i];
        if (tax->losses == LOSSES_CARRY_FORWARD) {
            lanes y = taxable - loss[i];
            loss[i] = most(-y, zero);
            taxable = most(y, zero);
        }
        due[i] = money(tax->rate * taxable);
    }
}

static void clear(lanes *restrict column)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) column[i] = all_lanes(0.0);
}

/* What is spent at signing, by equity, is deducted at once and not discounted; docs/model.md (8.1). */
static void sign(const struct value_plan *plan, struct value_block *block, int p, const lanes *drawn)
{
    PARAMETER(preparation, drawn, plan->contract->config->preparation);
    const struct value_tax tax = {plan->config->tax_rate[p], plan->depreciation, plan->config->losses[p]};
    lanes none[BLOCK_LANES], income[BLOCK_LANES], *spent = block->signing[p], *due = block->signing_tax[p];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        spent[i] = money(plan->contract->equity[p] * at(preparation, i));
        income[i] = 0.0 - spent[i];
        none[i] = all_lanes(0.0);
    }
    value_tax_step(&tax, income, none, block->loss[p], due);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes cash = income[i] - due[i];
        block->ledger[p][LINE_FRICTION][i] = income[i];
        block->ledger[p][LINE_TAX][i] = 0.0 - due[i];
        block->cumulative[p][i] = cash;
        block->lowest[p][i] = least(cash, all_lanes(0.0));
        block->common[i] += cash;
    }
    value_common_add(block, p, block->cumulative[p], 1.0);
}

static void begin_geared(struct value_block *block, int p)
{
    clear(block->owed[p]);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->geared[p][i] = block->cumulative[p][i];
        block->geared_lowest[p][i] = block->lowest[p][i];
    }
}

void value_block_begin(const struct value_plan *plan, struct value_block *block, const lanes *drawn)
{
    clear(block->common);
    for (int p = 0; p < plan->partners; p++) {
        for (int line = 0; line < LINES; line++) clear(block->ledger[p][line]);
        lanes *columns[] = {block->book[p],       block->own_book[p],   block->loss[p],       block->cumulative[p],
                            block->lowest[p],     block->payback[p],    block->transferred[p], block->alone_book[p],
                            block->alone_loss[p], block->alone_value[p]};
        lanes *options[] = {block->alone_stopped[p], block->alone_sale[p], block->alone_closing[p], block->know_how[p],
                            block->alone_know_how[p], block->credited[p], block->part[p]};
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) clear(columns[k]);
        for (size_t k = 0; k < sizeof options / sizeof *options; k++) {
            if (options[k]) clear(options[k]);
        }
        if (plan->prepared) sign(plan, block, p, drawn);
        if (plan->contract->lends) begin_geared(block, p);
    }
}

/* Taxable lines of the partnership arm; of subsidies only the taxable part; of a settlement what differs from book. */
static void taxable_income(const struct contract_plan *contract, const struct contract_block *flows, int partner,
                           lanes *restrict income)
{
    static const enum contract_line taxed[] = {LINE_OWN_MARGIN, LINE_JOINT_PROFIT,  LINE_TARIFF, LINE_TRANSFERS,
                                               LINE_FRICTION,   LINE_RENEGOTIATION, LINE_EXIT,   LINE_OBLIGATIONS};
    for (size_t i = 0; i < BLOCK_LANES; i++) income[i] = flows->taxable_support[partner][i];
    for (size_t k = 0; k < sizeof taxed / sizeof *taxed; k++) {
        if (!contract->active[partner][taxed[k]] || flows->idle[taxed[k]]) continue;
        const lanes *flow = flows->flow[partner][taxed[k]];
        for (size_t i = 0; i < BLOCK_LANES; i++) income[i] += flow[i];
    }
    if (!contract->changing || !flows->terms.dues) return;
    const lanes *sold = flows->terms.sold[partner], *bought = flows->terms.bought[partner];
    for (size_t i = 0; i < BLOCK_LANES; i++) income[i] += bought[i] - sold[i];
}

/* What enters the venture's book: what was paid, a book that was bought, less one that was sold. A price stands in line exit; the
   seller is taxed on price - book, the buyer deducts its price by depreciation only. */
static void enter_book(const struct contract_plan *contract, const struct contract_block *flows, int partner,
                       lanes *restrict invested)
{
    const lanes *sold = flows->terms.sold[partner], *bought = flows->terms.bought[partner];
    for (size_t i = 0; i < BLOCK_LANES; i++) invested[i] = flows->paid[partner][i];
    for (size_t i = 0; contract->changing && flows->terms.dues && i < BLOCK_LANES; i++) invested[i] += bought[i] - sold[i];
}

/* Ledger += flow x DF; cumulative cash, its least value and the payback time. Know-how and
   what capital would earn elsewhere are worth something but are no cash. */
static void book_partner(const struct value_plan *plan, struct value_block *block, const struct contract_block *flows,
                         int p, int step)
{
    const double df = plan->discount[p][step], end = (double)(step + 1) * plan->years_per_step;
    clear(block->cash[p]);
    for (int line = 0; line < LINES; line++) {
        if (!plan->contract->active[p][line] || flows->idle[line]) continue;
        const lanes *flow = flows->flow[p][line];
        for (size_t i = 0; i < BLOCK_LANES; i++) block->ledger[p][line][i] += flow[i] * df;
        if (line == LINE_KNOW_HOW || line == LINE_CAPITAL) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) block->cash[p][i] += flow[i];
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->cumulative[p][i] += block->cash[p][i];
        block->lowest[p][i] = least(block->lowest[p][i], block->cumulative[p][i]);
        block->payback[p][i] = choose((flags)(block->cumulative[p][i] < 0.0), all_lanes(end), block->payback[p][i]);
        block->transferred[p][i] += flows->flow[p][LINE_TRANSFERS][i];
        block->common[i] += block->cash[p][i] * plan->common_discount[step];
    }
    value_common_add(block, p, block->cash[p], plan->common_discount[step]);
}

/* Results by step show the signing with step 0; it is in the ledger and the cumulative cash already. */
static void show_signing(struct value_block *block, const struct contract_block *flows, int p)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flows->flow[p][LINE_FRICTION][i] -= block->signing[p][i];
        flows->flow[p][LINE_TAX][i] -= block->signing_tax[p][i];
        block->cash[p][i] -= block->signing[p][i] + block->signing_tax[p][i];
    }
}

void value_partnership_step(const struct value_plan *plan, struct value_block *block, const struct contract_block *contract,
                            int step)
{
    lanes income[BLOCK_LANES], invested[BLOCK_LANES], dep[BLOCK_LANES], due[BLOCK_LANES];
    for (int p = 0; p < plan->partners; p++) {
        const struct value_tax tax = {plan->config->tax_rate[p], plan->depreciation, plan->config->losses[p]};
        taxable_income(plan->contract, contract, p, income);
        clear(dep);
        enter_book(plan->contract, contract, p, invested);
        value_book_step(tax.depreciation, invested, block->book[p], dep);
        value_book_step(tax.depreciation, contract->own_capex[p], block->own_book[p], dep);
        value_tax_step(&tax, income, dep, block->loss[p], due);
        for (size_t i = 0; i < BLOCK_LANES; i++) contract->flow[p][LINE_TAX][i] = 0.0 - due[i];
        if (plan->contract->lends) value_debt_step(plan, contract, p);
        book_partner(plan, block, contract, p, step);
        if (plan->contract->lends) value_geared_step(plan, block, contract, p);
        if (plan->prepared && !step) show_signing(block, contract, p);
    }
}

/* What the books of an owner bring at the horizon, after tax: X less the tax on X - K, X = multiple x K. Without losses to
   carry it is X + theta (K - X). */
static void sell_books(const struct value_plan *plan, int p, const lanes *drawn, const lanes *restrict book,
                       lanes *restrict loss, lanes *restrict proceeds)
{
    PARAMETER(multiple, drawn, plan->config->terminal_multiple);
    const struct value_tax tax = {plan->config->tax_rate[p], plan->depreciation, plan->config->losses[p]};
    lanes due[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) proceeds[i] = money(at(multiple, i) * book[i]);
    value_tax_step(&tax, proceeds, book, loss, due);
    for (size_t i = 0; i < BLOCK_LANES; i++) proceeds[i] -= due[i];
}

/* Of scarce capital, the books' price at the horizon is recovered; docs/model.md (1.4). */
static void recover_books(const struct value_plan *plan, struct value_block *block, int p, const lanes *drawn, const lanes *restrict book)
{
    PARAMETER(multiple, drawn, plan->config->terminal_multiple);
    PARAMETER(premium, drawn, plan->contract->config->premium[p]);
    const double df = plan->discount[p][plan->steps];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes worth = at(premium, i) * at(multiple, i) * df;
        block->ledger[p][LINE_CAPITAL][i] += worth * book[i];
        block->alone_value[p][i] += worth * block->alone_book[p][i];
    }
}

static void add_terminal(const struct value_plan *plan, struct value_block *block, int p, const lanes *drawn)
{
    const double df = plan->discount[p][plan->steps], common = value_common_factor(plan, p, plan->steps);
    lanes book[BLOCK_LANES], with[BLOCK_LANES], alone[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) book[i] = block->book[p][i] + block->own_book[p][i];
    sell_books(plan, p, drawn, book, block->loss[p], with);
    sell_books(plan, p, drawn, block->alone_book[p], block->alone_loss[p], alone);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->ledger[p][LINE_TERMINAL][i] += with[i] * df;
        block->alone_value[p][i] += alone[i] * df;
        block->common[i] += (with[i] - alone[i]) * common;
    }
    value_common_add(block, p, with, common);
    value_common_add(block, p, alone, -common);
    if (plan->contract->scarce[p]) recover_books(plan, block, p, drawn, book);
}

/* Present values are rounded to the grid line by line; captured = sum of lines, exactly. */
static void close_partner(const struct value_plan *plan, struct value_block *block, int p)
{
    const lanes one = all_lanes(1.0), zero = all_lanes(0.0);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes sum = zero;
        for (int line = 0; line < LINE_STANDALONE_FORGONE; line++) {
            lanes rounded = money(block->ledger[p][line][i]);
            block->ledger[p][line][i] = rounded;
            sum += rounded;
        }
        lanes alone = money(block->alone_value[p][i]);
        block->ledger[p][LINE_STANDALONE_FORGONE][i] = zero - alone;
        block->partnership[p][i] = sum;
        block->standalone[p][i] = alone;
        block->captured[p][i] = sum - alone;
        block->risk[p][i] = zero - block->lowest[p][i];
        if (plan->contract->lends) block->geared_risk[p][i] = zero - block->geared_lowest[p][i];
        block->loses[p][i] = choose((flags)(block->captured[p][i] < -VALUE_NOTHING), one, zero);
        block->fails[p][i] = choose((flags)(sum < -VALUE_NOTHING), one, zero);
    }
}

/* A partner that stays apart has its own way in both arms: nothing is gained by it, and nothing forgone. */
static void close_apart(struct value_block *block, int p)
{
    clear(block->ledger[p][LINE_STANDALONE_FORGONE]);
    for (int line = 0; line < LINE_STANDALONE_FORGONE; line++) clear(block->ledger[p][line]);
    clear(block->captured[p]);
    clear(block->loses[p]);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->partnership[p][i] = block->standalone[p][i];
        block->fails[p][i] = choose((flags)(block->standalone[p][i] < -VALUE_NOTHING), all_lanes(1.0), all_lanes(0.0));
    }
}

void value_block_end(const struct value_plan *plan, struct value_block *block, const lanes *drawn)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) block->all_gain[i] = all_lanes(1.0);
    for (int p = 0; p < plan->partners; p++) {
        add_terminal(plan, block, p, drawn);
        if (plan->know_how[p]) value_know_how_end(plan, block, p, drawn);
        close_partner(plan, block, p);
        if (plan->contract->config->apart[p]) {
            close_apart(block, p);
            continue;
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            flags gains = (flags)(block->captured[p][i] > VALUE_NOTHING);
            block->all_gain[i] = choose(gains, block->all_gain[i], all_lanes(0.0));
        }
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) block->common[i] = money(block->common[i]);
}
