"""What the evidence says of one run of the line, on one time grid and in the twin's roles.

- Roles (`"api.flow"`, `"turret.speed"` …) are tied to historian tags by the package's tag map.
- The grid has steps of 10 s from the first to the last sample of the historian.
- Nothing is corrected here; a role whose tag is missing is all NaN and named in `missing`.
- A sample without value says nothing; a doubtful one keeps its value and tells by how much its
  standard deviation is larger.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.batch import BatchRecord, Container, InProcessSample
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import BATCH_RECORD, Evidence
from investigator.domain.instant import Span
from investigator.domain.laboratory import LabResult
from investigator.domain.trajectory import Interpolation, Trajectory
from investigator.twin.record_map import FEEDERS, RecordMap

STEP_S = 10.0
LONG_STOP_S = 600.0
RUNNING_RPM = 1.0
FOR_EVER_S = 1e9

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LotInUse:
    """A material lot at a feeder: from which instant its powder enters the hopper.

    Certificate values are None where the certificate does not give them; `first` marks the lot with
    which the run began.
    """

    lot_id: str
    feeder: str
    start_ms: int
    first: bool
    potency_entered_pct: float | None
    certificate: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LineRecord:
    """One run on a uniform grid.

    Attributes:
        grid_ms: int64, shape (n,), steps of `STEP_S`.
        roles: values by role, each of shape (n,), NaN where unknown.
        missing: roles whose tag is not in the evidence.
        sd_factors: of the roles in doubt, by how much the standard deviation of each value is
            larger than the sensor's own, each of shape (n,), at least 1.
        running: press turning. producing: running, past start-up, before run-down, settled after a
            stop. Both of shape (n,).
        refills: starts of refills by feeder.
        standstills: stops of the press between its first and last turn.
        set_points: values of the recipe by set-point, where it names them.
        named: what the records of the line call things, and what is usual there.
        clock_sd_s: standard uncertainty of the batch record's clock beside the historian's.
        out_of_specification: results of the product that stand and do not conform, with or without
            a number, or of which a bound leaves that open.
    """

    grid_ms: NDArray[np.int64]
    roles: Mapping[str, Array]
    missing: tuple[str, ...]
    running: Mask
    producing: Mask
    refills: Mapping[str, tuple[int, ...]]
    standstills: tuple[Span, ...]
    lots: tuple[LotInUse, ...]
    containers: tuple[Container, ...]
    samples: tuple[InProcessSample, ...]
    laboratory: tuple[LabResult, ...]
    set_points: Mapping[str, float]
    sd_factors: Mapping[str, Array]
    named: RecordMap
    clock_sd_s: float
    out_of_specification: tuple[LabResult, ...] = ()

    @property
    def span(self) -> Span:
        """From the first to the last point of the grid."""
        return Span(int(self.grid_ms[0]), int(self.grid_ms[-1]))

    def index(self, t_ms: int) -> int:
        """The grid point at or before an instant, clipped to the grid."""
        step = int(STEP_S * 1000)
        return int(np.clip((t_ms - int(self.grid_ms[0])) // step, 0, self.grid_ms.size - 1))

    def refills_at(self, unit_id: str) -> tuple[int, ...]:
        """Starts of refills of the feeder with this equipment id; none where it is no feeder."""
        return self.refills.get(self.named.feeder_of(unit_id) or "", ())

    def sd_factor(self, *roles: str) -> Array:
        """The largest sd factor of any of the roles, shape (n,); 1 where none is in doubt."""
        factors = [self.sd_factors[role] for role in roles if role in self.sd_factors]
        return np.asarray(np.max([np.ones(self.grid_ms.shape), *factors], axis=0))

    def sure(self, role: str) -> Array:
        """A role where nothing is in doubt, shape (n,); else NaN."""
        return np.where(self.sd_factor(role) > 1.0, np.nan, self.roles[role])


def line_record(evidence: Evidence, tag_map: Mapping[str, str], named: RecordMap) -> LineRecord:
    """The run that the evidence describes.

    Args:
        evidence: as decided. tag_map: historian tag by role.
        named: what the records of the line call things.

    Raises:
        UnusableInput: none of the twin's tags is in the evidence, or the press never ran.
    """
    known = {
        role: tag
        for role, tag in tag_map.items()
        if tag in evidence.trajectories and evidence.trajectories[tag].t_ms.size
    }
    if not known:
        raise UnusableInput(
            evidence.name,
            "no tag of this twin is in the historian export",
            "map its tags to the signals of the twin (the mapping review, `case map`), or choose"
            " the twin of its own line",
        )
    if "turret.speed" not in known:
        raise UnusableInput(
            evidence.name,
            "holds no tag for turret.speed, which tells when the press ran",
            "name it in the mapping review (`case map`)",
        )
    grid_ms = _grid(evidence, known)
    unknown = np.full(grid_ms.shape, np.nan)
    roles = {
        role: _on_grid(role, evidence.trajectories[tag], grid_ms) if role in known else unknown
        for role, tag in tag_map.items()
    }
    standing = np.isin(roles["line.state"], named.standing)
    roles |= {
        role: _held_to_stop(roles[role], standing) for role in roles if role.endswith("set_point")
    }
    running = (np.nan_to_num(roles["turret.speed"]) > RUNNING_RPM) & ~standing
    if not running.any():
        raise UnusableInput(evidence.name, "the press never ran in this export", "export the run")
    stops = _standstills(grid_ms, running)
    results = tuple(result for result in evidence.laboratory if result.quantified)
    refills = {f: _starts(grid_ms, roles[f"{f}.mode"] == named.refill) for f in FEEDERS}
    return LineRecord(
        grid_ms=grid_ms,
        roles=roles,
        missing=tuple(sorted(set(tag_map) - set(known))),
        running=running,
        producing=_producing(grid_ms, running, roles, stops),
        refills=refills,
        standstills=stops,
        lots=_lots(evidence.batch, results, refills, int(grid_ms[0]), named),
        containers=evidence.batch.containers,
        samples=evidence.batch.samples,
        laboratory=results,
        set_points=_set_points(evidence.batch, named),
        sd_factors=_sd_factors(evidence, known, grid_ms),
        named=named,
        clock_sd_s=_clock_sd_s(evidence),
        out_of_specification=tuple(
            result
            for result in evidence.laboratory
            if (result.out_of_specification or result.may_be_out) and not result.material_lot
        ),
    )


def _clock_sd_s(evidence: Evidence) -> float:
    """Of the batch record; 0 where none was estimated, for its clock is then the historian's."""
    of_record = (o for o in evidence.clock_offsets if o.source == BATCH_RECORD)
    return next((offset.uncertainty_s for offset in of_record), 0.0)


