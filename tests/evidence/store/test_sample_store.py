"""The store of samples: what is written comes back, by tag, by time, and reduced for a picture."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.domain.errors import AlteredRecord
from investigator.domain.instant import Span
from investigator.domain.trajectory import Quality, Signal, Trajectory
from investigator.evidence.store import pyramid, sample_layout, sample_store
from investigator.evidence.store.sample_layout import INDEX_KEY, write_samples
from investigator.evidence.store.sample_store import SampleStore, samples_bytes, samples_from


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row groups and levels small enough for a test to have many of them."""
    monkeypatch.setattr(sample_layout, "GROUP_ROWS", 64)
    monkeypatch.setattr(sample_store, "GROUP_ROWS", 64)
    monkeypatch.setattr(pyramid, "SHORTEST", 4)


def course(tag: str, n: int, seed: int = 1) -> Trajectory:
    rng = np.random.default_rng(seed)
    value = rng.normal(size=n)
    value[rng.random(n) < 0.2] = np.nan
    quality = np.where(np.isnan(value), Quality.BAD, Quality.GOOD).astype(np.uint8)
    return Trajectory(Signal(tag), np.cumsum(rng.integers(1, 9, n)), value, quality)


def same(one: Trajectory, other: Trajectory) -> None:
    assert one.signal == other.signal
    np.testing.assert_array_equal(one.t_ms, other.t_ms)
    np.testing.assert_array_equal(one.value, other.value)
    np.testing.assert_array_equal(one.quality, other.quality)
    assert (one.sd_factor is None) is (other.sd_factor is None)
    if one.sd_factor is not None:
        np.testing.assert_array_equal(one.sd_factor, other.sd_factor)


@pytest.mark.requirement("EVD-106")
@pytest.mark.usefixtures("small_groups")
def test_all_samples_come_back_and_the_bytes_are_the_same_every_time() -> None:
    doubtful = course("b", 100)
    factor = np.where(np.arange(100) % 3 == 0, 3.0, 1.0)
    doubtful = Trajectory(doubtful.signal, doubtful.t_ms, doubtful.value, doubtful.quality, factor)
    written = {
        "c": course("c", 1),
        "a": course("a", 1000),
        "b": doubtful,
        "none": course("none", 0),
    }
    data = samples_bytes(written)
    assert data == samples_bytes(dict(reversed(written.items())))
    read = samples_from(data, {tag: t.signal for tag, t in written.items()})
    assert set(read) == set(written)
    for tag, trajectory in written.items():
        same(read[tag], trajectory)


@pytest.mark.requirement("EVD-107")
@settings(max_examples=200, deadline=None)
@given(
    n=st.integers(0, 1500),
    span=st.tuples(st.integers(-50, 8000), st.integers(1, 8000)),
    points=st.integers(1, 40),
)
def test_a_reduced_view_holds_the_extremes_of_exactly_its_span(
    n: int, span: tuple[int, int], points: int
) -> None:
    trajectory = course("a", n, seed=n)
    asked = Span(span[0], span[0] + span[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample_layout, "GROUP_ROWS", 64)
        patch.setattr(sample_store, "GROUP_ROWS", 64)
        patch.setattr(pyramid, "SHORTEST", 4)
        store = SampleStore.open(samples_bytes({"a": trajectory}))
        part = store.trajectory("a", trajectory.signal, asked)
        t_ms, low, high = store.reduced("a", asked, points=points)
    inside = (trajectory.t_ms >= asked.start_ms) & (trajectory.t_ms < asked.end_ms)
    np.testing.assert_array_equal(part.t_ms, trajectory.t_ms[inside])
    np.testing.assert_array_equal(part.value, trajectory.value[inside])
    assert t_ms.size <= points
    assert t_ms.size == low.size == high.size
    if not inside.any():
        assert t_ms.size == 0
        return
    assert t_ms[0] == part.t_ms[0]
    starts = np.searchsorted(part.t_ms, t_ms)
    np.testing.assert_array_equal(low, np.fmin.reduceat(part.value, starts))
    np.testing.assert_array_equal(high, np.fmax.reduceat(part.value, starts))


@pytest.mark.requirement("EVD-107")
def test_a_spike_of_one_sample_is_seen_at_every_width(tmp_path: Path) -> None:
    n = 300_000
    value = np.zeros(n)
    value[123_456] = 9.0
    quality = np.full(n, Quality.GOOD, np.uint8)
    place = tmp_path / "samples.parquet"
    write_samples(place, [("a", Trajectory(Signal("a"), np.arange(n) * 1000, value, quality))])
    with SampleStore.open(place) as store:
        assert (store.tags, store.rows("a"), store.rows("other")) == (("a",), n, 0)
        for points in (10, 100, 4000):
            for first, last in ((0, n), (123_456, 123_457), (123_000, 290_000)):
                _, low, high = store.reduced("a", Span(first * 1000, last * 1000), points=points)
                assert np.nanmax(high) == 9.0
                assert np.nanmin(low) == (9.0 if last - first == 1 else 0.0)


def test_a_tag_that_is_not_there_has_no_samples() -> None:
    with SampleStore.open(samples_bytes({})) as store:
        assert store.trajectory("x", Signal("x")).t_ms.size == 0
        assert store.reduced("x", Span(0, 9), points=5)[0].size == 0


def test_a_tag_is_written_once() -> None:
    with pytest.raises(ValueError, match="a is written twice"):
        write_samples(Path("/dev/null"), [("a", course("a", 3))] * 2)


@pytest.mark.requirement("EVD-106")
def test_damaged_altered_and_other_stores_are_told() -> None:
    data = samples_bytes({"a": course("a", 100)})
    with pytest.raises(AlteredRecord, match="cannot be read"):
        SampleStore.open(data[:-30])
    with pytest.raises(AlteredRecord, match="other signals"):
        samples_from(data, {"b": Signal("b")})
    key = INDEX_KEY.encode()
    with pytest.raises(AlteredRecord, match="not made by the recipe"):
        SampleStore.open(data.replace(key, key[:-1] + b"X"))
