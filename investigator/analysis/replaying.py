"""A run replayed from its recorded inputs: what it must have made, and how far that is believed.

- What is missing or in doubt is bridged and named; it widens bands and stops nothing.
- Where the run left the domain of the twin the bands are wider by `EXTRAPOLATION`, and it is said.
- Where most readings of a signal contradict what is replayed, it is said: bands know nothing of a
  wrong scale.
- A twin that has not learned from normal batches tells domain and signals, and says that it is so.
"""

from concurrent.futures import Executor

import numpy as np

from investigator.analysis.replayed_containers import replayed_containers
from investigator.analysis.replayed_courses import replayed_courses
from investigator.analysis.signal_quality import quality_stretches
from investigator.domain.applicability import Excursion
from investigator.domain.replayed import Replayed, ReplayedContainer, ReplayedCourse
from investigator.twin.attribute_models import FILE as ATTRIBUTE_MODELS
from investigator.twin.attribute_models import measurements_of, read_attribute_models
from investigator.twin.batch_measurements import containers_unseen
from investigator.twin.container_prediction import predict_containers
from investigator.twin.domain import EXTRAPOLATION, excursions, extrapolated, quantity_courses
from investigator.twin.ensemble import MEMBERS, ensemble
from investigator.twin.package import TwinPackage
from investigator.twin.record import LineRecord, Mask
from investigator.twin.reference import read_reference
from investigator.twin.replay_bands import replay_bands
from investigator.twin.replay_statistics import FILE as REPLAY_STATISTICS
from investigator.twin.replay_statistics import read_replay_statistics
from investigator.twin.replayed_run import ReplayedRun, replayed_run

MOST = 0.5
NOT_LEARNED = (
    "The twin has not learned from normal batches how quality and signals differ from it, so "
    "neither is replayed; `investigator twin reference` estimates it."
)


def replay_recorded(
    record: LineRecord,
    package: TwinPackage,
    *,
    executor: Executor,
    seed: int,
    members: int = MEMBERS,
) -> Replayed:
    """The run as it was driven, through the twin.

    Args:
        record: the run.
        package: the twin.
        executor: simulates the ensemble; its kind changes nothing but the time.
        seed: of the ensemble. members: of it.
    """
    run = replayed_run(record, read_reference(package.reference), package.parameters)
    quantities = quantity_courses(run.driven.inputs, run.replayed)
    left = excursions(package.domain, record.grid_ms, quantities, record.producing)
    beyond = extrapolated(left, record.grid_ms, run.replayed.transit_s)
    learned = {ATTRIBUTE_MODELS, REPLAY_STATISTICS} <= set(package.reference)
    courses: tuple[ReplayedCourse, ...] = ()
    containers: tuple[ReplayedContainer, ...] = ()
    if learned:
        courses, containers = _product(run, package, beyond, executor, seed, members)
    return Replayed(
        limits=package.domain.all_limits,
        excursions=left,
        quality=quality_stretches(record, package.tag_map, run.driven.filled),
        courses=courses,
        containers=containers,
        assumptions=(
            *run.driven.assumptions,
            *_extrapolating(left),
            *_contradicted(courses),
            *(_unseen(record) if learned else ()),
            *(() if learned else (NOT_LEARNED,)),
        ),
    )


def _product(
    run: ReplayedRun,
    package: TwinPackage,
    beyond: Mask,
    executor: Executor,
    seed: int,
    members: int,
) -> tuple[tuple[ReplayedCourse, ...], tuple[ReplayedContainer, ...]]:
    """Courses and containers with what the ensemble of the run leaves open."""
    told = measurements_of(run)
    models = read_attribute_models(package.reference)
    statistics = read_replay_statistics(package.reference)
    spread = ensemble(run, told, package.parameters, executor, seed=seed, members=members)
    bands = replay_bands(run.record, told, spread, models, statistics)
    predicted = predict_containers(told, models, departures=spread.departures)
    return (
        replayed_courses(run.record, bands, told, beyond, package.specifications),
        replayed_containers(predicted, told, run.record, beyond),
    )


def _contradicted(courses: tuple[ReplayedCourse, ...]) -> tuple[str, ...]:
    """Said where what was measured downstream does not agree with the inputs that drove the twin: a
    feeder with a wrong scale drives it to a wrong product, and its band knows nothing of that."""
    against = ", ".join(c.title for c in courses if not c.attribute and _mostly_outside(c))
    if not against:
        return ()
    return (
        f"Most readings of {against} lie outside what is replayed from the recorded inputs: either "
        "these inputs are wrong, or something happened that they do not show. What is predicted of "
        "the product then holds less than its bands say.",
    )


def _mostly_outside(course: ReplayedCourse) -> bool:
    if course.measured is None:
        return False
    value = course.measured.value
    known = np.isfinite(value) & np.isfinite(course.middle)
    outside = (value < course.low95) | (value > course.high95)
    return bool(known.any()) and float(np.mean(outside[known])) > MOST


def _unseen(record: LineRecord) -> tuple[str, ...]:
    unseen = ", ".join(containers_unseen(record))
    if not unseen:
        return ()
    return (
        f"Nothing is predicted for {unseen}: while they were filled the press did not turn, or the "
        "run was not recorded for more than a quarter of the time.",
    )


def _extrapolating(left: tuple[Excursion, ...]) -> tuple[str, ...]:
    if not left:
        return ()
    outside = ", ".join(dict.fromkeys(e.limit.title for e in left))
    return (
        f"Outside its applicability domain ({outside}) the twin is extrapolating: its bands are "
        f"taken as {EXTRAPOLATION:g} times wider there, and as long as material of it comes.",
    )
