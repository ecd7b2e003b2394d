"""A run replayed from its recorded inputs: what it must have made, and how far that is believed.

- What is missing or in doubt is bridged and named; it widens bands and stops nothing.
- Where the run left the domain of the twin the bands are wider by `EXTRAPOLATION`, and it is said.
"""

from investigator.analysis.replayed_containers import replayed_containers
from investigator.analysis.signal_quality import quality_stretches
from investigator.domain.applicability import Excursion
from investigator.domain.replayed import Replayed, ReplayedContainer
from investigator.twin.attribute_models import FILE as ATTRIBUTE_MODELS
from investigator.twin.attribute_models import measurements_of, read_attribute_models
from investigator.twin.container_prediction import predict_containers
from investigator.twin.domain import EXTRAPOLATION, excursions, extrapolated, quantity_courses
from investigator.twin.package import TwinPackage
from investigator.twin.record import LineRecord, Mask
from investigator.twin.reference import read_reference
from investigator.twin.replayed_run import ReplayedRun, replayed_run

NO_ATTRIBUTE_MODELS = (
    "The twin holds no models of quality attributes from normal batches, so the quality of the "
    "containers is not replayed; they are estimated with `investigator twin reference`."
)


def replay_recorded(record: LineRecord, package: TwinPackage) -> Replayed:
    """The run as it was driven, through the twin.

    Args:
        record: the run.
        package: the twin.
    """
    run = replayed_run(record, read_reference(package.reference), package.parameters)
    courses = quantity_courses(run.driven.inputs, run.replayed)
    left = excursions(package.domain, record.grid_ms, courses, record.producing)
    beyond = extrapolated(left, record.grid_ms, run.replayed.transit_s)
    return Replayed(
        limits=package.domain.all_limits,
        excursions=left,
        quality=quality_stretches(record, package.tag_map, run.driven.filled),
        courses=(),
        containers=_containers(run, package, beyond),
        assumptions=(*run.driven.assumptions, *_extrapolating(left), *_not_replayed(package)),
    )


def _containers(
    run: ReplayedRun, package: TwinPackage, beyond: Mask
) -> tuple[ReplayedContainer, ...]:
    if ATTRIBUTE_MODELS not in package.reference:
        return ()
    told = measurements_of(run)
    predicted = predict_containers(told, read_attribute_models(package.reference))
    return replayed_containers(predicted, told, run.record, beyond)


def _not_replayed(package: TwinPackage) -> tuple[str, ...]:
    return () if ATTRIBUTE_MODELS in package.reference else (NO_ATTRIBUTE_MODELS,)


def _extrapolating(left: tuple[Excursion, ...]) -> tuple[str, ...]:
    if not left:
        return ()
    outside = ", ".join(dict.fromkeys(e.limit.title for e in left))
    return (
        f"Outside its applicability domain ({outside}) the twin is extrapolating: its bands are "
        f"taken as {EXTRAPOLATION:g} times wider there, and as long as material of it comes.",
    )
