"""What makes a scenario unusable is said in one sentence each, the same for every door."""

from dataclasses import replace

import pytest

from investigator.domain.instant import Span
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import (
    Course,
    Scenario,
    ScenarioPart,
    SizeRange,
    Target,
    TargetKind,
)
from investigator.domain.scenario_rules import (
    MOST_PARTS,
    refusal_of_part,
    refusal_of_scenario,
    targets_by_name,
    with_own_courses,
)

RUN = Span(0, 3_600_000)
FEED = Target(TargetKind.INPUT, "feed", "Feed rate", "%", -50.0, 100.0, 10.0, relative=True)
TANKS = Target(
    TargetKind.PARAMETER,
    "tanks",
    "Tanks",
    "-",
    -3.0,
    9.0,
    1.0,
    relative=False,
    courses=(Course.WHOLE_BATCH,),
    whole=True,
)
FOULING = Target(
    TargetKind.FAILURE_MODE,
    "fouling",
    "Fouling",
    "%",
    -30.0,
    30.0,
    6.0,
    relative=False,
    sizes=2,
    further=(SizeRange("residual", "-", 0.0, 15.0, 3.0),),
    courses=(Course.RAMP,),
    times_s=(600.0,),
)
SHARE = Target(TargetKind.INPUT, "share", "Share", "-", 0.0, 1.0, 1.0, relative=False)
SHIFT = Target(TargetKind.INPUT, "shift", "Shift", "K", -2.0, 5.0, 1.0, relative=False)
TARGETS = targets_by_name((FEED, TANKS, FOULING, SHARE, SHIFT))
PART = ScenarioPart(TargetKind.INPUT, "feed", Course.STEP, 0, 600_000, 0.0, (5.0,))
MODE = ScenarioPart(TargetKind.FAILURE_MODE, "fouling", Course.RAMP, 0, 600_000, 600.0, (5.0, 1.0))
WHOLE = ScenarioPart(TargetKind.PARAMETER, "tanks", Course.WHOLE_BATCH, -9, -1, 0.0, (1.0,))


def supposed(*parts: ScenarioPart) -> Scenario:
    return Scenario("S", "title", CauseCategory.MACHINE, parts)


@pytest.mark.parametrize(
    "part", [PART, MODE, replace(WHOLE, end_ms=5), replace(PART, onset_ms=0, end_ms=RUN.end_ms)]
)
def test_what_lies_within_bounds_and_run_is_taken(part: ScenarioPart) -> None:
    assert refusal_of_scenario(supposed(part), TARGETS, RUN) is None
    assert refusal_of_scenario(supposed(part), TARGETS, None) is None


@pytest.mark.requirement("CAS-209")
@pytest.mark.parametrize(
    ("part", "said"),
    [
        (replace(PART, target="water"), 'The twin knows no input "water"; choose one of those'),
        (replace(PART, kind=TargetKind.SENSOR), 'The twin knows no sensor "feed"'),
        (replace(PART, sizes=()), "Feed rate takes 1 size, not 0; give each."),
        (replace(MODE, sizes=(5.0,)), "Fouling takes 2 sizes, not 1; give each."),
        (replace(PART, sizes=(float("nan"),)), "A size of Feed rate is no number; give one in %."),
        (replace(PART, sizes=(float("inf"),)), "A size of Feed rate is no number; give one in %."),
        (replace(PART, sizes=(0.0,)), "Feed rate is changed by 0 %; give a size other than 0."),
        (replace(PART, sizes=(101.0,)), "size 101 % lies outside -50 to 100 %; choose one within."),
        (replace(MODE, sizes=(5.0, 16.0)), "residual 16 - lies outside 0 to 15 -"),
        (replace(WHOLE, sizes=(0.5,)), "Tanks is a whole number; change it by whole numbers."),
        (replace(WHOLE, course=Course.STEP), "Tanks is not changed as a step; it is changed as"),
        (replace(MODE, course=Course.STEP), "Fouling is not changed as a step"),
        (replace(PART, course=Course.RAMP), "Feed rate as a ramp needs a time constant; give it"),
        (replace(PART, course=Course.PULSES, tau_s=float("nan")), "needs a time constant"),
        (replace(MODE, tau_s=0.0), "Fouling as a ramp needs a time constant"),
        (
            replace(PART, course=Course.PULSES, tau_s=119.0),
            "Feed rate as a pulse train has a period of 119 s, too short to be seen; give one of "
            "120 s or more.",
        ),
        (
            replace(PART, course=Course.PERIODIC, tau_s=30.0),
            "Feed rate as a sine has a period of 30 s",
        ),
        (
            replace(PART, course=Course.PERIODIC, tau_s=600.0, sizes=(50.5,)),
            "Feed rate as a sine swings as far to the other side, out of its bounds; choose",
        ),
        (
            replace(PART, end_ms=0),
            "The change of Feed rate ends before it begins; give a later end.",
        ),
        (replace(PART, onset_ms=-1), "The onset of Feed rate lies outside the run; choose a time"),
        (
            replace(PART, onset_ms=4_000_000, end_ms=5_000_000),
            "The onset of Feed rate lies outside",
        ),
        (replace(PART, end_ms=4_000_000), "The end of Feed rate lies after the run; choose a time"),
    ],
)
def test_what_cannot_be_run_is_said_in_one_sentence(part: ScenarioPart, said: str) -> None:
    refused = refusal_of_part(part, TARGETS, RUN)
    assert refused is not None
    assert said in refused
    assert refused.endswith(".")
    assert refusal_of_scenario(supposed(PART, part), TARGETS, RUN) == refused


