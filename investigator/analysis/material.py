"""The disturbance followed to the press outlet: what was made when, with its uncertainty.

- Draws of the hypothesis (which, when, how large) and of the residence-time parameters go through
  the twin on the recorded flows; each gives the product at the press outlet over time.
- A tablet counts as affected where its composition leaves the reporting limits *because of the
  cause*, or an attribute leaves its specification, from one minute before the onset until the press
  has turned for an hour after the end: what stands in the line through a stop comes after it. A
  station with a damaged punch counts by its own tablets.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Fit, perturbation_of
from investigator.process.four import LANES
from investigator.process.line import LineInputs, LineOutputs, LineParameters
from investigator.process.together import simulate_together
from investigator.twin.failure_mode import Shape
from investigator.twin.predicted import Frame, changes_the_line, frame, perturbed_inputs
from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from investigator.twin.record_map import FEEDERS
from investigator.twin.scenario import UNPERTURBED, Perturbation, Window

BEFORE_S, AFTER_S = 60.0, 3600.0
DUE_TO_CAUSE, MGST_DUE_TO_CAUSE = 0.007, 0.07
TWIN_DOUBT = 0.15
RESTART_S = 300.0
ONSET_SD_S = 45.0
SIZE_SD_SHARE = 0.07
NATURAL_BAND = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """Specification limits by attribute: (low, high), infinite where there is none."""

    of: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Product:
    """One draw of the product at the press outlet, every array of shape (n,).

    `affected` is the share of tablets affected (0 or 1, or by station); `reasons` per step as bits
    of `REASONS`; `attributes` by attribute id; `effects`: by how much the cause changes each, and
    the water that the analyser sees (`nir_water`).
    """

    affected: Array
    reasons: NDArray[np.int64]
    attributes: Mapping[str, Array]
    flow_kg: Array
    effects: Mapping[str, Array] = field(default_factory=dict)


REASONS = (
    "composition_api",
    "composition_mgst",
    "oos_assay",
    "oos_weight",
    "oos_hardness",
    "oos_q30",
    "oos_water",
    "oos_individual_station",
    "restart_after_standstill",
    "rejection_not_executed",
)
ATTRIBUTES = {
    "assay": "assay_pct",
    "weight": "weight_mg",
    "hardness": "hardness_n",
    "q30": "q30_pct",
    "water": "water_pct",
    "api_fraction": "api_fraction",
    "mgst_fraction": "mgst_fraction",
    "tensile_strength": "tensile_strength_mpa",
    "thickness": "thickness_mm",
    "nir_api": "nir_api_pct",
}
"""Where each attribute stands in what the line makes; `nir_api` is at the probe, not a tablet's."""
EFFECTS = {**ATTRIBUTES, "nir_water": "nir_water_pct"}


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: the fits of a model with windows and sizes drawn, and parameters of the line.

    `discrepancy` is a standard normal number: how far this draw's twin is off in the composition
    that a cause brings about, in units of `TWIN_DOUBT`.
    """

    fits: tuple[Fit, ...]
    parameters: LineParameters
    discrepancy: float


def fine_frame(c: Comparison) -> Frame:
    """The run on its own grid of 10 s, without points."""
    return frame(c.record, (), c.nominals, coarse=False)


def natural_inputs(c: Comparison, fine: Frame, fits: tuple[Fit, ...] = ()) -> LineInputs:
    """Inputs with the feeders' recorded small departures: what the run would have been anyway.

    Departures of a feeder while one of `fits` is at work on it are left out: they are its doing.
    """
    feeds = fine.base.feed_kg_h.copy()
    for i, name in enumerate(FEEDERS):
        own = tuple(fit for fit in fits if c.record.named.feeder_of(fit.mode.unit) == name)
        departure = np.where(window_of(c.record, own), 0.0, c.small_departures[name])
        feeds[i] = feeds[i] * (1.0 + np.clip(departure, -NATURAL_BAND, NATURAL_BAND))
    return replace(fine.base, feed_kg_h=feeds)


def drawn(fit: Fit, generator: np.random.Generator) -> Fit:
    """A fit with its window and sizes drawn from their uncertainty."""
    z = generator.standard_normal(2 + len(fit.sizes))
    window = fit.window
    if fit.mode.window_is_free:
        window = Window(
            window.onset_ms + int(1000 * ONSET_SD_S * z[0]),
            window.end_ms + int(1000 * ONSET_SD_S * z[1]),
            window.tau_s,
            window.lab_run,
        )
    sizes = tuple(
        size + max(sd, SIZE_SD_SHARE * abs(size)) * float(noise)
        for size, sd, noise in zip(fit.sizes, fit.sizes_sd, z[2:], strict=True)
    )
    return replace(fit, window=window, sizes=sizes)


def products(
    c: Comparison,
    fine: Frame,
    draws: tuple[Draw, ...],
    biases: Mapping[str, float],
    limits: Limits,
    executor: Executor,
) -> list[Product]:
    """The product under every draw, in the order of the draws."""
    natural = natural_inputs(c, fine)

    def some(first: int) -> list[Product]:
        chosen = draws[first : first + LANES]
        at_work = [_perturbation(c, draw) for draw in chosen]
        lines = [draw.parameters for draw in chosen]
        calm = [natural_inputs(c, fine, draw.fits) for draw in chosen]
        moved = [_disturbed(c, fine, natural, p) for p in at_work]
        pairs = zip(simulate_together(moved, lines), simulate_together(calm, lines), strict=True)
        return [
            _product(c, fine, draw, p, pair, biases, limits)
            for draw, p, pair in zip(chosen, at_work, pairs, strict=True)
        ]

    return list(chain.from_iterable(executor.map(some, range(0, len(draws), LANES))))


def _perturbation(c: Comparison, draw: Draw) -> Perturbation:
    return sum((perturbation_of(fit, c) for fit in draw.fits), UNPERTURBED)


def _disturbed(
    c: Comparison, fine: Frame, natural: LineInputs, together: Perturbation
) -> LineInputs:
    """The inputs with what is at work; a press that hunts is driven by its recorded force."""
    hunting = "press.oscillation" in together.offsets
    if not (changes_the_line(together) or hunting):
        return natural
    inputs = perturbed_inputs(replace(fine, base=natural), together)
    if hunting:
        inputs = replace(inputs, main_force_kn=_recorded_force(c.record, inputs))
    return inputs


def _product(
    c: Comparison,
    fine: Frame,
    draw: Draw,
    together: Perturbation,
    pair: tuple[LineOutputs, LineOutputs],
    biases: Mapping[str, float],
    limits: Limits,
) -> Product:
    """One draw from its outputs, disturbed and undisturbed."""
    disturbed, undisturbed = pair
    attributes = {
        name: getattr(disturbed, field) + biases.get(name, 0.0)
        for name, field in ATTRIBUTES.items()
    }
    hardness = attributes["hardness"]
    attributes["tensile_strength"] = (
        2.0 * hardness / (np.pi * draw.parameters.press.die_diameter_mm * disturbed.thickness_mm)
    )
    inside = window_of(c.record, draw.fits)
    bits = _reasons(c, draw, disturbed, undisturbed, attributes, together, limits)
    bits = np.where(inside & fine.running, bits, 0)
    return Product(
        affected=(bits > 0).astype(np.float64),
        reasons=bits,
        attributes=attributes,
        flow_kg=disturbed.press_flow_kg_h * STEP_S / 3600.0,
        effects={
            name: getattr(disturbed, course) - getattr(undisturbed, course)
            for name, course in EFFECTS.items()
        },
    )


def _recorded_force(record: LineRecord, inputs: LineInputs) -> Array:
    force = record.roles["press.force"]
    return np.where(np.isfinite(force) & (force > 0.5), force, inputs.main_force_kn)


def window_of(record: LineRecord, fits: tuple[Fit, ...]) -> Mask:
    """From one minute before each onset until the press has turned for an hour after its end."""
    inside = np.zeros(record.grid_ms.shape, dtype=np.bool_)
    turned_s = np.cumsum(record.running) * STEP_S
    for fit in fits:
        if fit.mode.product_affected:
            begin, end = fit.window.onset_ms - int(BEFORE_S * 1000), fit.window.end_ms
            at = record.index(end)
            since_s = turned_s - turned_s[at] - (end - record.grid_ms[at]) / 1000.0
            inside |= (record.grid_ms >= begin) & ((record.grid_ms < end) | (since_s < AFTER_S))
    return inside


def _reasons(
    c: Comparison,
    draw: Draw,
    disturbed: LineOutputs,
    undisturbed: LineOutputs,
    attributes: Mapping[str, Array],
    together: Perturbation,
    limits: Limits,
) -> NDArray[np.int64]:
    believed = 1.0 + TWIN_DOUBT * draw.discrepancy
    api, mgst = c.record.named.usual["api_active"], c.record.named.usual["mgst"]
    api_0, mgst_0 = undisturbed.api_fraction / api, undisturbed.mgst_fraction / mgst
    api_due = believed * (disturbed.api_fraction / api - api_0)
    mgst_due = believed * (disturbed.mgst_fraction / mgst - mgst_0)
    found = {
        "composition_api": _beyond(api * (api_0 + api_due), limits, "api_fraction")
        & (np.abs(api_due) > DUE_TO_CAUSE),
        "composition_mgst": _beyond(mgst * (mgst_0 + mgst_due), limits, "mgst_fraction")
        & (np.abs(mgst_due) > MGST_DUE_TO_CAUSE),
    }
    for name in ("assay", "weight", "hardness", "q30", "water"):
        found[f"oos_{name}"] = _beyond(attributes[name], limits, name)
    found["oos_individual_station"] = _station(c, attributes, together, limits)
    found |= _by_record(c.record, draw.fits)
    bits = np.zeros(c.record.grid_ms.shape, dtype=np.int64)
    for k, reason in enumerate(REASONS):
        if reason in found:
            bits |= np.where(found[reason], 1 << k, 0)
    return bits


def _beyond(course: Array, limits: Limits, attribute: str) -> Mask:
    low, high = limits.of.get(attribute, (-np.inf, np.inf))
    return (course < low) | (course > high)


def _station(
    c: Comparison, attributes: Mapping[str, Array], together: Perturbation, limits: Limits
) -> Mask:
    """Where the tablets of a station with a damaged punch leave the individual limits."""
    loss = together.offsets.get("press.punch_loss")
    if loss is None:
        return np.zeros(c.record.grid_ms.shape, dtype=np.bool_)
    signature = c.parameters.signature
    hardness = attributes["hardness"] - signature.punch_hardness_n_per_mm * loss
    weight = attributes["weight"] + signature.punch_weight_mg_per_mm * loss
    low_hardness, _ = limits.of["hardness_individual"]
    _, high_weight = limits.of["weight_individual"]
    return np.asarray((loss > 0) & ((hardness < low_hardness) | (weight > high_weight)))


def _by_record(record: LineRecord, fits: tuple[Fit, ...]) -> dict[str, Mask]:
    """Material affected by what the record itself shows: restarts, rejection not executed."""
    found: dict[str, Mask] = {}
    for fit in fits:
        if fit.mode.shape is Shape.STOP:
            begin = fit.window.end_ms
            end = begin + int(RESTART_S * 1000)
            found["restart_after_standstill"] = (record.grid_ms >= begin) & (record.grid_ms < end)
        if any(e.quantity == "press.gate_failure" for m in fit.mode.magnitudes for e in m.effects):
            wrong = (record.roles["gate.command"] == 1) & (record.roles["gate.feedback"] == 0)
            found["rejection_not_executed"] = wrong & record.running
    return found
