/* docs/model.md (0.6): a deal with a partner that stays apart is, for the others, bit for bit the deal that never had it; it
   captures nothing; and the smaller venture is the one that the numbers say. */
#include <criterion/criterion.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/paths.h"

static const char *const quarrel = TESTS_DIR "/reproduce/deals/quarrel.yaml";
static const char *const three = TESTS_DIR "/unit/decision/three.yaml";
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})
enum { PATHS = 1024 };

/* ---- A deal file without a partner ---- */

static int matches(const char *line, const char *pattern, regmatch_t *at)
{
    regex_t regex;
    cr_assert_eq(regcomp(&regex, pattern, REG_EXTENDED), 0);
    const int found = !regexec(&regex, line, 1, at, 0);
    regfree(&regex);
    return found;
}

/* What stands behind a partner's name: a block by indent, a line, an entry among others in braces. */
static void drop(FILE *in, FILE *out, const char *partner)
{
    char line[2048], block[64], alone[128], among[128], pays[128];
    int dropping = 0;
    snprintf(block, sizeof block, "^  %s:$", partner);
    snprintf(alone, sizeof alone, "^ +%s: \\{", partner);
    snprintf(among, sizeof among, ", %s: ([^,{}\"(]+|\"[^\"]*\")", partner);
    snprintf(pays, sizeof pays, "^  royalty: \\{%s|put_giver: \\{%s", partner, partner);
    while (fgets(line, sizeof line, in)) {
        regmatch_t at;
        if (dropping && !strncmp(line, "    ", 4)) continue;
        dropping = 0;
        line[strcspn(line, "\n")] = 0;
        if (matches(line, block, &at)) {
            dropping = 1;
            continue;
        }
        if (matches(line, alone, &at) || matches(line, pays, &at)) continue;
        while (matches(line, among, &at)) memmove(line + at.rm_so, line + at.rm_eo, strlen(line + at.rm_eo) + 1);
        fprintf(out, "%s\n", line);
    }
}

static void write_without(const char *deal, const char *partner, char path[32])
{
    strcpy(path, "/tmp/members_XXXXXX");
    FILE *in = fopen(deal, "r"), *out = fdopen(mkstemp(path), "w");
    cr_assert(in && out);
    drop(in, out, partner);
    fclose(in);
    cr_assert_eq(fclose(out), 0);
}

/* ---- The same for the others ---- */

static int moved(const struct ends *ends, int p)
{
    for (size_t k = 0; k < ends->paths; k++) {
        if (ends->captured[p][k] < 0.0 || ends->captured[p][k] > 0.0) return 1;
    }
    return 0;
}

/* Partner `apart` of the first deal stays apart; the other deal does not have it. In byte order of names. */
static void expect_same(const struct ends *with, int apart, const struct ends *without)
{
    int left = 0;
    cr_assert_eq(with->partners, without->partners + 1);
    cr_expect_not(moved(with, apart), "it captures exactly nothing");
    for (size_t k = 0; k < with->paths; k++) cr_assert_eq(with->left[apart][k], 0.0, "it never leaves");
    for (int p = 0; p < without->partners; p++) {
        const int q = p < apart ? p : p + 1;
        cr_expect(moved(without, p), "nothing happens");
        cr_expect_eq(memcmp(with->captured[q], without->captured[p], with->paths * sizeof(double)), 0,
                     "partner %d captures otherwise", q);
        cr_expect_eq(memcmp(with->left[q], without->left[p], with->paths * sizeof(double)), 0, "partner %d leaves otherwise", q);
        for (size_t k = 0; k < with->paths; k++) left += without->left[p][k] > 0.0;
    }
    cr_log_info("%d exits", left);
}

/* Every mechanism there is: goals, deadlocks, triggers, reviews, terms reopened, exits, winding up, know-how. */
Test(members, the_others_quarrel_as_if_it_had_never_been_there)
{
    struct ends with, without;
    char path[32];
    write_without(quarrel, "delta", path);
    ends_make(&with, quarrel,
              SETS("partners.delta.member", "no", "partners.rho.equity", "0.375", "partners.sigma.equity", "0.375",
                   "partners.delta.equity", "0.25", "contract.triggers.sold.partner", "delta", "contract.triggers.sold.rate",
                   "0.3", "contract.exit.put_giver.sigma", "delta", "contract.capex.cap.delta", "10"),
              PATHS);
    ends_make(&without, path,
              SETS("partners.rho.equity", "0.5", "partners.sigma.equity", "0.5", "contract.triggers.sold.kind", "never"), PATHS);
    expect_same(&with, 0, &without);
    ends_free(&with);
    ends_free(&without);
    remove(path);
}

/* Nothing is decided, every share rule, caps, a lead. */
Test(members, the_others_share_as_if_it_had_never_been_there)
{
    static const char *const rules[][2] = {{"contract.capex.rule", "equity"},
                                           {"contract.capex.rule", "use"},
                                           {"contract.capex.overrun_lead", "c"},
                                           {"contract.capex.rule", "fixed"}};
    static const char *const without_c[] = {"equity", "use", "equity", "fixed"};
    char path[32];
    write_without(three, "c", path);
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
        struct ends with, without;
        ends_make(&with, three,
                  SETS("partners.c.member", "no", "partners.a.equity", "0.375", "partners.b.equity", "0.375", "partners.c.equity",
                       "0.25", rules[k][0], rules[k][1], "contract.capex.cap.a", "120", "contract.royalty.c.a.per_unit", "1",
                       "contract.royalty.b.c.of_revenue", "0.1", "own.c.capex.plan", "[50]", "own.c.production_start", "3",
                       "contract.take_or_pay.c.least_share", "1", "contract.take_or_pay.c.shortfall_fee", "1",
                       "contract.capex.share.a", "[0.5]", "contract.capex.share.b", "[0.25]", "contract.capex.share.c",
                       "[0.25, 1]"),
                  PATHS);
        ends_make(&without, path,
                  SETS("partners.a.equity", "0.5", "partners.b.equity", "0.5", "contract.capex.cap.a", "120",
                       "contract.capex.rule",
                       without_c[k],
                       "contract.capex.share.a", "[0.5]", "contract.capex.share.b", "[0.25]"),
                  PATHS);
        expect_same(&with, 2, &without);
        ends_free(&with);
        ends_free(&without);
    }
    remove(path);
}

