"""The long layout, and everything that can be wrong with one."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.evidence_files import (
    FLOW,
    MODE,
    START_MS,
    ZONE,
    at,
    long_parquet,
    long_text,
    tag_list,
    usual_rows,
)

from investigator.domain.errors import SeveralBatches, UnusableInput
from investigator.domain.import_profile import (
    Arrangement,
    ColumnUse,
    ImportProfile,
    Kind,
    TimeOrder,
)
from investigator.domain.trajectory import Interpolation, Quality
from investigator.evidence.historian import long_rows
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.long_layout import read_long
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.historian.tag_words import MOST_STATES
from investigator.evidence.sources.source import sources_of
from investigator.evidence.tables import table_blocks, text_blocks

ROLES = {"Tag": "tag", "Timestamp": "time", "Value": "value", "Status": "status"}


def read(
    content: bytes,
    *,
    file: str = "h.csv",
    tags: Mapping[str, TagFacts] | None = None,
    batch_id: str | None = None,
    roles: Mapping[str, str] = ROLES,
    **changes: Any,
) -> HistorianReading:
    """Read bytes as a long export of which every column is told by its role."""
    columns = tuple(ColumnUse(n, role, name) for n, (name, role) in enumerate(roles.items()))
    profile = ImportProfile(Kind.HISTORIAN, Arrangement.LONG, columns=columns, zone=ZONE)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / file
        place.write_bytes(content)
        (source,) = sources_of(place, file)
        return read_long(
            source,
            replace(profile, **changes),
            tags=tag_list() if tags is None else tags,
            batch_id=batch_id,
        )


def test_a_calm_export_loses_nothing() -> None:
    reading = read(long_text(usual_rows()))
    assert reading.ledger.rows_read == len(usual_rows())
    assert reading.ledger.rows_reported == 0
    assert reading.zone == "UTC+01:00"
    assert reading.findings == ()


def test_system_states_keep_their_place_without_value() -> None:
    reading = read(
        long_text(
            [
                (FLOW, 0, "4.0", "Good"),
                (FLOW, 10, "Bad Input", "Bad"),
                (FLOW, 20, "4.1", "Bad"),
                (FLOW, 30, "4.2", "Questionable"),
                (FLOW, 40, "4.3", "Good"),
            ]
        )
    )
    flow = reading.trajectories[FLOW]
    np.testing.assert_array_equal(np.isnan(flow.value), [False, True, True, False, False])
    good, bad, doubt = Quality.GOOD, Quality.BAD, Quality.UNCERTAIN
    np.testing.assert_array_equal(flow.quality, [good, bad, bad, doubt, good])
    assert [p.line for p in reading.ledger.problems] == [3, 4, 5]
    assert reading.ledger.rows_reported == 3


def test_duplicates_are_reported_and_the_best_quality_kept() -> None:
    reading = read(
        long_text(
            [
                (FLOW, 0, "4.0", "Good"),
                (FLOW, 0, "4.0", "Good"),
                (FLOW, 10, "5.0", "Good"),
                (FLOW, 10, "6.0", "Questionable"),
                (FLOW, 20, "7.0", "Good"),
                (FLOW, 20, "8.0", "Good"),
            ]
        )
    )
    np.testing.assert_array_equal(reading.trajectories[FLOW].value, [4.0, 5.0, 8.0])
    (finding,) = reading.findings
    assert finding.kind == "duplicate"
    assert "3 rows repeat a time, 2 with another value" in finding.detail
    assert reading.ledger.rows_reported == 3


def test_rows_out_of_order_are_placed_and_reported() -> None:
    reading = read(
        long_text([(FLOW, 20, "2", "Good"), (FLOW, 0, "1", "Good"), (FLOW, 30, "3", "Good")])
    )
    np.testing.assert_array_equal(reading.trajectories[FLOW].value, [1.0, 2.0, 3.0])
    assert [(p.line, p.reason) for p in reading.ledger.problems] == [
        (3, "out of order; placed by its time")
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"{FLOW},yesterday,4.0,Good", "time cannot be read"),
        (f"{FLOW},{at(5)},four,Good", "value cannot be read"),
        (f"{FLOW},{at(5)},1e,Good", "value cannot be read"),
        (f"{MODE},{at(5)},TURBO,Good", "unknown state"),
        (f"{MODE},{at(5)},7,Good", "unknown state"),
        (f"{FLOW},{at(5)},4.0,Goo", "unknown status 'Goo'"),
        (f"{FLOW},{at(5)}", "wrong number of cells (torn or truncated row)"),
        (f"{FLOW},{at(5)},4,0,Good", "wrong number of cells (torn or truncated row)"),
    ],
)
def test_an_unusable_row_is_listed_with_its_line_and_text(row: str, reason: str) -> None:
    content = long_text([(FLOW, 0, "4.0", "Good"), (MODE, 0, "RUN", "Good")])
    reading = read(content + f"\n{row}\n{FLOW},{at(60)},4.4,Good\n".encode())
    assert reading.ledger.rows_read == 4
    (problem,) = reading.ledger.problems
    assert (problem.line, problem.text, problem.reason) == (5, row, reason)
    assert reading.trajectories[FLOW].value[-1] == 4.4


def test_a_file_cut_in_the_middle_keeps_what_is_whole() -> None:
    whole = long_text(usual_rows())
    reading = read(whole[: len(whole) // 2])
    assert reading.ledger.rows_reported == 1
    assert reading.trajectories[FLOW].t_ms[0] == START_MS


def test_more_than_half_unusable_is_refused() -> None:
    rows = [(FLOW, s, "?", "Good") for s in range(6)] + [(FLOW, 9, "1", "Good")]
    with pytest.raises(UnusableInput, match=r"h\.csv: 6 of 7 rows cannot be used .*line 2"):
        read(long_text(rows))


def test_half_bad_status_is_no_reason_to_refuse() -> None:
    rows = [(FLOW, s, "Bad Input", "Bad") for s in range(6)] + [(FLOW, 9, "1", "Good")]
    assert read(long_text(rows)).ledger.rows_reported == 6


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolon_and_tab_are_read(delimiter: str) -> None:
    reading = read(long_text(usual_rows(), delimiter=delimiter), delimiter=delimiter)
    assert reading.ledger.rows_reported == 0
    assert len(reading.trajectories) == 3


def test_a_profile_without_a_needed_column_is_refused() -> None:
    with pytest.raises(UnusableInput, match=r"no column of this long .* holds its value"):
        read(b"1,2\n", roles={"Tag": "tag", "Timestamp": "time"})


def test_tags_of_another_line_are_refused() -> None:
    with pytest.raises(UnusableInput, match="belongs to the line of the twin"):
        read(long_text([("X.Y", 0, "1", "Good")]))


def test_an_unknown_tag_is_kept_and_reported() -> None:
    reading = read(long_text([("X.Y", 0, "1.5", "Good"), (FLOW, 0, "4", "Good")]))
    assert reading.trajectories["X.Y"].value[0] == 1.5
    assert [(f.subject, f.kind) for f in reading.findings] == [("X.Y", "unknown_tag")]


def test_times_without_offset_are_local_and_that_is_said() -> None:
    row = f"{FLOW},2026-03-04 11:00:00,4.0,Good\n".encode()
    reading = read(b"Tag,Timestamp,Value,Status\n" + row)
    assert reading.trajectories[FLOW].t_ms[0] == START_MS
    assert "local times of Europe/Berlin" in reading.assumptions[0]


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(UnusableInput, match="holds no rows"):
        read(b"Tag,Timestamp,Value,Status\n")


def test_a_damaged_parquet_is_refused() -> None:
    content = long_parquet(usual_rows())
    with pytest.raises(UnusableInput, match="Parquet file is damaged"):
        read(content[:-40], file="h.parquet")


def test_a_parquet_of_other_columns_than_the_profile_is_refused() -> None:
    roles = {"Tag": "tag", "Time": "time", "Value": "value", "Status": "status"}
    with pytest.raises(UnusableInput, match="not those of its import profile"):
        read(long_parquet(usual_rows()), file="h.parquet", roles=roles)


@pytest.mark.requirement("EVD-101")
def test_a_parquet_that_states_more_rows_than_it_can_hold_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_blocks, "ROWS_LOOKED_AT", 1000)
    monkeypatch.setattr(table_blocks, "ROWS_PER_BYTE", 1)
    with pytest.raises(UnusableInput, match=r"states 50,000 rows in .* bytes, as no export does"):
        read(long_parquet([(FLOW, 0, "1", "Good")] * 50_000), file="h.parquet")


@pytest.mark.requirement("EVD-104")
def test_columns_are_told_by_their_roles_whatever_they_are_named() -> None:
    reading = read(
        "Datum;Uhr;Anlage;Punkt;Einheit;Wert\n"
        "04.03.2026;11:00:00;P.L1.LW1;FLOW.PV;kg/h;4,25\n"
        "04.03.2026;11:01:00;Neu;X;°C;1.020,5\n".encode("cp1252"),
        roles={
            "Datum": "time",
            "Uhr": "time",
            "Anlage": "tag",
            "Punkt": "tag",
            "Einheit": "unit",
            "Wert": "value",
        },
        encoding="cp1252",
        delimiter=";",
        decimal=",",
        thousands=".",
        time_order=TimeOrder.DAY_FIRST,
    )
    assert reading.trajectories[FLOW].value.tolist() == [4.25]
    assert reading.trajectories[FLOW].t_ms.tolist() == [START_MS]
    assert reading.trajectories["Neu.X"].value.tolist() == [1020.5]
    assert reading.trajectories["Neu.X"].signal.unit == "°C"
    assert reading.units == {FLOW: "kg/h", "Neu.X": "°C"}


@pytest.mark.requirement("EVD-105")
def test_words_of_a_tag_that_no_list_knows_are_its_states() -> None:
    words = ["STOP", "No Data", "run", "stop", "RUN"]
    reading = read(long_text([("P.X", 10 * n, w, "Good") for n, w in enumerate(words)]), tags={})
    course = reading.trajectories["P.X"]
    assert course.signal.states == ((0, "STOP"), (1, "run"))
    assert course.signal.interpolation is Interpolation.STEP
    np.testing.assert_array_equal(course.value, [0, np.nan, 1, 0, 1])
    good, bad = Quality.GOOD, Quality.BAD
    assert course.quality.tolist() == [good, bad, good, good, good]
    assert [p.line for p in reading.ledger.problems] == [3]
    assert reading.assumptions == (
        "h.csv: P.X holds words only; they are its states, numbered as they appear",
    )


@pytest.mark.requirement("EVD-105")
def test_a_word_among_numbers_of_an_unknown_tag_is_a_bad_sample_that_is_reported() -> None:
    cells = [("high", "Good"), ("1.5", "Good"), ("2.5", "Bad"), ("low", "Bad")]
    reading = read(long_text([("X", 10 * n, v, q) for n, (v, q) in enumerate(cells)]), tags={})
    course = reading.trajectories["X"]
    np.testing.assert_array_equal(course.value, [np.nan, 1.5, np.nan, np.nan])
    bad, good = Quality.BAD, Quality.GOOD
    assert course.quality.tolist() == [bad, good, bad, bad]
    assert course.signal.states == ()
    said = [(p.line, p.text, p.reason) for p in reading.ledger.problems]
    assert (2, f"X,{at(0, offset_h=1)},high,Good", "value cannot be read") in said
    assert reading.ledger.rows_reported == 3


@pytest.mark.requirement("EVD-104")
def test_rows_of_another_batch_are_reported_and_a_choice_is_asked_for() -> None:
    roles = {**ROLES, "Batch": "batch"}
    content = "Tag,Timestamp,Value,Status,Batch\n" + "".join(
        f"{FLOW},{at(10 * n)},{n},Good,B{n % 2}\n" for n in range(6)
    )
    with pytest.raises(SeveralBatches) as refused:
        read(content.encode(), roles=roles)
    assert refused.value.batches == ("B0", "B1")
    with pytest.raises(SeveralBatches):
        read(content.encode(), roles=roles, batch_id="B7")
    reading = read(content.encode(), roles=roles, batch_id="B1")
    assert reading.trajectories[FLOW].value.tolist() == [1, 3, 5]
    assert {p.reason for p in reading.ledger.problems} == {"of another batch than B1"}
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (6, 3)


@pytest.mark.requirement("EVD-103")
@pytest.mark.parametrize(
    ("row", "what"), [("T{n},{t},1,Good", "tags"), ("T,{t},1,S{n}", "statuses")]
)
def test_a_column_of_ever_different_texts_is_not_what_it_is_read_as(
    row: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_rows, "MOST_TAGS", 50)
    monkeypatch.setattr(long_rows, "MOST_STATUSES", 50)
    lines = [row.format(n=n, t=at(n)) for n in range(60)]
    with pytest.raises(UnusableInput, match=f"column read as {what} holds more than 50 different"):
        read("\n".join(["Tag,Timestamp,Value,Status", *lines]).encode(), tags={})


def test_more_words_than_states_could_be_are_remarks() -> None:
    rows = [("X", n, f"remark {n}", "Good") for n in range(MOST_STATES + 5)]
    reading = read(long_text([*rows, ("Y", 0, "1", "Good")]), tags={})
    assert reading.trajectories["X"].signal.states == ()
    assert np.isnan(reading.trajectories["X"].value).all()
    assert reading.ledger.rows_reported == len(rows)


DOUBLED = [*(f"2026-10-25 02:{m:02d}:00" for m in range(0, 60, 10))] * 2


@pytest.mark.requirement("EVD-104")
def test_the_hour_that_comes_twice_is_placed_when_all_rows_are_known() -> None:
    lines = [f"{FLOW},{t},{n},Good" for n, t in enumerate(DOUBLED)]
    content = "\n".join(["Tag,Timestamp,Value,Status", *lines]).encode()
    course = read(content).trajectories[FLOW]
    assert np.diff(course.t_ms).tolist() == [600_000] * 11
    assert course.value.tolist() == list(range(12))


@pytest.mark.requirement("EVD-104")
def test_a_time_of_the_doubled_hour_that_nothing_tells_apart_is_reported_with_its_words() -> None:
    lines = [f"{FLOW},2026-10-25 02:10:00,1,Good"] + [
        f"{FLOW},2026-10-25 {hour}:00:00,1,Good" for hour in ("10", "11", "12")
    ]
    reading = read("\n".join(["Tag,Timestamp,Value,Status", *lines]).encode())
    (problem,) = reading.ledger.problems
    assert (problem.line, problem.text) == (2, lines[0])
    assert "occurs twice" in problem.reason
    assert reading.trajectories[FLOW].value.size == 3


@pytest.mark.requirement("EVD-104")
def test_what_a_status_number_means_is_judged_with_all_of_the_file_in_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_blocks.text_blocks, "__kwdefaults__", {"block_bytes": 200})
    rows = [(FLOW, n, "1", "0" if n < 20 else "192") for n in range(40)]
    whole = read(long_text(rows))
    monkeypatch.undo()
    at_once = read(long_text(rows))
    np.testing.assert_array_equal(
        whole.trajectories[FLOW].quality, at_once.trajectories[FLOW].quality
    )
    assert whole.ledger.problems == at_once.ledger.problems


cells = st.tuples(
    st.sampled_from([FLOW, MODE, "X", "Y"]),
    st.integers(0, 12).map(lambda n: at(10 * n, offset_h=1)),
    st.sampled_from(["1", "2.5", "RUN", "OFF", "up", "Bad Input", "", "1e"]),
    st.sampled_from(["Good", "Bad", "Questionable", "?"]),
)
torn = st.just((FLOW, "cut"))


@pytest.mark.requirement("EVD-104")
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.one_of(cells, torn), min_size=1, max_size=60))
def test_reading_in_blocks_is_reading_at_once_and_no_row_is_lost(
    rows: list[tuple[str, ...]],
) -> None:
    content = "\n".join(["Tag,Timestamp,Value,Status", *map(",".join, rows)]).encode()
    outcomes = []
    for block_bytes in (1 << 24, 130):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(text_blocks.text_blocks, "__kwdefaults__", {"block_bytes": block_bytes})
            try:
                outcomes.append(read(content, tags={}))
            except UnusableInput as refused:
                outcomes.append(refused)
    one, other = outcomes
    if isinstance(one, UnusableInput) or isinstance(other, UnusableInput):
        assert type(one) is type(other)
        return
    assert one.trajectories.keys() == other.trajectories.keys()
    for tag, course in one.trajectories.items():
        assert course.signal == other.trajectories[tag].signal
        np.testing.assert_array_equal(course.t_ms, other.trajectories[tag].t_ms)
        np.testing.assert_array_equal(course.value, other.trajectories[tag].value)
        np.testing.assert_array_equal(course.quality, other.trajectories[tag].quality)
    assert set(one.ledger.problems) == set(other.ledger.problems)
    samples = sum(course.t_ms.size for course in one.trajectories.values())
    assert one.ledger.rows_read == len(rows)
    assert samples + one.ledger.rows_reported >= len(rows)
