"""What all pictures share: colours, numbers, texts that fit their room, axes, headings, saving."""
import os
import re

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen first)
import numpy as np  # noqa: E402
from matplotlib.backends.backend_agg import RendererAgg  # noqa: E402
from matplotlib.font_manager import FontProperties  # noqa: E402
from matplotlib.ticker import MaxNLocator, ScalarFormatter, StrMethodFormatter  # noqa: E402

# Okabe and Ito 2008: told apart by colour-blind readers and in print.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, BLACK = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000")
PARTNER_COLOURS = [BLUE, ORANGE, GREEN, PURPLE, SKY, RED, BLACK, YELLOW]
GAIN, LOSS, TOTAL = BLUE, RED, "#555555"

plt.rcParams.update({
    "figure.dpi": 150, "savefig.dpi": 150, "font.size": 10, "font.family": "DejaVu Sans", "svg.hashsalt": "pactolus",
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlelocation": "left", "axes.titlesize": 11,
    "axes.titleweight": "bold", "legend.frameon": False, "axes.axisbelow": True, "axes.grid": False})


RULER = RendererAgg(8, 8, 150)
MINUS = "\N{MINUS SIGN}"


class Unwritable(Exception):
    """A picture that the disk does not take, told apart from a result that cannot be read."""


def number(x, scale=None):
    """Three digits with thousands: 1,234 or 12.3 or -0.45; the same decimals for a whole scale."""
    size = abs(x if scale is None else scale)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2
    text = f"{x:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", MINUS)


def axis_text(unit, words):
    return f"{words} ({unit})" if unit else words


def inches_of(text, size, weight="normal"):
    return RULER.get_text_width_height_descent(text, FontProperties(size=size, weight=weight), False)[0] / 150


def clip(text, inches, size, weight="normal"):
    """The text, ending in an ellipsis where it has no room."""
    while len(text) > 1 and inches_of(text, size, weight) > inches:
        text = text[:-2].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    return text


def fit(text, inches, size, weight="normal", lines=1):
    """The text on some lines of so many inches, broken behind spaces and the points of names."""
    rows = [""]
    for piece in re.findall(r".+?(?:[ _./-]+|$)", text):
        if not rows[-1] or inches_of((rows[-1] + piece).rstrip(), size, weight) <= inches:
            rows[-1] += piece
        else:
            rows.append(piece)
    rows = rows[:lines - 1] + ["".join(rows[lines - 1:])]
    return "\n".join(clip(row.rstrip(), inches, size, weight) for row in rows if row)


def name_panel(axes, text, inches, lines=2):
    axes.set_title(fit(text, inches, 11, "bold", lines))


def legend_below(figure, handles, words, at=0.06, columns=3):
    """A legend at the foot in as many columns as its words have room for; returns its height in inches."""
    size, room = 8.5, figure.get_size_inches()[0] * (1 - at)
    words = [clip(word, 3.2, size) for word in words]
    columns = max(1, min(columns, int(room / (max(inches_of(word, size) for word in words) + 0.62))))
    figure.legend(handles, words, loc="lower left", bbox_to_anchor=(at, 0.0), ncol=columns, fontsize=size)
    return 0.1 + 0.22 * -(-len(words) // columns)


def save(figure, folder, name):
    written = []
    try:
        os.makedirs(folder, exist_ok=True)
        for kind, metadata in (("png", {"Software": None}), ("svg", {"Date": None})):
            path = os.path.join(folder, f"{name}.{kind}")
            figure.savefig(path, metadata=metadata)
            written.append(path)
    except OSError as error:
        raise Unwritable(f"{error.filename or folder}: {error.strerror or error}") from error
    finally:
        plt.close(figure)
    return written


def heading(figure, title, line):
    """Both as wide as the picture, which grows by the lines that they need beyond one each."""
    width, height = figure.get_size_inches()
    title, line = fit(title, width - 0.3, 13, "bold", 2), fit(line, width - 0.3, 9.5, lines=4)
    second = 0.42 + 0.22 * title.count("\n")
    height += second - 0.42 + 0.165 * line.count("\n")
    figure.set_size_inches(width, height)
    figure.text(0.02, 1 - 0.12 / height, title, ha="left", va="top", fontsize=13, fontweight="bold")
    figure.text(0.02, 1 - second / height, line, ha="left", va="top", fontsize=9.5, color="#444444")


class Thousands(ScalarFormatter):
    """Ticks with the thousands separators that labels have."""

    def __call__(self, x, pos=None):
        plain = super().__call__(x, pos)
        if abs(x) < 1000 or self.orderOfMagnitude:
            return plain
        return f"{x:,.{len(plain.partition('.')[2])}f}".replace("-", MINUS)


def year_axis(axes, calendar):
    """Whole years: of the calendar, else from the start."""
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
    axes.set_xlabel("year" if calendar else "years from the start")


def thin_ticks(axes):
    """Fewer ticks along x until their labels stand apart."""
    axis, inches = axes.xaxis, axes.get_position().width * axes.figure.get_size_inches()[0]
    for most in range(8, 1, -1):
        low, high = sorted(axis.get_view_interval())
        at = [x for x in axis.get_majorticklocs() if low <= x <= high]
        if len(at) < 2 or not isinstance(axis.get_major_locator(), MaxNLocator):
            return
        wide = max(inches_of(text, 10) for text in axis.get_major_formatter().format_ticks(at))
        if wide + 0.12 <= inches * (at[1] - at[0]) / (high - low):
            return
        axis.get_major_locator().set_params(nbins=most)


def finish(figure, below=0.0):
    """Room for the heading, and `below` inches for a legend."""
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        if type(axis.get_major_formatter()) is ScalarFormatter:
            axis.set_major_formatter(Thousands(useOffset=False))
    height = figure.get_size_inches()[1]
    head = 0.62 + 0.22 * figure.texts[0].get_text().count("\n") + 0.165 * figure.texts[1].get_text().count("\n")
    figure.tight_layout(rect=(0, below / height, 1, 1 - head / height))
    for axes in figure.axes:
        thin_ticks(axes)


def write(axes, text, at, **style):
    """Small text that stays readable over a line."""
    style = {"fontsize": 8.5, "ha": "center", "va": "bottom", **style}
    axes.annotate(text, at, bbox={"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 0.8}, **style)


def name_ends(axes, time, lines):
    """Names curves at their right end, the first ones first; one that would hide another is left out."""
    low, high = axes.get_ylim()
    taken = []
    for text, y, style in lines:
        last = np.flatnonzero(np.isfinite(y))
        if not len(last) or any(abs(y[last[-1]] - t) < 0.055 * (high - low) for t in taken):
            continue
        taken.append(y[last[-1]])
        axes.annotate(text, (time[last[-1]], y[last[-1]]), xytext=(4, 0), textcoords="offset points", va="center", **style)
