"""Exports that are easily misread in silence: read as a careful person would, or put in doubt.

Each case is an export as a real system writes it, read by the whole way from bytes to samples.
"""

import io
from datetime import date, time
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Severity
from investigator.domain.trajectory import Quality, Signal, Trajectory
from investigator.evidence.batch.material_extract import MaterialReading
from investigator.evidence.files import read_files
from investigator.evidence.folder import overlap
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.historian.samples import merged
from investigator.evidence.laboratory.results import LaboratoryReading
from investigator.evidence.reading import FileReading
from investigator.evidence.recognise import recognise
from investigator.evidence.sources.source import Source


def read(folder: Path, name: str, content: str | bytes) -> FileReading:
    """One file by the way that a folder goes, at a site in Berlin whose tags nobody lists."""
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    (found,) = read_files(
        folder,
        tags={},
        line_id="L1",
        site_zone="Europe/Berlin",
        profiles=None,
        batch_id=None,
        progress=lambda _: None,
    )
    return found


def export(found: FileReading) -> HistorianReading:
    assert isinstance(found.reading, HistorianReading)
    return found.reading


@pytest.mark.requirement("EVD-300")
def test_a_row_without_tag_is_reported_and_makes_no_tag(tmp_path: Path) -> None:
    rows = "".join(f"T1,2025-03-01 10:00:0{n},{n}\n" for n in range(5))
    found = read(tmp_path, "a.csv", f"Tag,Time,Value\n{rows},2025-03-01 10:00:06,7\n")
    assert list(export(found).trajectories) == ["T1"]
    assert [(p.line, p.reason) for p in found.item.problems] == [(7, "names no tag")]


@pytest.mark.requirement("EVD-300")
def test_a_row_in_another_unit_than_its_tag_is_reported_and_not_mixed_in(tmp_path: Path) -> None:
    text = (
        "Tag,Time,Value,Unit\nT1,2025-03-01 10:00:00,20,\nT1,2025-03-01 10:00:01,21,degC\n"
        "T1,2025-03-01 10:00:02,68,degF\nP1,2025-03-01 10:00:02,1,bar\n"
        "T1,2025-03-01 10:00:03,22,°C\nT1,2025-03-01 10:00:04,23,\n"
    )
    found = read(tmp_path, "a.csv", text)
    assert export(found).trajectories["T1"].value.tolist() == [20.0, 21.0, 22.0, 23.0]
    assert export(found).units == {"T1": "degC", "P1": "bar"}
    assert [p.line for p in found.item.problems] == [4]
    assert "another unit" in found.item.problems[0].reason


@pytest.mark.requirement("EVD-301")
@pytest.mark.parametrize(
    ("header", "rows", "tag"),
    [
        ("Time,T1,T2,T1.Quality,T2.Quality", ("1,2,Bad,Good", "3,4,Good,Bad"), "T1"),
        ("Time,T1.Value,T1.Quality,T2.Value,T2.Quality", ("1,0,2,192", "3,192,4,0"), "T1.Value"),
        ("Time,T1/PV.CV,T1/PV.ST,T2", ("1,BadNoComm,2", "3,GoodNonCascade,4"), "T1/PV.CV"),
    ],
)
def test_a_status_goes_with_the_column_that_it_is_named_after(
    tmp_path: Path, header: str, rows: tuple[str, str], tag: str
) -> None:
    body = "".join(f"2025-03-01 10:00:0{n},{row}\n" for n, row in enumerate(rows))
    trajectories = export(read(tmp_path, "a.csv", f"{header}\n{body}")).trajectories
    assert len(trajectories) == 2
    assert trajectories[tag].quality.tolist() == [Quality.BAD, Quality.GOOD]
    assert np.isnan(trajectories[tag].value[0])
    assert trajectories[tag].value[1] == 3.0


@pytest.mark.requirement("EVD-302")
def test_columns_under_a_heading_over_several_are_said_not_to_be_read(tmp_path: Path) -> None:
    rows = "".join(f"2025-03-01 10:00:0{n},1,2,3,4\n" for n in range(3))
    found = read(tmp_path, "a.csv", f"Time,Reactor,,Dryer,\n,Temp,Press,Temp,Press\n{rows}")
    assert any("no name and are not read (place 3, 5)" in doubt for doubt in found.doubts)


