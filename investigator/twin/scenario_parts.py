"""The parts of a scenario as changes of the twin: what each does to the line, at any size.

- A failure mode takes the one of its time shapes that the part names; any other part has the course
  that it names.
- Two parts on one quantity are at work together: factors multiply, offsets add.
- A parameter holds for the whole batch, by what is added to its value.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.scenario import Course, ScenarioPart, Target, TargetKind
from investigator.twin.failure_mode import FailureMode, Magnitude, Shape
from investigator.twin.measured import Measured
from investigator.twin.record import Array, LineRecord
from investigator.twin.scenario import (
    UNPERTURBED,
    Perturbation,
    Window,
    at_work,
    free_course,
    shape_course,
)
from investigator.twin.scenario_quantities import Quantity, quantities
from investigator.twin.shape_courses import course_of_shape

LabRuns = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PreparedPart:
    """A part made ready to be run at any sizes.

    Attributes:
        part: as stated. target: what it changes.
        mode: the failure mode that it is, if it is one; None otherwise.
        magnitudes: its sizes with their priors.
        course: w(t), shape (n,).
        lab_runs: (channel, run id) of the laboratory runs that it changes.
    """

    part: ScenarioPart
    target: Target
    mode: FailureMode | None
    magnitudes: tuple[Magnitude, ...]
    course: Array
    lab_runs: LabRuns

    def perturbation(
        self, sizes: tuple[float, ...], departures: Mapping[str, Array]
    ) -> Perturbation:
        """What it does to inputs and readings at these sizes; nothing for a parameter."""
        if self.part.kind is TargetKind.PARAMETER:
            return UNPERTURBED
        return at_work(self.magnitudes, sizes, self.course, departures, self.lab_runs)


def prepared(
    part: ScenarioPart,
    target: Target,
    failure_modes: tuple[FailureMode, ...],
    record: LineRecord,
    measured: Measured,
) -> PreparedPart:
    """A part that is known to be usable (`domain.scenario_rules`), made ready for a run."""
    mode = _in_its_shape(part, failure_modes)
    if part.kind is TargetKind.FAILURE_MODE and mode is not None:
        window = Window(part.onset_ms, part.end_ms, part.tau_s)
        course = shape_course(mode, window, record)
        runs = _lab_runs(part, mode.screened_by, measured)[:1]
        return PreparedPart(part, target, mode, mode.magnitudes, course, runs)
    course = course_of(part, record.grid_ms)
    if part.kind is TargetKind.PARAMETER:
        about_zero = Magnitude(target.title, target.unit, abs(target.usual), 0.0, 0, ())
        return PreparedPart(part, target, None, (about_zero,), course, ())
    quantity = _BY_ID[(part.kind, part.target)]
    runs = _lab_runs(part, (quantity.lab_channel,), measured)
    return PreparedPart(part, target, None, (quantity.magnitude,), course, runs)


def _in_its_shape(part: ScenarioPart, failure_modes: tuple[FailureMode, ...]) -> FailureMode | None:
    """The failure mode that the part is of, in the shape that the part names."""
    shaped = (m for mode in failure_modes for m in mode.in_each_shape())
    return next(
        (m for m in shaped if (m.cause, course_of_shape(m.shape)) == (part.target, part.course)),
        None,
    )


_BY_ID: Mapping[tuple[TargetKind, str], Quantity] = {
    (quantity.target.kind, quantity.target.target): quantity for quantity in quantities()
}


def _lab_runs(part: ScenarioPart, channels: tuple[str, ...], measured: Measured) -> LabRuns:
    """Runs of the laboratory with a sample between onset and end, in the order of the samples."""
    begin, end = part.onset_ms, part.end_ms
    if part.course is Course.WHOLE_BATCH:
        begin, end = -(2**62), 2**62
    return tuple(
        dict.fromkeys(
            (point.channel, point.group)
            for point in measured.points
            if point.channel in channels
            and point.container_id
            and point.span.start_ms < end
            and point.span.end_ms > begin
        )
    )


def course_of(part: ScenarioPart, grid_ms: NDArray[np.int64]) -> Array:
    """The course w(t) of a part between its onset and its end; see `Course`, shape (n,)."""
    window = Window(part.onset_ms, part.end_ms, part.tau_s)
    return free_course(Shape(part.course.value), window, grid_ms)
