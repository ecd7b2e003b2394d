"""The square pulse that a disturbance of a feeder amounts to, by the composition that it makes.

- What enters the line under the cause is compared with what would have entered anyway; causes that
  change no composition at the feeders have no pulse.
- A course of any shape counts as the square pulse of the same area and the same area of its square:
  height = int a^2 / int |a|, duration = (int |a|)^2 / int a^2; a square pulse is its own.
- Of several stretches the strongest counts, of either sign; stretches that mix on their way through
  the line are one.
"""

import numpy as np

from investigator.analysis.diversion import Pulse
from investigator.analysis.funnel import flow_of_fraction
from investigator.process.line import LineInputs
from investigator.twin.record import STEP_S, Array, Mask
from investigator.twin.record_map import FEEDERS

STRONG = 0.1


def entering_fraction(inputs: LineInputs, component: str) -> Array:
    """Mass fraction of the API substance or of the lubricant in what enters the line, shape (n,).

    Zero where nothing enters.
    """
    total = inputs.feed_kg_h.sum(axis=0)
    own = inputs.feed_kg_h[FEEDERS.index(component)]
    if component == "api":
        own = own * inputs.api_potency
    return np.asarray(own / np.where(total > 0.0, total, 1.0))


def equivalent_pulse(
    disturbed: LineInputs,
    undisturbed: LineInputs,
    running: Mask,
    component: str,
    *,
    share: float,
    mixing_s: float,
) -> Pulse | None:
    """The pulse of a component that the disturbance amounts to; None where it changes nothing.

    Args:
        disturbed, undisturbed: inputs on the same grid of 10 s.
        running: when the line made product.
        component: api or mgst.
        share: of the component's feeder in the whole flow.
        mixing_s: stretches closer than this mix in the line.
    """
    off, usual = (entering_fraction(i, component) for i in (disturbed, undisturbed))
    known = running & (usual > 0.0)
    change = np.where(known, off / np.where(usual > 0.0, usual, 1.0) - 1.0, 0.0)
    strongest = max((_one_side(change, s, mixing_s) for s in (1.0, -1.0)), key=np.sum)
    area = float(strongest.sum()) * STEP_S
    square = float((strongest**2).sum()) * STEP_S
    if square <= 0.0:
        return None
    sign = 1.0 if float((change * strongest).sum()) > 0.0 else -1.0
    fraction = sign * square / area
    flow = float(flow_of_fraction(fraction, share))
    return Pulse(flow, fraction, area**2 / square) if np.isfinite(flow) else None


def _one_side(change: Array, sign: float, mixing_s: float) -> Array:
    """The strongest stretch of one sign, as positive numbers, zero elsewhere."""
    size = np.maximum(sign * change, 0.0)
    at = np.flatnonzero(size > STRONG * size.max()) if size.max() > 0.0 else np.array([], int)
    if at.size == 0:
        return size
    breaks = np.flatnonzero(np.diff(at) * STEP_S > mixing_s)
    firsts, lasts = at[np.r_[0, breaks + 1]], at[np.r_[breaks, at.size - 1]]
    spans = list(zip(firsts, lasts, strict=True))
    first, last = max(spans, key=lambda s: float(size[s[0] : s[1] + 1].sum()))
    inside = np.zeros(size.shape, dtype=np.bool_)
    inside[first : last + 1] = True
    return np.where(inside, size, 0.0)
