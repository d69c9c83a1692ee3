"""One dot and range per scenario and partner, on pages of at most 40 scenarios."""
import matplotlib.pyplot as plt
import numpy as np

from plot_base import BLACK, PARTNER_COLOURS, axis_text, finish, fit, heading, inches_of, name_panel, number, save, write

A_PAGE = 40
WIDEST = 2.4  # inches for the names of scenarios


def names_of(result):
    """Names that people gave; points without one are named by what varies."""
    if not result.is_sweep():
        return result.scenarios
    columns = [result.texts(name) for name in result.varied()]
    return [", ".join(words) or name for name, *words in zip(result.scenarios, *columns)]


def limits_of(result):
    """The same scale on all pages."""
    ends = [result.file["captured_mean"][()]] + [result.file["captured_quantile"][:, :, i] for i in result.band()]
    low, high = min(0.0, np.nanmin(ends)), max(0.0, np.nanmax(ends))
    return low - 0.06 * (high - low), high + 0.06 * (high - low) or 1.0


def draw_ranges(axes, result, partner, colour, chosen):
    low, high = (result.file["captured_quantile"][:, partner, i] for i in result.band())
    mean = result.file["captured_mean"][:, partner]
    axes.axvline(0, color=BLACK, lw=0.8)
    for k, s in enumerate(chosen):
        if not result.takes_part(s)[partner]:
            continue
        if not np.isfinite(mean[s]):
            write(axes, "no numbers", (0, k), va="center", fontsize=7.5, color="#666666")
            continue
        axes.plot([low[s], high[s]], [k, k], color=colour, lw=4, alpha=0.35, solid_capstyle="butt")
        axes.plot(mean[s], k, "o", color=colour, ms=5.5)
        write(axes, number(mean[s]), (mean[s], k), xytext=(0, 5), textcoords="offset points", fontsize=7.5)
    axes.set_ylim(len(chosen) - 0.5, -0.7)


def name_rows(axes, words):
    """Scenarios down the side; returns the inches they take."""
    size = 10 if max(inches_of(word, 10) for word in words) <= WIDEST else 8
    words = [fit(word, WIDEST, size, lines=2) for word in words]
    axes.set_yticks(range(len(words)), words, fontsize=size)
    return max(inches_of(line, size) for word in words for line in word.split("\n"))


def draw_page(result, chosen, limits, page, folder):
    partners, words = result.labels("partner"), names_of(result)
    columns = min(len(partners), 3 if max(map(len, words)) < 16 else 2)
    lines = -(-len(partners) // columns)
    figure, axes = plt.subplots(lines, columns, figsize=(8, 0.9 + (0.9 + 0.34 * len(chosen)) * lines), sharex=True, sharey=True,
                                squeeze=False)
    taken = name_rows(axes[0, 0], [words[s] for s in chosen])
    for p, ax in enumerate(axes.flat):
        if p >= len(partners):
            ax.set_visible(False)
            continue
        draw_ranges(ax, result, p, PARTNER_COLOURS[p % len(PARTNER_COLOURS)], chosen)
        name_panel(ax, partners[p], (7.4 - taken) / columns)
        if p >= len(partners) - columns:
            ax.tick_params(labelbottom=True)
            ax.set_xlabel(axis_text(result.unit("captured_mean"), "value captured"))
    axes[0, 0].set_xlim(*limits)
    heading(figure, "How the scenarios compare", f"{result.title}. Dot: mean; bar: {result.band_words()} of the paths.{page}")
    finish(figure)
    return figure


def picture_scenarios(result, folder):
    count, limits, written = len(result.scenarios), limits_of(result), []
    pages = -(-count // A_PAGE)
    for page in range(pages):
        chosen = range(page * A_PAGE, min((page + 1) * A_PAGE, count))
        words = f" Page {page + 1} of {pages}: scenarios {chosen[0] + 1} to {chosen[-1] + 1} of {count}." if pages > 1 else ""
        figure = draw_page(result, chosen, limits, words, folder)
        written += save(figure, folder, "scenarios" + (f"_{page + 1}" if page else ""))
    return written
