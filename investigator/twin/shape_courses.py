"""The time shapes of failure modes as the courses in which a person states them in a scenario."""

from types import MappingProxyType

from investigator.domain.scenario import Course
from investigator.twin.failure_mode import Shape

_TIED = MappingProxyType(
    {
        Shape.LOT: Course.RAMP,
        Shape.REFILL: Course.STEP,
        Shape.RECORDED: Course.STEP,
        Shape.STOP: Course.STEP,
    }
)
"""What a shape that follows from the record looks like to a person; the others have their name."""


def course_of_shape(shape: Shape) -> Course:
    """The course of a scenario in which a failure mode of this time shape is stated."""
    return _TIED[shape] if shape in _TIED else Course(shape.value)
