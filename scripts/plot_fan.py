"""What happens over time in one scenario: bands of quantiles by step."""
import re

import matplotlib.pyplot as plt
import numpy as np

from plot_base import BLACK, PARTNER_COLOURS, finish, fit, heading, name_ends, name_panel, save, year_axis

FEWEST = 30  # paths that have a value, for a band to be drawn
WORDS = {"demand": "1 at the start", "gap": "gap, from 0 to 1", "scope": "scope, from 0 to 1"}


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


def too_few(result, scenario, name):
    """Steps at which so few of the paths with quantiles have a value that these say nothing; where the file can tell."""
    if name == "unit_cost" and result.has("volume_fan"):
        top = result.row("volume_fan", scenario)[:, -1, :]  # 99% of the paths make no more than this
        return np.broadcast_to(top <= 0, top.shape)
    if name == "gap" and result.has("in_by_step"):
        second = np.sort(result.row("in_by_step", scenario), axis=0)[-2:][0]
        return second[None] * min(float(result.row("paths", scenario)), 4096) < FEWEST
    return np.zeros((1, 1), bool)


def series_of(result, scenario, name):
    """Quantiles and means by panel, empty where the paths are too few, and whether that is so anywhere."""
    fan, mean = result.row(name + "_fan", scenario), result.row(name + "_by_step", scenario)
    if fan.ndim == 2:
        fan, mean = fan[None], None if mean is None else mean[None]
    few = too_few(result, scenario, name) & np.isfinite(fan).any(axis=1)
    if few.all():
        few = np.zeros_like(few)
    return np.where(few[:, None, :], np.nan, fan), None if mean is None else np.where(few, np.nan, mean), few.any()


def whose(result, scenario, name, fan, blank):
    """What bands and dashes are: the quantiles are of the first paths only."""
    first = re.search(r"first ([\d,]+) paths", str(result.file[name + "_fan"].attrs.get("long_name", "")))
    paths = int(result.row("paths", scenario)) if result.has("paths") else 0
    some = first and paths > int(first[1].replace(",", ""))
    words = f"of the first {first[1]} paths; dashed: mean of all {paths:,}" if some else "of the paths; dashed: mean"
    words += ", where they have a value" * bool(np.isnan(fan).any())
    return f"Bands: 90%, 80% and 50% {words}." + " Blank where few have one." * bool(blank)


def scale_words(result, name):
    unit = result.unit(name + "_fan")
    if not unit:
        return WORDS.get(name, "share")
    flow = re.search(r"\b(in|of) a step\b", result.sentence(name + "_fan"))
    return f"{unit} in a {result.step_word()}" if flow and "end of a step" not in result.sentence(name + "_fan") else unit


def draw_panels(axes, result, series, panels, shown):
    fan, mean, _ = series
    levels, time = result.file["quantile"][()], result.time()
    colours = [PARTNER_COLOURS[k % len(PARTNER_COLOURS)] for k in range(len(fan))]
    columns = axes.shape[1]
    for place, k in enumerate(shown):
        ax = axes.flat[place]
        draw_fan(ax, time, fan[k], None if mean is None else mean[k], levels, colours[k])
        name_panel(ax, panels[k], 6.5 / columns)
        ax.margins(x=0.01)
        if np.nanmin(fan) < 0 < np.nanmax(fan):
            ax.axhline(0, color=BLACK, lw=0.8)
        if place >= len(shown) - columns:
            ax.tick_params(labelbottom=True)
            year_axis(ax, result.start())
    for place, k in enumerate(shown):  # the scale is known only now
        name_ends(axes.flat[place], time, fan_ends(fan[k], levels, colours[k]))


def picture_fan(result, scenario, name, folder):
    series = fan, _, blank = series_of(result, scenario, name)
    panels = [""] if len(result.file[name + "_fan"].dims) == 3 else result.labels(
        result.file[name + "_fan"].dims[1][0].name.strip("/"))
    shown = [k for k, f in enumerate(fan) if np.nan_to_num(f).any() and np.nanmax(f) > np.nanmin(f)]
    if not shown:
        return []  # a picture of nothing, or of what never changes
    columns = 1 if len(shown) == 1 else 2
    lines = -(-len(shown) // columns)
    figure, axes = plt.subplots(lines, columns, figsize=(8, 1.3 + 2.7 * lines), sharex=True, sharey=True, squeeze=False)
    for ax in axes.flat[len(shown):]:
        ax.set_visible(False)
    draw_panels(axes, result, series, panels, shown)
    for line in range(lines):
        axes[line, 0].set_ylabel(fit(scale_words(result, name), 2.0, 10, lines=2))
    heading(figure, re.sub(r"\bstep\b", result.step_word(), result.sentence(name + "_fan")),
            f"{result.title}, {result.scenarios[scenario]}. {whose(result, scenario, name, fan, blank)}")
    finish(figure)
    return save(figure, folder, "fan_" + name)
