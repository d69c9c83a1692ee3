#!/usr/bin/env python3
"""What each gets of both halves, and what the shares are for: supply.py COMPACTS.h5 RETURN.h5. See ../compare.py for what it needs.

Values in millions of rupees. With a share h of the other's stock a partner has, beside what it captures itself, h of what the other
captures (before what the other's own holding gives back, which is 0.01% here).
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from compare import Result, amount, arguments, compare, percent, run, table, values  # noqa: E402

import numpy  # noqa: E402  (compare.py says what is missing)

HELD = {"toyota": 0.0494, "suzuki": 0.002}  # of the other's stock (thehindubusinessline 2019-08-28; marketscreener 2019-08-29)
YEAR = 6                                    # April 2024 to March 2025
COMPACTS = [("hostage", "base"), ("squeezed", "markup_6"), ("squeezed_hostage", "squeezed"), ("squeezed_no_shares", "squeezed"),
            ("squeezed_no_talks", "squeezed"), ("squeezed_no_talks_hostage", "squeezed_no_talks")]
RETURN = [("own_drive", "base"), ("own_drive_hostage", "own_drive"), ("own_drive_no_shares", "own_drive"),
          ("own_drive_no_talks", "own_drive"), ("own_drive_no_talks_hostage", "own_drive_no_talks")]


def both(halves):
    """Mean value of each partner in each half, in both, and with its part of the other's; shares of what both get."""
    rows, total, own = [], numpy.zeros(2), []
    for name, result in halves:
        mean, error = result.row("captured_mean", "base"), result.row("captured_standard_error", "base")
        total += mean
        own.append(mean)
        rows.append([name] + [amount(mean[p], error[p], "") for p in range(2)] + [percent(mean[0] / mean.sum())])
    rows.append(["both"] + [f"{value:,.0f}" for value in total] + [percent(total[0] / total.sum())])
    partners = halves[0][1].partners
    part = numpy.array([HELD[partner] * total[1 - p] for p, partner in enumerate(partners)])
    rows.append(["its part of what the other captures"] + [f"{value:,.0f}" for value in part] + [""])
    after = total + part - part[::-1]  # what one's shareholder has is not the others'
    rows.append(["so both are worth"] + [f"{value:,.0f}" for value in after] + [percent(after[0] / after.sum())])
    table(["half"] + partners + ["Toyota's part"], rows)


def year_of(result, name, scenario, partner):
    return result.yearly(name, scenario)[result.of(partner), YEAR - 1]


def margins(compacts, scenario):
    """Margins of one year, before tax: of Suzuki on what it supplies, less cars lost; of Toyota on what it sells."""
    price = compacts.yearly("transfer_price_by_step", scenario)[0, YEAR - 1] / 4.0
    paid = price * year_of(compacts, "volume_by_step", scenario, "toyota")
    supplied, lost = (year_of(compacts, name, scenario, "suzuki") for name in ("joint_profit_by_step", "own_margin_by_step"))
    earned = year_of(compacts, "own_margin_by_step", scenario, "toyota") + year_of(compacts, "tariff_by_step", scenario, "toyota")
    volume = year_of(compacts, "volume_by_step", scenario, "toyota")
    return [f"`{scenario}`", f"{volume:.1f}", f"{price:.0f}"] + [percent(part / paid) for part in (supplied, supplied + lost, earned)]


def main():
    compacts, back = map(Result, arguments(__doc__, ["COMPACTS.h5", "RETURN.h5"]))
    print("### Both halves\n")
    both([("compacts, made by Suzuki", compacts), ("SUV, made by Toyota", back)])
    print("### The compacts\n")
    values(compacts)
    compare(compacts, COMPACTS)
    print("### The SUV in return\n")
    values(back)
    compare(back, RETURN)
    print("### The year to March 2025\n")
    table(["scenario", "thousand cars", "transfer price", "Suzuki, of what it is paid", "less cars lost", "Toyota, of what it pays"],
          [margins(compacts, scenario) for scenario in ("base", "as_sold", "markup_6", "markup_18")])


if __name__ == "__main__":
    run(main)
