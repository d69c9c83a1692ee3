"""What each partner gains, and where it comes from, of one scenario."""
import matplotlib.pyplot as plt
import numpy as np

from plot_attribution import draw_waterfall
from plot_base import (BLACK, GAIN, LOSS, axis_text, clip, finish, heading, inches_of, name_panel, number, save, write)

PANEL = 6.6      # inches that a panel is wide, about
BARS = 0.62      # share of its height that bars take; marks are named above
ROW, ROWS = 0.13, 3  # and so much each row of names
MOST_UNLIKE = 2.5  # times as wide as another: beyond it panels share no axis


def partners_in(result, scenario, moves):
    """Partners that have a panel: members who get or lose something; all members if none does."""
    members = np.flatnonzero(result.takes_part(scenario))
    return [p for p in members if moves[p]] or list(members)


def left_out(result, scenario, shown):
    """Words for members without a panel."""
    labels = result.labels("partner")
    names = [labels[p] for p in np.flatnonzero(result.takes_part(scenario)) if p not in shown]
    return f" Of {' and '.join(names)} it is 0." if names else ""


def place_mark(x, text, side, others, placed, limits):
    """Row, middle and half width of a name: the lowest row where it hides no other name and no line to a higher one."""
    half = 0.5 * (inches_of(text, 8.5) + 0.12) * (limits[1] - limits[0]) / PANEL
    inside = (limits[0] + half, limits[1] - half)
    for row in range(ROWS):
        names = [(m, h) for r, m, h in placed.values() if r == row]
        lines = [o for o in others if placed.get(o, (ROWS,))[0] >= row]
        for shift in (0, side * half):
            middle = min(max(x + shift, inside[0]), inside[1])
            if all(abs(middle - m) > half + h for m, h in names) and all(abs(middle - o) > half for o in lines):
                return row, middle, half
    return ROWS - 1, min(max(x, inside[0]), inside[1]), half


def mark_all(axes, marks, limits):
    """Lines at (x, text, side, style), named above the bars and within the panel, on that side where there is little room."""
    placed, low = {}, axes.get_ylim()[0]
    for x, text, side, style in marks:
        others = [other for other, *_ in marks if other != x]
        placed[x] = row, middle, _ = place_mark(x, text, side, others, placed, limits)
        high = BARS + 0.04 + ROW * row
        axes.axvline(x, ymax=high, lw=1.2, **style)
        write(axes, text, (middle, high), xycoords=("data", "axes fraction"), color=style["color"])
    axes.set_ylim(low)


def draw_histogram(axes, sample, limits):
    width = (limits[1] - limits[0]) / 80
    bins = width * np.arange(np.floor(limits[0] / width), np.ceil(limits[1] / width) + 1)  # zero is an edge
    counts, edges = np.histogram(sample, bins)
    share, middle = 100 * counts / len(sample), 0.5 * (edges[1:] + edges[:-1])
    for where, colour in ((middle >= 0, GAIN), (middle < 0, LOSS)):
        axes.bar(middle[where], share[where], width=width, color=colour, alpha=0.8, linewidth=0)
    axes.set_ylim(0, share.max() / BARS)
    axes.set_ylabel("% of paths")
    outside = 100 * np.mean((sample < edges[0]) | (sample > edges[-1]))
    if outside >= 0.05:
        axes.set_title(f"{outside:.1f}% of paths lie outside", loc="right", fontsize=8, fontweight="normal", color="#666666")


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
        word = "median" if k == middle else f"P{100 * levels[k]:.0f}"
        write(axes, word, (values[k], -0.33), va="top", fontsize=7.5, color="#555555")


