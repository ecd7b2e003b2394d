"""A bulk export: every one of its rows comes back as it was written, through the store as well."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from support.long_export import HEADER, PROFILE, STATES, rows_of, tag_names, write_long_export

from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.long_layout import read_long
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.sources.source import sources_of
from investigator.evidence.store.sample_layout import write_samples
from investigator.evidence.store.sample_store import SampleStore

ROWS, TAGS, SEED = 400_000, 40, 11


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bulk") / "export.csv"
    write_long_export(place, rows=ROWS, tags=TAGS, seed=SEED)
    return place


def read(place: Path) -> HistorianReading:
    *numbers, digital = tag_names(TAGS)
    tags = {tag: TagFacts(Signal(tag)) for tag in numbers}
    states = tuple(enumerate(STATES))
    tags[digital] = TagFacts(Signal(digital, interpolation=Interpolation.STEP, states=states))
    (source,) = sources_of(place, place.name)
    return read_long(source, PROFILE, tags=tags)


@pytest.fixture(scope="module")
def reading(export: Path) -> HistorianReading:
    return read(export)


def same(one: Trajectory, other: Trajectory) -> None:
    np.testing.assert_array_equal(one.t_ms, other.t_ms)
    np.testing.assert_array_equal(one.value, other.value)
    np.testing.assert_array_equal(one.quality, other.quality)


@pytest.mark.requirement("EVD-104")
def test_every_row_is_the_sample_that_was_written(reading: HistorianReading) -> None:
    written = rows_of(0, ROWS, TAGS, SEED)
    system = written.state >= 0
    assert reading.ledger.rows_read == ROWS
    assert reading.ledger.rows_reported == int(system.sum())
    assert (reading.findings, reading.assumptions, reading.zone) == ((), (), "UTC+01:00")
    for position, tag in enumerate(tag_names(TAGS)):
        rows = written.tag == position
        value = np.where(system, np.nan, written.value)[rows]
        if position == TAGS - 1:
            state = written.t_s[rows] // 3600 % len(STATES)
            value = np.where(system[rows], np.nan, state)
        course = reading.trajectories[tag]
        np.testing.assert_array_equal(course.t_ms, written.t_s[rows] * 1000)
        np.testing.assert_array_equal(course.value, value)
        bad = course.quality == Quality.BAD
        np.testing.assert_array_equal(bad, system[rows])


@pytest.mark.requirement("EVD-104")
def test_packed_it_reads_as_it_does_plain(
    export: Path, reading: HistorianReading, tmp_path: Path
) -> None:
    place = tmp_path / "export.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        target.write(export, "a/export.csv")
    packed = read(place)
    assert packed.ledger.problems == reading.ledger.problems
    for tag, course in reading.trajectories.items():
        same(packed.trajectories[tag], course)


@pytest.mark.requirement("EVD-104")
def test_sorted_by_tag_it_is_the_same(
    export: Path, reading: HistorianReading, tmp_path: Path
) -> None:
    header, *lines = export.read_bytes().splitlines(keepends=True)
    place = tmp_path / "sorted.csv"
    place.write_bytes(header + b"".join(sorted(lines)))
    by_tag = read(place)
    assert by_tag.ledger.rows_reported == reading.ledger.rows_reported
    for tag, course in reading.trajectories.items():
        same(by_tag.trajectories[tag], course)
    assert header.decode().strip() == ",".join(HEADER)


@pytest.mark.requirement("EVD-106", "EVD-107")
def test_the_store_gives_back_what_was_read(reading: HistorianReading, tmp_path: Path) -> None:
    place = tmp_path / "samples.parquet"
    write_samples(place, reading.trajectories.items())
    again = io.BytesIO()
    write_samples(again, reading.trajectories.items())
    assert place.read_bytes() == again.getvalue()
    with SampleStore.open(place) as store:
        for tag, course in reading.trajectories.items():
            same(store.trajectory(tag, course.signal), course)
            middle = Span(int(course.t_ms[2000]), int(course.t_ms[9000]))
            _, low, high = store.reduced(tag, middle, points=100)
            assert np.nanmax(high) == np.nanmax(course.value[2000:9000])
            assert np.nanmin(low) == np.nanmin(course.value[2000:9000])
