#!/usr/bin/env python3
"""Draws the life of single paths: pactolus run DEAL --trace 0,17 --json | plot_trace.py [-o DIR]   (or plot_trace.py TRACE.json).

One picture a path, trace_<path>, as PNG and SVG: cash of both arms, volume, gap of goals and scope, and what happens when.
Needs numpy and matplotlib.
"""
import argparse
import json
import sys

try:
    import matplotlib.pyplot as plt
    import numpy as np

    from plot_base import (BLACK, PARTNER_COLOURS, Unwritable, axis_text, clip, finish, heading, legend_below, number, save,
                           year_axis)
except ImportError as error:
    sys.exit(f"plot_trace.py: error: needs numpy and matplotlib of this Python ({error}); on Debian /usr/bin/python3 has them")

# Rows of the strip of events, from the top: words, kinds, marker, filled.
ROWS = [
    ("production", ("production", "own_production"), "^"),
    ("policy, support", ("regime", "repeal"), "D"),
    ("crisis, newcomer", ("crisis", "crisis_ends", "entrant", "entrant_local"), "X"),
    ("review, trigger, term", ("review", "trigger", "term"), "o"),
    ("deadlock", ("deadlock", "deadlock_limit", "deadlock_resolved"), "X"),
    ("terms reopened", ("renegotiation",), "s"),
    ("agreed, in vain", ("agreed", "failed"), "P"),
    ("scope", ("scope",), "v"),
    ("notice", ("notice",), "<"),
    ("settlement, winding up", ("settlement", "winding_up", "ended"), "*"),
    ("alone: stops", ("alone_stops",), "x"),
]
HOLLOW = {"failed", "deadlock_resolved", "crisis_ends", "entrant_local", "ended", "own_production"}
# Told apart by lightness, and named above the strip.
STATES = {"deadlock": ("#F2C6A0", "deadlock"), "renegotiate": ("#CFE3F3", "renegotiation"), "notice": ("#D9D9D9", "notice"),
          "wind_down": ("#BBBBBB", "winding up"), "ended": ("#EEEEEE", "ended")}


def numbers(values):
    return np.array([np.nan if v is None else v for v in values], dtype=float)


def held(values):
    """A value per step as it holds until the next one."""
    return np.append(values, values[-1])


def state_of(path, n):
    return path["mode"][n] if path["mode"][n] != "normal" else path["phase"][n]


def shade(axes, path, years):
    """Marks what the partners were at; returns the states there were."""
    seen = []
    for n in range(len(years) - 1):
        state = state_of(path, n)
        if state not in STATES:
            continue
        axes.axvspan(years[n], years[n + 1], color=STATES[state][0], lw=0, zorder=0)
        if state not in seen:
            seen.append(state)
    return seen


def draw_cash(axes, path, years, partners, unit):
    axes.axhline(0, color=BLACK, lw=0.8)
    ends = []
    for p, (name, label) in enumerate(partners.items()):
        colour = PARTNER_COLOURS[p % len(PARTNER_COLOURS)]
        for key, style, arm in (("cumulative", "-", "in the deal"), ("alone_cumulative", "--", "alone")):
            cash = np.append(0.0, numbers(path[key][name]))  # what stands at the end of a step
            axes.plot(years, cash, style, color=colour, lw=1.8, label=f"{clip(label, 2.2, 8.5)}, {arm}")
            ends.append((cash[-1], f" {number(cash[-1])}", colour))
    axes.set_ylabel(axis_text(unit, "so far"), fontsize=9)
    axes.set_title("Cash after tax, and what going alone would have brought")
    return ends


def name_ends(axes, x, ends):
    """Numbers at the right end; one that would hide another moves up."""
    low, high = axes.get_ylim()
    at = -np.inf
    for y, text, colour in sorted(ends):
        at = max(y, at + 0.055 * (high - low))
        axes.annotate(text, (x, at), va="center", fontsize=8, color=colour, annotation_clip=False)


def draw_volume(axes, path, years, partners, unit, per_year):
    for p, (name, label) in enumerate(partners.items()):
        made = held(numbers(path["made"][name])) * per_year
        axes.step(years, made, where="post", color=PARTNER_COLOURS[p % len(PARTNER_COLOURS)], lw=1.6)
    some = any(np.any(numbers(path["made"][name]) > 0) for name in partners)
    axes.set_ylim(0, None if some else 1)
    axes.set_ylabel(f"{unit}/year", fontsize=9)
    axes.set_title("Made by the venture, by partner" if some else "The venture never makes anything")


def partnership_steps(path):
    """Steps until fewer than two partners are in, or the venture has ended."""
    partners = np.sum([numbers(flags) for flags in path["in"].values()], axis=0)
    over = [n for n, phase in enumerate(path["phase"]) if partners[n] < 2 or phase == "ended"]
    return over[0] if over else len(path["phase"])


