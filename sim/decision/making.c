/* What the venture makes along the nodes and what a unit costs: it depends on who takes units, not on who owns what.
   docs/model.md (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

void decision_course_scale(const struct programme_config *config, const struct known *known, lanes volume, lanes *material,
                           lanes *conversion)
{
    const struct param_number a = config->material.scale_exponent, b = config->conversion.scale_exponent;
    *material = *conversion = all_lanes(1.0);
    if (!number_differs(a, 0.0) && !number_differs(b, 0.0)) return;
    lanes share = volume / known_number(known, config->reference_volume);
    lanes log_volume = log_lanes(most(share, known_number(known, config->least_volume)));
    if (number_differs(a, 0.0)) *material = exp_lanes(-known_number(known, a) * log_volume);
    if (number_differs(b, 0.0)) *conversion = exp_lanes(-known_number(known, b) * log_volume);
}

/* Volumes that count for the scale of a course that begins at node `from`: those of its first producing year. */
static void first_volumes(const struct course_view *c, const struct course *s, int from, int to, lanes volume[PARAM_PARTNERS])
{
    flags found = (flags)(all_lanes(0.0) > 1.0);
    for (int p = 0; p < c->plan->partners; p++) volume[p] = all_lanes(0.0);
    for (int k = from; k < to; k++) {
        flags now = (flags)(c->o->producing[k] > 0.0) & ~found;
        if (!any(now)) continue;
        lanes years = c->grid->node[k].years * choose(now, c->o->producing[k], all_lanes(1.0));
        for (int p = 0; p < c->plan->partners; p++) {
            if (c->o->sells[p]) volume[p] = choose(now, c->o->want[p][k] * course_served(c, s, p, k) / years, volume[p]);
        }
        found |= now;
        if (!any(~found)) break;
    }
}

static lanes rationing(const struct course_view *c, lanes wanted, lanes years)
{
    const lanes one = all_lanes(1.0);
    if (!c->plan->venture->limited) return one;
    lanes limit = READ(c->plan->venture->config->capacity) * years;
    flags over = (flags)(wanted > limit);
    if (!any(over)) return one;
    return choose(over, limit / choose(over, wanted, one), one);
}

static void set_scale(const struct course_view *c, const struct course *s, int from, int to, struct course_cost *cost)
{
    const struct programme_config *config = c->plan->venture->config;
    lanes volume[PARAM_PARTNERS], pooled = all_lanes(0.0);
    first_volumes(c, s, from, to, volume);
    for (int p = 0; p < c->plan->partners; p++) pooled += volume[p];
    lanes ration = rationing(c, pooled, all_lanes(1.0));
    cost->per_first = 1.0 / READ(config->first_experience);
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        decision_course_scale(config, c->k, volume[p] * ration, &cost->material[p], &cost->conversion[p]);
    }
    if (!c->plan->venture->pooled && !c->plan->redirects) return;
    pooled *= ration;
    if (c->plan->redirects) pooled += decision_redirect_units(c, pooled, all_lanes(1.0));
    decision_course_scale(config, c->k, pooled, &cost->pooled_material, &cost->pooled_conversion);
}

/* Cost left by experience: (1 + made / first)^-b. */
LANE_FUNCTION lanes learned(const struct course_view *c, lanes per_first, lanes made)
{
    return exp_lanes(-c->k->learning * lanes_math_log_normal(fused(made, per_first, all_lanes(1.0)), 0.0));
}

/* Shares of the nodes in which the venture makes for each partner; `some`: for anybody. */
static void serve(const struct course_view *c, const struct course *s, int from, int to, struct making *m)
{
    const flags none = (flags)(all_lanes(0.0) > 1.0);
    for (int k = from; k < to; k++) m->some[k] = 0;
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        const int owners = !any((flags)(s->in[p] < 1.0)), nobody = !any((flags)(s->in[p] > 0.0) | (flags)(s->supplied[p] > 0.0));
        for (int k = from; k < to; k++) {
            m->share[p][k] = owners || nobody ? s->in[p] : course_served(c, s, p, k);
            flags served = owners || nobody ? none : (flags)(m->share[p][k] > 0.0);
            m->some[k] |= owners || any(served);
        }
    }
    const int redirected = c->plan->redirects && any((flags)(c->k->redirected > 0.0));
    for (int k = from; k < to; k++) m->some[k] |= redirected;
}

/* Volumes of a node. */
static void make_node(const struct course_view *c, int k, struct making *m)
{
    lanes wanted = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        m->made[p][k] = c->o->want[p][k] * m->share[p][k];
        wanted += m->made[p][k];
    }
    lanes ration = rationing(c, wanted, c->grid->node[k].years * c->o->producing[k]);
    m->total[k] = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        m->share[p][k] *= ration;
        m->made[p][k] *= ration;
        m->total[k] += m->made[p][k];
    }
    if (c->plan->redirects) m->outside[k] = decision_redirect_units(c, m->total[k], c->grid->node[k].years * c->o->producing[k]);
}

/* Unit costs of a node, from what was made before it; what is made in it moves experience to the mean of the node's steps. */
static void cost_node(const struct course_view *c, const struct course *s, const struct course_cost *cost, int k, struct making *m)
{
    const struct programme_config *config = c->plan->venture->config;
    const int learns = number_differs(config->learning_rate, 0.0), grows = c->plan->config->experience == EXPERIENCE_EXPECTED;
    const int pools = c->plan->venture->pooled, redirects = c->plan->redirects;
    const double part = grows ? c->grid->node[k].ahead_of_start : 0.0;
    lanes phi = pools ? c->o->common[k] : all_lanes(0.0), pooled = pools || redirects ? cost->pooled_conversion : phi;
    lanes total = redirects ? m->total[k] + m->outside[k] : m->total[k];
    if (learns && (pools || redirects)) pooled *= learned(c, cost->per_first, s->pooled + part * total);
    if (redirects) m->outside_unit[k] = c->o->material[k] * cost->pooled_material + c->o->conversion[k] * pooled;
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        lanes material = cost->material[p], conversion = cost->conversion[p];
        if (learns) conversion *= learned(c, cost->per_first, s->made[p] + part * m->made[p][k]);
        if (pools) {
            material += phi * (cost->pooled_material - material);
            conversion += phi * (pooled - conversion);
        }
        m->unit[p][k] = c->o->material[k] * material + c->o->conversion[k] * conversion;
    }
}

void decision_making_run(const struct course_view *c, struct course *s, int from, int to, struct making *m)
{
    struct course_cost cost;
    int scaled = 0;
    serve(c, s, from, to, m);
    for (int k = from; k < to; k++) {
        m->total[k] = all_lanes(0.0);
        if (!m->some[k]) continue;
        make_node(c, k, m);
        if (!scaled) set_scale(c, s, from, to, &cost);
        scaled = 1;
        cost_node(c, s, &cost, k, m);
        if (c->plan->config->experience != EXPERIENCE_EXPECTED) continue;
        for (int p = 0; p < c->plan->partners; p++) {
            if (c->o->sells[p]) s->made[p] += m->made[p][k];
        }
        s->pooled += c->plan->redirects ? m->total[k] + m->outside[k] : m->total[k];
    }
}
#undef READ
