#!/usr/bin/env python3
"""What the holder paid in and got back: sale.py RESULT.h5. See ../compare.py for what it needs.

From the flows that the model books, means over the paths, before tax, millions of dollars: capital spending and the settlement by
step, the rate at which they are worth nothing (a flow falls in the middle of its step), their present value at the holder's rate
in money of the start; then the value captured, after tax and with all else. The rate is left out where sales spread over years
or nothing is sold.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from compare import STEPS_A_YEAR, Result, amount, arguments, by_year, compare, percent, run, table, values  # noqa: E402

HOLDER, RATE = "holder", 0.092
AT_ONCE = 0.99  # of all that is paid, in one step: a sale on one day
VALUE = [("base", "no_put"), ("base", "no_exit"), ("base", "put_at_half"), ("no_put_another_user", "no_put"),
         ("nextstar_with_put", "nextstar"), ("as_signed", "as_signed_no_put"), ("as_signed_no_put", "as_signed_no_exit")]


def worth(flows, rate):
    """Present value of flows in the middle of their steps."""
    return sum(flow * (1.0 + rate) ** (-(n + 0.5) / STEPS_A_YEAR) for n, flow in enumerate(flows))


def rate_of_return(flows):
    """The rate at which money out and then back is worth 0, by halving; between -99% and 100% a year."""
    low, high = -0.99, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if worth(flows, middle) > 0.0 else (low, middle)
    return low


def sale(result, scenario):
    """Capital spending (below 0) and settlement of the holder by step."""
    holder = result.of(HOLDER)
    return (result.row(name, scenario)[holder] for name in ("capex_by_step", "exit_by_step"))


def row(result, scenario):
    capex, price = sale(result, scenario)
    holder, flows = result.of(HOLDER), capex + price
    shown = "-100%" if price.max() < 1.0 else percent(rate_of_return(flows))
    if price.max() < AT_ONCE * price.sum() or not price.any():
        shown = ""
    back = f"{1e6 * price.sum():.0f} dollars" if 0.0 < price.sum() < 0.001 else f"{price.sum():,.0f}"
    mean, error = (result.row(name, scenario)[holder] for name in ("captured_mean", "captured_standard_error"))
    gone = percent(result.row("leaves_probability", scenario)[holder])
    return [f"`{scenario}`", f"{-capex.sum():,.0f}", back, shown, f"{worth(flows, RATE):,.0f}", amount(mean, error, ""), gone]


def main():
    result = Result(*arguments(__doc__, ["RESULT.h5"]))
    print("### The sale\n")
    table(["scenario", "paid in", "back", "a year", "present value", "value captured", "leaves"],
          [row(result, scenario) for scenario in result.scenarios])
    print("### Both\n")
    values(result)
    print("### What the put is worth\n")
    compare(result, VALUE)
    print("### When: as_signed, then without the put\n")
    by_year(result, "as_signed", 2022)
    by_year(result, "as_signed_no_put", 2022)


if __name__ == "__main__":
    run(main)
