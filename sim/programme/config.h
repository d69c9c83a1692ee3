/* programme/config.h - the numbers of a programme as a deal gives them: what it spends, makes and sells, of the venture and of partners on
   their own. docs/model.md (4). */
#ifndef PACTOLUS_PROGRAMME_CONFIG_H
#define PACTOLUS_PROGRAMME_CONFIG_H
#include "param/descriptor.h"
#include "param/drawn.h"

#define PROGRAMME_NO_LIMIT 1e9 /* {volume}/year: the neutral capacity, which never binds */

/* One component of the unit cost: material (no learning) or conversion. */
struct programme_component_config {
    struct param_number cost;           /* M{currency}/{volume}, at the reference volume and the start */
    struct param_number scale_exponent; /* cost falls with volume^-exponent */
    struct param_number input_share[PARAM_INPUTS]; /* share of the cost that moves with the input's price */
};

/* Outside customers to whom partners may switch the idle capacity of the venture's plant, once. */
struct programme_redirect_config {
    struct param_number capex;  /* M{currency}, once */
    struct param_number price;  /* M{currency}/{volume} at the start */
    struct param_number volume; /* {volume}/year at most; the constant 0: none */
};

/* What partners are good at: cost multipliers, 1 is the average. docs/model.md (4.11). */
enum programme_strength { STRENGTH_MATERIAL, STRENGTH_CONVERSION, STRENGTH_SOFTWARE, STRENGTH_PLANT, STRENGTH_ACCESS, STRENGTHS };

/* What partners must put at the venture's disposal for its clock to run: people and slots. docs/model.md (4.13). */
enum programme_need { NEED_ENGINEERING, NEED_VALIDATION, NEED_TOOLING, NEED_PLANT, NEED_RELEASE, NEEDS };

/* A plant in another region, built once, when what is sold there pays too much duty; docs/model.md (4.8). */
enum programme_localise_rule { LOCALISE_NONE, LOCALISE_THRESHOLD, LOCALISE_NPV };
struct programme_localise_config {
    int rule;                         /* enum programme_localise_rule */
    int to;                           /* region, -1: none */
    struct param_number capex;        /* M{currency}, spent once when it is decided */
    double years;                     /* from the decision until it makes what is sold there */
    struct param_number cost_penalty; /* multiple of unit cost of what is made there */
    struct param_number threshold;    /* duty at or above which it is built, LOCALISE_THRESHOLD */
};

/* A gate of the programme's clock; docs/model.md (4.9). */
struct programme_gate_config {
    double at;                      /* programme year; below 0: this programme has no such gate */
    struct param_number success;    /* chance of one attempt */
    int attempts;                   /* 1 at the least */
    struct param_number retry_cost; /* M{currency}, capital spent on one more attempt */
    double retry_years;             /* between two attempts; a step at the least */
    int independent;                /* 1: a miss neither stops the clock nor ends the programme */
    struct param_number material_factor, conversion_factor; /* of unit cost once it is passed: a better product */
};

/* Events that happen once, and what development costs meanwhile; docs/model.md (4.10). */
struct programme_progress_config {
    struct param_number success_rate; /* 1/programme year; the constant 0: production needs no success */
    double success_from;              /* programme year from which it may come */
    double success_fade;              /* 1/year: how fast the hazard falls as success fails to come */
    struct param_number adverse_rate; /* 1/year */
    int adverse_ends;                 /* 1: the event ends the programme; 0: its clock stands */
    double adverse_standstill;        /* years */
    struct param_list development;    /* M{currency}/year by programme year until production; the last holds */
    struct param_number standing;     /* M{currency}/year while the clock stands before production, at the start */
};

