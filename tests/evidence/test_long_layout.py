"""The long layout, and everything that can be wrong with one."""

import numpy as np
import pytest
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

from investigator.domain.errors import UnusableInput
from investigator.domain.trajectory import Quality
from investigator.evidence.historian import HistorianReading
from investigator.evidence.long_layout import read_long_parquet, read_long_text


def read(content: bytes) -> HistorianReading:
    return read_long_text(content, "h.csv", tags=tag_list(), site_zone=ZONE)


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


@pytest.mark.parametrize("delimiter", ["|", "^", " "])
def test_an_unknown_delimiter_names_the_known_ones(delimiter: str) -> None:
    with pytest.raises(UnusableInput, match="comma, semicolon and tab"):
        read(long_text(usual_rows(), delimiter=delimiter))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolon_and_tab_are_read(delimiter: str) -> None:
    reading = read(long_text(usual_rows(), delimiter=delimiter))
    assert reading.ledger.rows_reported == 0
    assert len(reading.trajectories) == 3


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UnusableInput, match="lacks the column Status"):
        read(b"Tag,Timestamp,Value\n")


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
        read_long_parquet(content[:-40], "h.parquet", tags=tag_list(), site_zone=ZONE)
