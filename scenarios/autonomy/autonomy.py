#!/usr/bin/env python3
"""When it ends and what it cost: autonomy.py RESULT.h5. See ../compare.py for what it needs.

An end is the end of the venture, in years since signing. The burn is found from what the model books: joint profit is the margin on
miles less the cost of development, price less unit cost is the same on every path, so burn = margin x miles - joint profit, undiscounted,
before tax, mean over the paths. Paths that have succeeded burn nothing any more, and those that have ended neither.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from compare import STEPS_A_YEAR, Result, arguments, compare, percent, run, table, values  # noqa: E402

import numpy  # noqa: E402  (compare.py says what is missing)

PRICE, CRUISE_YEARS, ARGO_STEPS = 1000.0, 7, 23.3  # to the end of 2024; Argo from the start of 2017 to 26 October 2022
VALUE = [("base", "no_review"), ("patient_3000", "no_review"), ("patient_1000", "base"), ("patient_2000", "base"), ("patient_3000", "base"),
         ("patient_4000", "base"), ("patient_6000", "base"), ("look_from_5", "base"), ("look_from_7", "base"), ("look_from_7", "look_from_5"),
         ("hazard_4", "hazard_4_no_review"), ("no_outside", "no_outside_no_review"), ("base", "no_outside"), ("pro_rata", "no_outside"),
         ("base", "pro_rata"), ("investor_may_leave", "base"), ("argo", "argo_no_review"), ("argo_patient_1000", "argo_no_review"),
         ("argo_patient_1000", "argo")]


def ends(result, scenario):
    """Share of all paths that end at the start of each step."""
    survival = result.row("survival_by_step", scenario)
    return -numpy.diff(numpy.concatenate([[1.0], survival]))


def burn(result, scenario):
    """Cost of development by step, mean over all paths."""
    miles, profit = (result.row(name, scenario) for name in ("pooled_volume_by_step", "venture_profit_by_step"))
    return (PRICE - float(result.row("venture.material.cost", scenario))) * miles - profit


def median_end(share):
    if share.sum() < 1e-9:
        return ""
    return f"{numpy.searchsorted(share.cumsum(), 0.5 * share.sum()) / STEPS_A_YEAR:.0f}"


def row(result, scenario):
    share, years = ends(result, scenario), numpy.arange(len(ends(result, scenario))) / STEPS_A_YEAR
    window = share[(years >= 5) & (years <= 8)].sum()
    within = percent(window / share.sum()) if share.sum() > 1e-9 else ""
    spent = burn(result, scenario)[:CRUISE_YEARS * STEPS_A_YEAR].sum()
    risk = result.row("capital_at_risk_mean", scenario)
    return [f"`{scenario}`", percent(share.sum()), median_end(share), within, percent(window), f"{spent:,.0f}", f"{risk[0]:,.0f}", f"{risk[1]:,.0f}"]


def by_age(result, scenarios):
    years = range(1, 13)
    table(["ended, of all, after"] + [str(year) for year in years] + ["later"],
          [[f"`{name}`"] + [percent(ends(result, name)[y * STEPS_A_YEAR:(y + 1) * STEPS_A_YEAR].sum()) for y in years] +
           [percent(ends(result, name)[13 * STEPS_A_YEAR:].sum())] for name in scenarios])


def argo(result):
    """What each owner has put into Argo by its end if nothing succeeds and nobody stops, before tax."""
    whole, part = int(ARGO_STEPS), ARGO_STEPS - int(ARGO_STEPS)
    rows = []
    for p, owner in ((0, "Ford"), (1, "Volkswagen")):
        cells = []
        for name in ("joint_profit_by_step", "capex_by_step", "transfers_by_step"):
            flows = result.row(name, "argo_never")[p]
            cells.append(flows[:whole].sum() + part * flows[whole])
        rows.append([owner] + [f"{cell:+,.0f}" for cell in cells] + [f"{sum(cells):+,.0f}"])
    table(["owner", "burn", "cars", "for shares", "cash until the end"], rows)


def main():
    result = Result(*arguments(__doc__, ["RESULT.h5"]))
    print("### When it ends\n")
    table(["scenario", "ends", "median, years", "of these after 5 to 8", "of all", "burn to the end of year 7", "carmaker's cash at risk",
           "investor's"], [row(result, name) for name in result.scenarios])
    by_age(result, ["base", "patient_3000", "patient_4000", "burn_as_planned", "argo", "argo_patient_1000"])
    print("### What it is worth\n")
    values(result)
    print("### What the right to stop, patience and outside money are worth\n")
    compare(result, VALUE)
    print("### Argo: cash until October 2022, where nothing succeeds and nobody stops\n")
    argo(result)


if __name__ == "__main__":
    run(main)
