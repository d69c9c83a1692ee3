"""The picture of what the value captured hangs on: for each partner, how far each driver moves its mean."""
import matplotlib.pyplot as plt
import numpy as np

from plot_base import BLACK, GAIN, LOSS, axis_text, clip, finish, fit, heading, name_panel, number, save

MOST = 10


def driver_text(name, low, high):
    return f"{name}   {low:.3g} to {high:.3g}"


def shown(explained, error):
    """Told beyond what chance alone would tell, the greatest share first."""
    known = [d for d in range(len(explained)) if explained[d] >= 0.005 and explained[d] > 2 * error[d]]
    return sorted(known, key=lambda d: -explained[d])[:MOST]


def draw_tornado(axes, mean, low, high, explained, labels):
    """A bar from the mean to that of each fifth: orange where the driver is low, blue where it is high."""
    for k in range(len(labels)):
        for end, colour in ((low[k], LOSS), (high[k], GAIN)):
            axes.barh(k, end - mean, left=mean, color=colour, height=0.62, linewidth=0)
        left, right = sorted((low[k], high[k]))
        axes.annotate(number(left), (min(left, mean), k), xytext=(-4, 0), textcoords="offset points", va="center", ha="right", fontsize=8)
        axes.annotate(f"{number(right)}   explains {100 * explained[k]:.1f}%", (max(right, mean), k), xytext=(4, 0),
                      textcoords="offset points", va="center", fontsize=8)
    axes.axvline(mean, color=BLACK, lw=0.8)
    axes.set_yticks(range(len(labels)), [fit(label, 2.6, 8, lines=2) for label in labels], fontsize=8)
    axes.invert_yaxis()
    ends = np.array([*low, *high, mean])
    size = ends.max() - ends.min() or 1.0
    axes.set_xlim(ends.min() - 0.16 * size, ends.max() + 0.34 * size)


def panels_of(result, scenario):
    names, low, high = result.texts("driver"), result.row("driver_low", scenario), result.row("driver_high", scenario)
    partners = [(label, "", p) for p, label in enumerate(result.labels("partner"))]
    for label, prefix, p in [*partners, ("Joint surplus, at the common rate", "joint_", None)]:
        row = {what: result.row(prefix + what, scenario) if p is None else result.row(what, scenario)[p]
               for what in ("low", "high", "explained", "explained_standard_error")}
        mean = result.row("joint_mean", scenario) if p is None else result.row("captured_mean", scenario)[p]
        which = shown(row["explained"], row["explained_standard_error"])
        if which:
            yield (f"{clip(label, 6, 11, 'bold')}: {number(mean)} in the mean", mean, row["low"][which], row["high"][which], row["explained"][which],
                   [driver_text(names[d], low[d], high[d]) for d in which])


def picture_drivers(result, scenario, folder):
    if not result.has("explained"):
        return []
    panels = list(panels_of(result, scenario))
    if not panels:
        return []
    heights = [len(panel[-1]) + 1.4 for panel in panels]
    figure, axes = plt.subplots(len(panels), 1, figsize=(8, 1.2 + 0.3 * sum(heights) + 0.2 * len(panels)), squeeze=False,
                                gridspec_kw={"height_ratios": heights})
    for ax, (title, *panel) in zip(axes[:, 0], panels):
        draw_tornado(ax, *panel)
        name_panel(ax, title, 5.2)
    axes[-1, 0].set_xlabel(axis_text(result.unit("low"), "value captured, mean over a fifth of the paths"))
    heading(figure, "What the value captured hangs on",
            f"{result.title}, {result.scenarios[scenario]}. Orange: the fifth of the paths where the driver is lowest; blue: highest.")
    finish(figure)
    return save(figure, folder, "drivers")
