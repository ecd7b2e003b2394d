"""Parts of scenarios in words, and their decimals as text."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.acts.scenarios import decimal_text, stated
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind
from investigator.domain.scenario_words import part_in_words

PART = ScenarioPart(
    TargetKind.INPUT, "feed.api", Course.RAMP, 1_772_600_400_000, 1_772_602_200_000, 90.0, (-5.0,)
)


def test_a_part_tells_what_how_much_in_which_course_and_when() -> None:
    words = part_in_words(PART, "UTC")
    assert words.startswith("input feed.api by \N{MINUS SIGN}5.00 as a ramp (90.0 s), 2026-03-04")
    mode = replace(PART, kind=TargetKind.FAILURE_MODE, target="fouling", sizes=(5.0, 1.0))
    assert part_in_words(mode, "UTC").startswith("failure mode fouling by +5.00 and +1.00 (90.0 s)")
    whole = replace(PART, course=Course.WHOLE_BATCH)
    assert part_in_words(whole, "UTC") == (
        "input feed.api by \N{MINUS SIGN}5.00 over the whole batch"
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_scenario_comes_back_from_its_act_as_it_was(size: float) -> None:
    assert float(decimal_text(size)) == size
    scenario = Scenario("S", "t", CauseCategory.METHOD, (replace(PART, sizes=(size,)),), "n")
    act = stated(scenario, copied_from="R")
    assert act.scenario() == scenario
    assert act.copied_from == "R"
