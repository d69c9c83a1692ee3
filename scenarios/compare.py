#!/usr/bin/env python3
"""Scenarios of one result against each other, on the same paths: compare.py RESULT.h5 [REFERENCE [SCENARIO ..]].

Prints a Markdown table of differences to the reference (base) of the value captured by each partner and by all, with the standard
error of the difference, and of the share of paths on which somebody leaves. All scenarios of a run have the same random numbers,
so the standard error is that of the differences path by path, far below that of either row. Needs a result of `pactolus run
--samples all`, h5py and numpy. The tables.py of the deals use its functions.
"""
import os
import sys


def fail(why):
    sys.exit(f"{os.path.basename(sys.argv[0])}: error: {why}")


try:
    import h5py
    import numpy
except ImportError as error:
    fail(f"needs h5py and numpy of this Python ({error}); on Debian /usr/bin/python3 has them")

STEPS_A_YEAR = 4


def arguments(says, files, more="", most=0):
    """The words of the command line: the names of files, then at most so many more. --help prints what the script says."""
    given = sys.argv[1:]
    if "-h" in given or "--help" in given:
        print(says.strip())
        sys.exit(0)
    if not len(files) <= len(given) <= len(files) + most:
        sys.exit(f"usage: {' '.join([os.path.basename(sys.argv[0]), *files, more]).strip()}")
    return given


def run(main):
    """Where a file is not what a script wants it ends in one line."""
    try:
        main()
    except (KeyError, ValueError, IndexError) as error:
        fail(f"a result of another deal, or of other scenarios: {error}")


class Result:
    def __init__(self, name):
        try:
            open(name, "rb").close()  # the system's reason is shorter than HDF5's
            self.file = h5py.File(name, "r")
            self.scenarios, self.partners, self.causes, self.lines = (
                [text.decode() for text in self.file[axis][...]] for axis in ("scenario", "partner", "cause", "ledger"))
        except OSError as error:
            fail(f"{name}: {error.strerror or error}")
        except KeyError:
            fail(f"{name}: is no result of pactolus run")

    def at(self, scenario):
        if scenario not in self.scenarios:
            shown = ", ".join(self.scenarios[:10]) + ", ..." * (len(self.scenarios) > 10)
            fail(f"{self.file.filename}: no scenario '{scenario}', the file has {shown}")
        return self.scenarios.index(scenario)

    def of(self, partner):
        if partner not in self.partners:
            fail(f"{self.file.filename}: no partner '{partner}', the file has {', '.join(self.partners)}")
        return self.partners.index(partner)

    def row(self, name, scenario):
        row = self.at(scenario)
        if name not in self.file:
            fail(f"{self.file.filename}: has no {name}; wanted: a result of this deal by pactolus run --samples all")
        return self.file[name][row]

    def yearly(self, name, scenario):
        """Sums by year of a series by step, along its last axis."""
        values = numpy.asarray(self.row(name, scenario))
        return values.reshape(values.shape[:-1] + (-1, STEPS_A_YEAR)).sum(axis=-1)

    def captured(self, scenario):
        """Value captured by each partner and by all, by path."""
        values = self.row("captured_sample", scenario)
        return numpy.vstack([values, values.sum(axis=0)])

    def left(self, scenario):
        """1 on paths on which somebody leaves: every exit books its restructuring cost in the line `exit`."""
        return (self.row("ledger_sample", scenario)[:, self.lines.index("exit"), :] != 0.0).any(axis=0) * 1.0


def mean_error(values):
    return values.mean(axis=-1), values.std(axis=-1, ddof=1) / values.shape[-1] ** 0.5


def amount(mean, error, sign="+"):
    digits = 1 if error < 10 else 0
    return f"{round(float(mean), digits) + 0.0:{sign},.{digits}f} ± {error:,.{digits}f}"  # + 0.0: no -0.0


def percent(mean, error=None, sign=""):
    shown = f"{round(100 * mean, 1) + 0.0:{sign}.1f}"  # + 0.0: no -0.0
    return shown + ("%" if error is None else f" ± {100 * error:.1f}")


