"""What files are and how they are read, told by their content: exports as vendors write them."""

import gzip
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from investigator.domain.errors import SeveralBatches, UnusableInput
from investigator.domain.import_profile import Arrangement, ImportProfile, Kind, TimeOrder
from investigator.domain.trajectory import Quality, Trajectory
from investigator.evidence.files import read_named
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.opened import Opened, open_file

ZONE = "Europe/Berlin"
START = datetime(2026, 4, 3, 8, 0, tzinfo=UTC)


def parts(folder: Path, content: bytes, file: str = "export.dat") -> tuple[Opened, ...]:
    (folder / file).write_bytes(content)
    return open_file(folder / file, file, zone=ZONE, profiles={})


def part(folder: Path, content: bytes, file: str = "export.dat") -> Opened:
    (one,) = parts(folder, content, file)
    return one


def read(
    folder: Path,
    content: bytes,
    file: str = "export.dat",
    *,
    batch_id: str | None = None,
    profiles: dict[str, ImportProfile] | None = None,
) -> HistorianReading:
    (folder / file).write_bytes(content)
    found = read_named(
        [(folder / file, file)],
        tags={},
        line_id="",
        site_zone=ZONE,
        batch_id=batch_id,
        profiles=profiles,
        progress=lambda _: None,
    )
    return found[-1].reading


def seconds(trajectory: Trajectory) -> list[float]:
    """Seconds after the start."""
    return [(t - START.timestamp() * 1000) / 1000 for t in trajectory.t_ms.tolist()]


VENDORS = {
    "PI, lines ahead of the header": (
        "Export of PI Server NFPI01\nTime zone: Europe/Berlin\n\n"
        "Tag,Timestamp,Value,Status\n"
        "FIC1,03-Apr-26 10:00:00,1.5,Good\nFIC1,03-Apr-26 10:00:10,I/O Timeout,Bad\n"
        "FIC1,03-Apr-26 10:00:20,2.5,Questionable\n"
    ),
    "Proficy, sections": (
        "[Tags]\nTagname,Description\nFIC1,Flow of feeder 1\n[Data]\n"
        "Tagname,TimeStamp,Value,DataQuality\n"
        "FIC1,04/03/26 10:00:00,1.5,Good\nFIC1,04/03/26 10:00:10,0,Bad\n"
        "FIC1,04/03/26 10:00:20,2.5,Uncertain\nFIC1,03/31/26 10:00:00,1,Good\n"
    ),
    "AVEVA, narrow": (
        "TagName,DateTime,Value,OpcQuality\n"
        "FIC1,2026-04-03 10:00:00.000,1.5,192\nFIC1,2026-04-03 10:00:10.000,,0\n"
        "FIC1,2026-04-03 10:00:20.000,2.5,64\n"
    ),
    "IP.21": (
        "NAME,IP_TREND_TIME,IP_TREND_VALUE,IP_TREND_QSTATUS\n"
        "FIC1,03-APR-26 10:00:00.0,1.5,Good\nFIC1,03-APR-26 10:00:10.0,0,Bad\n"
        "FIC1,03-APR-26 10:00:20.0,2.5,Suspect\n"
    ),
    "WinCC, pseudo tags and footer": (
        '"VarName";"TimeString";"VarValue";"Validity";"Time_ms"\n'
        '"FIC1";"03.04.2026 10:00:00";1,5;1;46115416666,6667\n'
        '"FIC1";"03.04.2026 10:00:10";0,0;0;46115416782,4074\n'
        '"FIC1";"03.04.2026 10:00:20";2,5;1;46115416898,1481\n'
        '"$RT_COUNT$";3;;;\n'
    ),
    "German, date and time of day apart": (
        "Messstelle;Datum;Uhrzeit;Wert;Status\n"
        "FIC1;03.04.2026;10:00:00;1,5;gut\nFIC1;03.04.2026;10:00:10;0;schlecht\n"
        "FIC1;03.04.2026;10:00:20;2,5;unsicher\n"
    ),
    "epoch seconds": (
        "name\ttime\tvalue\tquality\n"
        "FIC1\t1775203200\t1.5\tGood\nFIC1\t1775203210\t1\tBad\nFIC1\t1775203220\t2.5\tUncertain\n"
    ),
    "a US order with am and pm": (
        "Tag,Time,Value,Quality\n"
        "FIC1,4/3/2026 10:00:00 AM,1.5,Good\nFIC1,4/3/2026 10:00:10 AM,1,Bad\n"
        "FIC1,4/3/2026 10:00:20 AM,2.5,Uncertain\nFIC1,3/31/2026 11:00:00 PM,2.5,Good\n"
    ),
}


