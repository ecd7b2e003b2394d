"""A run replayed from its recorded inputs: what is missing degrades it and stops nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from support.line_run import SHIPPED, at_min, drums, noisy_record, package, record

from investigator.analysis.replaying import NOT_LEARNED, replay_recorded
from investigator.casework.stored import encoded
from investigator.domain.evidence import Evidence
from investigator.domain.replayed import Replayed, Shortcoming
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import read_tag_list
from investigator.twin.attribute_models import FILE
from investigator.twin.package import TwinPackage
from investigator.twin.record import LineRecord, line_record
from investigator.twin.record_map import FEEDERS

TAGS = package().tag_map
MEMBERS = 6


def cut(run: LineRecord, roles: tuple[str, ...], first_min: float, last_min: float) -> LineRecord:
    where = (run.grid_ms >= at_min(first_min)) & (run.grid_ms < at_min(last_min))
    lost = {role: np.where(where, np.nan, run.roles[role]) for role in roles}
    return replace(run, roles={**run.roles, **lost})


def without(run: LineRecord, role: str) -> LineRecord:
    unknown = np.full(run.grid_ms.shape, np.nan)
    missing = tuple(sorted({*run.missing, role}))
    return replace(run, roles={**run.roles, role: unknown}, missing=missing)


def replay(run: LineRecord, *, workers: int = 1, twin: TwinPackage | None = None) -> Replayed:
    with ThreadPoolExecutor(workers) as executor:
        return replay_recorded(run, twin or package(), executor=executor, seed=3, members=MEMBERS)


def bridged(found: Replayed) -> set[str]:
    return {s.tag for s in found.quality if s.shortcoming is Shortcoming.BRIDGED}


@pytest.mark.requirement("TWN-066")
def test_a_normal_run_keeps_to_the_domain() -> None:
    found = replay(noisy_record(0))
    assert found.limits == package().domain.all_limits
    assert found.excursions == ()
    assert not any("extrapolating" in sentence for sentence in found.assumptions)


@pytest.mark.requirement("TWN-066")
def test_a_run_outside_its_domain_is_told_with_time_quantity_and_distance() -> None:
    run = noisy_record(0)
    outside = (run.grid_ms >= at_min(80)) & (run.grid_ms < at_min(110))
    humid = np.where(outside, 85.0, run.roles["room.rh"])
    found = replay(replace(run, roles={**run.roles, "room.rh": humid}))
    (left,) = (e for e in found.excursions if e.limit.quantity == "room_rh")
    assert abs(left.span.start_ms - at_min(80)) <= 180_000
    assert abs(left.span.end_ms - at_min(110)) <= 180_000
    assert left.farthest == pytest.approx(85.0, abs=1.0)
    assert left.distance == pytest.approx((left.farthest - left.limit.high) / left.limit.scale)
    assert any("extrapolating" in sentence for sentence in found.assumptions)


@pytest.mark.requirement("TWN-066")
@pytest.mark.parametrize(
    "lost",
    [
        lambda run: cut(run, ("paddle.speed",), 40, 120),
        lambda run: without(run, "paddle.speed"),
        lambda run: without(run, "press.force"),
        lambda run: without(run, "nir.api"),
        lambda run: cut(run, tuple(f"{f}.flow" for f in FEEDERS), 60, 90),
    ],
)
def test_what_is_missing_stops_nothing(lost: Callable[[LineRecord], LineRecord]) -> None:
    run = lost(noisy_record(0))
    found = replay(run)
    gone = {TAGS[role] for role in run.roles if np.isnan(run.roles[role][run.running]).any()}
    assert gone <= {s.tag for s in found.quality}
    assert encoded(replay(run, workers=2)) == encoded(found)
    assert all(np.isfinite(c.middle).any() for c in found.courses)
    assert len(found.containers) == 5 * len(drums())


@pytest.mark.requirement("TWN-066")
def test_an_input_that_was_not_recorded_is_bridged_and_said() -> None:
    found = replay(without(record(), "paddle.speed"))
    assert bridged(found) == {TAGS["paddle.speed"]}
    assert any(s.startswith("Paddle speed was not recorded") for s in found.assumptions)


def width(found: Replayed, title: str, first_min: float, last_min: float) -> float:
    """Mean full width of the 95 % band of a course between two minutes of the run."""
    course = next(c for c in found.courses if c.title == title)
    inside = (course.t_ms >= at_min(first_min)) & (course.t_ms < at_min(last_min))
    return float(np.mean((course.high95 - course.low95)[inside]))


@pytest.mark.requirement("TWN-066")
def test_a_missing_stretch_widens_the_band_there_and_not_before() -> None:
    whole = replay(noisy_record(0))
    lost = replay(cut(noisy_record(0), ("paddle.speed", "press.force"), 90, 140))
    for title in ("Hardness", "Ejection force"):
        assert width(lost, title, 100, 130) > 1.02 * width(whole, title, 100, 130)
        assert width(lost, title, 30, 80) == pytest.approx(width(whole, title, 30, 80), rel=0.05)


@pytest.mark.requirement("TWN-063")
def test_outside_the_domain_the_bands_are_wider() -> None:
    run = noisy_record(0)
    outside = (run.grid_ms >= at_min(80)) & (run.grid_ms < at_min(110))
    humid = np.where(outside, 85.0, run.roles["room.rh"])
    left = replay(replace(run, roles={**run.roles, "room.rh": humid}))
    usual = replay(run)
    assert width(left, "Water", 85, 105) > 2.0 * width(usual, "Water", 85, 105)
    assert width(left, "Water", 30, 70) == pytest.approx(width(usual, "Water", 30, 70), rel=0.1)
    assert any(c.extrapolated for c in left.containers)
    assert not all(c.extrapolated for c in left.containers)


def test_a_twin_that_has_not_learned_from_normal_batches_says_so() -> None:
    reference = {name: text for name, text in package().reference.items() if name != FILE}
    found = replay(noisy_record(0), twin=replace(package(), reference=reference))
    assert (found.courses, found.containers) == ((), ())
    assert NOT_LEARNED in found.assumptions


@cache
def real(folder: Path) -> Evidence:
    twin = package()
    read = read_folder(
        folder,
        tags=read_tag_list(SHIPPED / "tags.csv"),
        line_id=twin.manifest.line_id,
        site_zone=twin.manifest.site_zone,
    )
    return decided(read)


def damaged(whole: Evidence, roles: tuple[str, ...], hours: tuple[float, float]) -> LineRecord:
    """The run of an export in which these signals have no samples in these hours of it."""
    curves = dict(whole.trajectories)
    for role in roles:
        curve = curves[TAGS[role]]
        begin = int(min(c.t_ms[0] for c in curves.values() if c.t_ms.size))
        hour = (curve.t_ms - begin) / 3_600_000.0
        kept = (hour < hours[0]) | (hour >= hours[1])
        curves[TAGS[role]] = replace(
            curve,
            t_ms=curve.t_ms[kept],
            value=curve.value[kept],
            quality=curve.quality[kept],
            sd_factor=None if curve.sd_factor is None else curve.sd_factor[kept],
        )
    return line_record(replace(whole, trajectories=curves), TAGS, package().record_map)


@pytest.mark.data
@pytest.mark.requirement("TWN-066")
@pytest.mark.parametrize(
    ("roles", "hours"),
    [
        (("blender.speed",), (2.0, 5.0)),
        (("paddle.speed",), (0.0, 99.0)),
        (("press.force", "press.gap"), (3.0, 4.0)),
        (tuple(f"{f}.flow" for f in FEEDERS), (3.0, 5.0)),
        ((), (0.0, 0.0)),
    ],
)
def test_real_exports_with_holes_are_replayed(
    plant_data: Path, roles: tuple[str, ...], hours: tuple[float, float]
) -> None:
    whole = real(plant_data / "history" / "TA50-26-0127")
    found = replay(damaged(whole, roles, hours))
    assert {TAGS[role] for role in roles} <= {s.tag for s in found.quality}
    assert found.excursions == ()


@pytest.mark.data
@pytest.mark.requirement("TWN-060", "TWN-066")
def test_a_humid_room_is_told_as_leaving_the_domain(plant_data: Path) -> None:
    whole = real(plant_data / "deviations" / "DEV-OPEN-09")
    found = replay(damaged(whole, (), (0.0, 0.0)))
    (left,) = found.excursions
    assert left.limit.quantity == "room_rh"
    assert 75.0 < left.farthest < 80.0


@pytest.mark.requirement("TWN-123")
def test_containers_of_which_nothing_was_recorded_are_named_and_not_predicted() -> None:
    run = noisy_record(0)
    far = replace(drums()[0].filled, start_ms=at_min(900), end_ms=at_min(930))
    late = replace(drums()[0], container_id="D-LATE", filled=far)
    found = replay(replace(run, containers=(*run.containers, late)))
    assert "D-LATE" not in {c.container_id for c in found.containers}
    assert any("Nothing is predicted for D-LATE" in sentence for sentence in found.assumptions)


def contradicting(run: LineRecord) -> str:
    told = [s for s in replay(run).assumptions if s.startswith("Most readings of")]
    return "".join(told)


@pytest.mark.requirement("TWN-133")
def test_inputs_that_the_analyser_contradicts_are_not_believed_without_a_word() -> None:
    run = noisy_record(0)
    assert "NIR API content" not in contradicting(run)
    wrong = {"api.flow": 1.08 * run.roles["api.flow"]}
    assert "NIR API content" in contradicting(replace(run, roles={**run.roles, **wrong}))


@pytest.mark.data
@pytest.mark.requirement("TWN-133")
def test_the_readings_of_a_normal_batch_contradict_nothing(plant_data: Path) -> None:
    folder = sorted((plant_data / "history").iterdir())[5]
    assert contradicting(damaged(real(folder), (), (0.0, 0.0))) == ""