def differences(result, scenario, reference):
    """Cells: differences of value by partner and of all, then of the share of paths with an exit, in points."""
    means, errors = mean_error(result.captured(scenario) - result.captured(reference))
    gone, error = mean_error(result.left(scenario) - result.left(reference))
    return [amount(mean, se) for mean, se in zip(means, errors)] + [percent(gone, error, "+")]


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("| --- |" + " ---: |" * (len(head) - 1))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def compare(result, pairs, extra=()):
    """One row for each (scenario, reference); `extra`: (heading, function of a scenario) for more columns."""
    head = ["scenario", "less"] + result.partners + ["all", "points of exits"] + [name for name, _ in extra]
    rows = [[f"`{one}`", f"`{other}`"] + differences(result, one, other) + [cell(one) for _, cell in extra] for one, other in pairs]
    table(head, rows)


MEASURES = [("years in deadlock", "deadlock_years_mean", 3), ("terms renegotiated", "renegotiations_mean", 3)]


def governance(result, pairs, references):
    """compare() with what the partners do: years in deadlock, renegotiations; below it the same of the references."""
    def cell(row, digits):
        return lambda scenario: f"{result.row(row, scenario):.{digits}f}"
    more = [(heading, cell(row, digits)) for heading, row, digits in MEASURES]
    compare(result, pairs, more)
    for name in references:
        print(f"{name}: {more[0][1](name)} years in deadlock, {more[1][1](name)} renegotiations")


def values(result):
    """All scenarios: value captured, chance to lose, exits."""
    head = ["scenario"]
    for partner in result.partners:
        head += [partner, "loses in"]
    rows = []
    for scenario in result.scenarios:
        row = [f"`{scenario}`"]
        for p in range(len(result.partners)):
            row.append(amount(result.row("captured_mean", scenario)[p], result.row("captured_standard_error", scenario)[p], ""))
            row.append(percent(result.row("captured_loss_probability", scenario)[p]))
        rows.append(row + [percent(result.row("all_gain_probability", scenario)),
                           percent(1.0 - result.row("survival_probability", scenario))])
    table(head + ["all gain", "somebody leaves"], rows)


def exits(result, scenarios):
    """Who leaves, and why, in % of the paths."""
    rows = []
    for scenario in scenarios:
        shares = result.row("exit_probability", scenario)
        for p, partner in enumerate(result.partners):
            rows.append([f"`{scenario}`", partner] + [percent(share) for share in shares[p]] + [percent(shares[p].sum())])
    table(["scenario", "who"] + result.causes + ["all"], rows)


def by_year(result, scenario, first):
    """Exits, renegotiations, survival by year, in % of the paths; the payment is a mean over what was agreed in the year."""
    gone = result.yearly("exits_by_step", scenario)
    chance = [result.causes.index(cause) for cause in ("control", "breakup")]
    agreed, failed = (result.yearly(name, scenario) for name in ("renegotiated_by_step", "renegotiation_failed_by_step"))
    paid = result.yearly("agreed_by_step", scenario)[0]
    rows = []
    for year in range(gone.shape[-1]):
        by_chance = gone[:, chance, year].sum()
        wound = gone[:, result.causes.index("wound_up"), year].sum()
        chosen = [gone[p, :, year].sum() - gone[p, chance, year].sum() - gone[p, result.causes.index("wound_up"), year]
                  for p in range(len(result.partners))]
        rows.append([first + year] + [percent(share) for share in chosen] + [percent(by_chance), percent(wound), percent(agreed[year]),
                    percent(failed[year]), f"{paid[year] / agreed[year]:+.1f}" if agreed[year] > 0.001 else "",
                    percent(result.row("survival_by_step", scenario)[STEPS_A_YEAR * (year + 1) - 1])])
    table(["year"] + [f"{partner} by decision" for partner in result.partners] +
          ["by chance", "wound up with it", "terms renegotiated", "in vain", f"a quarter to {result.partners[0]}", "all still in"], rows)


def main():
    name, *names = arguments(__doc__, ["RESULT.h5"], "[REFERENCE [SCENARIO ..]]", 10000)
    result = Result(name)
    for scenario in names:
        result.at(scenario)
    reference = names[0] if names else result.scenarios[0]
    compare(result, [(scenario, reference) for scenario in names[1:] or result.scenarios if scenario != reference])


if __name__ == "__main__":
    run(main)