def test_the_shortest_period_the_largest_swing_and_a_short_ramp_are_taken() -> None:
    pulses = replace(PART, course=Course.PULSES, tau_s=120.0)
    sine = replace(PART, course=Course.PERIODIC, tau_s=120.0, sizes=(50.0,))
    ramp = replace(PART, course=Course.RAMP, tau_s=1.0)
    for part in (pulses, sine, ramp):
        assert refusal_of_part(part, TARGETS, RUN) is None


def added(target: str, size: float, begin: int, end: int, **other: object) -> ScenarioPart:
    return replace(PART, target=target, sizes=(size,), onset_ms=begin, end_ms=end, **other)


@pytest.mark.requirement("CAS-209")
@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        ((added("share", 0.6, 0, 9), added("share", 0.6, 8, 20)), True),
        ((added("share", 0.6, 0, 9), added("share", 0.6, 9, 20)), False),
        ((added("share", 0.6, 0, 9), added("share", 0.4, 8, 20)), False),
        (
            (
                added("share", 0.6, 0, 9),
                added("share", 0.6, 50, 90, course=Course.WHOLE_BATCH),
            ),
            True,
        ),
        ((added("shift", -1.5, 0, 9), added("shift", -1.0, 0, 9)), True),
        ((added("shift", -2.0, 0, 9), added("shift", 5.0, 0, 9)), False),
        (
            (
                added("shift", -1.0, 0, 9),
                added("shift", 1.5, 0, 9, course=Course.PERIODIC, tau_s=600.0),
            ),
            True,
        ),
        ((added("feed", 90.0, 0, 9), added("feed", 90.0, 0, 9)), False),
    ],
)
def test_what_is_added_at_one_time_stays_within_the_bounds_together(
    parts: tuple[ScenarioPart, ...], refused: bool
) -> None:
    said = refusal_of_scenario(supposed(*parts), TARGETS, RUN)
    assert (said is not None) is refused
    if said:
        assert "what is added at one time lies outside" in said


@pytest.mark.requirement("CAS-209")
def test_a_scenario_has_an_id_a_title_and_parts() -> None:
    whole = supposed(PART)
    for unusable, said in (
        (replace(whole, scenario_id=" "), "needs an id"),
        (replace(whole, title=""), "has no title"),
        (supposed(), "changes nothing; give it at least one part"),
        (supposed(*(PART,) * (MOST_PARTS + 1)), "more than 6 parts"),
    ):
        refused = refusal_of_scenario(unusable, TARGETS, RUN)
        assert refused is not None
        assert said in refused


def test_as_many_parts_as_are_allowed_are_taken() -> None:
    assert refusal_of_scenario(supposed(*(PART,) * MOST_PARTS), TARGETS, RUN) is None


def test_a_failure_mode_gets_its_own_course_and_usual_time_constant() -> None:
    other = replace(MODE, course=Course.STEP, tau_s=0.0)
    first, second = with_own_courses(supposed(PART, other), TARGETS).parts
    assert first == PART
    assert (second.course, second.tau_s) == (Course.RAMP, 600.0)
    named = with_own_courses(supposed(replace(MODE, tau_s=90.0)), TARGETS).parts[0]
    assert named.tau_s == 90.0


def test_of_several_courses_a_failure_mode_keeps_the_one_that_is_named() -> None:
    both = replace(FOULING, courses=(Course.RAMP, Course.STEP), times_s=(600.0, 0.0))
    targets = targets_by_name((both,))
    ramp, step = with_own_courses(
        supposed(replace(MODE, tau_s=0.0), replace(MODE, course=Course.STEP, tau_s=0.0)), targets
    ).parts
    assert (ramp.course, ramp.tau_s) == (Course.RAMP, 600.0)
    assert (step.course, step.tau_s) == (Course.STEP, 0.0)
    assert refusal_of_scenario(supposed(step), targets, RUN) is None
    neither = supposed(replace(MODE, course=Course.DRIFT))
    refused = refusal_of_scenario(neither, targets, RUN)
    assert refused is not None
    assert "it is changed as: ramp, step" in refused
