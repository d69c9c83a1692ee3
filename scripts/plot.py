#!/usr/bin/env python3
"""Draws the pictures of a result file: plot.py RESULT [-o DIR] [--scenario NAME].

distribution   value captured by each partner: histogram if single paths were kept, else bands of quantiles
ledger         where it comes from: from what staying alone was worth to the value captured, line by line
attribution    what each mechanism adds to it (of a file of pactolus attribute)
drivers        what it hangs on: how far each uncertain number moves it (of a file of pactolus drivers)
fan_<name>     what happens over time: bands of quantiles by step, for every fan of the file
survival       how long the partnership stands, who leaves when and why
renegotiation  when the partners renegotiate, and who pays whom
scenarios      one dot and range per scenario and partner, when there are several; 40 a page: scenarios, scenarios_2, ..
sweep          value captured along each parameter that varies, of points without names (row_1, row_2, ..)

All but the last two are of one scenario: of --scenario, else the first, of coalitions the last, with all partners; of a sweep
they are drawn only with --scenario. Each picture is written as PNG (1200 pixels wide) and SVG; what never changes has none, nor a
panel of one. Needs h5py, numpy and matplotlib.
"""
import argparse
import sys

try:
    from plot_attribution import picture_attribution
    from plot_base import Unwritable
    from plot_course import picture_renegotiation, picture_survival
    from plot_drivers import picture_drivers
    from plot_fan import picture_fan
    from plot_result import Result
    from plot_scenarios import picture_scenarios
    from plot_sweep import picture_sweep
    from plot_value import picture_distribution, picture_ledger
except ImportError as error:
    sys.exit(f"plot.py: error: needs h5py, numpy and matplotlib of this Python ({error}); on Debian /usr/bin/python3 has them")


MOST_NAMED = 400  # scenarios: of more nobody reads the names, and they are drawn as a sweep where numbers vary


def has_values(result):
    return result.has("captured_quantile") and result.has("captured_mean")


def chosen_scenario(result, name):
    """Of the detailed pictures; None of a sweep, whose first point is as good as any."""
    if name is not None:
        return result.scenarios.index(name)
    if result.is_sweep() and has_values(result):
        return None
    return len(result.scenarios) - 1 if result.is_coalitions() else 0


def draw_scenario(result, scenario, folder):
    written = []
    if has_values(result):
        written += picture_distribution(result, scenario, folder)
    if result.has("ledger_mean"):
        written += picture_ledger(result, scenario, folder)
    written += picture_attribution(result, scenario, folder)
    written += picture_drivers(result, scenario, folder)
    written += picture_survival(result, scenario, folder)
    written += picture_renegotiation(result, scenario, folder)
    for name in result.fans():
        written += picture_fan(result, scenario, name, folder)
    return written


def draw_all(result, scenario, folder):
    written = []
    if has_values(result) and len(result.scenarios) > 1:
        along = result.is_sweep() or len(result.scenarios) > MOST_NAMED
        written += (along and picture_sweep(result, folder)) or picture_scenarios(result, folder)
    return written + (draw_scenario(result, scenario, folder) if scenario is not None else [])


def fail(code, what, why):
    print(f"plot.py: error: {what}: {why}", file=sys.stderr)
    return code


def parse():
    parser = argparse.ArgumentParser(description="Draws the pictures of a result file (PNG and SVG).")
    parser.add_argument("result", help="a file written by pactolus run, sweep, drivers, attribute, coalitions or merge")
    parser.add_argument("-o", "--output", default=".", metavar="DIR", help="where the pictures go (default: here)")
    parser.add_argument("--scenario", metavar="NAME", help="scenario of the detailed pictures (default: the first; of coalitions "
                                                           "that of all partners; of a sweep none)")
    return parser.parse_args()


def main():
    options = parse()
    try:
        result = Result(options.result)
        if options.scenario is not None and options.scenario not in result.scenarios:
            return fail(2, "--scenario", f"no scenario '{options.scenario}', the file has {', '.join(result.scenarios[:10])}"
                                         + ", ..." * (len(result.scenarios) > 10))
        written = draw_all(result, chosen_scenario(result, options.scenario), options.output)
    except Unwritable as error:
        return fail(4, "-o", error)
    except OSError as error:
        return fail(4, options.result, error.strerror or error)
    except (ValueError, KeyError) as error:
        return fail(6, options.result, error)
    if not written:
        return fail(6, options.result, "holds nothing to draw")
    print("\n".join(written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
