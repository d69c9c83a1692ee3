/* Reviews: who would rather leave, and what follows. docs/model.md (7.4). */
#include "decision/path.h"

/* Writes one register of a look to those of its paths that are meant. */
static void put(const struct known *known, flags meant, lanes x, lanes *column)
{
    double *cell = (double *)(void *)column;
    if (known->row >= 0) {
        column[known->row] = choose(meant, x, column[known->row]);
        return;
    }
    for (int l = 0; l < known->count; l++) {
        if (meant[l]) cell[known->path[l]] = x[l];
    }
}

/* What is known of the paths of one look, on lanes. */
struct wishes {
    lanes leaving[PARAM_PARTNERS][PARAM_PARTNERS]; /* leaver, partner; not a number where unknown */
    lanes wish[PARAM_PARTNERS], weight[PARAM_PARTNERS];
    flags some;                                    /* somebody would rather leave */
    flags asked;                                   /* the others were asked too: `weight` is known */
};

/* What each partner has if it leaves: the most that it can hope for. */
static void wish(const struct decision_step *s, const struct look *look, struct wishes *w)
{
    w->some = (flags)(all_lanes(0.0) > 1.0);
    for (int p = 0; p < s->plan->partners; p++) {
        for (int q = 0; q < s->plan->partners; q++) w->leaving[p][q] = all_lanes(LANES_MATH_NAN);
        w->leaving[p][p] = decision_settlement_wish(look, p);
        w->some |= (flags)(look->known.in[p] > 0.0) & (flags)(w->leaving[p][p] > look->prospect.stay[p]);
    }
}

/* What everybody has then, now that the others' answer to an exit is known: a leaver may find that nobody would buy. */
static void ask_others(const struct decision_step *s, struct look *look, flags asked, struct wishes *w)
{
    lanes value[PARAM_PARTNERS];
    w->asked = asked;
    if (!any(asked)) return;
    decision_prospect_alone(look);
    for (int p = 0; p < s->plan->partners; p++) w->weight[p] = decision_settlement_weight(look, p);
    for (int l = 0; l < s->plan->partners; l++) {
        if (!any((flags)(look->known.in[l] > 0.0))) continue;
        decision_settlement_leave(look, l, value);
        for (int p = 0; p < s->plan->partners; p++) w->leaving[l][p] = choose(asked, value[p], w->leaving[l][p]);
    }
}

/* The partner with the greatest wish, of those that are in. */
static lanes find_nearest(const struct decision_step *s, const struct look *look, struct wishes *w)
{
    lanes nearest = all_lanes(-1.0), greatest = all_lanes(0.0);
    for (int p = 0; p < s->plan->partners; p++) {
        lanes switching = known_number(&look->known, s->plan->config->exit.switching_cost[p]);
        w->wish[p] = w->leaving[p][p] - look->prospect.stay[p] - switching;
        flags better = (flags)(look->known.in[p] > 0.0) & ((flags)(nearest < 0.0) | (flags)(w->wish[p] > greatest));
        nearest = choose(better, all_lanes((double)p), nearest);
        greatest = choose(better, w->wish[p], greatest);
    }
    return nearest;
}

/* The outside option that is shown is that of the exit which is nearest, with those who are in at the look. */
static void store(const struct decision_step *s, const struct look *look, struct wishes *w)
{
    struct decision_block *block = s->block;
    const struct known *known = &look->known;
    lanes nearest = find_nearest(s, look, w);
    flags all = (flags)(all_lanes(0.0) < 1.0);
    for (int p = 0; p < s->plan->partners; p++) {
        lanes shown = all_lanes(LANES_MATH_NAN);
        put(known, all, look->prospect.stay[p], block->staying[p]);
        if (any(w->asked)) put(known, w->asked, w->weight[p], block->weight[p]);
        for (int l = 0; l < s->plan->partners; l++) {
            put(known, all, w->leaving[l][p], block->leaving_value[l][p]);
            shown = choose((flags)(nearest == (double)l), w->leaving[l][p], shown);
        }
        put(known, (flags)(nearest >= 0.0), shown, block->leaving[p]);
        put(known, (flags)(known->in[p] > 0.0), w->wish[p], block->wish[p]);
    }
}

/* Works through a set of paths, a register of them at a time. `whole`: the others' values too, whoever wishes what. */
static void look_at(const struct decision_step *s, uint64_t set, int whole)
{
    struct look look;
    struct wishes wishes;
    s->block->known |= set;
    if (whole) s->block->known_whole |= set;
    while (set) {
        decision_known_gather(s->plan, s->block, s->view, s->n, &set, s->block->drawn, &look.known);
        decision_prospect_make(s->plan, &s->plan->with_notice[s->n], &look);
        wish(s, &look, &wishes);
        ask_others(s, &look, whole ? (flags)(all_lanes(0.0) < 1.0) : wishes.some, &wishes);
        store(s, &look, &wishes);
    }
}

