/* What the venture makes along the nodes and what a unit costs: it depends on who takes units, not on who owns what.
   docs/model.md (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

/* A partner that sells: its columns along the nodes, and its experience as it grows. */
struct maker_product {
    const lanes *want, *local_cost; /* by node; NULL: 1 */
    lanes *share, *made, *unit, experience;
    struct course_scaled scaled; /* G of its own volume */
    lanes in_material, in_conversion; /* its own strengths, where they count */
};

/* One run along the nodes: what is the same in all of them. */
struct maker {
    int limited, learns, grows, pools, redirects, each, products;
    lanes capacity, learning, per_first; /* of experience: -b, 1 / the first */
    struct course_scale scale;
    struct course_scaled pooled; /* G of all that is made */
    lanes pooled_experience;
    struct maker_product product[PARAM_PARTNERS];
};

static void read_maker(const struct course_view *c, const struct course *s, struct making *m, struct maker *x)
{
    const struct programme_plan *venture = c->plan->venture;
    x->limited = venture->limited;
    x->learns = number_differs(venture->config->learning_rate, 0.0);
    x->grows = c->plan->config->experience == EXPERIENCE_EXPECTED;
    x->pools = venture->pooled;
    x->redirects = c->plan->redirects;
    x->each = venture->each;
    x->capacity = READ(venture->config->capacity);
    x->learning = -c->k->learning;
    x->per_first = 1.0 / READ(venture->config->first_experience);
    x->pooled_experience = s->pooled;
    course_scale_read(c, venture->config, &x->scale);
    course_scale_begin(&x->pooled);
    x->products = venture->sellers;
    for (int q = 0; q < x->products; q++) {
        const int p = venture->seller[q];
        x->product[q].want = c->o->want[p];
        x->product[q].local_cost = venture->localises ? c->o->local_cost[p] : NULL;
        x->product[q].share = m->share[p];
        x->product[q].made = m->made[p];
        x->product[q].unit = m->unit[p];
        x->product[q].experience = s->of[p].made;
        course_scale_begin(&x->product[q].scaled);
        if (!x->each) continue;
        x->product[q].in_material = READ(venture->product[p].strength[STRENGTH_MATERIAL]);
        x->product[q].in_conversion = READ(venture->product[p].strength[STRENGTH_CONVERSION]);
    }
}

/* Share of what is wanted that the plant can make. Returns 0 where that is all of it, and `ration` is not set. */
LANE_FUNCTION int rationing(const struct maker *x, lanes wanted, lanes years, lanes *ration)
{
    const lanes one = all_lanes(1.0);
    if (!x->limited) return 0;
    lanes limit = x->capacity * years;
    flags over = (flags)(wanted > limit);
    if (!any(over)) return 0;
    *ration = choose(over, limit / choose(over, wanted, one), one);
    return 1;
}

/* Cost left by experience: (1 + made / first)^-b. */
LANE_FUNCTION lanes learned(const struct maker *x, lanes made)
{
    return exp_lanes(x->learning * lanes_math_log_normal(fused(made, x->per_first, all_lanes(1.0)), 0.0));
}

/* Shares of the nodes in which the venture makes for each partner; `some`: for anybody. */
static void serve(const struct course_view *c, const struct course *s, int from, int to, struct making *m)
{
    const int redirected = c->plan->redirects && any((flags)(c->k->redirected > 0.0));
    for (int k = from; k < to; k++) m->some[k] = redirected;
    for (int q = 0; q < c->plan->venture->sellers; q++) {
        const int p = c->plan->venture->seller[q];
        const int owners = !any((flags)(s->of[p].in < 1.0)), nobody = !any((flags)(s->of[p].in > 0.0) | (flags)(s->of[p].supplied > 0.0));
        for (int k = from; k < to; k++) {
            m->share[p][k] = owners || nobody ? s->of[p].in : course_served(c, s, p, k);
            m->some[k] |= owners || (!nobody && any((flags)(m->share[p][k] > 0.0)));
        }
    }
}

