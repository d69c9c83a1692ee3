#!/usr/bin/env python3
"""Draws the pictures of a result file: plot.py RESULT [-o DIR] [--scenario NAME].

distribution   value captured by each partner: histogram if single paths were kept, else bands of quantiles
ledger         where it comes from: from what staying alone was worth to the value captured, line by line
attribution    what each mechanism adds to it (of a file of pactolus attribute)
drivers        what it hangs on: how far each uncertain number moves it (of a file of pactolus drivers)
fan_<name>     what happens over time: bands of quantiles by step, for every fan of the file
survival       how long the partnership stands, who leaves when and why
renegotiation  when the partners renegotiate, and who pays whom
scenarios      one dot and range per scenario and partner, when there are several
sweep          value captured along each parameter that varies, of a sweep in several parameters

Each picture is written as PNG (1200 pixels wide) and SVG; what never changes has none, nor a panel of one. Needs h5py, numpy and matplotlib.
"""
import argparse
import sys

import matplotlib.pyplot as plt
import numpy as np

from plot_attribution import draw_waterfall, picture_attribution
from plot_base import (BLACK, GAIN, LOSS, PARTNER_COLOURS, Result, axis_text, finish, heading, name_ends, number, save, write)
from plot_drivers import picture_drivers
from plot_course import picture_renegotiation, picture_survival
from plot_sweep import picture_sweep

MOST_SCENARIOS = 40


def mark(axes, x, text, high, side="center", **style):
    axes.axvline(x, ymax=high, lw=1.2, **style)
    write(axes, text, (x, high + 0.01), xycoords=("data", "axes fraction"), color=style.get("color", BLACK), ha=side)


def draw_histogram(axes, sample, limits):
    width = (limits[1] - limits[0]) / 80
    bins = width * np.arange(np.floor(limits[0] / width), np.ceil(limits[1] / width) + 1)  # zero is an edge
    counts, edges = np.histogram(sample, bins)
    share, middle = 100 * counts / len(sample), 0.5 * (edges[1:] + edges[:-1])
    for where, colour in ((middle >= 0, GAIN), (middle < 0, LOSS)):
        axes.bar(middle[where], share[where], width=width, color=colour, alpha=0.8, linewidth=0)
    axes.set_ylim(0, share.max() * 1.45)
    axes.set_ylabel("% of paths")
    outside = 100 * np.mean((sample < edges[0]) | (sample > edges[-1]))
    if outside >= 0.05:
        axes.annotate(f"{outside:.1f}% of paths lie outside", (1, 1), xycoords="axes fraction", ha="right", va="top",
                      fontsize=8, color="#666666")


def name_levels(axes, levels, values, limits):
    """Names of quantiles below the bands, the median and the outermost first; one that would hide another is left out."""
    middle, taken = len(values) // 2, []
    for k in sorted(range(len(values)), key=lambda k: (k != middle, -abs(k - middle))):
        if abs(levels[k] - 0.1) < 1e-9 or abs(levels[k] - 0.9) < 1e-9:
            continue  # these are marked anyway
        room = 0.045 * (limits[1] - limits[0])
        if any(abs(values[k] - t) < room for t in taken):
            continue
        taken.append(values[k])
        write(axes, "median" if k == middle else f"P{100 * levels[k]:.0f}", (values[k], -0.33), va="top", fontsize=7.5, color="#555555")