def draw_goals(axes, path, years):
    """Both lie between 0 and 1, and end with the partnership."""
    count = partnership_steps(path)
    for name, style, colour in (("scope", "--", "#777777"), ("gap", "-", BLACK)):
        values = numbers(path[name])[:count]
        if len(values):
            axes.step(years[:count + 1], held(values), where="post", color=colour, lw=1.5, ls=style)
            axes.annotate(f" {name}", (years[count], values[-1]), va="center", fontsize=8, color=colour, annotation_clip=False)
    axes.set_ylim(0, 1.05)
    axes.set_title("Gap between the goals, and scope of the partnership")


def draw_events(axes, path, years, partners):
    rows = [row for row in ROWS if any(e["kind"] in row[1] for e in path["events"])]
    names = list(partners)
    for k, (_, kinds, marker) in enumerate(rows):
        axes.axhline(k, color="#E4E4E4", lw=0.8, zorder=0)
        for event in path["events"]:
            if event["kind"] not in kinds:
                continue
            colour = PARTNER_COLOURS[names.index(event["partner"]) % len(PARTNER_COLOURS)] if event["partner"] else "#444444"
            axes.plot(years[event["step"]], k, marker, ms=9 if marker == "*" else 6.5, mec=colour, clip_on=False, zorder=3,
                      mfc="white" if event["kind"] in HOLLOW else colour, ls="none")
    axes.set_yticks(range(len(rows)), [row[0] for row in rows], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_title("What happened; hollow: resolved, in vain, ended, own")
    return len(rows)


def picture(trace, path, folder):
    partners, per_year = trace["partners"], trace["steps_per_year"]
    steps, unit = len(path["date"]), f"million {trace['currency']}"
    start = int(trace["start"][:4]) + (int(trace["start"][5:]) - 1) / 12
    years = start + np.arange(steps + 1) / per_year
    rows = sum(any(e["kind"] in row[1] for e in path["events"]) for row in ROWS)
    acts = any(gap is not None for gap in path["gap"])  # else goals and scope never move
    heights = [3.0, 1.7] + [1.4] * acts + [0.3 + 0.24 * max(rows, 1)]
    states = len({state_of(path, n) for n in range(steps)} & set(STATES))
    height = 1.7 + sum(heights) + 0.22 * -(-(2 * len(partners) + states) // 4)
    figure, axes = plt.subplots(len(heights), 1, figsize=(8, height), sharex=True, gridspec_kw={"height_ratios": heights})
    ends = draw_cash(axes[0], path, years, partners, unit)
    draw_volume(axes[1], path, years, partners, trace["volume_unit"], per_year)
    if acts:
        draw_goals(axes[2], path, years)
    draw_events(axes[-1], path, years, partners)
    seen = []
    for ax in axes:
        seen = shade(ax, path, years)
    axes[0].set_xlim(years[0], years[-1])
    name_ends(axes[0], years[-1], ends)
    year_axis(axes[-1], True)
    lines, words = axes[0].get_legend_handles_labels()
    lines += [plt.Rectangle((0, 0), 1, 1, color=STATES[s][0]) for s in seen]
    legend = legend_below(figure, lines, words + [STATES[s][1] for s in seen], 0.02, 4)
    captured = ", ".join(f"{label} {number(path['end'][name]['captured'])}" for name, label in partners.items())
    heading(figure, f"The life of path {path['path']}",
            f"{trace['title']}, {trace['scenario']}, seed {trace['seed']}. Value captured: {captured} {unit}.")
    figure.align_ylabels(axes[:2])
    finish(figure, legend)
    return save(figure, folder, f"trace_{path['path']}")


def main():
    parser = argparse.ArgumentParser(description="Draws traced paths (PNG and SVG).")
    parser.add_argument("trace", nargs="?", default="-", help="JSON of pactolus run --trace --json (default: standard input)")
    parser.add_argument("-o", "--output", default=".", metavar="DIR", help="where the pictures go (default: here)")
    arguments = parser.parse_args()
    try:
        with sys.stdin if arguments.trace == "-" else open(arguments.trace, encoding="utf-8") as file:
            trace = json.load(file)
        written = [name for path in trace["paths"] for name in picture(trace, path, arguments.output)]
    except Unwritable as error:
        sys.exit(f"plot_trace.py: error: -o: {error}")
    except OSError as error:
        sys.exit(f"plot_trace.py: error: {arguments.trace}: {error.strerror or error}")
    except (ValueError, KeyError, TypeError) as error:
        sys.exit(f"plot_trace.py: error: {arguments.trace}: is no output of pactolus run --trace PATH --json: {error}")
    print("\n".join(written))


if __name__ == "__main__":
    main()