@pytest.mark.requirement("EVD-302")
def test_a_row_of_units_that_only_a_plant_writes_is_one(tmp_path: Path) -> None:
    rows = "".join(f"2025-03-01 10:00:0{n};1;2\n" for n in range(3))
    found = read(tmp_path, "a.csv", f"Zeit;Mühle;Druck\n;°C;µbar\n{rows}".encode("cp1252"))
    assert export(found).units == {"Mühle": "°C", "Druck": "µbar"}


@pytest.mark.requirement("EVD-303")
def test_what_a_status_says_of_validity_and_retest_is_no_verdict(tmp_path: Path) -> None:
    text = (
        "Sample,Batch,Test,Result,Unit,Limit,Status\nS1,B1,Water,0.40,%,NMT 1.0,invalidated\n"
        "S1,B1,Water,0.45,%,NMT 1.0,retest\nS1,B1,Assay,99.0,%,95 - 105,Pass\n"
    )
    reading = read(tmp_path, "a.csv", text).reading
    assert isinstance(reading, LaboratoryReading)
    told = [(str(r.standing), r.retest) for r in reading.results]
    assert told == [("invalidated", 0), ("valid", 1), ("valid", 0)]


@pytest.mark.requirement("EVD-301")
def test_the_validity_of_a_panel_is_one_for_valid(tmp_path: Path) -> None:
    text = (
        '"VarName";"TimeString";"VarValue";"Validity";"Time_ms"\n'
        '"T1";"01.03.2025 10:00:00";20,5;1;45717416666,6667\n'
        '"T1";"01.03.2025 10:00:01";21,5;1;45717416678,2407\n'
        '"T1";"01.03.2025 10:00:02";22,5;0;45717416689,8148\n'
        '"$RT_OFF$";"01.03.2025 10:00:02";0;2;45717416689,8148\n'
    )
    curve = export(read(tmp_path, "a.csv", text)).trajectories["T1"]
    assert curve.quality.tolist() == [Quality.GOOD, Quality.GOOD, Quality.BAD]


@pytest.mark.requirement("EVD-302")
def test_samples_with_a_beginning_and_an_end_are_no_tag_list(tmp_path: Path) -> None:
    text = (
        "Tag,Start Time,End Time,Value\nT1,2025-03-01 10:00:00,2025-03-01 10:00:10,1\n"
        "T1,2025-03-01 10:00:10,2025-03-01 10:00:20,2\n"
    )
    assert export(read(tmp_path, "a.csv", text)).trajectories["T1"].value.tolist() == [1.0, 2.0]


@pytest.mark.requirement("EVD-301")
@pytest.mark.parametrize("name", ["long", "single"])
def test_flags_in_columns_of_their_own_act_on_the_value(tmp_path: Path, name: str) -> None:
    rows = ("1,False,False,False", "2,False,True,False", "3,False,False,True", "4,True,False,")
    tag, cell = ("Tag,", "T1,") if name == "long" else ("", "")
    body = "".join(f"{cell}2025-03-01 10:00:0{n},{row}\n" for n, row in enumerate(rows))
    header = f"{tag}Timestamp,Value,Annotated,Questionable,Substituted\n"
    curve = export(read(tmp_path, "T1.csv", header + body)).trajectories["T1"]
    good, bad, uncertain = Quality.GOOD, Quality.BAD, Quality.UNCERTAIN
    assert curve.quality.tolist() == [good, uncertain, bad, good]
    assert curve.sd_factor is not None
    assert curve.sd_factor[1] > 1.0
    assert np.array_equal(curve.value, [1.0, 2.0, np.nan, 4.0], equal_nan=True)


