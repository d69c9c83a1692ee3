"""The picture of a sweep in several parameters: what each partner captures, point by point, along what varies."""
import matplotlib.pyplot as plt
import numpy as np

from plot_base import BLACK, PARTNER_COLOURS, axis_text, finish, heading, save

MOST_PARAMETERS = 4  # columns of the picture: those that move the values most
LEAST_POINTS = 13    # fewer are shown by name
BINS = 12            # of the line of means
MOST_ALIKE = 0.5     # share of points with one and the same value: beyond it a table of variants, not a sweep


def alike(values):
    """Share of the points that have the commonest value."""
    return np.unique(values, return_counts=True)[1].max() / len(values)


def varied_numbers(result):
    """Numeric parameters that differ between scenarios, with their values. One that stands still in most is none: means along it
    would be those of the few that differ, by whatever else they differ in."""
    names = str(result.file.attrs.get("coordinates", "")).split()
    numbers = [(n, result.file[n][()]) for n in names if result.has(n) and result.file[n].dtype.kind == "f" and n != "weight"]
    return [(name, values) for name, values in numbers if alike(values) <= MOST_ALIKE]


def share_explained(x, y):
    """Share of the variance of y between points that means along x account for: 0 nothing, 1 all; for many points only."""
    _, mean, part = means_along(x, y)
    total = np.nanvar(y)
    return 0.0 if total == 0 else float(np.sum(part * (mean - np.average(mean, weights=part)) ** 2) / total)


def means_along(x, y):
    """Means of y in groups of x, each with as many points: middles, means, shares of the points."""
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    groups = np.array_split(known[np.argsort(x[known], kind="stable")], min(BINS, max(1, len(known) // 5)))
    groups = [g for g in groups if len(g)]
    return (np.array([x[g].mean() for g in groups]), np.array([y[g].mean() for g in groups]),
            np.array([len(g) for g in groups]) / max(1, len(known)))


def draw_points(axes, x, y, colour):
    """Each point, and the line of means of groups of them."""
    axes.plot(x, y, ".", color=colour, ms=4 if len(x) < 500 else 2, alpha=0.45, mew=0, rasterized=len(x) > 2000)
    middle, mean, _ = means_along(x, y)
    axes.plot(middle, mean, color=BLACK, lw=1.6)
    if np.nanmin(y) < 0 < np.nanmax(y):
        axes.axhline(0, color=BLACK, lw=0.8)
    axes.set_title(f"explains {100 * share_explained(x, y):.0f}%", loc="right", fontsize=7.5, fontweight="normal", color="#444444")


def picture_sweep(result, folder):
    """None of it where fewer than two numbers vary or the points are few."""
    varied, partners = varied_numbers(result), result.labels("partner")
    if len(varied) < 2 or len(result.scenarios) < LEAST_POINTS or not np.isfinite(result.file["captured_mean"][:, 0]).any():
        return []
    mean = [result.file["captured_mean"][:, p] for p in range(len(partners))]
    shares = [max(share_explained(x, y) for y in mean) for _, x in varied]
    chosen = [varied[k] for k in np.argsort(-np.array(shares), kind="stable")[:MOST_PARAMETERS]]
    figure, axes = plt.subplots(len(partners), len(chosen), figsize=(8, 0.9 + 2.3 * len(partners)), sharey="row", sharex="col", squeeze=False)
    for p, partner in enumerate(partners):
        for k, (name, x) in enumerate(chosen):
            draw_points(axes[p, k], x, mean[p], PARTNER_COLOURS[p % len(PARTNER_COLOURS)])
            if p == len(partners) - 1:
                axes[p, k].set_xlabel(axis_text(result.unit(name), name), fontsize=7.5)
        axes[p, 0].set_title(partner)
        axes[p, 0].set_ylabel(axis_text(result.unit("captured_mean"), "mean captured"))
    more = f" The {len(chosen)} of {len(varied)} that explain most." if len(chosen) < len(varied) else ""
    heading(figure, "What the value captured depends on",
            f"{result.title}. A dot: the mean of one of {len(result.scenarios):,} points; line: means of groups of them.{more}")
    finish(figure)
    return save(figure, folder, "sweep")
