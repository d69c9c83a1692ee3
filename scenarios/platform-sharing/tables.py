#!/usr/bin/env python3
"""The tables of README.md from a result of all scenarios: tables.py RESULT.h5. See ../compare.py for what it needs."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from compare import Result, arguments, by_year, compare, exits, governance, run, table, values  # noqa: E402

CAPACITY = 250  # thousand vehicles a year: standalone.licensee.capacity
TERMS = [("base", "nobody_leaves"), ("base", "no_renegotiation"), ("lock_in_3_years", "base"), ("lock_in_8_years", "base"),
         ("fee_none", "base"), ("fee_600", "base"), ("restructuring_100", "base"), ("tools_bought_back", "base"),
         ("price_war", "war_nobody_leaves"), ("price_war", "war_no_right"), ("price_war", "war_no_renegotiation"),
         ("war_lock_in_3_years", "price_war"), ("war_lock_in_8_years", "price_war"), ("war_fee_none", "price_war"),
         ("war_fee_600", "price_war"), ("war_restructuring_100", "price_war")]
GOVERNANCE = ([(name, "base") for name in ("gap_none", "goals_apart", "prepared_well", "readiness_low", "readiness_high",
                                           "notice_half_year", "notice_2_years")] +
              [(name, "price_war") for name in ("war_gap_none", "war_goals_apart", "war_readiness_low", "war_readiness_high",
                                                "war_notice_half_year", "war_notice_2_years")])


def use(result):
    rows = []
    for scenario in ("nobody_leaves", "volume_as_planned", "real_nobody_leaves"):
        made = result.yearly("volume_by_step", scenario)[result.of("licensee")]
        rows.append([f"`{scenario}`"] + [f"{units:.0f}, {100 * units / CAPACITY:.0f}%" for units in made[-6:]])
    table(["scenario"] + [f"{2025 + year} to {2026 + year}" for year in range(-1, 5)], rows)


def main():
    result = Result(*arguments(__doc__, ["RESULT.h5"]))
    print("### Scenarios\n")
    values(result)
    print("### Who leaves, and why\n")
    exits(result, ["base", "volume_real", "buys_elsewhere", "price_war", "war_no_renegotiation"])
    print("### When: base, price_war (years from June)\n")
    by_year(result, "base", 2020)
    by_year(result, "price_war", 2020)
    print("### Terms\n")
    compare(result, TERMS)
    print("### Goals, readiness, notice\n")
    governance(result, GOVERNANCE, ["base", "price_war"])
    print("\n### Use of the plant (years from June): thousand vehicles, share of capacity\n")
    use(result)


if __name__ == "__main__":
    run(main)
