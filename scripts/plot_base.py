"""What all pictures of a result file share: reading it by name, colours, numbers, headings, saving."""
import os

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen first)
import numpy as np  # noqa: E402

# Okabe and Ito 2008: told apart by colour-blind readers and in print.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, BLACK = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000")
PARTNER_COLOURS = [BLUE, ORANGE, GREEN, PURPLE, SKY, RED, BLACK, YELLOW]
GAIN, LOSS, TOTAL = BLUE, RED, "#555555"

plt.rcParams.update({
    "figure.dpi": 150, "savefig.dpi": 150, "font.size": 10, "font.family": "DejaVu Sans", "svg.hashsalt": "pactolus",
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlelocation": "left", "axes.titlesize": 11,
    "axes.titleweight": "bold", "legend.frameon": False, "axes.axisbelow": True, "axes.grid": False})


class Result:
    """The few things of a result file that pictures need, read by name."""

    def __init__(self, path):
        self.file = h5py.File(path, "r")
        if "format_version" not in self.file.attrs:
            raise ValueError("is no result of pactolus: no format_version")
        self.title = self.file.attrs.get("title", "")
        self.scenarios = self.texts("scenario")

    def has(self, name):
        return name in self.file

    def texts(self, name):
        return [t.decode() if isinstance(t, bytes) else str(t) for t in self.file[name][()]]

    def labels(self, axis):
        """Words for people where the file has them, else names."""
        return self.texts(axis + "_label" if self.has(axis + "_label") else axis)

    def row(self, name, scenario):
        return self.file[name][scenario] if self.has(name) else None

    def unit(self, name):
        unit = self.file[name].attrs.get("units", "1")
        return "" if unit == "1" else unit

    def sentence(self, name):
        """The long name without what was done to it."""
        return str(self.file[name].attrs.get("long_name", name)).split(": ")[0]

    def quantile(self, name, scenario, level):
        """Values of a row (..., quantile) at one level, None if the level is not there."""
        levels = self.file["quantile"][()]
        where = np.flatnonzero(np.abs(levels - level) < 1e-9)
        row = self.row(name, scenario)
        return None if row is None or not len(where) else np.take(row, where[0], axis=-1)

    def sample(self, scenario, partner):
        if not self.has("captured_sample"):
            return None
        x = self.file["captured_sample"][scenario, partner]
        x = x[np.isfinite(x)]
        return x if len(x) >= 100 else None

    def fans(self):
        return sorted(n[:-4] for n in self.file if n.endswith("_fan"))

    def years(self):
        """Starts of the steps and, last, the horizon, in years."""
        time = self.file["step"][()]
        return np.append(time, time[-1] + (time[1] - time[0] if len(time) > 1 else 1.0))


def number(x, scale=None):
    """Three digits with thousands: 1,234 or 12.3 or -0.45; the same decimals for a whole scale."""
    size = abs(x if scale is None else scale)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2
    text = f"{x:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", "\N{MINUS SIGN}")


def axis_text(unit, words):
    return f"{words} ({unit})" if unit else words


def save(figure, folder, name):
    os.makedirs(folder, exist_ok=True)
    written = []
    for kind, metadata in (("png", {"Software": None}), ("svg", {"Date": None})):
        path = os.path.join(folder, f"{name}.{kind}")
        figure.savefig(path, metadata=metadata)
        written.append(path)
    plt.close(figure)
    return written


def heading(figure, title, line):
    height = figure.get_size_inches()[1]
    figure.text(0.02, 1 - 0.12 / height, title, ha="left", va="top", fontsize=13, fontweight="bold")
    figure.text(0.02, 1 - 0.42 / height, line, ha="left", va="top", fontsize=9.5, color="#444444")


def finish(figure, below=0.0):
    """Room for the heading, and `below` inches for a legend."""
    height = figure.get_size_inches()[1]
    figure.tight_layout(rect=(0, below / height, 1, 1 - 0.62 / height))


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
