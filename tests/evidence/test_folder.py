"""The one door: what is joined, what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from support.evidence_files import (
    FLOW,
    LABORATORY,
    LINE,
    MODE,
    NOTICE,
    REFILLS,
    START_MS,
    ZONE,
    batch_record,
    long_text,
    packed,
    tag_list,
    usual_files,
    usual_rows,
    wide_text,
    write_folder,
)

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence, Severity
from investigator.domain.instant import Span
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder


def read(folder: Path) -> Evidence:
    return decided(read_folder(folder, tags=tag_list(), line_id=LINE, site_zone=ZONE))


def kinds(evidence: Evidence) -> list[str]:
    return [f.kind for f in evidence.findings]


def test_a_whole_folder_is_on_the_historians_clock(tmp_path: Path) -> None:
    evidence = read(write_folder(tmp_path / "DEV-1", usual_files()))
    assert evidence.name == "DEV-1"
    (offset,) = evidence.clock_offsets
    assert (offset.offset_s, offset.matched_events) == (41.0, 8)
    assert evidence.batch.containers[0].filled.start_ms == START_MS
    refills = [e.t_ms for e in evidence.batch.events if "refill" in e.message]
    np.testing.assert_array_equal(refills, [START_MS + 1000 * s for s in REFILLS])
    assert [i.kind for i in evidence.items] == [
        "alarm_journal",
        "batch_record",
        "deviation_notice",
        "document",
        "environment",
        "historian",
        "laboratory",
    ]
    assert evidence.deviation.number == "DEV-1"
    assert len(evidence.laboratory) == 2
    assert list(evidence.environment) == ["EMS.RH"]
    assert any("+41.0 s ± 0.3 s (8 events) accepted by default" in a for a in evidence.assumptions)


def test_names_and_subfolders_do_not_matter(tmp_path: Path) -> None:
    files = usual_files()
    plain = read(write_folder(tmp_path / "a", files))
    renamed = {f"x/{n}.dat": content for n, content in enumerate(files.values())}
    renamed["x/5.dat"] = packed(files["historian.csv"])
    other = read(write_folder(tmp_path / "b", renamed))
    assert other.batch == plain.batch
    np.testing.assert_array_equal(other.trajectories[FLOW].value, plain.trajectories[FLOW].value)
    assert next(i for i in other.items if i.kind == "historian").layout == "long CSV, gzip"


@pytest.mark.parametrize(
    ("file", "subject"),
    [
        ("lab_results.csv", "laboratory results"),
        ("alarms.csv", "the alarm journal"),
        ("environmental.csv", "environmental data"),
        ("deviation.json", "the deviation notice"),
    ],
)
def test_without_a_lesser_source_the_work_goes_on(tmp_path: Path, file: str, subject: str) -> None:
    files = usual_files()
    del files[file]
    evidence = read(write_folder(tmp_path, files))
    assert subject in [f.subject for f in evidence.findings if f.kind == "missing_source"]
    assert any(subject in a for a in evidence.assumptions)


def test_without_journal_the_alarms_of_the_record_are_taken_on_its_clock(tmp_path: Path) -> None:
    files = usual_files()
    del files["alarms.csv"]
    evidence = read(write_folder(tmp_path, files))
    assert [a.t_ms for a in evidence.alarms] == [START_MS + 700_000]


@pytest.mark.parametrize(
    ("file", "missing"),
    [("historian.csv", "no historian export"), ("batch_record.xml", "no batch record")],
)
def test_a_needed_source_is_missed_by_name(tmp_path: Path, file: str, missing: str) -> None:
    files = usual_files()
    del files[file], files["deviation.json"]
    with pytest.raises(UnusableInput, match=f"DEV-1: holds {missing} .*deviation.md.*; add"):
        read(write_folder(tmp_path / "DEV-1", files))


@pytest.mark.requirement("EVD-320")
def test_without_a_record_the_notice_names_the_batch_and_the_export_its_time(
    tmp_path: Path,
) -> None:
    files = usual_files()
    del files["batch_record.xml"]
    evidence = read(write_folder(tmp_path, files))
    assert evidence.batch.batch_id == "B1"
    assert evidence.batch.span == Span(
        min(int(c.t_ms[0]) for c in evidence.trajectories.values()),
        max(int(c.t_ms[-1]) for c in evidence.trajectories.values()),
    )
    assert (evidence.batch.containers, evidence.batch.lots, evidence.batch.samples) == ((), (), ())
    (missed,) = [f for f in evidence.findings if f.subject == "the batch record"]
    assert (missed.kind, missed.severity) == ("missing_source", Severity.MAJOR)
    assert missed.detail.endswith("DEV-1 names (not recognised as data: deviation.md)")
    assert any(
        a.startswith("without the batch record: no container can be traced")
        and "batch B1 is taken from the notice DEV-1" in a
        for a in evidence.assumptions
    )


@pytest.mark.requirement("EVD-320")
def test_a_notice_of_another_line_stands_in_for_no_record(tmp_path: Path) -> None:
    files = usual_files()
    del files["batch_record.xml"]
    said = json.loads(files["deviation.json"])
    files["deviation.json"] = json.dumps({**said, "line": "CDC-9"}).encode()
    with pytest.raises(UnusableInput, match=f"notice of line CDC-9, the twin is of line {LINE}"):
        read(write_folder(tmp_path, files))


@pytest.mark.requirement("EVD-320")
def test_a_batch_that_the_notice_does_not_name_is_not_made_up(tmp_path: Path) -> None:
    files = usual_files()
    del files["batch_record.xml"], files["lab_results.csv"]
    folder = write_folder(tmp_path, files)
    with pytest.raises(UnusableInput, match="holds no batch record"):
        read_folder(folder, tags=tag_list(), line_id=LINE, site_zone=ZONE, batch_id="B7")


def test_records_of_two_batches_are_refused(tmp_path: Path) -> None:
    files = usual_files() | {"second.xml": batch_record(batch="B2")}
    with pytest.raises(UnusableInput, match=r"2 different batch records.*batch B1, B2"):
        read(write_folder(tmp_path, files))


def test_the_same_record_twice_is_one(tmp_path: Path) -> None:
    files = usual_files()
    evidence = read(write_folder(tmp_path, files | {"copy.xml": files["batch_record.xml"]}))
    assert evidence.batch.batch_id == "B1"


def test_an_export_of_another_time_is_refused(tmp_path: Path) -> None:
    later = [(t, s + 86_400, v, q) for t, s, v, q in usual_rows()]
    files = usual_files() | {"historian.csv": long_text(later)}
    with pytest.raises(UnusableInput, match="for the time of this batch"):
        read(write_folder(tmp_path, files))


def test_an_export_in_two_parts_is_joined(tmp_path: Path) -> None:
    rows = usual_rows()
    files = usual_files() | {
        "historian.csv": long_text(rows[:80]),
        "historian_2.csv": long_text(rows[70:]),
    }
    evidence = read(write_folder(tmp_path, files))
    assert evidence.trajectories[FLOW].t_ms.size == sum(t == FLOW for t, *_ in rows)
    assert "10 samples stand in two historian exports" in [f.detail for f in evidence.findings]


def test_results_of_another_batch_are_reported_not_used(tmp_path: Path) -> None:
    mixed = LABORATORY + LABORATORY.splitlines()[1].replace(b"B1,", b"B9,") + b"\n"
    evidence = read(write_folder(tmp_path, usual_files() | {"lab_results.csv": mixed}))
    assert {r.batch_id for r in evidence.laboratory} == {"B1"}
    (item,) = [i for i in evidence.items if i.kind == "laboratory"]
    assert (item.rows_read, item.rows_reported) == (3, 1)


def test_a_notice_of_another_batch_is_reported(tmp_path: Path) -> None:
    other = NOTICE.replace(b'"B1"', b'"B7"')
    evidence = read(write_folder(tmp_path, usual_files() | {"deviation.json": other}))
    assert "other_batch" in kinds(evidence)


def test_too_few_common_events_leave_the_clock_open(tmp_path: Path) -> None:
    rows = [r for r in usual_rows() if r[0] == FLOW]
    files = usual_files() | {"historian.csv": long_text([*rows, (MODE, 0, "RUN", "Good")])}
    evidence = read(write_folder(tmp_path, files))
    assert "clock_offset_unknown" in kinds(evidence)
    assert evidence.clock_offsets[0].uncertainty_s == 120.0


def test_a_wide_export_tells_the_offset_to_its_grid(tmp_path: Path) -> None:
    grid = range(0, 7201, 10)
    mode = ["REFILL" if any(b <= s < b + 20 for b in REFILLS) else "RUN" for s in grid]
    wide = wide_text({FLOW: ["4.0"] * len(grid), MODE: mode})
    evidence = read(write_folder(tmp_path, usual_files() | {"historian.csv": wide}))
    (offset,) = evidence.clock_offsets
    assert abs(offset.offset_s - 41.0) <= 5.0
    assert offset.uncertainty_s > 1.0


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("extra.csv", b"a,b\n1,2\n", "extra.csv: is of no known format"),
        ("extra.csv", b"", "extra.csv: is empty"),
        ("extra.json", b'{"a": 1', "extra.json: the JSON breaks off"),
        ("extra.gz", packed(b"Tag,Timestamp")[:-6], "extra.gz: the packed data are damaged"),
        ("extra.parquet", b"PAR1xxxx", "extra.parquet: the Parquet file is damaged"),
        ("historian.csv", long_text(usual_rows(), delimiter="|"), "comma, semicolon and tab"),
        ("batch_record.xml", batch_record()[:900], "batch_record.xml: the XML breaks off"),
        ("batch_record.xml", batch_record(line="L-9"), "line L-9"),
    ],
)
def test_what_pretends_to_be_data_is_refused_in_one_sentence(
    tmp_path: Path, file: str, content: bytes, said: str
) -> None:
    with pytest.raises(UnusableInput) as refusal:
        read(write_folder(tmp_path, usual_files() | {file: content}))
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_no_folder_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="is no folder"):
        read(tmp_path / "none")
    with pytest.raises(UnusableInput, match="is empty"):
        read(tmp_path)


@pytest.mark.requirement("EVD-133")
def test_a_tag_list_among_the_evidence_tells_unit_range_and_states(tmp_path: Path) -> None:
    rows = [*usual_rows(), ("X.TEMP", 0, "20", "Good"), ("X.TEMP", 60, "900", "Good")]
    rows += [("X.TEMP", 120 + 60 * n, f"{20 + n % 3}", "Good") for n in range(40)]
    rows += [("X.VALVE", 0, "OPEN", "Good"), ("X.VALVE", 60, "SHUT", "Good")]
    tag_rows = "series name,description,unit,physical lower limit,physical upper limit,dictionary\n"
    tag_rows = tag_rows.replace("dictionary\n", "dictionary name\n")
    files = usual_files() | {
        "historian.csv": long_text(rows),
        "lists/tags.csv": f"{tag_rows}X.TEMP,kettle,degC,0,100,\nX.VALVE,,,,,Valve\n".encode(),
        "lists/Valve.csv": b"5,SHUT\n7,OPEN\n",
    }
    evidence = read(write_folder(tmp_path, files))
    assert evidence.trajectories["X.TEMP"].signal.unit == "degC"
    assert evidence.trajectories["X.VALVE"].value.tolist() == [7.0, 5.0]
    said = {(f.subject, f.kind) for f in evidence.findings}
    assert ("X.TEMP", "out_of_range") in said
    assert ("X.TEMP", "unknown_tag") in said