void decision_review_look(const struct decision_step *s, uint64_t set, uint64_t whole)
{
    if (s->plan->config->renegotiation.split == SPLIT_NASH) whole |= set;
    /* a path that was looked at in this step is known, if enough of it is */
    set &= ~(whole | s->block->known);
    whole &= ~s->block->known_whole;
    if (!(set | whole)) return;
    s->block->looked = 1;
    look_at(s, set, 0);
    look_at(s, whole, 1);
}

double decision_review_wish(const struct decision_step *s, int path, int p)
{
    const double switching = PATH_READ(s, s->plan->config->exit.switching_cost[p]);
    return path_get(s->block->leaving_value[p][p], path) - path_get(s->block->staying[p], path) - switching;
}

int decision_review_leaver(const struct decision_step *s, int path, const int may[])
{
    int leaver = -1;
    double greatest = 0.0;
    for (int p = 0; p < s->plan->partners; p++) {
        if (!(path_get(s->block->in[p], path) > 0.0) || (may && !may[p])) continue;
        const double wish = decision_review_wish(s, path, p);
        if (leaver >= 0 && !(wish > greatest)) continue;
        leaver = p;
        greatest = wish;
    }
    return leaver;
}

void decision_review_rights(const struct decision_step *s, int path, int may[PARAM_PARTNERS])
{
    const int free = s->n >= s->plan->lock_in_steps, sole = decision_state_owners(s->plan, s->block, path) == 1;
    for (int p = 0; p < s->plan->partners; p++) may[p] = sole || (free && s->plan->config->exit.right[p]);
}

/* ---- What a review decides ---- */

static double greatest_wish(const struct decision_step *s, int path)
{
    const int nearest = decision_review_leaver(s, path, NULL);
    return nearest < 0 ? 0.0 : decision_review_wish(s, path, nearest);
}

static int all_want_out(const struct decision_step *s, int path, const int may[])
{
    for (int p = 0; p < s->plan->partners; p++) {
        if (!(path_get(s->block->in[p], path) > 0.0)) continue;
        if (!may[p] || !(decision_review_wish(s, path, p) > 0.0)) return 0;
    }
    return 1;
}

/* The sum of what the owners expect with another scope. */
static double sum_with_scope(const struct decision_step *s, int path, double scope)
{
    struct look look;
    uint64_t set = (uint64_t)1 << path;
    const double lost = PATH_READ(s, s->plan->config->governance.not_invented_here) * path_get(s->block->gap, path);
    double sum = 0.0;
    decision_known_gather(s->plan, s->block, s->view, s->n, &set, s->block->drawn, &look.known);
    look.known.scope = all_lanes(scope);
    look.known.sharing = all_lanes(scope * (1.0 - lost));
    decision_prospect_make(s->plan, &s->plan->with_notice[s->n], &look);
    for (int p = 0; p < s->plan->partners; p++) {
        if (path_get(s->block->in[p], path) > 0.0) sum += look.prospect.stay[p][0];
    }
    return sum;
}

/* With nobody wanting to leave: expand where no gate was missed since the last review, the gap allows it and it gains, narrow where the gap is large. */
static void set_scope(const struct decision_step *s, int path)
{
    const struct decision_scope_config *config = &s->plan->config->scope;
    const double gap = path_get(s->block->gap, path), scope = path_get(s->block->scope, path);
    const double more = PATH_READ(s, config->expand_by), less = PATH_READ(s, config->narrow_by);
    if (less > 0.0 && gap >= PATH_READ(s, config->narrow_gap)) {
        path_set(s->block->scope, path, scope > less ? scope - less : 0.0);
    } else if (more > 0.0 && scope < 1.0 && !(s->block->missed && path_get(s->block->missed, path) > 0.0) &&
               gap <= PATH_READ(s, config->expand_gap)) {
        const double wider = scope + more < 1.0 ? scope + more : 1.0;
        if (sum_with_scope(s, path, wider) > sum_with_scope(s, path, scope)) path_set(s->block->scope, path, wider);
    }
}

struct occasion { /* why a path is reviewed */
    int trigger;  /* -1: none */
    int opens;    /* enum decision_opens */
    int term;     /* the term ends */
};

static enum decision_occasion kind_of(const struct occasion *occasion)
{
    return occasion->term ? OCCASION_TERM : occasion->trigger >= 0 ? OCCASION_TRIGGER : OCCASION_REVIEW;
}

