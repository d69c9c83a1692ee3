#!/usr/bin/env python3
"""The tables of README.md from a result of all scenarios: tables.py RESULT.h5. See ../compare.py for what it needs."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from compare import Result, arguments, by_year, compare, exits, governance, run, values  # noqa: E402

TERMS = [("base", "no_right_to_leave"), ("only_decisions", "only_decisions_no_right"), ("all_go_wrong", "all_go_wrong_no_right"),
         ("base", "no_renegotiation"), ("all_go_wrong", "all_go_wrong_no_renegotiation"), ("base", "only_decisions"),
         ("base", "nobody_leaves"), ("all_go_wrong", "all_go_wrong_nobody_leaves"), ("another_user", "base"),
         ("another_user_half", "base"), ("recovery_35", "base"), ("put_to_cellmaker", "base"), ("lock_in_6_years", "base"),
         ("split_by_power", "base")]
GOVERNANCE = [(name, "base") for name in ("gap_none", "goals_apart", "prepared_well", "readiness_low", "readiness_high",
                                          "notice_half_year", "notice_2_years")]


def main():
    result = Result(*arguments(__doc__, ["RESULT.h5"]))
    print("### Scenarios\n")
    values(result)
    print("### Who leaves, and why\n")
    exits(result, ["base", "credit_none", "volume_half", "price_falls_15", "all_go_wrong", "no_renegotiation"])
    print("### When: base\n")
    by_year(result, "base", 2022)
    print("### Terms\n")
    compare(result, TERMS)
    print("### Goals, readiness, notice\n")
    governance(result, GOVERNANCE, ["base"])


if __name__ == "__main__":
    run(main)
