"""Which events of two clocks are one and the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.evidence.clocks.events import SharedEvents
from investigator.evidence.clocks.fit import fitted
from investigator.evidence.clocks.match import matched, sole_pairs


def shared(source_s: list[float], historian_s: list[float], kind: str = "refill") -> SharedEvents:
    to_ms = lambda s: np.array(sorted(1000 * np.array(s)), dtype=np.int64)  # noqa: E731
    return SharedEvents(kind, to_ms(source_s), to_ms(historian_s))


@pytest.mark.requirement("EVD-234")
def test_chattering_events_tell_nothing() -> None:
    chatter = [100.0 + 10.0 * n for n in range(30)]
    match = matched([shared(chatter, [t + 4.0 for t in chatter], "alarm")])
    assert match.wide.count == 0
    assert not match.agree
    assert fitted(match) is None


@pytest.mark.requirement("EVD-234")
def test_a_chattering_alarm_beside_sound_events_does_no_harm() -> None:
    sound = [900.0 * n for n in range(12)]
    chatter = [3000.0 + 12.0 * n for n in range(40)]
    found = fitted(
        matched(
            [
                shared(sound, [t + 41.0 for t in sound]),
                shared(chatter, [t + 5.0 for t in chatter], "alarm"),
            ]
        )
    )
    assert found is not None
    assert found.offset_s == pytest.approx(41.0, abs=0.01)


def test_events_too_far_apart_are_no_pair() -> None:
    assert sole_pairs([shared([0.0], [400.0])], around_s=0.0, within_s=180.0).count == 0


def test_an_event_with_a_second_candidate_far_away_still_counts() -> None:
    often = [170.0 * n for n in range(20)]
    seldom = [900.0 * n for n in range(8)]
    match = matched(
        [
            shared(often, [t + 10.0 for t in often]),
            shared(seldom, [t + 10.0 for t in seldom], "drum"),
        ]
    )
    assert match.wide.count == 8
    assert match.near.count == 28


def test_few_pairs_claim_nothing() -> None:
    four = [900.0 * n for n in range(4)]
    assert fitted(matched([shared(four, [t + 41.0 for t in four])])) is None


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(min_value=0, max_value=100_000))
def test_unrelated_events_claim_nothing(seed: int) -> None:
    draw = np.random.default_rng(seed)
    one, other = (np.sort(draw.uniform(0.0, 28_800.0, 60)) for _ in range(2))
    assert fitted(matched([shared(one.tolist(), other.tolist())])) is None


@pytest.mark.requirement("EVD-235")
@settings(deadline=None, max_examples=40)
@given(
    hours=st.sampled_from([-2, -1, 1, 2]),
    rest_s=st.integers(min_value=-120, max_value=120),
    seed=st.integers(min_value=0, max_value=1000),
)
def test_a_whole_hour_is_told_from_an_offset(hours: int, rest_s: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    happened = np.cumsum(draw.uniform(400.0, 1500.0, 40))
    source = np.rint(happened - 3600.0 * hours - rest_s)
    match = matched([shared(source.tolist(), np.rint(happened).tolist())])
    assert match.hours == hours
    found = fitted(match)
    assert found is not None
    assert found.offset_s - 3600.0 * hours == pytest.approx(rest_s, abs=1.0)


@pytest.mark.requirement("EVD-235")
def test_a_regular_run_is_not_taken_for_a_wrong_zone() -> None:
    regular = [600.0 * n for n in range(48)]
    assert matched([shared(regular, [t + 30.0 for t in regular])]).hours == 0
