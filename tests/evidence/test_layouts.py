"""The same samples written in all four layouts are the same trajectories."""

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
from investigator.evidence.content import load
from investigator.evidence.long_layout import read_long_parquet, read_long_text
from investigator.evidence.wide_layout import read_wide_text

GRID_S = 10
values = st.one_of(
    st.decimals(min_value=-999, max_value=999, places=3).map(str),
    st.sampled_from(["Bad Input", "I/O Timeout", "No Data", "Pt Created"]),
)
states = st.sampled_from([name for _, name in STATES])
grids = st.lists(st.tuples(values, states), min_size=2, max_size=40)


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
    rows, tags = as_rows(grid, by_tag=by_tag), tag_list()
    text = long_text(rows, end="\r\n" if crlf else "\n")
    wide = wide_text({FLOW: [v for v, _ in grid], MODE: [s for _, s in grid]}, step_s=GRID_S)
    semicolon = long_text([(t, s, v.replace(".", ","), q) for t, s, v, q in rows], delimiter=";")
    readings = [
        read_long_text(text, "a.csv", tags=tags, site_zone=ZONE),
        read_long_text(semicolon, "b.csv", tags=tags, site_zone=ZONE),
        read_long_parquet(long_parquet(rows), "c.parquet", tags=tags, site_zone=ZONE),
        read_wide_text(wide, "d.csv", tags=tags, site_zone=ZONE),
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
    loaded = load(place, place.name)
    assert loaded.packed
    assert loaded.content == text