def _on_grid(role: str, curve: Trajectory, grid_ms: NDArray[np.int64]) -> Array:
    """Values on the grid.

    Held signals are stored on change only; a set-point is held whatever its storage says, or a
    stop would show as a ramp.
    """
    if role.endswith("set_point"):
        held = replace(curve, signal=replace(curve.signal, interpolation=Interpolation.STEP))
        return held.at(grid_ms, max_gap_s=FOR_EVER_S)
    if curve.signal.interpolation is Interpolation.STEP:
        return curve.at(grid_ms, max_gap_s=FOR_EVER_S)
    return curve.at(grid_ms)


def _sd_factors(
    evidence: Evidence, known: Mapping[str, str], grid_ms: NDArray[np.int64]
) -> dict[str, Array]:
    curves = {role: evidence.trajectories[tag] for role, tag in known.items()}
    doubtful = {role: c for role, c in curves.items() if c.sd_factor is not None}
    return {role: curve.sd_factor_at(grid_ms) for role, curve in doubtful.items()}


def _held_to_stop(set_point: Array, standing: Mask) -> Array:
    """A set-point without the ramps that an interpolated export draws before a stop.

    From each begin of a standstill back to where the value last stood still.
    """
    out = set_point.copy()
    for begin in np.flatnonzero(standing & ~np.r_[True, standing[:-1]]):
        k = int(begin)
        while k > 1 and not standing[k - 1] and out[k - 1] > out[k] + 1e-9:
            k -= 1
        out[k : int(begin)] = out[k] if k < begin else out[int(begin)]
    return out


