"""The picture of an attribution: what each mechanism adds to the value captured, bar by bar."""
import matplotlib.pyplot as plt
import numpy as np

from plot_base import BLACK, GAIN, LOSS, TOTAL, axis_text, finish, heading, name_panel, number, save


def draw_waterfall(axes, bars, error, errors=()):
    """Bars (label, from, to), the last one the total; `error` is its standard error, `errors` those of the others."""
    size = max(abs(v) for _, a, b in bars for v in (a, b)) or 1.0
    wide = [1.96 * e if np.isfinite(e) else 0.0 for e in (*errors, *[0.0] * (len(bars) - 1 - len(errors)), error)]
    for k, (label, start, end) in enumerate(bars):
        total = k == len(bars) - 1
        colour = TOTAL if total else GAIN if end >= start else LOSS
        axes.barh(k, end - start, left=start, color=colour, height=0.66, linewidth=0)
        text = number(end - start) if total or end < start else "+" + number(end - start)
        right = max(start, end + wide[k])
        axes.annotate(text, (right, k), xytext=(8 if total else 4, 0), textcoords="offset points", va="center",
                      fontsize=8.5)
        if not total:
            axes.plot([end, end], [k + 0.33, k + 0.67], color="#888888", lw=0.8)
    for k in range(len(errors)):
        if wide[k] > 0:
            axes.errorbar(bars[k][2], k, xerr=wide[k], color=BLACK, capsize=2, lw=0.8)
    if np.isfinite(error):
        axes.errorbar(bars[-1][2], len(bars) - 1, xerr=1.96 * error, color=BLACK, capsize=3, lw=1)
    axes.set_yticks(range(len(bars)), [b[0] for b in bars])
    axes.get_yticklabels()[-1].set_fontweight("bold")
    axes.invert_yaxis()
    axes.axvline(0, color=BLACK, lw=0.8)
    low, high = min(min(a, b) for _, a, b in bars), max(max(a, b) for _, a, b in bars)
    axes.set_xlim(low - 0.04 * size, high + 0.16 * (high - low))


def panel_of(labels, mean, error, total):
    """Bars from what is left with all mechanisms off to the value, the greatest first, and their errors."""
    order = [0] + sorted(range(1, len(mean)), key=lambda k: -abs(mean[k]))
    bars, level = [], 0.0
    for k in order:
        bars.append((labels[k], level, level + mean[k]))
        level += mean[k]
    return bars + [("Value captured", 0.0, total)], [error[k] for k in order]


def picture_attribution(result, scenario, folder):
    if not result.has("attribution_mean"):
        return []
    labels = [words + " (all of them off)" if name == "terms" else words
              for name, words in zip(result.texts("bar"), result.labels("bar"))]
    partners, unit = result.labels("partner"), result.unit("attribution_mean")
    mean, error = result.row("attribution_mean", scenario), result.row("attribution_standard_error", scenario)
    total, total_error = result.row("captured_mean", scenario), result.row("captured_standard_error", scenario)
    panels = [(partner, panel_of(labels, mean[p], error[p], total[p]), total_error[p]) for p, partner in enumerate(partners)]
    panels.append(("Joint surplus, at the common rate",
                   panel_of(labels, result.row("joint_attribution_mean", scenario),
                            result.row("joint_attribution_standard_error", scenario), result.row("joint_mean", scenario)),
                   result.row("joint_standard_error", scenario)))
    height = 1.3 + len(panels) * (0.28 * (len(labels) + 1) + 0.75)
    figure, axes = plt.subplots(len(panels), 1, figsize=(8, height), squeeze=False)
    for ax, (name, (bars, errors), whole) in zip(axes[:, 0], panels):
        draw_waterfall(ax, bars, whole, errors)
        name_panel(ax, name, 6)
    axes[-1, 0].set_xlabel(axis_text(unit, "present value, mean over the paths"))
    heading(figure, "What each mechanism adds",
            f"{result.title}, {result.scenarios[scenario]}. Each is a mean over all orders of adding them, and Terms "
            "is what is left without any; whiskers: 95% intervals.")
    finish(figure)
    return save(figure, folder, "attribution")
