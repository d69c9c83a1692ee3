"""How the partnership goes: who leaves when and why, when the partners renegotiate and who pays. Nothing is drawn where
nothing can change."""
import matplotlib.pyplot as plt
import numpy as np

from plot_base import (BLACK, BLUE, GREEN, ORANGE, PARTNER_COLOURS, PURPLE, RED, SKY, TOTAL, YELLOW, axis_text, clip, finish,
                       heading, legend_below, name_panel, save, year_axis)

CAUSE_COLOURS = [BLUE, ORANGE, SKY, RED, GREEN, YELLOW, PURPLE, "#777777"]  # neighbours differ in lightness too
FEWEST = 30  # agreements of a year whose mean payment is shown


def held(values):
    """A value per step as it holds until the next one, with one more for the horizon."""
    return np.concatenate([values, values[..., -1:]], axis=-1)


def draw_survival(axes, result, scenario):
    years, partners = result.years(), result.labels("partner")
    stands = 100 * held(result.row("survival_by_step", scenario))
    axes.step(years, stands, where="post", color=BLACK, lw=2, label=f"all partners, {stands[-1]:.1f}% at the end")
    for p, share in enumerate(100 * held(result.row("in_by_step", scenario))):
        if not result.takes_part(scenario)[p]:
            continue
        axes.step(years, share, where="post", color=PARTNER_COLOURS[p % len(PARTNER_COLOURS)], lw=1.5, ls="--",
                  label=f"{clip(partners[p], 2.6, 8.5)}, {share[-1]:.1f}%")
    axes.set_ylim(0, 104)
    axes.set_xlim(years[0], years[-1])
    axes.set_ylabel("% of paths")
    axes.set_title("Still in the partnership")
    axes.legend(fontsize=8.5, ncol=1 if len(partners) < 5 else 2)


def draw_causes(axes, years, exits, order, partner, inches):
    """Exits of one partner so far, stacked by cause; the upper edge is the chance of having left."""
    so_far = 100 * held(np.cumsum(exits, axis=-1))
    below = np.zeros(len(years))
    for c in order:
        axes.fill_between(years, below, below + so_far[c], step="post", color=CAUSE_COLOURS[c % len(CAUSE_COLOURS)], lw=0.4,
                          edgecolor="white")
        below = below + so_far[c]
    axes.step(years, below, where="post", color=BLACK, lw=1)
    name_panel(axes, f"{partner} leaves: {below[-1]:.1f}%", inches)
    axes.set_xlim(years[0], years[-1])
    return below.max()


