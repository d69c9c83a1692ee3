"""The few things of a result file that pictures need, read by name."""
import re

import h5py
import numpy as np

STEP_WORDS = {1: "year", 2: "half-year", 4: "quarter", 12: "month"}


class Result:
    def __init__(self, path):
        with open(path, "rb"):
            pass  # the system's reason is shorter than HDF5's
        if not h5py.is_hdf5(path):
            raise ValueError("is no result of pactolus: no HDF5 file")
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

    def band(self):
        """Positions of the quantiles 10% and 90%, or of the outermost."""
        levels = self.file["quantile"][()]
        low, high = np.flatnonzero(np.abs(levels - 0.1) < 1e-9), np.flatnonzero(np.abs(levels - 0.9) < 1e-9)
        return (low[0], high[0]) if len(low) and len(high) else (0, len(levels) - 1)

    def band_words(self):
        return " to ".join(f"P{100 * self.file['quantile'][i]:.0f}" for i in self.band())

    def sample(self, scenario, partner):
        if not self.has("captured_sample"):
            return None
        x = self.file["captured_sample"][scenario, partner]
        x = x[np.isfinite(x)]
        return x if len(x) >= 100 else None

    def fans(self):
        return sorted(n[:-4] for n in self.file if n.endswith("_fan"))

    def varied(self):
        """Names of the parameters that differ between scenarios."""
        names = str(self.file.attrs.get("coordinates", "")).split()
        return [n for n in names if self.has(n) and n not in ("weight", "failure")]

    def points(self):
        """Scenarios without the mixture of all, which `pactolus run` puts last."""
        return [s for s, name in enumerate(self.scenarios) if name != "weighted"]

    def is_sweep(self):
        """Whether the points have no names that people gave: row_1, row_2, .. by their place."""
        points = self.points()
        return len(points) > 1 and all(self.scenarios[s] == f"row_{s + 1}" for s in points)

    def is_coalitions(self):
        """Scenarios of pactolus coalitions are a+b, a+c, .., all partners last."""
        partners = self.texts("partner")
        return self.scenarios[-1].split("+") == partners and all(
            "+" in name and set(name.split("+")) <= set(partners) for name in self.scenarios)

    def takes_part(self, scenario):
        """By partner: whether it is a member in a scenario; only coalitions leave one out."""
        names = [f"partners.{partner}.member" for partner in self.texts("partner")]
        return [not self.has(name) or self.texts(name)[scenario] not in ("no", "0", "0.0") for name in names]

    def start(self):
        """When the deal starts, in years of the calendar; 0 if the file does not tell."""
        text = next((self.file[name][()] for name in ("echo", "echo_1") if self.has(name)), b"")
        found = re.search(r"^start: *(\d{4})-(\d{2})$", text.decode() if isinstance(text, bytes) else str(text), re.MULTILINE)
        return int(found[1]) + (int(found[2]) - 1) / 12 if found else 0.0

    def time(self):
        """Starts of the steps."""
        return self.start() + self.file["step"][()]

    def years(self):
        """Starts of the steps and, last, the horizon."""
        time = self.time()
        return np.append(time, time[-1] + (time[1] - time[0] if len(time) > 1 else 1.0))

    def step_word(self):
        step = self.file["step"][()]
        return STEP_WORDS.get(round(1 / (step[1] - step[0])), "step") if len(step) > 1 else "step"