def _grid(evidence: Evidence, known: Mapping[str, str]) -> NDArray[np.int64]:
    curves = [evidence.trajectories[tag] for tag in known.values()]
    first = min(int(c.t_ms[0]) for c in curves if c.t_ms.size)
    last = max(int(c.t_ms[-1]) for c in curves if c.t_ms.size)
    return np.arange(first, last + 1, int(STEP_S * 1000), dtype=np.int64)


def _starts(grid_ms: NDArray[np.int64], active: Mask) -> tuple[int, ...]:
    edges = np.flatnonzero(active & ~np.r_[False, active[:-1]])
    return tuple(int(grid_ms[i]) for i in edges)


def _standstills(grid_ms: NDArray[np.int64], running: Mask) -> tuple[Span, ...]:
    first, last = np.flatnonzero(running)[[0, -1]]
    still = ~running
    still[:first] = False
    still[last:] = False
    begins = np.flatnonzero(still & ~np.r_[False, still[:-1]])
    ends = np.flatnonzero(still & ~np.r_[still[1:], False]) + 1
    return tuple(Span(int(grid_ms[b]), int(grid_ms[e])) for b, e in zip(begins, ends, strict=True))


def _producing(
    grid_ms: NDArray[np.int64],
    running: Mask,
    roles: Mapping[str, Array],
    stops: tuple[Span, ...],
    *,
    start_up_s: float = 900.0,
    settle_s: float = 240.0,
    run_down_s: float = 120.0,
) -> Mask:
    """Press running, 15 min after its start (start-up), 4 min after a restart, feeders on."""
    first, last = np.flatnonzero(running)[[0, -1]]
    total = np.nan_to_num(roles["mcc.flow_set_point"])
    fed = np.flatnonzero(total > 0.2 * float(np.median(total[running])))
    end = min(int(last), int(fed[-1])) if fed.size else int(last)
    mask = running.copy()
    mask[: first + int(start_up_s / STEP_S)] = False
    mask[max(0, end - int(run_down_s / STEP_S)) :] = False
    for stop in stops:
        inside = (grid_ms >= stop.start_ms - 60_000) & (
            grid_ms < stop.end_ms + int(settle_s * 1000)
        )
        mask &= ~inside
    return np.asarray(mask, dtype=np.bool_)


def _set_points(batch: BatchRecord, named: RecordMap) -> dict[str, float]:
    called = {parameter: set_point for set_point, parameter in named.recipe.items()}
    values: dict[str, float] = {}
    for parameter in batch.parameters:
        if parameter.parameter_id not in called:
            continue
        try:
            values[called[parameter.parameter_id]] = float(parameter.value)
        except ValueError:
            continue
    return values


def _lots(
    batch: BatchRecord,
    laboratory: tuple[LabResult, ...],
    refills: Mapping[str, tuple[int, ...]],
    start_ms: int,
    named: RecordMap,
) -> tuple[LotInUse, ...]:
    """Lots in order of use; a new lot enters with the first refill after its connection."""
    certificates: dict[str, dict[str, float]] = {}
    for result in laboratory:
        if result.material_lot:
            certificates.setdefault(result.material_lot, {})[result.test] = result.result
    connected = {
        event.value: event.t_ms for event in batch.events if "connected" in event.message.lower()
    }
    lots: list[LotInUse] = []
    for lot in batch.lots:
        feeder = named.feeder_of(lot.unit_id)
        if feeder is None:
            continue
        first = lot.lot_id not in connected
        after = connected.get(lot.lot_id, start_ms)
        entering = after if first else next((t for t in refills[feeder] if t >= after), after)
        certificate = certificates.get(lot.lot_id, {})
        lots.append(
            LotInUse(lot.lot_id, feeder, entering, first, lot.potency_entered_pct, certificate)
        )
    return tuple(lots)
