#!/usr/bin/env python3
"""What the holders of the battery venture earn, year by year: income.py RESULT.h5 [SCENARIO].

Without a scenario that in which nobody leaves: the accounts of the venture as it was signed. Means over all paths of a result of
`pactolus run`, millions of dollars, quarters summed to years. For one holder of half:
its share of the venture's profit, its credits, their sum, the depreciation of its book, income after depreciation (the line
"equity income" of its accounts), and its book at the end of the year (the carrying amount). Needs h5py.
"""
import sys

import h5py

PARTNER, START, STEPS_A_YEAR = "cellmaker", 2022, 4


def names(file, dimension):
    return [name.decode() if isinstance(name, bytes) else name for name in file[dimension][...]]


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: income.py RESULT.h5 [SCENARIO]")
    with h5py.File(sys.argv[1], "r") as file:
        scenario = names(file, "scenario").index(sys.argv[2] if len(sys.argv) == 3 else "nobody_leaves")
        partner = names(file, "partner").index(PARTNER)

        def steps(name, by_partner=True):
            values = file[name + "_by_step"][scenario]
            return values[partner] if by_partner else values

        profit, credits, capex, book = (steps(name) for name in ("joint_profit", "subsidy", "capex", "book"))
        volume = steps("pooled_volume", by_partner=False)
    print("year   GWh  profit share  credits  income  depreciation  after it   book")
    for year in range(len(profit) // STEPS_A_YEAR):
        part = slice(year * STEPS_A_YEAR, (year + 1) * STEPS_A_YEAR)
        before = book[part.start - 1] if year else 0.0
        depreciation = before - capex[part].sum() - book[part.stop - 1]
        income = profit[part].sum() + credits[part].sum()
        print(f"{START + year}  {volume[part].sum():4.0f}  {profit[part].sum():12.0f}  {credits[part].sum():7.0f}"
              f"  {income:6.0f}  {depreciation:12.0f}  {income - depreciation:8.0f}  {book[part.stop - 1]:5.0f}")


if __name__ == "__main__":
    main()