/* What c is good at stays with it, though it would be the best, or the lead. */
Test(members, the_others_have_no_strength_of_one_that_stays_apart)
{
    static const char *const lead[] = {"none", "c"};
    char path[32];
    write_without(three, "c", path);
    for (int k = 0; k < 2; k++) {
        struct ends with, without;
        const char *const *sets = SETS("partners.a.equity", "0.375", "partners.b.equity", "0.375", "partners.c.equity", "0.25", "partners.b.strength.plant",
                                       "0.9", "partners.c.strength.material", "0.5", "partners.c.strength.conversion", "0.6",
                                       "partners.c.strength.plant", "0.7", "partners.c.strength.access", "0.8", "venture.transfer_loss", "0.1",
                                       "venture.ramp_years", "2", "venture.lead.material", lead[k], "partners.c.member", "no");
        ends_make(&with, three, sets, PATHS);
        ends_make(&without, path,
                  SETS("partners.a.equity", "0.5", "partners.b.equity", "0.5", "partners.b.strength.plant", "0.9", "venture.transfer_loss",
                       "0.1", "venture.ramp_years", "2"), PATHS);
        expect_same(&with, 2, &without);
        ends_free(&with);
        ends_free(&without);
    }
    struct ends helped, plain;
    ends_make(&helped, three, SETS("partners.c.strength.material", "0.5"), 64);
    ends_make(&plain, three, NULL, 64);
    cr_expect_gt(helped.captured[0][0], plain.captured[0][0] + 1.0, "it helps where it is a member");
    ends_free(&helped);
    ends_free(&plain);
    remove(path);
}

Test(members, that_are_all_in_move_no_bit)
{
    struct ends a, b;
    ends_make(&a, quarrel, NULL, PATHS);
    ends_make(&b, quarrel, SETS("partners.delta.member", "yes", "contract.needed.rho", "yes", "venture.size_rule", "share"),
              PATHS);
    for (int p = 0; p < a.partners; p++) cr_expect_eq(memcmp(a.captured[p], b.captured[p], PATHS * sizeof(double)), 0);
    ends_free(&a);
    ends_free(&b);
}

/* ---- A smaller venture ---- */

#define HALVES "partners.c.member", "no", "partners.a.equity", "0.25", "partners.b.equity", "0.25", "partners.c.equity", "0.5"

/* Half of the equity stays: half of the plant, drawn or not; what takes the same draw elsewhere stays as it is. */
Test(members, build_in_proportion_where_the_deal_says_so)
{
    struct ends share, hand, fixed;
    ends_make(&share, three,
              SETS(HALVES, "venture.size_rule", "share", "venture.capacity", "uniform(60, 100)", "venture.capex.plan",
                   "[\"uniform(150, 250)\", 300, 100]", "venture.fixed_cost", "uniform(40, 80)", "partners.b.own_fixed_cost",
                   "same(venture.fixed_cost)", "contract.capex.cap.a", "150"),
              PATHS);
    ends_make(&hand, three,
              SETS(HALVES, "venture.capacity", "uniform(30, 50)", "venture.capex.plan", "[\"uniform(75, 125)\", 150, 50]",
                   "venture.capex.grant", "[10]", "venture.fixed_cost", "uniform(20, 40)", "standalone.c.fixed_cost",
                   "uniform(40, 80)", "partners.b.own_fixed_cost", "same(standalone.c.fixed_cost)", "contract.capex.cap.a",
                   "150"),
              PATHS);
    ends_make(&fixed, three, SETS(HALVES), PATHS);
    for (int p = 0; p < 3; p++) {
        cr_expect_eq(memcmp(share.captured[p], hand.captured[p], PATHS * sizeof(double)), 0, "partner %d", p);
        if (p < 2) cr_expect_neq(memcmp(share.captured[p], fixed.captured[p], PATHS * sizeof(double)), 0, "partner %d", p);
    }
    ends_free(&share);
    ends_free(&hand);
    ends_free(&fixed);
}

/* A partner without equity may be all that another has: then they have equal parts. */
Test(members, without_any_equity_have_equal_parts)
{
    struct ends none, equal;
    ends_make(&none, three,
              SETS("partners.a.member", "no", "partners.a.equity", "1", "partners.b.equity", "0", "partners.c.equity", "0"), 64);
    ends_make(&equal, three,
              SETS("partners.a.member", "no", "partners.a.equity", "0", "partners.b.equity", "0.5", "partners.c.equity", "0.5"),
              64);
    for (int p = 0; p < 3; p++)
        cr_expect_eq(memcmp(none.captured[p], equal.captured[p], 64 * sizeof(double)), 0, "partner %d", p);
    ends_free(&none);
    ends_free(&equal);
}