struct programme_config {
    int site;                              /* region of the plant, -1: nowhere in particular, no duty */
    struct param_number capacity;          /* {volume}/year */
    struct param_list capex_plan;          /* M{currency} by programme year */
    double capex_total;                    /* M{currency}; above 0: the plan is a curve of this total instead */
    double capex_duration;                 /* programme years of the curve */
    double capex_shape[2];                 /* a, b of Beta(a, b), its share of the total by time */
    struct param_number capex_overrun;     /* multiple of plan */
    struct param_number capex_input_share[PARAM_INPUTS];
    struct param_list capex_grant;         /* M{currency} by programme year, no overrun */
    struct param_number delay;             /* multiple of the planned time */
    double production_start;               /* programme years before production */
    struct param_number fixed_cost;        /* M{currency}/year from the start of production */
    struct programme_component_config material, conversion;
    struct param_number reference_volume;  /* {volume}/year at which costs are stated */
    struct param_number least_volume;      /* floor of volume / reference volume in the scale effect */
    struct param_number learning_rate;     /* share of conversion cost saved per doubling */
    struct param_number first_experience;  /* {volume} already made, Q0 */
    struct param_number common_share;      /* of the product, shared with the partners: 0 in a programme of one */
    struct param_number realisation;       /* of the planned commonality */
    double ramp_years;                     /* until commonality is reached */
    struct param_number cost_to_achieve;   /* of it, in years of the plan's saving */
    struct param_number complexity;        /* share of cost added by variants */
    struct param_number variants;          /* multiple of today's */
    double escalation;                     /* 1/year above market inflation */
    struct param_number late_penalty;      /* 1/year that it comes later than planned; not of own programmes */
    struct param_list plan[PARAM_REGIONS]; /* {volume}/year by year of production; absent: the product's */
    struct param_number software_share;        /* of capital spending: goes with the strength in software, the rest with that in plant */
    int lead[STRENGTHS];                       /* partner whose strength the venture has, -1: the best one's */
    struct param_number transfer_loss;         /* share that it costs more until the ramp is over */
    int each;                                  /* 1: no lead, no loss; each partner's part by its own (study/switches.c) */
    struct programme_redirect_config redirect; /* the venture's, as the next two */
    struct param_number need[NEEDS];           /* 1/year; the constant 0: not limiting */
    struct param_number need_exponent;         /* its clock runs at (offered / need)^exponent where less is offered */
    struct programme_localise_config localise; /* not of own programmes */
    struct programme_gate_config gate[PARAM_MILESTONES]; /* by name; own programmes have none */
    struct programme_progress_config progress; /* likewise */
};

/* What a partner sells, in every arm. */
struct programme_product_config {
    struct param_list plan[PARAM_REGIONS];    /* {volume}/year by year of production */
    struct param_number price[PARAM_REGIONS]; /* M local currency/{volume} at the start */
    struct param_number own_unit_cost;        /* M{currency}/{volume}: all the partner adds itself */
    struct param_number own_fixed_cost;       /* M{currency}/year while it sells */
    struct param_number launch;               /* multiple of planned volume, seen at the start of production */
    struct param_number dutiable_share;       /* of the transfer price (unit cost when alone), customs value */
    struct param_number strength[STRENGTHS];  /* multiple of average cost */
    struct param_number brand_cost;           /* share of the price lost where all of the product is common */
    struct param_number cannibal[PARAM_PARTNERS]; /* units of its other products lost for a unit of that partner's */
    struct param_number margin_other;         /* M{currency}/{volume} of those at the start */
    /* what a change of duty does to the price and what that does to volume; docs/model.md (4.3) */
    struct param_number customs_share;        /* customs value over retail price; the constant 0: nothing */
    struct param_number pass_first, pass_long; /* share of a change of duty that the price passes on at once, in the long run */
    double pass_speed;                        /* 1/year, from the one to the other */
    struct param_number elasticity;           /* volume goes with (price / rivals' price)^-elasticity */
    struct param_number rivals_exposed;       /* share of it that rivals' prices pass on too */
    double part;                              /* of what is common in a venture that has strengths of each */
    /* what it puts at the venture's disposal; docs/model.md (4.13) */
    struct param_number contribution[NEEDS];     /* 1/year */
    struct param_number opportunity_cost[NEEDS]; /* M{currency} for one that is delivered, at the start */
    int apart;                                /* 1: no member of the venture, which has none of its strengths (deal_members) */
};

enum programme_standalone_mode { STANDALONE_NONE, STANDALONE_BUILD, STANDALONE_BUY, STANDALONE_BEST };

struct programme_standalone_config {
    int mode;
    struct param_number buy_price; /* M{currency}/{volume} at the start */
    struct param_number buy_input_share[PARAM_INPUTS];
    int buy_price_region; /* the price moves with that of the region; -1: it does not */
};

/* All programmes of a deal. */
struct programme_deal {
    struct programme_product_config product[PARAM_PARTNERS];
    struct programme_config venture, own[PARAM_PARTNERS], alone[PARAM_PARTNERS], after[PARAM_PARTNERS];
    struct programme_standalone_config standalone[PARAM_PARTNERS]; /* what a partner does without the deal */
    struct programme_standalone_config departed[PARAM_PARTNERS];   /* what it does after it left; never best */
};

extern const struct param_table programme_tables[];
extern const size_t programme_table_count;
#endif
