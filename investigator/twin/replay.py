"""Replay: the inputs of the line as they were recorded, ready for the simulation.

- Feeder flows are the flows shown; in refill and settle modes that is screw speed times the last
  feed factor, as the system shows it.
- A stretch without a usable value is held or interpolated, and named in a finding.
- Powder of a new lot enters the hopper with the refills after its connection and mixes with what is
  there; what a certificate does not report is taken as nominal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding
from investigator.domain.instant import Span
from investigator.process.line import LineInputs
from investigator.twin.record import FEEDERS, REFILL, STEP_S, LineRecord

Floats = NDArray[np.float64]

POTENCY_TEST = "Potency (as is)"
LOD_TEST = "LOD"
D50_TEST = "Particle size d50 (laser diffraction)"
LEVEL_WINDOW_S = 120.0


@dataclass(frozen=True, slots=True)
class RecordedInputs:
    """Inputs as recorded, with findings on what had to be filled in and assumptions on lots."""

    inputs: LineInputs
    findings: tuple[Finding, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LotNominals:
    """Taken where neither certificate nor record says: API active fraction and d50, MCC LOD."""

    api_potency: float
    api_d50_um: float
    mcc_lod_pct: float


def recorded_inputs(record: LineRecord, nominals: LotNominals) -> RecordedInputs:
    """The run as recorded, on the grid of the record."""
    findings: list[Finding] = []
    assumptions: list[str] = []

    def role(name: str, default: float) -> Floats:
        return _complete(record, name, default, findings)

    feeds = np.vstack([np.maximum(role(f"{feeder}.flow", 0.0), 0.0) for feeder in FEEDERS])
    inputs = LineInputs(
        step_s=STEP_S,
        feed_kg_h=feeds,
        api_potency=_potency(record, nominals, assumptions),
        api_d50_um=_by_lot(record, "api", D50_TEST, nominals.api_d50_um, assumptions),
        mcc_lod_pct=_by_lot(record, "mcc", LOD_TEST, nominals.mcc_lod_pct, assumptions),
        mcc_compactability=np.ones(record.grid_ms.size),
        blender_rpm=np.maximum(role("blender.speed", 220.0), 0.0),
        paddle_rpm=np.maximum(role("paddle.speed", 40.0), 0.0),
        turret_rpm=np.maximum(role("turret.speed", 0.0), 0.0),
        chute_level_pct=_smoothed(np.clip(role("chute.level", 60.0), 0.0, 100.0)),
        main_force_kn=_while_running(record, role("press.force", 10.0)),
        main_gap_mm=role("press.gap", 2.8),
        room_rh_pct=role("room.rh", 40.0),
    )
    return RecordedInputs(inputs, tuple(findings), tuple(assumptions))


def _complete(record: LineRecord, role: str, default: float, findings: list[Finding]) -> Floats:
    """The role without gaps: linear inside, held at the ends; a gap over a minute is a finding."""
    values = record.roles[role]
    known = np.isfinite(values)
    if not known.any():
        findings.append(
            Finding(role, "not recorded", record.span, f"taken as {default:g} throughout")
        )
        return np.full(values.shape, default)
    for first, last in _gaps(known, int(60.0 / STEP_S)):
        span = Span(int(record.grid_ms[first]), int(record.grid_ms[last]))
        findings.append(Finding(role, "gap", span, "bridged for the replay"))
    index = np.arange(values.size)
    return np.interp(index, index[known], values[known])


def _gaps(known: NDArray[np.bool_], least: int) -> list[tuple[int, int]]:
    """First and last index of unknown stretches longer than `least` between known values."""
    index = np.flatnonzero(known)
    wide = np.flatnonzero(np.diff(index) > least + 1)
    return [(int(index[i]) + 1, int(index[i + 1]) - 1) for i in wide]


def _smoothed(level: Floats) -> Floats:
    """Moving mean over `LEVEL_WINDOW_S`: the level sensor is noisier than the chute is quick."""
    half = int(LEVEL_WINDOW_S / STEP_S / 2)
    padded = np.concatenate([np.full(half, level[0]), level, np.full(half, level[-1])])
    total = np.concatenate([[0.0], np.cumsum(padded)])
    width = 2 * half + 1
    return np.asarray((total[width:] - total[:-width]) / width)


def _while_running(record: LineRecord, force: Floats) -> Floats:
    """Main force with standstills and starts bridged by the last force of a running press."""
    usable = record.running & (force > 1.0)
    if not usable.any():
        return force
    index = np.arange(force.size)
    last = np.maximum.accumulate(np.where(usable, index, -1))
    first = int(np.flatnonzero(usable)[0])
    return force[np.where(last < 0, first, last)]


def lot_share(record: LineRecord, feeder: str, start_ms: int) -> Floats:
    """Share of powder of a lot, connected at `start_ms`, in what leaves the feeder; mixed hopper.

    Each refill from the connection on brings only powder of the new lot and mixes with the rest.
    """
    weight = record.roles[f"{feeder}.net_weight"]
    refilling = record.roles[f"{feeder}.mode"] == REFILL
    share = np.zeros(record.grid_ms.shape)
    now, before = 0.0, np.nan
    for i, t_ms in enumerate(record.grid_ms):
        started = refilling[i] and not (i > 0 and refilling[i - 1])
        if started and i > 0:
            before = weight[i - 1]
        ended = not refilling[i] and i > 0 and refilling[i - 1]
        if ended and t_ms >= start_ms:
            after = weight[i]
            if np.isfinite(before) and np.isfinite(after) and after > before > 0.0:
                now = 1.0 - (1.0 - now) * before / after
            else:
                now = 1.0 - (1.0 - now) * 0.5
        share[i] = now
    return share


def _by_lot(
    record: LineRecord,
    feeder: str,
    test: str,
    nominal: float,
    assumptions: list[str],
) -> Floats:
    """A certificate value of the powder leaving a feeder, lots mixed in the hopper."""
    course = np.full(record.grid_ms.shape, nominal)
    for lot in record.lots:
        if lot.feeder != feeder:
            continue
        reported: Mapping[str, float] = lot.certificate
        value = reported.get(test)
        if value is None:
            assumptions.append(f"{test} of lot {lot.lot_id} is not reported: {nominal:g} taken.")
            value = nominal
        if lot.first:
            course[:] = value
        else:
            share = lot_share(record, feeder, lot.start_ms)
            course = course + share * (value - course)
    return course


def _potency(record: LineRecord, nominals: LotNominals, assumptions: list[str]) -> Floats:
    """Active mass fraction of the API powder: certificate where reported, else as entered."""
    course = np.full(record.grid_ms.shape, nominals.api_potency)
    for lot in record.lots:
        if lot.feeder != "api":
            continue
        percent = lot.certificate.get(POTENCY_TEST, lot.potency_entered_pct)
        if percent is None:
            assumptions.append(f"Potency of lot {lot.lot_id} is not known: nominal taken.")
            percent = 100.0 * nominals.api_potency
        if lot.first:
            course[:] = percent / 100.0
        else:
            share = lot_share(record, "api", lot.start_ms)
            course = course + share * (percent / 100.0 - course)
    return course
