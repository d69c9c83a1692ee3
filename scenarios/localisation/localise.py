#!/usr/bin/env python3
"""The plant behind the wall: localise.py DEAL.h5 LEAPMOTOR.h5, of `--samples all`. See ../compare.py for what it needs.

The payback is that of flows that were booked, with the plant less without it on the same paths, means over the paths, no tax:
what the plant costs before grants, and what it saves, from a date on. Of deal.yaml "without" is going alone in the same row,
where nobody builds alone; of leapmotor.yaml it is another row, in which there is no plant.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from compare import STEPS_A_YEAR, Result, amount, arguments, compare, mean_error, percent, run, table  # noqa: E402

STARTS, FULL = 15, 28  # quarters from January 2018: October 2021, January 2025
EQUITY = 0.5
DEAL_ROWS = ["base", "export_only", "alone_builds", "prices_follow", "prices_follow_export", "no_grants", "no_grants_shared",
             "plan_kept", "as_it_came", "overrun_119", "no_common", "dear_us", "weak_yen",
             "low_for_ever", "deal_for_ever", "high_for_ever"]
RULES = [("at once", "_at_once"), ("at 15%", "_at_15"), ("at 27.5%", "_at_27"), ("never", "_export")]
SPAIN = [("base", "no_plant"), ("built_at_once", "base"), ("countervailing", "countervailing_export"),
         ("mfn_built", "mfn_export"), ("undertaking_soon", "undertaking_soon_export"),
         ("undertaking_soon_built", "undertaking_soon_export"),
         ("vetoed", "vetoed_export"), ("vetoed", "base")]
POLICIES = [("as assumed", "base", "alone", "export_only"), ("a quarter as fast", "calm", "calm", "calm_export"),
            ("four times as fast", "wavering", "wavering", "wavering_export")]


def years(cost, saving, first):
    """Until savings from a step on are the cost, within a step in proportion; None: never."""
    total = 0.0
    for n in range(first, len(saving)):
        if saving[n] > 0.0 and total + saving[n] >= cost:
            return (n - first + (cost - total) / saving[n]) / STEPS_A_YEAR
        total += saving[n]
    return None


def shown(value):
    return "never" if value is None else f"{value:.1f}"


def plant(result, scenario, p=0):
    """Of a partner: what the shared plant costs it before grants, and what it saves by step."""
    cash, capex, alone = (result.row(name, scenario)[p] for name in ("cash_by_step", "capex_by_step", "standalone_cash_by_step"))
    return EQUITY * result.row("venture_capex_by_step", scenario).sum(), cash - capex - alone


def paybacks(result):
    rows = []
    for word in ("low", "deal", "high"):
        gross, saving = plant(result, "payback_" + word)
        a_year = saving[FULL:FULL + STEPS_A_YEAR].sum()
        back = [shown(years(gross, saving, first)) for first in (FULL, STARTS)]
        rows.append([word, f"{gross:,.0f}", f"{a_year:,.0f}"] + back)
    table(["duty", "paid by each", "saved in 2025", "years at full volume", "years from the first car"], rows)
    low, deal, high = (plant(result, "payback_" + word)[1][FULL:FULL + STEPS_A_YEAR].sum() for word in ("low", "deal", "high"))
    print(f"25 points more than low: {high - low:,.0f} a year; 12.5 points: {deal - low:,.0f}\n")


def captured(result, scenarios):
    rows = []
    for scenario in scenarios:
        row = [f"`{scenario}`"]
        for p in range(2):
            row.append(amount(result.row("captured_mean", scenario)[p], result.row("captured_standard_error", scenario)[p], ""))
            row.append(percent(result.row("captured_loss_probability", scenario)[p]))
        built = result.row("standalone_localised_probability", scenario)
        rows.append(row + [percent(share) for share in built] + [percent(result.row("survival_probability", scenario))])
    heads = [f"{name}{what}" for name in result.partners for what in ("", " loses in")]
    table(["scenario"] + heads + [f"{name} builds alone" for name in result.partners] + ["both stay"], rows)


def alone(result, scenario):
    """Value of going alone by partner and path."""
    return -result.row("ledger_sample", scenario)[:, result.lines.index("standalone_forgone"), :]


def waiting(result):
    """What a rule of thumb is worth to who goes alone, less looking ahead once a year."""
    rows = []
    for words, base, stem, export in POLICIES:
        for rule, ending in RULES:
            other = export if rule == "never" else stem + ending
            means, errors = mean_error(alone(result, other) - alone(result, base))
            built = result.row("standalone_localised_probability", other)[0]
            rows.append([words, rule] + [amount(m, e) for m, e in zip(means, errors)] + [percent(built)])
    for follow in ("prices_follow_at_15", "prices_follow_export"):
        means, errors = mean_error(alone(result, follow) - alone(result, "prices_follow"))
        rule = "at 15%" if follow.endswith("15") else "never"
        rows.append(["prices follow", rule] + [amount(m, e) for m, e in zip(means, errors)] +
                    [percent(result.row("standalone_localised_probability", follow)[0])])
    table(["policy", "builds alone"] + result.partners + ["is built"], rows)


def band(result):
    rows = []
    for duty, same, dear in (("0%", None, "dear_duty_0"), ("2.5%", "low_for_ever", "dear_duty_2.5"),
                             ("5%", "duty_5", "dear_duty_5"),
                             ("7.5%", "duty_7.5", None), ("10%", "duty_10", "dear_duty_10"), ("15%", None, "dear_duty_15")):
        row = [duty]
        for scenario in (same, dear):
            never = scenario in (None, "low_for_ever")
            row += ["" if never else percent(share) for share in
                    (result.row("standalone_localised_probability", scenario) if scenario else (0, 0))]
        rows.append(row + ["" if dear is None else percent(result.row("survival_probability", dear))])
    table(["duty for ever", "incumbent builds alone", "importer", "5% dearer: incumbent builds", "importer", "plant is kept"],
          rows)


def spain(result):
    rows = []
    for volume in ("50", "55", "60"):
        for penalty in ("10", "15", "20"):
            other, one = f"payback_{volume}_export", f"payback_{volume}_{penalty}"
            capex = -result.row("capex_by_step", one).sum(axis=0)
            saving = (result.row("cash_by_step", one) - result.row("cash_by_step", other)).sum(axis=0) + capex
            first = int((saving > 1.0).argmax())
            rows.append([volume, penalty + "%", f"{capex.sum():,.0f}", f"{saving[first:first + 4].sum():,.0f}",
                         shown(years(capex.sum(), saving, first)),
                         shown(years(capex.sum(), saving, int((capex > 1.0).argmax())))])
    table(["thousand cars", "dearer by", "paid", "saved in the first year", "years from the first car",
           "years from the decision"], rows)
    rows = []
    for s in (s for s in result.scenarios if not s.startswith("payback")):
        both = zip(result.row("captured_mean", s), result.row("captured_standard_error", s))
        rows.append([f"`{s}`"] + [amount(mean, error, "") for mean, error in both] +
                    [percent(result.row("localised_probability", s)), percent(result.row("standalone_localised_probability", s)[1])])
    table(["scenario"] + result.partners + ["built", "maker builds alone"], rows)
    compare(result, SPAIN)


def main():
    deal, leapmotor = map(Result, arguments(__doc__, ["DEAL.h5", "LEAPMOTOR.h5"]))
    print("### Payback in Alabama\n")
    paybacks(deal)
    print("### Value captured\n")
    captured(deal, DEAL_ROWS)
    print("### What waiting costs\n")
    waiting(deal)
    print("### Where it is built, where it is kept\n")
    band(deal)
    print("### Spain\n")
    spain(leapmotor)


if __name__ == "__main__":
    run(main)