@pytest.mark.requirement("EVD-127")
@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_long_exports_of_vendors(tmp_path: Path, vendor: str, codec: str) -> None:
    content = VENDORS[vendor].encode(codec)
    told = part(tmp_path, content).recognition
    assert (told.kind, told.profile.arrangement) == (Kind.HISTORIAN, Arrangement.LONG)
    flow = read(tmp_path, content).trajectories["FIC1"]
    at = {s: n for n, s in enumerate(seconds(flow))}
    assert {0.0, 10.0, 20.0} <= set(at)
    assert flow.value[at[0.0]] == 1.5
    assert np.isnan(flow.value[at[10.0]])
    assert flow.value[at[20.0]] == 2.5
    assert flow.quality[at[10.0]] == Quality.BAD


WIDES = {
    "names, descriptions, units": (
        "Zeit;FIC1;TIC1\n;Durchfluss;Temperatur im Kessel\n;kg/h;°C\n"
        "03.04.2026 10:00:00;1,5;20\n03.04.2026 10:00:10;2,5;21\n03.04.2026 10:00:20;3,5;22\n"
    ),
    "the time last, units in the names": (
        "FIC1,TIC1,Time\n1.5,20,2026-04-03 10:00:00\n2.5,21,2026-04-03 10:00:10\n"
        "3.5,22,2026-04-03 10:00:20\n"
    ),
    "the time in UTC by its name": (
        "Timestamp (UTC)\tFIC1\tTIC1\n2026-04-03 08:00:00\t1.5\t20\n2026-04-03 08:00:10\t2.5\t21\n"
        "2026-04-03 08:00:20\t3.5\t22\n"
    ),
    "CCU: comma decimals and milliseconds after a comma": (
        "Timestamp;FIC1;TIC1\n2026-04-03 10:00:00,000;1,5;20,0\n2026-04-03 10:00:10,000;2,5;21,0\n"
        "2026-04-03 10:00:20,000;3,5;22,0\n"
    ),
    "DeltaV: a status behind every value": (
        "Timestamp;FIC1;Parameter Status;TIC1;Parameter Status\n"
        "03.04.2026 10:00:00;1,5;Good;20;Good\n03.04.2026 10:00:10;2,5;Good;21;Good\n"
        "03.04.2026 10:00:20;3,5;Good;22;Bad\n"
    ),
    "thousands marks": (
        'Time,FIC1,TIC1\n2026-04-03 10:00:00,1.5,"1,020.5"\n2026-04-03 10:00:10,2.5,"1,021.5"\n'
        '2026-04-03 10:00:20,3.5,"1,022.5"\n'
    ),
}


@pytest.mark.requirement("EVD-127")
@pytest.mark.parametrize("form", WIDES)
def test_wide_exports(tmp_path: Path, form: str) -> None:
    content = WIDES[form].encode("cp1252")
    told = part(tmp_path, content).recognition
    assert told.profile.arrangement is Arrangement.WIDE
    found = read(tmp_path, content)
    assert set(found.trajectories) == {"FIC1", "TIC1"}
    assert found.trajectories["FIC1"].value.tolist() == [1.5, 2.5, 3.5]
    assert seconds(found.trajectories["FIC1"]) == [0, 10, 20]
    assert found.resolution_s == 10.0
    assert found.ledger.rows_read == 3
    if form.startswith("names"):
        signal = found.trajectories["TIC1"].signal
        assert (signal.unit, signal.description) == ("°C", "Temperatur im Kessel")
        assert found.units == {"FIC1": "kg/h", "TIC1": "°C"}
    if form.startswith("DeltaV"):
        assert np.isnan(found.trajectories["TIC1"].value[2])
    if form.startswith("thousands"):
        assert found.trajectories["TIC1"].value[0] == 1020.5