static enum decision_cause cause_of(const struct occasion *occasion)
{
    if (occasion->term) return CAUSE_TERM;
    return occasion->trigger >= 0 && occasion->opens == OPENS_EXIT ? CAUSE_TRIGGER : CAUSE_REVIEW;
}

/* Somebody wants to leave and may: renegotiate where there is something to gain, else part. */
static void part_or_renegotiate(const struct decision_step *s, int path, const struct occasion *occasion, int leaver, const int may[])
{
    const int owners = decision_state_owners(s->plan, s->block, path);
    const double surplus = owners > 1 ? decision_renegotiation_surplus(s, path, leaver, NULL) : 0.0;
    if (surplus > 0.0 && path_get(s->block->attempts, path) > 0.0) {
        decision_renegotiation_open(s, path, leaver);
    } else if (occasion->opens != OPENS_RENEGOTIATION || occasion->trigger < 0) {
        const int ends = occasion->term || owners == 1 || all_want_out(s, path, may);
        if (ends) decision_exit_wind_down(s, path, leaver, cause_of(occasion));
        else decision_exit_notice(s, path, leaver, cause_of(occasion));
    }
}

/* A hardship clause reopens the terms where somebody would be better off outside: else its exit is no threat, and nothing would be
   paid. A split by power always does. */
static void reopen(const struct decision_step *s, int path)
{
    double u[PARAM_PARTNERS];
    const int nash = s->plan->config->renegotiation.split == SPLIT_NASH;
    const int nearest = decision_review_leaver(s, path, NULL);
    if (nearest < 0 || decision_state_owners(s->plan, s->block, path) < 2 || !(path_get(s->block->attempts, path) > 0.0)) return;
    const double surplus = decision_renegotiation_surplus(s, path, nearest, u);
    if ((nash || u[nearest] < 0.0) && surplus > 0.0) decision_renegotiation_open(s, path, -1);
}

/* Nonzero where nobody wants to leave and the partners may look at what else the plant could do. */
static int decide(const struct decision_step *s, int path, const struct occasion *occasion)
{
    int may[PARAM_PARTNERS];
    decision_review_rights(s, path, may);
    if (occasion->trigger >= 0 && occasion->opens == OPENS_RENEGOTIATION) {
        reopen(s, path);
        return 0;
    }
    if (!(greatest_wish(s, path) > 0.0)) {
        if (!occasion->term) set_scope(s, path);
        return !occasion->term;
    }
    for (int p = 0; p < s->plan->partners; p++) may[p] |= occasion->term || (occasion->trigger >= 0 && occasion->opens == OPENS_EXIT);
    const int leaver = decision_review_leaver(s, path, may);
    if (leaver >= 0 && decision_review_wish(s, path, leaver) > 0.0) part_or_renegotiate(s, path, occasion, leaver, may);
    else path_set(s->block->held, path, 1.0);
    return 0;
}

/* ---- Which paths are reviewed ---- */

/* A review in a lock-in that moves neither scope, gap nor use of the plant has no effect but on a sole owner. */
static int review_matters(const struct decision_step *s)
{
    const struct decision_config *config = s->plan->config;
    if (s->n >= s->plan->lock_in_steps) return 1;
    return number_differs(config->governance.gap_held, 0.0) || number_differs(config->scope.expand_by, 0.0) ||
           number_differs(config->scope.narrow_by, 0.0) || s->plan->redirects;
}

int decision_review_due(const struct decision_step *s)
{
    return s->plan->review_steps && s->n && s->n % s->plan->review_steps == 0;
}

/* Paths whose term ends: it binds partners, a sole owner has none. */
static flags term_ends(const struct decision_step *s, size_t i)
{
    const struct decision_block *block = s->block;
    if (!s->plan->term_steps) return (flags)(all_lanes(0.0) > 1.0);
    return (flags)(block->renewed[i] >= 0.0) & (flags)((double)s->n - block->renewed[i] >= (double)s->plan->term_steps) &
           (flags)(path_owners(s, i) > 1.5);
}

/* Paths that a formal review asks. In a standstill nothing is asked. */
static flags due_for_review(const struct decision_step *s, size_t i)
{
    flags quiet = (flags)(s->block->standstill[i] <= 0.0);
    return review_matters(s) ? quiet : quiet & (flags)(path_owners(s, i) < 1.5);
}

/* With the term ends what was agreed under it; who stays does so under the contract, until terms are agreed anew. */
static void end_term(const struct decision_step *s, int path)
{
    path_set(s->block->renewed, path, (double)s->n);
    for (int p = 0; p < s->plan->partners; p++) {
        for (int q = 0; q < s->plan->partners; q++) {
            if (p != q) path_set(s->block->agreed_step[p][q], path, 0.0);
        }
    }
}

