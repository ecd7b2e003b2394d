"""A scenario: a failure mode with its window and sizes, as perturbations of the line's quantities.

- A perturbation is a factor or an offset in time for a named quantity; two failure modes at work
  together multiply their factors and add their offsets.
- Quantities of the line change what is simulated; `reading.…` quantities change only what an
  instrument says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from investigator.twin.failure_mode import Effect, FailureMode, Kind, Magnitude, Shape
from investigator.twin.quantities import LABORATORY_RUN
from investigator.twin.record import STEP_S, Array, LineRecord


@dataclass(frozen=True, slots=True)
class Window:
    """Onset and end of a failure mode, its time constant (s), and the laboratory run where one is.

    `lab_run` is (channel, run id) for an error of a laboratory run, else None.
    """

    onset_ms: int
    end_ms: int
    tau_s: float = 0.0
    lab_run: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Perturbation:
    """Factors (1 = none) and offsets (0 = none) by quantity, arrays of shape (n,)."""

    factors: Mapping[str, Array] = field(default_factory=dict)
    offsets: Mapping[str, Array] = field(default_factory=dict)
    lab_runs: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def factor(self, quantity: str) -> Array | float:
        """Factor on a quantity."""
        return self.factors.get(quantity, 1.0)

    def offset(self, quantity: str) -> Array | float:
        """Offset on a quantity."""
        return self.offsets.get(quantity, 0.0)

    def __add__(self, other: "Perturbation") -> "Perturbation":
        """Both at work together."""
        factors = dict(self.factors)
        for quantity, value in other.factors.items():
            factors[quantity] = factors[quantity] * value if quantity in factors else value
        offsets = dict(self.offsets)
        for quantity, value in other.offsets.items():
            offsets[quantity] = offsets[quantity] + value if quantity in offsets else value
        runs = dict(self.lab_runs)
        for run, wrong in other.lab_runs.items():
            runs[run] = runs.get(run, 1.0) * wrong
        return Perturbation(factors, offsets, runs)


UNPERTURBED = Perturbation()


def perturbation(
    mode: FailureMode,
    window: Window,
    sizes: tuple[float, ...],
    record: LineRecord,
    departures: Mapping[str, Array],
) -> Perturbation:
    """What the failure mode does to the line.

    Args:
        mode: the failure mode.
        window: its onset, end and time constant.
        sizes: one per magnitude of the mode, in its unit.
        record: the run.
        departures: for quantities with a `recorded` effect, the recorded relative departure (n,).
    """
    course = shape_course(mode, window, record)
    runs = (window.lab_run,) if window.lab_run else ()
    return at_work(mode.magnitudes, sizes, course, departures, runs)


def at_work(
    magnitudes: tuple[Magnitude, ...],
    sizes: tuple[float, ...],
    course: Array,
    departures: Mapping[str, Array],
    lab_runs: tuple[tuple[str, str], ...] = (),
) -> Perturbation:
    """What effects of given sizes do over a course w(t) of shape (n,).

    `lab_runs`: (channel, run id) of the laboratory runs that an error of a run is in; `departures`:
    as for `perturbation`.
    """
    factors: dict[str, Array] = {}
    offsets: dict[str, Array] = {}
    runs: dict[tuple[str, str], float] = {}
    for magnitude, size in zip(magnitudes, sizes, strict=True):
        for effect in magnitude.effects:
            if effect.quantity == LABORATORY_RUN:
                runs.update(dict.fromkeys(lab_runs, 1.0 + effect.coefficient * size))
            elif effect.kind in (Kind.ADD, Kind.ADD_ABS):
                scale = abs(size) if effect.kind is Kind.ADD_ABS else size
                offset = effect.coefficient * scale * course
                offsets[effect.quantity] = offsets.get(effect.quantity, 0.0) + offset
            else:
                factor = _factor(effect, size, course, departures)
                factors[effect.quantity] = factors.get(effect.quantity, 1.0) * factor
    return Perturbation(factors, offsets, runs)


def _factor(effect: Effect, size: float, course: Array, departures: Mapping[str, Array]) -> Array:
    if effect.kind is Kind.RECORDED:
        departure = departures[effect.quantity]
        return np.maximum(1.0 + effect.coefficient * size * course * departure, 0.0)
    change = np.maximum(1.0 + effect.coefficient * size * course, 0.02)
    return np.asarray(1.0 / change if effect.kind is Kind.DIVIDE else change)


def shape_course(mode: FailureMode, window: Window, record: LineRecord) -> Array:
    """The course w(t) of the mode in its window, shape (n,); see `Shape`."""
    if mode.shape is Shape.LOT:
        t_s = (record.grid_ms - window.onset_ms) / 1000.0
        arrived = 1.0 - np.exp(-np.maximum(t_s, 0.0) / max(window.tau_s, STEP_S))
        return np.where(_inside(window, record.grid_ms), arrived, 0.0)
    if mode.shape is Shape.REFILL:
        return _after_refills(mode, window, record)
    return free_course(mode.shape, window, record.grid_ms)


def free_course(shape: Shape, window: Window, grid_ms: NDArray[np.int64]) -> Array:
    """The course w(t) of a shape that needs no more of the record than its times, shape (n,)."""
    if shape is Shape.WHOLE_BATCH:
        return np.ones(grid_ms.shape)
    t_s = (grid_ms - window.onset_ms) / 1000.0
    length_s = (window.end_ms - window.onset_ms) / 1000.0
    time_s = max(window.tau_s, STEP_S)
    courses: Mapping[Shape, Callable[[], Array]] = {
        Shape.RAMP: lambda: np.clip(t_s / time_s, 0.0, 1.0),
        Shape.DRIFT: lambda: np.clip(t_s / length_s, 0.0, 1.0),
        Shape.PULSES: lambda: (np.mod(t_s, time_s) < 0.5 * time_s).astype(np.float64),
        Shape.PERIODIC: lambda: np.sin(2.0 * np.pi * t_s / time_s),
    }
    course = courses[shape]() if shape in courses else np.ones(t_s.shape)
    return np.where(_inside(window, grid_ms), course, 0.0)


def _inside(window: Window, grid_ms: NDArray[np.int64]) -> NDArray[np.bool_]:
    return (grid_ms >= window.onset_ms) & (grid_ms < window.end_ms)


def _after_refills(mode: FailureMode, window: Window, record: LineRecord) -> Array:
    """Decaying pulses that begin half-way through each refill of the window (~20 s long)."""
    course = np.zeros(record.grid_ms.shape)
    for refill in record.refills_at(mode.unit):
        if window.onset_ms <= refill < window.end_ms:
            age = (record.grid_ms - refill - 10_000) / 1000.0
            pulse = np.where(age >= 0, np.exp(-np.maximum(age, 0.0) / window.tau_s), 0.0)
            course = np.maximum(course, pulse)
    return course
