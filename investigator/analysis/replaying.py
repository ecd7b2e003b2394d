"""A run replayed from its recorded inputs: what it must have made, and how far that is believed.

- What is missing or in doubt is bridged and named; it widens bands and stops nothing.
- Where the run left the domain of the twin the bands are wider by `EXTRAPOLATION`, and it is said.
"""

from investigator.analysis.signal_quality import quality_stretches
from investigator.domain.applicability import Excursion
from investigator.domain.replayed import Replayed
from investigator.process.line import simulate
from investigator.twin.domain import EXTRAPOLATION, excursions, quantity_courses
from investigator.twin.package import TwinPackage
from investigator.twin.record import LineRecord
from investigator.twin.recorded_inputs import recorded_inputs
from investigator.twin.reference import read_reference


def replay_recorded(record: LineRecord, package: TwinPackage) -> Replayed:
    """The run as it was driven, through the twin.

    Args:
        record: the run.
        package: the twin.
    """
    driven = recorded_inputs(record, read_reference(package.reference), package.parameters)
    outputs = simulate(driven.inputs, package.parameters.line())
    left = excursions(
        package.domain,
        record.grid_ms,
        quantity_courses(driven.inputs, outputs),
        record.producing,
    )
    return Replayed(
        limits=package.domain.all_limits,
        excursions=left,
        quality=quality_stretches(record, package.tag_map, driven.filled),
        courses=(),
        containers=(),
        assumptions=(*driven.assumptions, *_extrapolating(left)),
    )


def _extrapolating(left: tuple[Excursion, ...]) -> tuple[str, ...]:
    if not left:
        return ()
    outside = ", ".join(dict.fromkeys(e.limit.title for e in left))
    return (
        f"Outside its applicability domain ({outside}) the twin is extrapolating: its bands are "
        f"taken as {EXTRAPOLATION:g} times wider there, and as long as material of it comes.",
    )