def draw_bands(axes, levels, values, limits):
    """Half of the paths in the darkest band, all but the outermost levels in the lightest."""
    for i in range(len(levels) // 2):
        axes.barh(0, values[-1 - i] - values[i], left=values[i], height=0.6, color=GAIN, alpha=0.22, linewidth=0)
    axes.plot([values[len(values) // 2]] * 2, [-0.3, 0.3], color="white", lw=1.6)
    name_levels(axes, levels, values, limits)
    axes.set_ylim(-0.6, 1.1)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def value_limits(result, scenario, shown):
    """By partner from its lowest 1% to its highest 99%, zero inside, with some air; the same for all where that suits all."""
    q = result.row("captured_quantile", scenario)[shown]
    low, high = np.minimum(0.0, np.nanmin(q, axis=1)), np.maximum(0.0, np.nanmax(q, axis=1))
    if np.max(high - low) <= MOST_UNLIKE * np.min(high - low):
        low, high = np.full(len(shown), low.min()), np.full(len(shown), high.max())
    air = np.where(high > low, 0.06 * (high - low), 1.0)
    return np.column_stack([low - air, high + air])


def draw_values(axes, result, scenario, p, limits):
    sample, row = result.sample(scenario, p), result.row("captured_quantile", scenario)[p]
    loss, mean = result.row("captured_loss_probability", scenario), result.row("captured_mean", scenario)[p]
    axes.axvline(0, color=BLACK, lw=0.8)
    if sample is None:
        draw_bands(axes, result.file["quantile"][()], row, limits)
    else:
        draw_histogram(axes, sample, limits)
    outer = [(level, result.quantile("captured_quantile", scenario, level)) for level in (0.10, 0.90)]
    marks = [(q[p], f"P{100 * level:.0f} {number(q[p])}", -1 if level < 0.5 else 1, {"color": "#444444", "ls": ":"})
             for level, q in outer if q is not None]
    mark_all(axes, marks + [(mean, f"mean {number(mean)}", 1, {"color": BLACK})], limits)
    axes.set_title(clip(result.labels("partner")[p], 3.4, 11, "bold")
                   + ("" if loss is None else f"   loses in {100 * loss[p]:.1f}% of paths"))
    axes.set_xlim(*limits)


def picture_distribution(result, scenario, folder):
    shown = partners_in(result, scenario, np.any(np.nan_to_num(result.row("captured_quantile", scenario)) != 0, axis=-1))
    limits, unit = value_limits(result, scenario, shown), result.unit("captured_mean")
    figure, axes = plt.subplots(len(shown), 1, figsize=(8, 1.2 + 2.2 * len(shown)), squeeze=False)
    alike = bool((limits == limits[0]).all())
    for k, p in enumerate(shown):
        draw_values(axes[k, 0], result, scenario, p, limits[k])
        axes[k, 0].tick_params(labelbottom=not alike or k == len(shown) - 1)
    axes[-1, 0].set_xlabel(axis_text(unit, "value captured, against staying alone"))
    bands = any(result.sample(scenario, p) is None for p in shown)
    what = "Bands: quantiles of the paths." if bands else "Orange: paths on which the partner loses."
    heading(figure, "What each partner gains", f"{result.title}, {result.scenarios[scenario]}. {what}"
            + " Each partner has a scale of its own." * (not alike) + left_out(result, scenario, shown))
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
    shown = partners_in(result, scenario, np.any(result.row("ledger_mean", scenario) != 0, axis=-1))
    bars = [steps_of(result, scenario, p) for p in shown]
    error = result.row("captured_standard_error", scenario)
    heights = [len(b) for b in bars]
    figure, axes = plt.subplots(len(shown), 1, figsize=(8, 1.3 + sum(0.28 * h + 0.75 for h in heights)), squeeze=False,
                                gridspec_kw={"height_ratios": heights})
    for ax, p, steps in zip(axes[:, 0], shown, bars):
        draw_waterfall(ax, steps, np.nan if error is None else error[p])
        name_panel(ax, partners[p], 6)
    axes[-1, 0].set_xlabel(axis_text(unit, "present value, mean over the paths"))
    heading(figure, "Where the value comes from",
            f"{result.title}, {result.scenarios[scenario]}. Blue adds, orange takes; every bar starts where the one above ends."
            + " Whisker: 95% interval of the mean." * (error is not None) + left_out(result, scenario, shown))
    finish(figure)
    return save(figure, folder, "ledger")
