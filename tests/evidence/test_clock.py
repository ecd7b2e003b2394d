"""The offset between the clock of the record and the historian's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.evidence.clock import SharedEvents, differences_s, offset_of


def shared(record_s: list[float], historian_s: list[float], late: float = 0.0) -> SharedEvents:
    to_ms = lambda s: np.array(sorted(1000 * np.array(s)), dtype=np.int64)  # noqa: E731
    return SharedEvents("refill", to_ms(record_s), to_ms(historian_s), late)


@settings(deadline=None)
@given(
    offset=st.integers(min_value=-75, max_value=75),
    seed=st.integers(min_value=0, max_value=10_000),
    strays=st.integers(min_value=0, max_value=3),
)
def test_the_offset_is_found_in_spite_of_stray_events(offset: int, seed: int, strays: int) -> None:
    draw = np.random.default_rng(seed)
    record = np.arange(20) * 900.0 + draw.integers(0, 60, 20)
    historian = record + offset
    historian[:strays] += draw.choice([-70.0, 70.0], strays)
    found = offset_of(differences_s(shared(record.tolist(), historian.tolist())))
    assert found.offset_s == pytest.approx(offset, abs=1e-9)
    assert found.uncertainty_s < 1.0


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(min_value=0, max_value=10_000))
def test_on_a_grid_the_truth_lies_within_the_stated_uncertainty(seed: int) -> None:
    draw = np.random.default_rng(seed)
    record = np.arange(60) * 450.0 + draw.uniform(0, 60, 60)
    seen = np.ceil((record + 31.0) / 10.0) * 10.0
    found = offset_of(differences_s(shared(record.tolist(), seen.tolist(), 5.0)), grid_s=10.0)
    assert abs(found.offset_s - 31.0) <= 4.0 * found.uncertainty_s
    assert 0.3 < found.uncertainty_s < 2.0


def test_chattering_events_tell_nothing() -> None:
    assert differences_s(shared([100, 110, 120], [105, 115, 125])).size == 0


def test_events_too_far_apart_are_no_pair() -> None:
    assert differences_s(shared([0.0], [400.0])).size == 0


def test_few_pairs_claim_nothing() -> None:
    found = offset_of(np.array([41.0, 41.0, 41.0, 41.0]))
    assert (found.offset_s, found.uncertainty_s, found.matched_events) == (0.0, 120.0, 4)