static struct occasion find_occasion(const struct decision_step *s, int path)
{
    struct occasion occasion = {-1, OPENS_REVIEW, 0};
    if (term_ends(s, (size_t)path / LANES)[path % LANES]) {
        end_term(s, path);
        occasion.term = 1;
        return occasion;
    }
    occasion.trigger = decision_trigger_fired(s, path);
    if (occasion.trigger >= 0) occasion.opens = s->plan->config->trigger[occasion.trigger].opens;
    return occasion;
}

/* A change of control that opens an exit needs no wish: the new owner leaves; a sole owner has nobody to leave. Nonzero if it
   acted. */
static int change_control(const struct decision_step *s, int path, const struct occasion *occasion)
{
    if (occasion->trigger < 0 || occasion->opens != OPENS_EXIT) return 0;
    const struct decision_trigger_config *trigger = &s->plan->config->trigger[occasion->trigger];
    if (trigger->kind != TRIGGER_CONTROL) return 0;
    int leaver = trigger->partner;
    if (leaver < 0) leaver = decision_review_leaver(s, path, NULL);
    if (decision_state_owners(s->plan, s->block, path) < 2) return 1;
    if (leaver >= 0 && path_get(s->block->in[leaver], path) > 0.0) decision_exit_notice(s, path, leaver, CAUSE_CONTROL);
    return 1;
}

/* Nothing is decided on a path of which only a formal review is due and that nobody wants to leave, where the scope stays. */
static uint64_t where_somebody_wishes(const struct decision_step *s)
{
    const struct decision_config *config = s->plan->config;
    uint64_t paths = 0;
    if (number_differs(config->scope.expand_by, 0.0) || number_differs(config->scope.narrow_by, 0.0)) return ~paths;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags wishes = (flags)(all_lanes(0.0) > 1.0);
        for (int p = 0; p < s->plan->partners; p++) {
            PARAMETER(switching, s->view->drawn, config->exit.switching_cost[p]);
            lanes wish = s->block->leaving_value[p][p][i] - s->block->staying[p][i] - at(switching, i);
            wishes |= (flags)(wish > 0.0) & (flags)(s->block->in[p][i] > 0.0);
        }
        paths |= path_bits(wishes, i);
    }
    return paths;
}

/* Why the paths on which something happened are reviewed. Returns those of which everything has to be known. */
static uint64_t find_occasions(const struct decision_step *s, uint64_t happened, struct occasion occasion[BLOCK_PATHS])
{
    uint64_t whole = 0;
    while (happened) {
        const int path = path_next(&happened);
        occasion[path] = find_occasion(s, path);
        path_set(s->block->occasion, path, (double)kind_of(&occasion[path]));
        path_set(s->block->trigger, path, (double)occasion[path].trigger);
        if (occasion[path].trigger >= 0 && occasion[path].opens == OPENS_RENEGOTIATION) whole |= (uint64_t)1 << path;
    }
    return whole;
}

void decision_review_step(const struct decision_step *s)
{
    const int formal = decision_review_due(s);
    const struct occasion regular = {-1, OPENS_REVIEW, 0};
    struct occasion occasion[BLOCK_PATHS];
    uint64_t happened = 0, due = 0, content;
    if (!formal && !s->block->fired && !s->plan->term_steps) return;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags open = path_open(s->block, i, MODE_NORMAL), happens = open & (path_flags(s->block->fired, i) | term_ends(s, i));
        flags reviewed = formal ? happens | (open & due_for_review(s, i)) : happens;
        if (!any(reviewed)) continue;
        s->block->occasion[i] = choose(reviewed, all_lanes((double)OCCASION_REVIEW), s->block->occasion[i]);
        s->block->trigger[i] = choose(reviewed, all_lanes(-1.0), s->block->trigger[i]);
        happened |= path_bits(happens, i);
        due |= path_bits(reviewed, i);
    }
    if (!due) return;
    decision_review_look(s, due, find_occasions(s, happened, occasion));
    const uint64_t decided = due & (happened | where_somebody_wishes(s));
    content = due & ~decided; /* nobody wants to leave: the plant may be looked at */
    due = decided;
    while (due) {
        const int path = path_next(&due);
        if (!(happened >> path & 1)) occasion[path] = regular;
        if (!change_control(s, path, &occasion[path])) content |= (uint64_t)decide(s, path, &occasion[path]) << path;
        if (occasion[path].trigger >= 0) decision_trigger_use(s, path, occasion[path].trigger);
    }
    if (s->plan->redirects) decision_redirect_step(s, content);
}
