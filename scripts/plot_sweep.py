"""The picture of a sweep: what each partner captures, point by point, along what varies."""
import matplotlib.pyplot as plt
import numpy as np

from plot_base import BLACK, PARTNER_COLOURS, axis_text, finish, fit, heading, name_panel, save

MOST_PARAMETERS = 4  # columns of the picture: those that move the values most
LEAST_POINTS = 13    # of fewer no share is told that a parameter explains
BINS = 12            # of the line of means
MOST_WORDS = 6       # values of a parameter that is no number
MOST_OTHERS = 5      # parameters that go along with another one and are named
MOST_ALIKE = 0.8     # share of points with one and the same value: beyond it the few others are no course


class Parameter:
    """What varies: its values on a scale, and the words of those that are no numbers."""

    def __init__(self, result, name):
        self.name, self.words, self.others = name, None, []
        data = result.file[name]
        self.label = axis_text(result.unit(name), name)
        self.values = data[()] if data.dtype.kind in "fiu" else self.places(result.texts(name))
        self.values = self.values[result.points()].astype(float)

    def places(self, texts):
        self.words = list(dict.fromkeys(texts))  # in the order of the points
        return np.array([self.words.index(text) for text in texts])

    def varies(self):
        counts = np.unique(self.values, return_counts=True)[1]
        return max(counts) <= MOST_ALIKE * len(self.values) and (self.words is None or len(self.words) <= MOST_WORDS)

    def determines(self, other):
        """Whether the other one is a function of this one that rises or falls, or of so few values that it is no accident."""
        groups = np.unique(self.values, return_inverse=True)[1]
        least, most = (np.full(groups.max() + 1, end) for end in (np.inf, -np.inf))
        np.minimum.at(least, groups, other.values)
        np.maximum.at(most, groups, other.values)
        steps = np.diff(least)
        ordered = (steps >= 0).all() or (steps <= 0).all()
        return bool((least == most).all()) and (bool(ordered) or 3 * len(least) <= len(groups))


def parameters_of(result):
    """What varies, each that only goes along with another one under that other one."""
    found = [p for p in (Parameter(result, name) for name in result.varied()) if p.varies()]
    found.sort(key=lambda p: -len(np.unique(p.values)))
    heads = []
    for parameter in found:
        head = next((h for h in heads if h.determines(parameter)), None)
        if head:
            head.others.append(parameter.name)
        else:
            heads.append(parameter)
    order = result.varied()
    return sorted(heads, key=lambda p: order.index(p.name))


