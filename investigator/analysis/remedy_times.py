"""When a remedy can take hold: after the disturbance showed, and for how long it must hold.

- The disturbance of a draw: from the first onset to the last end of what affects product in it.
- A diversion lasts from the earliest arrival (1 %) to the latest (99.9 %) of what entered where the
  disturbance is, the widest of the drawn residence times.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from investigator.analysis.diversion import EARLIEST, LATEST
from investigator.analysis.material import Draw
from investigator.analysis.remedy_basis import Basis
from investigator.domain.instant import Span
from investigator.process.line import LineParameters
from investigator.process.residence import residence_time
from investigator.process.trace import Entry
from investigator.twin.record import Array, Mask
from investigator.twin.remedy import Remedy

PATH_DRAWS = 12
STEP_S, HORIZON_S = 5.0, 3600.0
_THROUGH_PORT = "feed.mgst"
_THROUGH_BLENDER = ("feed.", "api.", "mcc.", "blender.")


@dataclass(frozen=True, slots=True)
class Path:
    """Earliest and latest arrival at the press outlet of what entered at one instant, s."""

    earliest_s: float
    latest_s: float


def disturbance(draw: Draw) -> Span | None:
    """When what affects product was at work in a draw; None where nothing was."""
    windows = [fit.window for fit in draw.fits if fit.mode.product_affected]
    if not windows:
        return None
    onset = min(window.onset_ms for window in windows)
    return Span(onset, max(onset, *(window.end_ms for window in windows)))


def entry_of(draw: Draw) -> Entry | None:
    """Where the disturbance of a draw enters, the furthest from the press; None at the press."""
    quantities = {
        effect.quantity
        for fit in draw.fits
        if fit.mode.product_affected
        for magnitude in fit.mode.magnitudes
        for effect in magnitude.effects
    }
    if any(q.startswith(_THROUGH_BLENDER) and q != _THROUGH_PORT for q in quantities):
        return Entry.BLENDER
    return Entry.PORT if _THROUGH_PORT in quantities else None


def gate_fails(draw: Draw) -> bool:
    """Whether the reject gate itself is what is wrong in a draw."""
    return any(
        effect.quantity == "press.gate_failure"
        for fit in draw.fits
        for magnitude in fit.mode.magnitudes
        for effect in magnitude.effects
    )


def taking_hold_ms(basis: Basis, remedy: Remedy, k: int) -> int | None:
    """When a remedy takes hold in a draw; None where there is no disturbance to act on."""
    span = disturbance(basis.draws[k])
    if span is None:
        return None
    low, high = remedy.delay_s
    return span.start_ms + round(1000 * (low + (high - low) * float(basis.haste[k])))


def known_ms(basis: Basis, remedy: Remedy) -> int | None:
    """When at the latest the disturbance is known, for most draws; None without a disturbance."""
    onsets = [span.start_ms for span in map(disturbance, basis.draws) if span is not None]
    if 2 * len(onsets) < len(basis.draws):
        return None
    return int(np.median(onsets)) + round(1000 * remedy.delay_s[1])


def paths(basis: Basis) -> dict[Entry | None, Path]:
    """The way from each entry that a draw names to the press outlet, conservative."""
    usual = {**basis.comparison.record.named.usual, **basis.comparison.record.set_points}
    some = basis.draws[:: max(len(basis.draws) // PATH_DRAWS, 1)]
    ways: dict[Entry | None, Path] = {None: Path(0.0, 0.0)}
    for entry in {entry_of(draw) for draw in basis.draws} - {None}:
        if entry is not None:
            found = [_arrivals(draw.parameters, entry, usual) for draw in some]
            ways[entry] = Path(min(a for a, _ in found), max(b for _, b in found))
    return ways


def _arrivals(
    parameters: LineParameters, entry: Entry, usual: Mapping[str, float]
) -> tuple[float, float]:
    found = residence_time(
        parameters,
        entry,
        flow_kg_h=usual["throughput"],
        blender_rpm=usual["blender_speed"],
        level_pct=usual["chute_level"],
        step_s=STEP_S,
        horizon_s=HORIZON_S,
    )
    return found.quantile_s(EARLIEST), found.quantile_s(LATEST)


def diverted(basis: Basis, remedy: Remedy, ways: dict[Entry | None, Path], k: int) -> Mask:
    """When the gate is open in a draw, (n,).

    It opens when the earliest of the disturbed material may arrive, but not before the alarm, and
    closes when the latest has passed.
    """
    grid, draw = basis.comparison.record.grid_ms, basis.draws[k]
    span, begin = disturbance(draw), taking_hold_ms(basis, remedy, k)
    if span is None or begin is None or gate_fails(draw):
        return np.zeros(grid.shape, dtype=np.bool_)
    way = ways[entry_of(draw)]
    wait_ms = round(1000 * max(way.earliest_s - remedy.delay_s[1], 0.0))
    end = begin - span.start_ms + span.end_ms + round(1000 * way.latest_s)
    return np.asarray((grid >= begin + wait_ms) & (grid < end))


def after(basis: Basis, since_ms: int) -> Mask:
    """From an instant on, (n,)."""
    return np.asarray(basis.comparison.record.grid_ms >= since_ms)


def as_share(mask: Mask) -> Array:
    """A mask as shares of 0 and 1."""
    return mask.astype(np.float64)
