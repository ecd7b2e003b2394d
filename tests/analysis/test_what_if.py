"""The bench: the same scenario gives the same numbers, beside the panels of the replay."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, noisy, planted
from support.supposed import bench, mode_part, part, scenario

from investigator.analysis.views import replay_panels
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.scenario import Course, ScenarioPart, TargetKind
from investigator.domain.scenario_rules import TIMED
from investigator.twin.failure_mode import Shape
from investigator.twin.scenario import Window

WINDOW = Window(at_min(70), at_min(110))
CASE = planted(noisy(5), "paddle_overspeed", WINDOW, (60.0,)).comparison
WORKED = bench(CASE)
SEEN = ("Feed-frame paddle speed", "Room relative humidity")
SUPPOSED = scenario(mode_part("paddle_overspeed", WINDOW, 60.0))


@pytest.mark.requirement("DIA-042")
def test_curves_lie_on_the_panels_of_the_replay() -> None:
    panels = {panel.title: panel for panel in replay_panels(CASE)}
    told = WORKED.run(SUPPOSED)
    assert {curve.label for curve in told.curves} == set(panels)
    for curve in told.curves:
        assert np.array_equal(curve.t_ms, panels[curve.label].measured.t_ms)
    assert {title for title, _ in told.gains} == set(panels)


@pytest.mark.requirement("DIA-042")
def test_what_is_supposed_shows_where_it_was_measured() -> None:
    told = WORKED.run(SUPPOSED)
    title, gain = told.gains[0]
    assert title.startswith("Feed-frame paddle speed")
    assert gain > 100.0
    curve = next(c for c in told.curves if c.label == title)
    inside = (curve.t_ms > at_min(75)) & (curve.t_ms < at_min(105))
    assert float(np.nanmedian(curve.value[inside])) == pytest.approx(60.0, abs=1.0)
    assert told.affected == Span(WINDOW.onset_ms, WINDOW.end_ms)


@pytest.mark.requirement("DIA-042")
def test_what_holds_in_the_whole_batch_affects_the_run() -> None:
    whole = part("turret.speed", 5.0, course=Course.WHOLE_BATCH)
    told = WORKED.run(scenario(mode_part("paddle_overspeed", WINDOW, 60.0), whole))
    assert told.affected == WORKED.run_span


@pytest.mark.requirement("DIA-042")
def test_parts_one_after_the_other_affect_all_from_the_first_onset_to_the_last_end() -> None:
    one, other = part("turret.speed", 5.0, begin=60, end=80), part("room.rh", 5.0, begin=90, end=95)
    for parts in ((one, other), (other, one)):
        assert WORKED.run(scenario(*parts)).affected == Span(at_min(60), at_min(95))


@pytest.mark.requirement("DIA-037")
@pytest.mark.parametrize("course", list(Course))
def test_every_course_is_run_alone_and_with_another_part(course: Course) -> None:
    """The paddle shows in its own speed, the room in its humidity; together each as alone."""
    tau_s = 600.0 if course in TIMED else 0.0
    paddle = part("paddle.speed", 30.0, course=course, tau_s=tau_s)
    room = part("room.rh", 15.0, course=course, tau_s=tau_s)
    one, other, both = (predicted_of(*parts) for parts in ((paddle,), (room,), (paddle, room)))
    speed, humidity = (next(t for t in one if t.startswith(name)) for name in SEEN)
    for title, own, rest in ((speed, one, other), (humidity, other, one)):
        assert np.nanmax(np.abs(own[title] - rest[title])) == pytest.approx(
            30.0 if title is speed else 15.0, rel=0.06
        )
        assert np.array_equal(both[title], own[title], equal_nan=True)


@pytest.mark.requirement("TWN-174")
@pytest.mark.parametrize("shape", [Shape.RAMP, Shape.PERIODIC, Shape.WHOLE_BATCH])
def test_a_failure_mode_is_fitted_in_the_course_that_is_named(shape: Shape) -> None:
    tau_s = {Shape.RAMP: 900.0, Shape.PERIODIC: 1500.0}.get(shape, 0.0)
    cause, window = "blender_speed_deviation", Window(at_min(60), at_min(140), tau_s)
    at_work = bench(planted(noisy(5), cause, window, (30.0,), shape).comparison)
    evidence = {}
    for course in (Course.STEP, Course(shape.value)):
        supposed = scenario(replace(mode_part(cause, window, 20.0), course=course, tau_s=tau_s))
        told = at_work.fit(supposed)
        evidence[course] = told.log_evidence
    assert told.fitted.parts[0].sizes[0] == pytest.approx(30.0, rel=0.1)
    assert evidence[Course(shape.value)] > evidence[Course.STEP] + 10.0


@pytest.mark.requirement("TWN-174")
def test_of_what_holds_in_the_whole_batch_the_times_say_nothing() -> None:
    blender = mode_part("blender_speed_deviation", Window(at_min(80), at_min(90)), -30.0)
    beside = mode_part("paddle_overspeed", WINDOW, 60.0)
    whole = replace(blender, course=Course.WHOLE_BATCH)
    run = replace(whole, onset_ms=WORKED.run_span.start_ms, end_ms=WORKED.run_span.end_ms)
    narrow, wide = (WORKED.run(scenario(beside, each)) for each in (whole, run))
    assert narrow.log_evidence == wide.log_evidence
    assert narrow.gains == wide.gains


def predicted_of(*parts: ScenarioPart) -> dict[str, np.ndarray]:
    return {curve.label: curve.value for curve in WORKED.run(scenario(*parts)).curves}


@pytest.mark.requirement("DIA-042")
def test_the_same_scenario_gives_the_same_and_names_its_run() -> None:
    first = WORKED.run(SUPPOSED)
    WORKED.run(scenario(part("turret.speed", 10.0)))
    again = bench(CASE).run(SUPPOSED)
    assert (again.gains, again.log_evidence, again.run) == (
        first.gains,
        first.log_evidence,
        first.run,
    )
    other = WORKED.run(scenario(mode_part("paddle_overspeed", WINDOW, 61.0)))
    assert len(first.run) == 64
    assert other.run != first.run
    elsewhere = replace(WORKED, evidence="f" * 64).run(SUPPOSED)
    assert elsewhere.gains == first.gains
    assert elsewhere.run != first.run


@pytest.mark.requirement("DIA-042")
def test_with_a_response_that_is_a_constant_nothing_is_told(monkeypatch) -> None:
    monkeypatch.setattr("investigator.analysis.what_if_trial.predict", lambda *_: CASE.null)
    told = WORKED.run(SUPPOSED)
    assert told.log_evidence == 0.0
    assert all(gain == 0.0 for _, gain in told.gains)


@pytest.mark.requirement("DIA-036")
@pytest.mark.parametrize("kind", list(TargetKind))
def test_every_target_runs_at_its_bounds_or_says_why_not(kind: TargetKind) -> None:
    for target in (t for t in WORKED.targets.values() if t.kind is kind):
        for bound in ("low", "high"):
            sizes = tuple(getattr(r, bound) or r.usual for r in target.ranges())
            changed = part(
                target.target,
                *sizes,
                kind=kind,
                course=target.courses[0],
                tau_s=target.usual_time_s(target.courses[0]),
            )
            try:
                told = WORKED.run(scenario(changed))
            except UnusableRequest as refused:
                assert "gives no numbers" in str(refused)
            else:
                assert np.isfinite([told.log_evidence, *(gain for _, gain in told.gains)]).all()


@pytest.mark.requirement("CAS-209")
def test_what_cannot_be_run_is_told_in_one_sentence() -> None:
    late = part("feed.api", 5.0, begin=400, end=410)
    with pytest.raises(
        UnusableRequest, match=r"The onset of Feed rate of API lies outside the run"
    ):
        WORKED.run(scenario(late))
    with pytest.raises(UnusableRequest, match=r'knows no input "feed\.water"'):
        WORKED.fit(scenario(part("feed.water", 5.0)))