def workbook(rows: list[list[object]], per_cent: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell in book.active[per_cent][1:] if per_cent else ():
        cell.number_format = "0.0%"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.requirement("EVD-304")
def test_numbers_that_a_sheet_shows_in_per_cent_are_read_as_shown(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Sample", "Batch", "Test", "Result", "Unit", "Limit"],
        ["S1", "B1", "Assay", 0.985, "%", "95.0 - 105.0 %"],
        ["S1", "B1", "Water", 0.0041, "%", "NMT 1.0 %"],
    ]
    found = read(tmp_path, "a.xlsx", workbook(rows, per_cent="D"))
    assert isinstance(found.reading, LaboratoryReading)
    assert [r.result for r in found.reading.results] == [98.5, 0.41]
    assert any("Result in per cent" in doubt for doubt in found.doubts)


@pytest.mark.requirement("EVD-311")
@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_named(tmp_path: Path, state: str) -> None:
    book = openpyxl.Workbook()
    for name in ("Now", "Before"):
        sheet = book.create_sheet(name)
        sheet.append(["Time", f"{name}1"])
        for second in range(3):
            sheet.append([f"2025-03-01 10:00:0{second}", float(second)])
    book.remove(book.active)
    book["Before"].sheet_state = state
    place = tmp_path / "a.xlsx"
    book.save(place)
    shown, other = recognise(Source(place, "a.xlsx"), zone="UTC")
    assert not any("hidden" in doubt for doubt in shown.doubts)
    told = [doubt for doubt in other.doubts if "sheet Before is hidden" in doubt]
    assert len(told) == (state != "visible")


@pytest.mark.requirement("EVD-304")
def test_dates_that_a_spreadsheet_may_have_swapped_are_a_doubt(tmp_path: Path) -> None:
    swapped = [[date(2025, day, 3), float(day)] for day in (1, 2, 3)]
    kept = [[f"{day}.03.2025", float(day)] for day in (13, 14, 15)]
    found = read(tmp_path, "a.xlsx", workbook([["Time", "T1"], *swapped, *kept]))
    assert any("swapped day and month" in doubt for doubt in found.doubts)


@pytest.mark.requirement("EVD-305")
@pytest.mark.parametrize(
    ("header", "hour"),
    [
        ("Tag,Time (UTC),Value", 10),
        ("Tag,Time (UTC+1),Value", 9),
        ("Tag,Time (UTC +01:00),Value", 9),
        ("Tag,Timestamp [GMT-5],Value", 15),
        ("Time zone: UTC+02:00\nTag,Time,Value", 8),
        ("Tag,Time,Value", 8),
    ],
)
def test_a_distance_from_utc_in_the_header_is_the_zone(
    tmp_path: Path, header: str, hour: int
) -> None:
    text = f"{header}\nT1,2025-07-26 10:00:00,1\nT1,2025-07-26 10:01:00,2\n"
    curve = export(read(tmp_path, "a.csv", text)).trajectories["T1"]
    assert curve.t_ms[0] == 1753488000000 + hour * 3_600_000


@pytest.mark.requirement("EVD-305")
def test_letters_for_a_zone_are_a_doubt(tmp_path: Path) -> None:
    text = "Tag;Zeit (MEZ);Wert\nT1;2025-07-26 10:00:00;1\nT1;2025-07-26 10:01:00;2\n"
    assert any("said to be MEZ" in doubt for doubt in read(tmp_path, "a.csv", text).doubts)


@pytest.mark.requirement("EVD-306")
@pytest.mark.parametrize("beginning", ["5", "5,5"])
def test_a_counter_that_passes_999_far_into_the_file_is_read_in_thousands(
    tmp_path: Path, beginning: str
) -> None:
    rows = [f"T1;2025-03-01 1{n // 3600}:{n // 60 % 60:02d}:{n % 60:02d};" for n in range(9000)]
    text = "".join(f"{row}{beginning}\n" for row in rows)
    text += "N1;2025-03-01 20:00:00;999\nN1;2025-03-01 20:00:01;1.234\nT1;2025-03-01 20:00:01;1,5\n"
    found = export(read(tmp_path, "a.csv", f"Tag;Time;Value\n{text}"))
    assert found.trajectories["N1"].value.tolist() == [999.0, 1234.0]
    assert found.trajectories["T1"].value[[0, -1]].tolist() == [
        float(beginning.replace(",", ".")),
        1.5,
    ]


@pytest.mark.requirement("EVD-304")
def test_a_date_and_a_time_of_day_in_two_cells_of_a_sheet_are_one_time(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Date", "Time", "T1"]]
    rows += [[date(2025, 3, 1), time(10, 0), 1.0], [date(2025, 3, 1), time(23, 59, 59), 2.0]]
    curve = export(read(tmp_path, "a.xlsx", workbook(rows))).trajectories["T1"]
    assert curve.t_ms.tolist() == [1740819600000, 1740869999000]


@pytest.mark.requirement("EVD-302")
@pytest.mark.parametrize("header", ["Tag,Time,Millisecond,Value", "Time,ms,T1,T2"])
def test_milliseconds_in_a_column_of_their_own_are_said_not_to_be_read(
    tmp_path: Path, header: str
) -> None:
    row = {"Tag": "T1", "Time": "2025-03-01 10:00:0{}", "Millisecond": "250", "ms": "250"}
    cells = [row.get(name, "5") for name in header.split(",")]
    body = "".join(",".join(cells).format(n) + "\n" for n in range(3))
    found = read(tmp_path, "a.csv", f"{header}\n{body}")
    assert any("fractions of the second" in doubt for doubt in found.doubts)


@pytest.mark.requirement("EVD-307")
@pytest.mark.parametrize(
    ("first", "second"), [("Time,T1,T2", "Time,T3,T4"), ("Time,T1,T2", "Time,T2,T1")]
)
def test_a_second_table_further_down_is_refused_by_its_line(
    tmp_path: Path, first: str, second: str
) -> None:
    days = [f"2025-03-0{day} 10:00:0{n},{day},2\n" for day in (1, 2) for n in range(3)]
    text = f"{first}\n{''.join(days[:3])}{second}\n{''.join(days[3:])}"
    with pytest.raises(UnusableInput, match="another table begins in line 5"):
        read(tmp_path, "a.csv", text)
    again = text.replace(second, first)
    assert (
        export(read(tmp_path, "a.csv", again)).trajectories["T1"].value.tolist()
        == [1.0] * 3 + [2.0] * 3
    )


@pytest.mark.requirement("EVD-307")
def test_one_tag_after_another_in_a_file_is_refused(tmp_path: Path) -> None:
    tables = [
        f"Tag: T{n}\nTime,Value\n2025-03-0{n} 10:00:00,{n}\n2025-03-0{n} 10:00:01,{n}\n"
        for n in (1, 2)
    ]
    with pytest.raises(UnusableInput, match="another table begins in line 6"):
        read(tmp_path, "a.csv", "".join(tables))


@pytest.mark.requirement("EVD-302")
def test_a_tag_that_is_named_ahead_of_the_header_is_a_doubt(tmp_path: Path) -> None:
    rows = "".join(f"2025-03-01 10:00:0{n},{n}\n" for n in range(3))
    found = read(tmp_path, "export1.csv", f"Tag name: T1\nUnits: bar\nTime,Value\n{rows}")
    assert any("a line ahead says Tag name: T1" in doubt for doubt in found.doubts)


@pytest.mark.requirement("EVD-301")
def test_statuses_in_tables_side_by_side_act_on_their_own_values(tmp_path: Path) -> None:
    text = (
        "Time,T1,T1 Status,Time,T2,Quality\n"
        "2025-03-01 10:00:00,1,Good,2025-03-01 10:00:00,5,Bad\n"
        "2025-03-01 10:00:01,2,Bad,2025-03-01 10:00:03,6,Good\n"
    )
    curves = export(read(tmp_path, "a.csv", text)).trajectories
    assert {tag: curve.quality.tolist() for tag, curve in curves.items()} == {
        "T1": [Quality.GOOD, Quality.BAD],
        "T2": [Quality.BAD, Quality.GOOD],
    }


@pytest.mark.requirement("EVD-302")
def test_a_first_row_whose_time_is_not_known_is_said_not_to_be_data(tmp_path: Path) -> None:
    text = (
        "Time,T1,T2\n~2025-03-01 10:00:00,1,x\n2025-03-01 10:00:01,2,3\n2025-03-01 10:00:02,3,3\n"
    )
    found = read(tmp_path, "a.csv", text)
    rows_told = [p.line for p in found.item.problems]
    assert rows_told == [2] or any(doubt.startswith("line 2 is read as") for doubt in found.doubts)


@pytest.mark.requirement("EVD-301")
def test_per_cent_good_between_all_and_none_is_uncertain(tmp_path: Path) -> None:
    rows = "".join(
        f"T1,2025-03-01 10:00:0{n},{n},{good}\n" for n, good in enumerate((100, 0, 50, 100))
    )
    found = read(tmp_path, "a.csv", f"Tag,Time,Value,Percent Good\n{rows}")
    good, bad, uncertain = Quality.GOOD, Quality.BAD, Quality.UNCERTAIN
    quality = export(found).trajectories["T1"].quality
    assert quality.tolist() == [good, bad, uncertain, good]


@pytest.mark.requirement("EVD-308")
def test_two_exports_that_contradict_each_other_are_told_by_tag() -> None:
    def piece(*values: float) -> Trajectory:
        count = len(values)
        good = np.full(count, Quality.GOOD, np.uint8)
        return Trajectory(Signal("T1"), np.arange(count), np.array(values), good)

    joined, twice = merged([{"T1": piece(1.0, 2.0, 3.0)}, {"T1": piece(1.0, 5.0)}])
    assert (twice.samples, dict(twice.contradicting)) == (2, {"T1": 1})
    assert joined["T1"].value.tolist() == [1.0, 5.0, 3.0]
    (finding,) = overlap(twice)
    assert finding.severity is Severity.MAJOR
    assert finding.detail.endswith("1 of them with another value (T1 1)")


@pytest.mark.requirement("EVD-303")
def test_a_word_for_a_verdict_that_is_not_known_is_reported(tmp_path: Path) -> None:
    rows = "".join(f"S{n},B1,Water,0.4,%,{word}\n" for n, word in enumerate(("Pass", "tbd", "")))
    found = read(tmp_path, "a.csv", f"Sample,Batch,Test,Result,Unit,Status\n{rows}")
    assert [(p.line, p.reason) for p in found.item.problems] == [
        (3, "evaluation 'tbd' is not known")
    ]


@pytest.mark.requirement("EVD-302")
def test_a_second_column_of_times_is_no_signal(tmp_path: Path) -> None:
    rows = "".join(f"2025-03-01 10:0{n},2025-03-01 10:0{n + 1},{n},2\n" for n in range(3))
    found = read(tmp_path, "a.csv", f"Start Time,End Time,T1,T2\n{rows}")
    assert list(export(found).trajectories) == ["T1", "T2"]
    assert any("End Time holds times" in doubt for doubt in found.doubts)


@pytest.mark.requirement("EVD-153")
def test_numbers_with_their_unit_behind_them_are_no_states(tmp_path: Path) -> None:
    rows = "".join(f"2025-03-01 10:00:0{n},5{n}%,{n}\n" for n in range(3))
    found = read(tmp_path, "a.csv", f"Time,L1,T1\n{rows}")
    assert export(found).trajectories["L1"].signal.states == ()
    assert np.isnan(export(found).trajectories["L1"].value).all()
    assert [p.line for p in found.item.problems] == [2, 3, 4]


@pytest.mark.requirement("EVD-302")
def test_a_list_of_something_that_passes_for_an_export_is_a_doubt(tmp_path: Path) -> None:
    text = (
        "time;what;where;lot;quantity\n25.10.2025 22:10:00;charged;V1;L7;12\n"
        "25.10.2025 22:20:00;charged;V2;L8;13\n25.10.2025 22:30:00;emptied;V2;;14\n"
    )
    doubts = read(tmp_path, "a.csv", text).doubts
    assert any("3 of 4 columns hold words (what, where, lot)" in doubt for doubt in doubts)


@pytest.mark.requirement("EVD-309")
def test_a_potency_that_may_be_a_fraction_is_reported_and_not_taken(tmp_path: Path) -> None:
    rows = (
        "API;L7;released;0,985",
        "API;L8;released;98,5 %",
        "API;L9;released;98,5",
        "X;L10;ok;1 %",
    )
    text = "Material;Lot;Status;Potency\n" + "".join(f"{row}\n" for row in rows)
    found = read(tmp_path, "a.csv", text)
    assert isinstance(found.reading, MaterialReading)
    lots = found.reading.extracts.lots
    assert [(lot.lot_id, lot.potency_pct) for lot in lots] == [
        ("L8", 98.5),
        ("L9", 98.5),
        ("L10", 1.0),
    ]
    assert [p.line for p in found.item.problems] == [2]
    assert "may be a fraction" in found.item.problems[0].reason
