#!/usr/bin/env python3
"""What the holders of the battery venture earn, year by year: income.py RESULT.h5 [SCENARIO].

Without a scenario that in which nobody leaves: the accounts of the venture as it was signed. Means over all paths of a result of
`pactolus run`, millions of dollars, quarters summed to years. For one holder of half:
its share of the venture's profit, its credits, their sum, the depreciation of its book, income after depreciation (the line
"equity income" of its accounts), and its book at the end of the year (the carrying amount). See ../compare.py for what it needs.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from compare import STEPS_A_YEAR, Result, arguments, run  # noqa: E402

PARTNER, START = "cellmaker", 2022


def main():
    file, *names = arguments(__doc__, ["RESULT.h5"], "[SCENARIO]", 1)
    result, scenario = Result(file), names[0] if names else "nobody_leaves"
    profit, credits, capex, book = (result.row(name + "_by_step", scenario)[result.of(PARTNER)]
                                    for name in ("joint_profit", "subsidy", "capex", "book"))
    volume = result.row("pooled_volume_by_step", scenario)
    print("year   GWh  profit share  credits  income  depreciation  after it   book")
    for year in range(len(profit) // STEPS_A_YEAR):
        part = slice(year * STEPS_A_YEAR, (year + 1) * STEPS_A_YEAR)
        before = book[part.start - 1] if year else 0.0
        depreciation = before - capex[part].sum() - book[part.stop - 1]
        income = profit[part].sum() + credits[part].sum()
        print(f"{START + year}  {volume[part].sum():4.0f}  {profit[part].sum():12.0f}  {credits[part].sum():7.0f}"
              f"  {income:6.0f}  {depreciation:12.0f}  {income - depreciation:8.0f}  {book[part.stop - 1]:5.0f}")


if __name__ == "__main__":
    run(main)
