"""Powder that each feeder delivered, from what its scale and its screw recorded.

- With the scale in charge the flow is the gravimetric reading. A feeder shows the slope of its
  weight over a window, so the flow is what it shows half a window later.
- While a refill blinds the scale, and until its window has passed again, the flow is screw speed x
  feed factor at the recorded hopper content. The feeder's own level of that factor is read before
  and after the refill and passes from one to the other, so that the course has no step.
- A feeder that stays blind longer than a refill takes is less certain than one in a usual run: it
  widens the band of what was made meanwhile.
- Without scale and screw it is the set-point, and without that the flow of the recipe.
"""

import numpy as np

from investigator.process.feeder import FeederParameters, mass_flow_kg_h
from investigator.process.naming import named_tuple_of
from investigator.twin.bridging import Bridged, bridge
from investigator.twin.measured import clean_set_point, refill_mask
from investigator.twin.parameters import Parameters
from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from investigator.twin.record_map import FEEDERS

# Accuracy of a mass flow, tag list of the line: +/- 0.5 % of set-point (2 sigma).
READING_SD = 0.0025
# By how much a flow that nobody recorded may differ from its set-point: the weight control of the
# feeders lets it differ by as much for minutes (sd of the reading in normal batches).
SET_POINT_SD = 0.015
MEMORY_S = 60.0
EDGE_STEPS = 6
# Refills of normal batches blind a scale for 80 s, settling and window included.
LONGEST_REFILL_S = 300.0


def recorded_feed(record: LineRecord, feeder: str, parameters: Parameters) -> Bridged:
    """Flow of one feeder in kg/h with its sd; `filled` where neither scale nor screw tells it."""
    set_point = _set_point(record, feeder)
    window_s = parameters[f"feeder_{feeder}.window_s"].value
    reading = _as_delivered(record.roles[f"{feeder}.flow"], window_s, set_point > 0.0)
    blind = _blind(record, feeder, window_s) & (set_point > 0.0)
    long = _lasting(blind, LONGEST_REFILL_S)
    by_screw = _by_screw(record, feeder, parameters, reading, blind)
    value = np.where(blind | ~np.isfinite(reading), by_screw, reading)
    scatter = parameters[f"feeder_{feeder}.factor_scatter"].value
    doubt = record.sd_factor(f"{feeder}.flow", f"{feeder}.screw_speed")
    level = float(np.max(set_point, initial=0.0))
    return bridge(
        np.where(np.isfinite(value), np.maximum(value, 0.0), np.nan),
        set_point,
        sure_sd=set_point * np.where(blind & ~long, scatter, READING_SD),
        doubt=doubt * np.where(long, scatter / READING_SD, 1.0),
        usual_sd=SET_POINT_SD * level,
        memory_s=MEMORY_S,
    )


def _set_point(record: LineRecord, feeder: str) -> Array:
    """The set-point in kg/h; while none of the four was recorded, the last one holds."""
    told = np.any([np.isfinite(record.roles[f"{f}.flow_set_point"]) for f in FEEDERS], axis=0)
    if not told.any():
        return clean_set_point(record, feeder)
    last = np.maximum.accumulate(np.where(told, np.arange(told.size), 0))
    return np.asarray(np.nan_to_num(clean_set_point(record, feeder))[last])


def _as_delivered(shown: Array, window_s: float, fed: Mask) -> Array:
    """Means over the steps of a flow that a weight slope shows late, (n,).

    The slope stands for the middle of its window, a step for its own middle. What is shown after
    the feeder stopped or began says nothing of before: there the last value holds.
    """
    late = (window_s + STEP_S) / 2.0 / STEP_S
    here, first = np.arange(shown.size), int(late)
    turns = np.flatnonzero(np.diff(fed.astype(np.int8), append=2))
    until = turns[np.searchsorted(turns, here)]
    near = shown[np.minimum(here + first, until)]
    after = shown[np.minimum(here + first + 1, until)]
    both = near + (late - first) * (after - near)
    return np.where(np.isfinite(both), both, np.where(np.isfinite(near), near, after))


def _blind(record: LineRecord, feeder: str, window_s: float) -> Mask:
    """Where the weight slope that tells of a step says nothing."""
    volumetric = record.roles[f"{feeder}.mode"] == record.named.volumetric
    blind = refill_mask(record, feeder) | volumetric
    late = int(window_s / 2.0 / STEP_S)
    return np.asarray(np.concatenate([blind[late:], np.full(late, blind[-1])]))


def _lasting(mask: Mask, least_s: float) -> Mask:
    """The stretches of a mask (n,) that last longer than `least_s`."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    out = np.zeros(mask.shape, dtype=np.bool_)
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        out[first:end] = (end - first) * STEP_S > least_s
    return out


def _by_screw(
    record: LineRecord, feeder: str, parameters: Parameters, flow: Array, blind: Mask
) -> Array:
    """Screw speed x feed factor x the feeder's own level of it, kg/h; NaN without the screw."""
    speed = record.roles[f"{feeder}.screw_speed"]
    nominal = _nominal_flow(record, feeder, parameters, speed)
    turning = (speed > 1.0) & (nominal > 0.0)
    known = turning & ~blind & np.isfinite(flow) & (flow > 0.0)
    if not known.any():
        return np.full(speed.shape, np.nan)
    places = np.flatnonzero(known)
    level = _smoothed(flow[places] / nominal[places])
    return np.where(np.isfinite(nominal), nominal * np.interp(_steps(speed), places, level), np.nan)


def _nominal_flow(record: LineRecord, feeder: str, parameters: Parameters, speed: Array) -> Array:
    """Flow by the characterised feed factor at the hopper content; without content, its median."""
    p = named_tuple_of(FeederParameters, f"feeder_{feeder}", parameters.values_by_name())
    content = record.roles[f"{feeder}.net_weight"]
    known = np.flatnonzero(np.isfinite(content))
    if known.size:
        content = np.interp(_steps(content), known, content[known])
    else:
        content = np.full(content.shape, 1.0 / p.fill_rate_per_kg)
    return mass_flow_kg_h(p, np.maximum(content, 0.0), speed)


def _steps(values: Array) -> Array:
    return np.arange(values.size, dtype=np.float64)


def _smoothed(values: Array) -> Array:
    """Centred means over a minute: the edges of a refill must not hang on a single reading."""
    half = EDGE_STEPS // 2
    total = np.concatenate([np.zeros(1), np.cumsum(values)])
    low = np.maximum(np.arange(values.size) - half, 0)
    high = np.minimum(np.arange(values.size) + half + 1, values.size)
    return np.asarray((total[high] - total[low]) / (high - low))