def groups_along(x, y):
    """Indices of points by x: one group a value where these are few, else groups of as many points; equal x stay together."""
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    known = known[np.argsort(x[known], kind="stable")]
    starts = np.flatnonzero(np.diff(x[known], prepend=-np.inf) > 0)
    if len(starts) > BINS:
        even = np.linspace(0, len(known), min(BINS, max(1, len(known) // 5)) + 1)[:-1]
        starts = np.unique([starts[np.searchsorted(starts, cut)] for cut in even if cut <= starts[-1]])
    return [g for g in np.split(known, starts[1:]) if len(g)]


def means_along(x, y):
    """Means of y in groups of x: middles, means, shares of the points."""
    groups = groups_along(x, y)
    parts = np.array([len(g) for g in groups]) / max(1, sum(map(len, groups)))
    return np.array([x[g].mean() for g in groups]), np.array([y[g].mean() for g in groups]), parts


def share_explained(x, y):
    """Share of the variance of y between points that means along x account for: 0 nothing, 1 all; for many points only."""
    _, mean, part = means_along(x, y)
    total = np.nanvar(y)
    return 0.0 if total == 0 else float(np.sum(part * (mean - np.average(mean, weights=part)) ** 2) / total)


def draw_points(axes, parameter, y, colour):
    """Each point, and the line of means of groups of them; of words, which have no order, only the means."""
    x = parameter.values
    axes.plot(x, y, ".", color=colour, ms=7 if len(x) < 100 else 5 if len(x) < 500 else 2, alpha=0.45, mew=0,
              rasterized=len(x) > 2000)
    middle, mean, _ = means_along(x, y)
    if parameter.words:
        axes.plot(middle, mean, "_", color=BLACK, ms=16, mew=1.8)
    elif len(mean) > 1:
        axes.plot(middle, mean, color=BLACK, lw=1.6)
    if len(x) >= LEAST_POINTS:
        axes.annotate(f"explains {100 * share_explained(x, y):.0f}%", (1, 1), xycoords="axes fraction", ha="right", va="top",
                      fontsize=8, color="#444444")


def common_start(name, others):
    """Letters of a dotted name that all others begin with too, up to a point."""
    parts = [n.split(".") for n in (name, *others)]
    same = 0
    while all(len(p) > same + 1 and p[same] == parts[0][same] for p in parts):
        same += 1
    return sum(len(p) + 1 for p in parts[0][:same])


def name_parameter(axes, parameter, inches):
    """The name below, with those that go along with it, and words in place of numbers; returns the lines of it."""
    words = fit(parameter.label, inches, 8, lines=4)
    if parameter.others:
        start = common_start(parameter.name, parameter.others)
        others = [("\N{HORIZONTAL ELLIPSIS}" if start else "") + name[start:] for name in parameter.others]
        more = [f"and {len(others) - MOST_OTHERS} more"] * (len(others) > MOST_OTHERS)
        words += "\nand with it:\n" + "\n".join(fit(name, inches, 8, lines=2) for name in others[:MOST_OTHERS] + more)
    axes.set_xlabel(words, fontsize=8)
    axes.tick_params(labelsize=8.5)
    if parameter.words:
        room = 0.9 * inches / len(parameter.words)
        axes.set_xticks(range(len(parameter.words)), [fit(word, room, 8, lines=2) for word in parameter.words], fontsize=8)
        axes.set_xlim(-0.4, len(parameter.words) - 0.6)
    return 1 + words.count("\n")


def draw_course(axes, x, low, mean, high, colour):
    """Along one parameter: mean and band of the paths of each point."""
    order = np.argsort(x, kind="stable")
    axes.fill_between(x[order], low[order], high[order], color=colour, alpha=0.25, linewidth=0)
    axes.plot(x[order], mean[order], color=colour, lw=1.8, marker="o" if len(x) <= 60 else None, ms=4)


def picture_course(result, parameter, folder):
    points, partners = result.points(), result.labels("partner")
    low, high = (result.file["captured_quantile"][points, :, i] for i in result.band())
    mean = result.file["captured_mean"][points]
    figure, axes = plt.subplots(len(partners), 1, figsize=(8, 1.1 + 2.4 * len(partners)), sharex=True, squeeze=False)
    for p, partner in enumerate(partners):
        ax = axes[p, 0]
        draw_course(ax, parameter.values, low[:, p], mean[:, p], high[:, p], PARTNER_COLOURS[p % len(PARTNER_COLOURS)])
        ax.axhline(0, color=BLACK, lw=0.8)
        ax.set_ylabel(axis_text(result.unit("captured_mean"), "value captured"), fontsize=9)
        name_panel(ax, partner, 6.6)
    name_parameter(axes[-1, 0], parameter, 6.6)
    heading(figure, "What the value captured depends on",
            f"{result.title}. Line: mean of each of {len(points):,} points; band: {result.band_words()} of its paths.")
    finish(figure)
    return save(figure, folder, "sweep")


def draw_row(axes, chosen, y, colour, unit):
    """One partner: a panel for each parameter."""
    for ax, parameter in zip(axes, chosen):
        draw_points(ax, parameter, y, colour)
        ax.tick_params(labelsize=8.5)
    low, high = axes[0].get_ylim()
    axes[0].set_ylim(low, high + 0.16 * (high - low))  # room above for what a panel says
    axes[0].set_ylabel(axis_text(unit, "mean captured"), fontsize=9)
    for ax in axes if low < 0 < high else ():
        ax.axhline(0, color=BLACK, lw=0.8)


def picture_points(result, parameters, folder):
    points, partners = result.points(), result.labels("partner")
    mean = result.file["captured_mean"][points].T
    shares = [max(share_explained(q.values, y) for y in mean) for q in parameters]
    chosen = [parameters[k] for k in np.argsort(-np.array(shares), kind="stable")[:MOST_PARAMETERS]]
    height = 0.9 + 2.4 * len(partners)
    figure, axes = plt.subplots(len(partners), len(chosen), figsize=(8, height), sharey="row", sharex="col", squeeze=False)
    for p, partner in enumerate(partners):
        draw_row(axes[p], chosen, mean[p], PARTNER_COLOURS[p % len(PARTNER_COLOURS)], result.unit("captured_mean"))
        name_panel(axes[p, 0], partner, 6.6)  # over the whole row
    lines = [name_parameter(ax, parameter, 6.4 / len(chosen) - 0.1) for ax, parameter in zip(axes[-1], chosen)]
    figure.set_size_inches(8, height + 0.13 * (max(lines) - 1))
    more = f" The {len(chosen)} of {len(parameters)} parameters that explain most." if len(chosen) < len(parameters) else ""
    told = " Explains: share of the variance between the points." * (len(points) >= LEAST_POINTS)
    heading(figure, "What the value captured depends on",
            f"{result.title}. A dot: the mean of one of {len(points):,} points; line: means of groups of them.{told}{more}")
    finish(figure)
    return save(figure, folder, "sweep")


def picture_sweep(result, folder):
    """None of it where nothing varies that could be an axis, or no point has numbers."""
    parameters = parameters_of(result)
    if not parameters or not np.isfinite(result.file["captured_mean"][:, 0]).any():
        return []
    single = parameters[0]
    if len(parameters) == 1 and not single.words and len(np.unique(single.values)) == len(single.values):
        return picture_course(result, single, folder)
    return picture_points(result, parameters, folder)