/* Volumes of a node. */
LANE_FUNCTION void make_node(const struct course_view *c, const struct maker *x, int k, struct making *m)
{
    lanes total = all_lanes(0.0), ration, years = c->grid->node[k].years * c->o->producing[k];
    for (int q = 0; q < x->products; q++) {
        const struct maker_product *product = &x->product[q];
        lanes made = product->want[k] * product->share[k];
        product->made[k] = made;
        total += made;
    }
    if (rationing(x, total, years, &ration)) {
        total = all_lanes(0.0);
        for (int q = 0; q < x->products; q++) {
            const struct maker_product *product = &x->product[q];
            product->share[k] *= ration;
            product->made[k] *= ration;
            total += product->made[k];
        }
    }
    m->total[k] = total;
    if (x->redirects) m->outside[k] = decision_redirect_units(c, total, years);
}

/* G of a node, at what is made in it a year. */
LANE_FUNCTION void scale_node(const struct course_view *c, struct maker *x, int k, const struct making *m)
{
    lanes years = c->grid->node[k].years * c->o->producing[k], per_year = 1.0 / choose((flags)(years > 0.0), years, all_lanes(1.0));
    for (int q = 0; q < x->products; q++) course_scale_at(&x->scale, x->product[q].made[k] * per_year, years, &x->product[q].scaled);
    if (!x->pools && !x->redirects) return;
    course_scale_at(&x->scale, (x->redirects ? m->total[k] + m->outside[k] : m->total[k]) * per_year, years, &x->pooled);
}

/* A stranger's unit costs by the strengths that are common, where partners' units go by their own. */
RARE_FUNCTION lanes outside_each(const struct course_view *c, const struct maker *x, int k, lanes pooled)
{
    return c->o->strength[STRENGTH_MATERIAL][k] * c->o->material[k] * x->pooled.material +
           c->o->strength[STRENGTH_CONVERSION][k] * c->o->conversion[k] * pooled;
}

/* Unit costs of a node, from what was made before it; what is made in it moves experience to the mean of the node's steps. */
LANE_FUNCTION void cost_node(const struct course_view *c, struct maker *x, int k, struct making *m)
{
    const double part = x->grows ? c->grid->node[k].ahead_of_start : 0.0;
    const lanes material_cost = c->o->material[k], conversion_cost = c->o->conversion[k];
    lanes phi = x->pools ? c->o->common[k] : all_lanes(0.0), pooled = x->pools || x->redirects ? x->pooled.conversion : phi;
    lanes total = x->redirects ? m->total[k] + m->outside[k] : m->total[k];
    if (x->learns && (x->pools || x->redirects)) pooled *= learned(x, x->pooled_experience + part * total);
    if (x->redirects) {
        m->outside_unit[k] = material_cost * x->pooled.material + conversion_cost * pooled;
        if (x->each) m->outside_unit[k] = outside_each(c, x, k, pooled);
    }
    for (int q = 0; q < x->products; q++) {
        struct maker_product *product = &x->product[q];
        lanes material = product->scaled.material, conversion = product->scaled.conversion, made = product->made[k];
        if (x->learns) conversion *= learned(x, product->experience + part * made);
        if (x->pools) {
            material += phi * (x->pooled.material - material);
            conversion += phi * (pooled - conversion);
        }
        if (x->each) {
            material *= product->in_material;
            conversion *= product->in_conversion;
        }
        product->unit[k] = material_cost * material + conversion_cost * conversion;
        if (product->local_cost) product->unit[k] *= product->local_cost[k];
        if (x->grows) product->experience += made;
    }
    if (x->grows) x->pooled_experience += total;
}

void decision_making_run(const struct course_view *c, struct course *s, int from, int to, struct making *m)
{
    struct maker x;
    read_maker(c, s, m, &x);
    serve(c, s, from, to, m);
    for (int k = from; k < to; k++) {
        m->total[k] = all_lanes(0.0);
        if (!m->some[k]) continue;
        make_node(c, &x, k, m);
        if (x.scale.moves) scale_node(c, &x, k, m);
        cost_node(c, &x, k, m);
    }
    for (int q = 0; q < x.products; q++) s->of[c->plan->venture->seller[q]].made = x.product[q].experience;
    s->pooled = x.pooled_experience;
}
#undef READ