def draw_exits(figure, grid, result, scenario, order):
    """A panel for each member, on one scale; returns the panels."""
    years, partners, exits = result.years(), result.labels("partner"), result.row("exits_by_step", scenario)
    members = np.flatnonzero(result.takes_part(scenario))
    several, axes, most = len(members) > 1, [], 0.0
    for k, p in enumerate(members):
        axes.append(figure.add_subplot(grid[1 + k // 2, k % 2 if several else slice(None)]))
        most = max(most, draw_causes(axes[-1], years, exits[p], order, partners[p], 3.2 if several else 6.6))
    for k, ax in enumerate(axes):
        ax.set_ylim(0, 1.08 * most or 1)
        if k % 2 == 0:
            ax.set_ylabel("% of paths, so far")
    return axes


def picture_survival(result, scenario, folder):
    if not result.has("survival_by_step") or not (result.row("survival_by_step", scenario) < 1).any():
        return []
    causes, lines = result.labels("cause"), -(-sum(result.takes_part(scenario)) // 2)
    total = result.row("exits_by_step", scenario).sum(axis=(0, 2))
    order = [c for c in np.argsort(-total, kind="stable") if total[c] > 0]
    figure = plt.figure(figsize=(8, 1.0 + 2.7 * (1 + lines) + 0.1 + 0.22 * -(-len(order) // 2)))
    grid = figure.add_gridspec(1 + lines, 2)
    first = figure.add_subplot(grid[0, :])
    draw_survival(first, result, scenario)
    axes = [first] + draw_exits(figure, grid, result, scenario, order)
    for k, ax in enumerate(axes):
        year_axis(ax, result.start())
        if k == 0 or k < len(axes) - 2:
            ax.set_xlabel(None)
    below = legend_below(figure, [plt.Rectangle((0, 0), 1, 1, color=CAUSE_COLOURS[c % len(CAUSE_COLOURS)]) for c in order],
                         [causes[c] for c in order], columns=2) if order else 0.0
    heading(figure, "How long the partnership stands, and why partners leave",
            f"{result.title}, {result.scenarios[scenario]}. Exits so far add up to those who are no longer in.")
    finish(figure, below)
    return save(figure, folder, "survival")


def by_year(values, time):
    """Sums over the steps of each year of the deal."""
    year = np.floor(time + 1e-9).astype(int)
    sums = np.zeros(values.shape[:-1] + (year[-1] + 1,))
    for n, y in enumerate(year):
        sums[..., y] += values[..., n]
    return sums


def draw_timing(axes, agreed, failed, start):
    middle = start + np.arange(len(agreed)) + 0.5
    axes.bar(middle, 100 * agreed, width=0.8, color=TOTAL, linewidth=0, label="agreed")
    if failed.any():
        axes.bar(middle, 100 * failed, width=0.8, bottom=100 * agreed, color="#BBBBBB", linewidth=0, label="in vain")
        axes.legend(fontsize=8.5)
    axes.set_title("Renegotiations")
    axes.set_ylabel("on 100 paths, each year")


def draw_payments(axes, payments, partners, unit, start):
    """Bars up: receives. One group per year."""
    count = len(partners)
    width = 0.8 / count
    for p, partner in enumerate(partners):
        at = start + np.arange(payments.shape[1]) + 0.5 + (p - 0.5 * (count - 1)) * width
        axes.bar(at, payments[p], width=0.92 * width, color=PARTNER_COLOURS[p % len(PARTNER_COLOURS)], linewidth=0, label=partner)
    axes.axhline(0, color=BLACK, lw=0.8)
    axes.set_title("Payment agreed: up is received, down is paid")
    axes.set_ylabel(axis_text(unit, "mean"))
    return legend_below(axes.figure, *axes.get_legend_handles_labels())


def picture_renegotiation(result, scenario, folder):
    if not result.has("renegotiated_by_step"):
        return []
    time = result.file["step"][()]
    agreed, failed = (by_year(result.row(f"{name}_by_step", scenario), time) for name in ("renegotiated", "renegotiation_failed"))
    if not agreed.any() and not failed.any():
        return []
    paid, paths = by_year(result.row("agreed_by_step", scenario), time), float(result.row("paths", scenario))
    enough = agreed * paths > FEWEST - 0.5
    payments = np.where(enough, paid, np.nan) / np.where(enough, agreed, 1.0)
    pays = bool(np.nan_to_num(payments).any())
    partners = result.labels("partner")
    members, start, below = np.flatnonzero(result.takes_part(scenario)), result.start(), 0.0
    figure, axes = plt.subplots(1 + pays, 1, figsize=(8, 1.0 + 2.9 * (1 + pays)), sharex=True, squeeze=False)
    draw_timing(axes[0, 0], agreed, failed, start)
    if pays:
        below = draw_payments(axes[1, 0], payments[members], [partners[p] for p in members], result.unit("agreed_by_step"), start)
        if (agreed[~enough] > 0).any():
            axes[1, 0].annotate(f"years with under {FEWEST} agreements are left out", (1, 1), xycoords="axes fraction", ha="right",
                                va="bottom", fontsize=8, color="#666666")
    axes[0, 0].set_xlim(start, start + len(agreed))
    year_axis(axes[-1, 0], start)
    heading(figure, "When the partners renegotiate, and who pays",
            f"{result.title}, {result.scenarios[scenario]}." + f" An annuity counts with one {result.step_word()}." * pays)
    finish(figure, below)
    return save(figure, folder, "renegotiation")