def sheet_bytes(**sheets: list[tuple[object, ...]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def clock(second: int) -> datetime:
    """Local time at the site as a workbook holds it."""
    return datetime(2026, 4, 3, 10, 0, second, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.requirement("EVD-128")
def test_sheets_of_a_workbook_are_tables_each(tmp_path: Path) -> None:
    content = sheet_bytes(
        Wide=[("Report",), ("Time", "FIC1"), (None, "kg/h"), *((clock(s), s / 4) for s in (0, 10))],
        Blocks=[
            ("Date", "A", None, "Date", "B"),
            (clock(0), 1, None, clock(0), 5),
            (clock(10), 2, None, None, None),
        ],
        Notes=[("remark",), ("none",)],
    )
    one, two = parts(tmp_path, content, "book.xlsx")
    assert (one.name, two.name) == ("book.xlsx!Wide", "book.xlsx!Blocks")
    assert "the sheets Notes hold no known table and are not read" in one.recognition.doubts
    assert two.recognition.profile.arrangement is Arrangement.BLOCKS
    found = read_named(
        [(tmp_path / "book.xlsx", "book.xlsx")],
        tags={},
        line_id="",
        site_zone=ZONE,
        progress=lambda _: None,
    )
    courses = {tag: t for one in found for tag, t in one.reading.trajectories.items()}
    assert seconds(courses["FIC1"]) == [0, 10]
    assert courses["FIC1"].signal.unit == "kg/h"
    assert [courses[tag].value.tolist() for tag in "AB"] == [[1.0, 2.0], [5.0]]
    assert [reading.item.member for reading in found] == ["Wide", "Blocks"]


@pytest.mark.requirement("EVD-128")
def test_a_parquet_file_with_a_column_a_tag(tmp_path: Path) -> None:
    table = pa.table(
        {
            "time": pa.array([clock(s) for s in (0, 10, 20)], pa.timestamp("ms")).cast(
                pa.timestamp("ms", "UTC")
            ),
            "FIC1": [1.5, 2.5, None],
            "MODE": ["RUN", "RUN", "STOP"],
        }
    )
    target = io.BytesIO()
    parquet.write_table(table, target)
    found = read(tmp_path, target.getvalue())
    assert seconds(found.trajectories["FIC1"]) == [7200, 7210]
    assert found.trajectories["MODE"].signal.states == ((0, "RUN"), (1, "STOP"))
    assert found.ledger.rows_read == 3


@pytest.mark.requirement("EVD-128")
def test_archives_hold_any_of_these(tmp_path: Path) -> None:
    target = io.BytesIO()
    long = VENDORS["AVEVA, narrow"].encode()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a/long.csv", long)
        archive.writestr("b/TIC9.csv", gzip.compress(b"2026-04-03T08:00:00Z,7\n"))
        archive.writestr("tag=TIC8/data.csv", b"2026-04-03T08:00:00Z,8\n")
        archive.writestr("note.txt", b"as asked for")
    (tmp_path / "all.zip").write_bytes(target.getvalue())
    found = read_named(
        [(tmp_path / "all.zip", "all.zip")],
        tags={},
        line_id="",
        site_zone=ZONE,
        progress=lambda _: None,
    )
    assert [r.name for r in found][:2] == ["all.zip!a/long.csv", "all.zip!b/TIC9.csv"]
    assert [r.kind for r in found] == [Kind.HISTORIAN] * 3 + [Kind.DOCUMENT]
    tags = [tag for r in found[:3] for tag in r.reading.trajectories]
    assert tags == ["FIC1", "TIC9", "TIC8"]
    assert len({r.item.sha256 for r in found}) == 1
    assert found[0].item.layout == "long CSV, zip"


BATCHES = (
    b"timestamp;batch;speed\n2026-04-03 10:00:00;325;1\n2026-04-03 10:00:10;325;2\n"
    b"2026-04-03 10:00:20;327;3\n"
)


@pytest.mark.requirement("EVD-129")
def test_a_file_of_several_batches_asks_which(tmp_path: Path) -> None:
    told = part(tmp_path, BATCHES).recognition
    assert "holds several batches (325, 327); one must be chosen" in told.doubts
    with pytest.raises(
        SeveralBatches, match=r"holds 2 batches \(325, 327\); choose one"
    ) as refusal:
        read(tmp_path, BATCHES)
    assert refusal.value.batches == ("325", "327")
    chosen = read(tmp_path, BATCHES, batch_id="327")
    assert chosen.trajectories["speed"].value.tolist() == [3.0]
    assert (chosen.ledger.rows_read, chosen.ledger.rows_reported) == (3, 2)
    none = read(tmp_path, BATCHES, batch_id="1")
    assert (dict(none.trajectories), none.ledger.rows_reported) == ({}, 3)


@pytest.mark.requirement("EVD-130")
def test_a_day_order_that_the_head_leaves_open_is_decided_by_the_whole_file(
    tmp_path: Path,
) -> None:
    rows = "".join(f"FIC1,{1 + n // 9000:02}/04/2026 10:00:00,{n}\n" for n in range(9000 * 14))
    content = f"Tag,Timestamp,Value\n{rows}".encode()
    told = part(tmp_path, content).recognition
    assert told.profile.time_order is TimeOrder.DAY_FIRST
    assert not any("day" in doubt for doubt in told.doubts)


@pytest.mark.requirement("EVD-130")
def test_what_another_reading_would_change_is_a_doubt(tmp_path: Path) -> None:
    open_order = b"Tag,Timestamp,Value\nA,03/04/2026 10:00:00,1\nB,03/04/2026 10:00:00,2\n"
    assert len(part(tmp_path, open_order).recognition.doubts) == 2
    no_header = b"A,2026-04-03T10:00:00Z,1\nA,2026-04-03T10:00:10Z,2\n"
    (doubt,) = part(tmp_path, no_header, "x.csv").recognition.doubts
    assert doubt == "no line of column names; read as tag, time, value"
    marks = b"Zeit;A;B\n2026-04-03T10:00:00Z;1,234;1\n2026-04-03T10:00:10Z;2,345;2\n"
    (doubt,) = part(tmp_path, marks).recognition.doubts
    assert doubt == "1,234 is read with a decimal comma, not as thousands"


@pytest.mark.requirement("EVD-131")
def test_what_is_no_data_is_a_document_and_what_pretends_to_be_is_refused(tmp_path: Path) -> None:
    for content in (
        b"%PDF-1.7\n\x00\x01",
        b"Dear all,\nplease find enclosed.\n",
        bytes(range(256)),
    ):
        assert part(tmp_path, content, "letter.txt").recognition.kind is Kind.DOCUMENT
    for content in (b"a,b\n1,2\n", b"\x00" * 400, b"<html/>", b"[1, 2]"):
        with pytest.raises(UnusableInput, match=r"x\.csv: "):
            part(tmp_path, content, "x.csv")


DESCRIBING = "Product code;Batch Size (tablets);Normalisation factor\n1;240000;2.4\n2;960000;9.6\n"


@pytest.mark.requirement("EVD-291")
@pytest.mark.parametrize(
    "content",
    [DESCRIBING, "Equipment;Rated power kW\nM1;5.5\nM2;7.5\n"],
)
def test_a_table_that_only_describes_is_kept_and_said_to_be(tmp_path: Path, content: str) -> None:
    told = part(tmp_path, content.encode(), "about.csv").recognition
    assert (told.kind, told.profile) == (Kind.DOCUMENT, None)
    assert "nothing of it is read" in told.doubts[0]


@pytest.mark.requirement("EVD-291")
@pytest.mark.parametrize(
    "content",
    [
        "a,b\n1,2\n",
        DESCRIBING.replace("2;960000", "1;960000"),
        DESCRIBING.replace("Batch Size (tablets)", "Batch"),
        DESCRIBING.replace("Normalisation factor", "Event"),
        DESCRIBING.replace("240000;2.4", "2019-07-05 02:19;2.4"),
        DESCRIBING.replace("Normalisation factor", "Result"),
        DESCRIBING.split("\n", maxsplit=1)[0],
    ],
)
def test_what_may_be_an_export_of_an_unknown_kind_is_not_kept(tmp_path: Path, content: str) -> None:
    try:
        told = part(tmp_path, content.encode(), "about.csv").recognition
    except UnusableInput as refused:
        assert "is of no known format" in str(refused)
    else:
        assert told.kind is not Kind.DOCUMENT


def test_a_workbook_of_such_tables_is_kept_as_well(tmp_path: Path) -> None:
    rows = [tuple(line.split(";")) for line in DESCRIBING.splitlines()]
    told = part(tmp_path, sheet_bytes(Products=rows), "about.xlsx").recognition
    assert told.kind is Kind.DOCUMENT


@pytest.mark.requirement("EVD-131")
def test_two_files_of_different_dialect_join_by_tag(tmp_path: Path) -> None:
    first = VENDORS["AVEVA, narrow"].encode()
    second = b"Tag;Zeitstempel;Wert\nFIC1;03.04.2026 10:00:30;4,5\n"
    courses = [read(tmp_path, content).trajectories["FIC1"] for content in (first, second)]
    assert [seconds(c)[-1] for c in courses] == [20, 30]
    assert courses[1].value.tolist() == [4.5]
