#!/usr/bin/env python3
"""What was paid and what the tranches are worth: tranches.py RESULT.h5. See ../compare.py for what it needs.

Payments are read from the flows that the model books, means over the paths, before tax, millions of dollars. What changes hands
at the price of the market (note, shares, loan) is no flow of the model and is added here, with the milestone that it hangs on.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from compare import STEPS_A_YEAR, Result, arguments, compare, percent, run, table, values  # noqa: E402

import numpy  # noqa: E402  (compare.py says what is missing)

FEES = numpy.array([0, 0, 22.5, 30, 80] + 7 * [130] + [107.5, 100])  # contract.fee of the deal file, by contract year
PREMIUM = {"profit": 250, "test": 250, "sop": 210}
SHARES = {"profit": 750, "test": 750, "sop": 250}  # at the price of the market
LICENCE, NOTE, LOAN = 1320, 1000, 1000
VALUE = [("base", "paid_at_closing"), ("base", "sure"), ("sure", "paid_at_closing"), ("hold", "hold_paid_at_closing"),
         ("licence_at_sop", "base"), ("hold_licence_at_sop", "hold")]
TERMS = [("base", name) for name in ("no_premium", "loan_at_market", "no_yearly_100", "half_and_half")]

PEOPLE = [("people_enough", "base")] + [(name, "people_enough") for name in ("people_lack", "people_paid", "people_withheld")] + \
    [("releases_lack", "base")]


def fees(sample):
    """What was paid on a path of a scenario in which nobody leaves, less the fees: licence and premiums."""
    return -sample - FEES.sum()


def only(result, scenario):
    """Shares of the paths by what was not paid, and that it is a tranche to the cent."""
    missing = LICENCE + sum(PREMIUM.values()) - fees(result.row("transfer_sample", scenario)[0])
    rows, other = [], 1.0
    for names in ((), ("test",), ("sop",), ("test", "sop")):
        share = (numpy.abs(missing - sum(PREMIUM[name] for name in names)) < 0.01).mean()
        lost = sum(PREMIUM[name] + SHARES[name] for name in names)
        rows.append([" and ".join(names) or "none", percent(share), sum(PREMIUM[name] for name in names), f"{lost:,}"])
        other -= share
    rows.append(["anything else", percent(other), "", ""])
    print(f"### Milestones missed on {len(missing):,} paths of `{scenario}`\n")
    table(["missed", "paths", "premium not paid", "payment not made"], rows)


def paid_by(result, scenario, years):
    """Licence and premiums paid by the end of a year from the start, mean over the paths."""
    flows = -result.row("transfers_by_step", scenario)[0]
    of_fees = numpy.repeat(FEES / STEPS_A_YEAR, STEPS_A_YEAR)
    return numpy.cumsum(flows - of_fees)[int(years * STEPS_A_YEAR) - 1]


def dates(result):
    """By the middle of 2025: the licence, the first premium with its shares, the note."""
    rows = []
    for scenario in ("as_it_came", "base", "calm_sure"):
        flow = paid_by(result, scenario, 1)
        met = (flow - LICENCE) / PREMIUM["profit"]
        rows.append([f"`{scenario}`", f"{flow:,.0f}", percent(met), f"{NOTE + flow + met * SHARES['profit']:,.0f}"])
    table(["scenario", "licence and premium", "milestone met by then", "with note and shares"], rows)
    ceiling = fees(result.row("transfers_by_step", "calm_sure")[0].sum()) + sum(SHARES.values()) + NOTE + LOAN
    print(f"All met (`calm_sure`): {ceiling:,.0f}, with note, shares and loan.\n")


def received(result, scenario):
    """Calendar years: what Rivian gets from Volkswagen, and Volkswagen's part of the common cost."""
    rows = []
    names = ("transfers_by_step", "capex_by_step", "joint_profit_by_step")
    transfers, capex, fixed = (result.row(name, scenario)[0] for name in names)
    for year in range(2024, 2030):
        first = max(0, int((year - 2024.5) * STEPS_A_YEAR))
        steps = slice(first, int((year + 0.5 - 2024) * STEPS_A_YEAR))
        paid, part = -transfers[steps].sum(), -(capex[steps].sum() + fixed[steps].sum())
        rows.append([year, f"{paid:,.0f}", f"{part:,.0f}", f"{paid + part:,.0f}"])
    print(f"### Volkswagen's payments to Rivian and part of the cost, `{scenario}`\n")
    table(["year", "paid", "part of cost", "together"], rows)


def main():
    result = Result(*arguments(__doc__, ["RESULT.h5"]))
    print("### Paid by the middle of 2025\n")
    dates(result)
    only(result, "calm")
    received(result, "base")
    print("### Both\n")
    values(result)
    print("### What the tranches are worth\n")
    compare(result, VALUE)
    print("### What the terms are worth\n")
    compare(result, TERMS)
    print("### Contributions\n")
    compare(result, PEOPLE)
    print("### One milestone missed for sure\n")
    compare(result, [("test_missed", "sure"), ("sop_missed", "sure"), ("both_missed", "sure"), ("profit_missed", "sure")])


if __name__ == "__main__":
    run(main)