def draw_bands(axes, levels, values, limits):
    """Half of the paths in the darkest band, all but the outermost levels in the lightest."""
    for i in range(len(levels) // 2):
        axes.barh(0, values[-1 - i] - values[i], left=values[i], height=0.6, color=GAIN, alpha=0.22, linewidth=0)
    axes.plot([values[len(values) // 2]] * 2, [-0.3, 0.3], color="white", lw=1.6)
    name_levels(axes, levels, values, limits)
    axes.set_ylim(-0.6, 1.3)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def value_limits(result, scenario):
    """From the lowest 1% to the highest 99% of all partners, with some air, and zero inside."""
    q = result.row("captured_quantile", scenario)
    low, high = min(0.0, np.nanmin(q)), max(0.0, np.nanmax(q))
    air = 0.06 * (high - low) or 1.0
    return low - air, high + air


def picture_distribution(result, scenario, folder):
    partners, levels = result.labels("partner"), result.file["quantile"][()]
    limits, unit = value_limits(result, scenario), result.unit("captured_mean")
    samples = [result.sample(scenario, p) for p in range(len(partners))]
    loss = result.row("captured_loss_probability", scenario)
    outer = [result.quantile("captured_quantile", scenario, level) for level in (0.10, 0.90)]
    wide = [outer[0] is None or outer[1] is None or outer[1][p] - outer[0][p] > 0.2 * (limits[1] - limits[0]) for p in range(len(partners))]
    figure, axes = plt.subplots(len(partners), 1, figsize=(8, 1.2 + 2.2 * len(partners)), sharex=True, squeeze=False)
    for p, partner in enumerate(partners):
        ax, mean = axes[p, 0], result.row("captured_mean", scenario)[p]
        ax.axvline(0, color=BLACK, lw=0.8)
        if samples[p] is None:
            draw_bands(ax, levels, result.row("captured_quantile", scenario)[p], limits)
        else:
            draw_histogram(ax, samples[p], limits)
        for level in (0.10, 0.90):
            q = result.quantile("captured_quantile", scenario, level)
            if q is not None:
                side = "center" if wide[p] else "right" if level < 0.5 else "left"
                mark(ax, q[p], f"P{100 * level:.0f} {number(q[p])}", 0.62, side, color="#444444", ls=":")
        mark(ax, mean, f"mean {number(mean)}", 0.78, color=BLACK)
        ax.set_title(partner + ("" if loss is None else f"   loses in {100 * loss[p]:.1f}% of paths"))
        ax.set_xlim(*limits)
    axes[-1, 0].set_xlabel(axis_text(unit, "value captured, against staying alone"))
    what = "Bands: quantiles of the paths." if any(s is None for s in samples) else "Orange: paths on which the partner loses."
    heading(figure, "What each partner gains", f"{result.title}, {result.scenarios[scenario]}. {what}")
    finish(figure)
    return save(figure, folder, "distribution")


def steps_of(result, scenario, partner):
    """(label, from, to) of each bar: what is given up, then the lines by size, then the total."""
    mean, names = result.row("ledger_mean", scenario)[partner], result.texts("ledger")
    labels, order = result.labels("ledger"), np.argsort(-np.abs(mean), kind="stable")
    first = [i for i in order if names[i] == "standalone_forgone" and mean[i] != 0]
    bars, level = [], 0.0
    for i in first + [i for i in order if i not in first and mean[i] != 0]:
        bars.append((labels[i], level, level + mean[i]))
        level += mean[i]
    return bars + [("Value captured", 0.0, level)]


def picture_ledger(result, scenario, folder):
    partners, unit = result.labels("partner"), result.unit("ledger_mean")
    bars = [steps_of(result, scenario, p) for p in range(len(partners))]
    error = result.row("captured_standard_error", scenario)
    heights = [len(b) for b in bars]
    figure, axes = plt.subplots(len(partners), 1, figsize=(8, 1.3 + sum(0.28 * h + 0.75 for h in heights)), squeeze=False,
                                gridspec_kw={"height_ratios": heights})
    for p, partner in enumerate(partners):
        draw_waterfall(axes[p, 0], bars[p], np.nan if error is None else error[p])
        axes[p, 0].set_title(partner)
    axes[-1, 0].set_xlabel(axis_text(unit, "present value, mean over the paths"))
    heading(figure, "Where the value comes from",
            f"{result.title}, {result.scenarios[scenario]}. Blue adds, orange takes; every bar starts where the one above ends.")
    finish(figure)
    return save(figure, folder, "ledger")


def draw_fan(axes, time, fan, mean, levels, colour):
    """Bands between opposite levels, the darkest in the middle."""
    pairs = [i for i in range(len(levels) // 2) if levels[i] > 0.045]
    for i in pairs:
        axes.fill_between(time, fan[i], fan[-1 - i], color=colour, alpha=0.22, linewidth=0)
    axes.plot(time, fan[len(levels) // 2], color=colour, lw=1.8)
    if mean is not None:
        axes.plot(time, mean, color=BLACK, lw=1, ls="--")


def fan_ends(fan, levels, colour):
    grey = {"fontsize": 7.5, "color": "#555555"}
    ends = [("median", fan[len(levels) // 2], {"fontsize": 8, "color": colour})]
    for i in (i for i in range(len(levels) // 2) if levels[i] > 0.045):
        ends += [(f"P{100 * levels[k]:.0f}", fan[k], grey) for k in (-1 - i, i)]
    return ends


def picture_fan(result, scenario, name, folder):
    fan, time, levels = result.row(name + "_fan", scenario), result.file["step"][()], result.file["quantile"][()]
    mean = result.row(name + "_by_step", scenario)
    if fan.ndim == 2:
        fan, mean, panels = fan[None], None if mean is None else mean[None], [""]
    else:
        dims = [d[0].name.strip("/") for d in result.file[name + "_fan"].dims]
        panels = result.labels(dims[1])
    shown = [k for k, f in enumerate(fan) if np.nan_to_num(f).any() and np.nanmax(f) > np.nanmin(f)]
    if not shown:
        return []  # a picture of nothing, or of what never changes
    columns = 1 if len(shown) == 1 else 2
    lines = -(-len(shown) // columns)
    figure, axes = plt.subplots(lines, columns, figsize=(8, 1.3 + 2.7 * lines), sharex=True, sharey=True, squeeze=False)
    for ax in axes.flat[len(shown):]:
        ax.set_visible(False)
    for place, k in enumerate(shown):
        ax = axes.flat[place]
        draw_fan(ax, time, fan[k], None if mean is None else mean[k], levels, PARTNER_COLOURS[k % len(PARTNER_COLOURS)])
        ax.set_title(panels[k])
        ax.margins(x=0.01)
        if np.nanmin(fan) < 0 < np.nanmax(fan):
            ax.axhline(0, color=BLACK, lw=0.8)
        if place >= len(shown) - columns:
            ax.tick_params(labelbottom=True)
            ax.set_xlabel(axis_text(result.unit("step"), "time from the start"))
    for place, k in enumerate(shown):  # the scale is known only now
        name_ends(axes.flat[place], time, fan_ends(fan[k], levels, PARTNER_COLOURS[k % len(PARTNER_COLOURS)]))
    for line in range(lines):
        axes[line, 0].set_ylabel(result.unit(name + "_fan") or ("1 at the start" if name == "demand" else "share"))
    heading(figure, result.sentence(name + "_fan"),
            f"{result.title}, {result.scenarios[scenario]}. Bands: 90%, 80% and 50% of the paths; dashed: mean.")
    finish(figure)
    return save(figure, folder, "fan_" + name)


def varied_number(result):
    """The one numeric parameter that differs, with its values; None if there is none or more than one."""
    names = str(result.file.attrs.get("coordinates", "")).split()
    numeric = [n for n in names if result.has(n) and result.file[n].dtype.kind == "f"]
    return (numeric[0], result.file[numeric[0]][()]) if len(numeric) == 1 and len(names) == 1 else None


def draw_ranges(axes, result, partner, colour, chosen):
    low, high = (result.file["captured_quantile"][:, partner, i] for i in band_of(result))
    mean = result.file["captured_mean"][:, partner]
    axes.axvline(0, color=BLACK, lw=0.8)
    for k, s in enumerate(chosen):
        axes.plot([low[s], high[s]], [k, k], color=colour, lw=4, alpha=0.35, solid_capstyle="butt")
        axes.plot(mean[s], k, "o", color=colour, ms=5.5)
        write(axes, number(mean[s]), (mean[s], k), xytext=(0, 5), textcoords="offset points", fontsize=7.5)
    axes.set_yticks(range(len(chosen)), [result.scenarios[s] for s in chosen])
    axes.set_ylim(len(chosen) - 0.5, -0.7)


def band_of(result):
    """Positions of 10% and 90%, or of the outermost levels."""
    levels = result.file["quantile"][()]
    low, high = np.flatnonzero(np.abs(levels - 0.1) < 1e-9), np.flatnonzero(np.abs(levels - 0.9) < 1e-9)
    return (low[0], high[0]) if len(low) and len(high) else (0, len(levels) - 1)


def draw_course(axes, result, partner, colour, values):
    low, high = (result.file["captured_quantile"][:, partner, i] for i in band_of(result))
    order = np.argsort(values, kind="stable")
    axes.fill_between(values[order], low[order], high[order], color=colour, alpha=0.25, linewidth=0)
    axes.plot(values[order], result.file["captured_mean"][:, partner][order], color=colour, lw=1.8, marker="o", ms=3)
    axes.axhline(0, color=BLACK, lw=0.8)


def picture_scenarios(result, folder):
    partners, unit, varied = result.labels("partner"), result.unit("captured_mean"), varied_number(result)
    count, course = len(result.scenarios), varied is not None and len(result.scenarios) > 12
    chosen, levels = np.arange(min(count, MOST_SCENARIOS)), result.file["quantile"][()]
    band = " to ".join(f"P{100 * levels[i]:.0f}" for i in band_of(result))
    line = f"{result.title}. " + (f"Line: mean; band: {band} of the paths." if course else
                                  f"Dot: mean; bar: {band} of the paths.")
    if not course and count > len(chosen):
        line += f" The first {len(chosen)} of {count} scenarios."
    columns = min(len(partners), 3 if count < 2 or max(map(len, result.scenarios)) < 16 else 2)
    lines = -(-len(partners) // columns)
    height = 3.2 if course else 0.9 + 0.34 * len(chosen)
    figure, axes = plt.subplots(lines, columns, figsize=(8, 0.9 + height * lines), sharex=True, sharey=True, squeeze=False)
    for p, ax in enumerate(axes.flat):
        if p >= len(partners):
            ax.set_visible(False)
            continue
        colour = PARTNER_COLOURS[p % len(PARTNER_COLOURS)]
        if course:
            draw_course(ax, result, p, colour, varied[1])
        else:
            draw_ranges(ax, result, p, colour, chosen)
        ax.set_title(partners[p])
        if p >= len(partners) - columns:
            ax.tick_params(labelbottom=True)
            ax.set_xlabel(axis_text(result.unit(varied[0]), varied[0]) if course else axis_text(unit, "value captured"),
                          fontsize=8.5 if course else None)
    for k in range(lines if course else 0):
        axes[k, 0].set_ylabel(axis_text(unit, "value captured"))
    heading(figure, "How the scenarios compare", line)
    finish(figure)
    return save(figure, folder, "scenarios")


def draw_all(result, scenario, folder):
    written = []
    if result.has("captured_quantile") and result.has("captured_mean"):
        written += picture_distribution(result, scenario, folder)
        if len(result.scenarios) > 1:
            written += picture_sweep(result, folder) or picture_scenarios(result, folder)
    if result.has("ledger_mean"):
        written += picture_ledger(result, scenario, folder)
    written += picture_attribution(result, scenario, folder)
    written += picture_drivers(result, scenario, folder)
    written += picture_survival(result, scenario, folder)
    written += picture_renegotiation(result, scenario, folder)
    for name in result.fans():
        written += picture_fan(result, scenario, name, folder)
    return written


def main():
    parser = argparse.ArgumentParser(description="Draws the pictures of a result file (PNG and SVG).")
    parser.add_argument("result", help="a file written by pactolus run, drivers, attribute or merge")
    parser.add_argument("-o", "--output", default=".", metavar="DIR", help="where the pictures go (default: here)")
    parser.add_argument("--scenario", metavar="NAME", help="scenario of the detailed pictures (default: the first)")
    options = parser.parse_args()
    try:
        result = Result(options.result)
        if options.scenario is not None and options.scenario not in result.scenarios:
            print(f"plot.py: error: --scenario: no scenario '{options.scenario}', the file has "
                  f"{', '.join(result.scenarios[:10])}", file=sys.stderr)
            return 2
        scenario = result.scenarios.index(options.scenario) if options.scenario else 0
        written = draw_all(result, scenario, options.output)
    except OSError as error:
        print(f"plot.py: error: {options.result}: {error}", file=sys.stderr)
        return 4
    except (ValueError, KeyError) as error:
        print(f"plot.py: error: {options.result}: {error}", file=sys.stderr)
        return 6
    if not written:
        print(f"plot.py: error: {options.result}: holds nothing to draw", file=sys.stderr)
        return 6
    print("\n".join(written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
