"""The same samples written in all four layouts are the same trajectories."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from support.evidence_files import (
    FLOW,
    MODE,
    START_MS,
    STATES,
    ZONE,
    long_parquet,
    long_text,
    packed,
    tag_list,
    wide_text,
)

from investigator.domain.trajectory import Trajectory
from investigator.evidence.files import read_named
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.sources.source import Source

GRID_S = 10
values = st.one_of(
    st.decimals(min_value=-999, max_value=999, places=3).map(str),
    st.sampled_from(["Bad Input", "I/O Timeout", "No Data", "Pt Created"]),
)
states = st.sampled_from([name for _, name in STATES])
grids = st.lists(st.tuples(values, states), min_size=2, max_size=40)


def read(content: bytes, file: str) -> HistorianReading:
    with TemporaryDirectory() as folder:
        place = Path(folder) / file
        place.write_bytes(content)
        (one,) = read_named(
            [(place, file)], tags=tag_list(), line_id="L-1", site_zone=ZONE, progress=lambda _: None
        )
    return one.reading


def same(one: Trajectory, other: Trajectory) -> None:
    np.testing.assert_array_equal(one.t_ms, other.t_ms)
    np.testing.assert_array_equal(one.value, other.value)
    np.testing.assert_array_equal(one.quality, other.quality)


def as_rows(grid: list[tuple[str, str]], *, by_tag: bool) -> list[tuple[str, float, str, str]]:
    rows = [
        (tag, GRID_S * n, text, "Good")
        for n, (value, state) in enumerate(grid)
        for tag, text in ((FLOW, value), (MODE, state))
    ]
    return sorted(rows) if by_tag else rows


@settings(max_examples=40, deadline=None)
@given(grid=grids, by_tag=st.booleans(), crlf=st.booleans())
def test_four_layouts_give_one_course(
    grid: list[tuple[str, str]], by_tag: bool, crlf: bool
) -> None:
    rows = as_rows(grid, by_tag=by_tag)
    text = long_text(rows, end="\r\n" if crlf else "\n")
    wide = wide_text({FLOW: [v for v, _ in grid], MODE: [s for _, s in grid]}, step_s=GRID_S)
    semicolon = long_text([(t, s, v.replace(".", ","), q) for t, s, v, q in rows], delimiter=";")
    readings = [
        read(text, "a.csv"),
        read(semicolon, "b.csv"),
        read(long_parquet(rows), "c.parquet"),
        read(wide, "d.csv"),
    ]
    for other in readings[1:]:
        assert set(other.trajectories) == {FLOW, MODE}
        for tag in (FLOW, MODE):
            same(readings[0].trajectories[tag], other.trajectories[tag])
    expected = START_MS + 1000 * GRID_S * np.arange(len(grid))
    np.testing.assert_array_equal(readings[0].trajectories[FLOW].t_ms, expected)


def test_gzip_is_unpacked_before_the_reader_sees_it(tmp_path) -> None:
    text = long_text(as_rows([("1.5", "RUN"), ("2.5", "REFILL")], by_tag=False))
    place = tmp_path / "h.csv.gz"
    place.write_bytes(packed(text))
    source = Source(place, place.name)
    assert source.packed
    assert source.whole() == text
