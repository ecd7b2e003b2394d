"""Exports that no one here made read as their notes say.

The small ones are those of the kukur project (its `csv-examples.toml` says how each is meant), one
is a real PI DataLink sheet, one the example of a vendor's manual.
"""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from investigator.domain.import_profile import Arrangement, ColumnUse, ImportProfile, Kind
from investigator.domain.trajectory import Interpolation, Quality, Trajectory
from investigator.evidence.files import read_files, read_named
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.inspect import inspect_path
from investigator.evidence.opened import open_file
from investigator.evidence.reading import FileReading

pytestmark = [pytest.mark.data, pytest.mark.requirement("EVD-126")]

GOOD, BAD = Quality.GOOD, Quality.BAD
MONTHS = [datetime(2020, month, 1, tzinfo=UTC) for month in range(1, 13)]
SAO_PAULO = "America/Sao_Paulo"


@pytest.fixture
def kukur(shared_data: Path) -> Path:
    return shared_data / "historian_formats" / "kukur"


def readings(
    folder: Path,
    *files: str,
    zone: str = "UTC",
    tags: dict[str, TagFacts] | None = None,
    profiles: dict[str, ImportProfile] | None = None,
) -> tuple[FileReading, ...]:
    return read_named(
        [(folder / file, file) for file in files],
        tags=tags or {},
        line_id="",
        site_zone=zone,
        profiles=profiles,
        progress=lambda _: None,
    )


def export(folder: Path, *files: str, **more: object) -> HistorianReading:
    """The reading of the last file, with what those before it say of its tags."""
    reading = readings(folder, *files, **more)[-1].reading
    assert isinstance(reading, HistorianReading)
    return reading


def proposal(folder: Path, file: str, *, zone: str = "UTC") -> ImportProfile:
    (part,) = open_file(folder / file, file, zone=zone, profiles={})
    assert part.recognition.profile is not None
    return part.recognition.profile


def times(trajectory: Trajectory) -> list[datetime]:
    return [datetime.fromtimestamp(t / 1000, UTC) for t in trajectory.t_ms.tolist()]


def values(trajectory: Trajectory) -> list[float | None]:
    return [None if np.isnan(v) else v for v in trajectory.value.tolist()]


ROWS = {
    "test-tag-1": [1, 2, 2, 1, 1],
    "test-tag-2": [2, 1, 1, 2, -6, -7, -8, -9, -10, -11, -12, -13],
    "test-tag-4": [1, 2, None, 2, 1, 1, 1.5],
    "test-tag-6": [1, 1, 0, 0, 2, 1, 1],
}


@pytest.mark.parametrize(
    "file",
    ["row.csv", "row-header.csv", "row-comma.csv", "row-semicolon.csv", "cp1252-encoding/row.csv"],
)
def test_rows_with_and_without_header_comma_and_semicolon(kukur: Path, file: str) -> None:
    found = export(kukur, file)
    assert set(found.trajectories) == {*ROWS, "test-tag-3"}
    for tag, expected in ROWS.items():
        assert values(found.trajectories[tag]) == expected
        assert times(found.trajectories[tag])[:5] == MONTHS[:5]
    whole = export(kukur, "row.csv").trajectories["test-tag-3"]
    np.testing.assert_array_equal(found.trajectories["test-tag-3"].value, whole.value)
    assert whole.t_ms.size == 30
    assert 5.6 in whole.value
    assert (found.ledger.rows_read, found.ledger.rows_reported) == (61, 2)
    assert {p.reason for p in found.ledger.problems} == {"no value: Nan"}


@pytest.mark.parametrize("file", ["row-quality.csv", "row-column-mapping.csv"])
def test_rows_with_quality_words(kukur: Path, file: str) -> None:
    found = export(kukur, file)
    first = found.trajectories["test-tag-1"]
    assert values(first) == [1, 2, None, 1, 1]
    assert first.quality.tolist() == [GOOD, GOOD, BAD, GOOD, GOOD]
    bad = sum(int((t.quality == BAD).sum()) for t in found.trajectories.values())
    assert (found.ledger.rows_read, found.ledger.rows_reported, bad) == (61, 3, 3)


def test_a_tag_list_and_a_list_of_states_beside_an_export_are_used(kukur: Path) -> None:
    found = export(kukur, "dictionary/Active.csv", "row-metadata.csv", "row.csv")
    signals = {tag: t.signal for tag, t in found.trajectories.items()}
    assert signals["test-tag-1"].unit == "m"
    assert (signals["test-tag-2"].description, signals["test-tag-2"].unit) == ("test-tag-2", "kg")
    assert signals["test-tag-4"].interpolation is Interpolation.STEP
    valve = signals["test-tag-6"]
    assert (valve.description, valve.states) == ("Valve X", ((0, "OFF"), (1, "ON")))
    assert values(found.trajectories["test-tag-6"]) == [1, 1, 0, 0, 1, 1]
    unknown = [p for p in found.ledger.problems if p.reason.startswith("unknown state")]
    assert [p.text for p in unknown] == ["test-tag-6,2020-05-01T00:00:00Z,2"]


def test_a_latin_tag_list_gives_its_degree_sign(kukur: Path) -> None:
    folder = kukur / "cp1252-encoding"
    found = export(folder, "dictionary/Active.csv", "row-metadata.csv", "row.csv")
    assert found.trajectories["test-tag-3"].signal.unit == "°C"


def test_tag_lists_of_other_programs(kukur: Path) -> None:
    found = export(kukur, "mapping-metadata.csv", "mapping.csv")
    signals = {tag: t.signal for tag, t in found.trajectories.items()}
    assert (signals["test-tag-1"].unit, signals["test-tag-4"].unit) == ("kg", "l")
    assert signals["test-tag-1"].interpolation is Interpolation.LINEAR
    assert signals["test-tag-4"].interpolation is Interpolation.STEP
    assert values(found.trajectories["test-tag-4"]) == [1, 2, 2, 1, 5, 9, 4, 6, 8, 5, 3, 2]
    listed = readings(
        kukur, "bom-metadata.csv", "custom-fields-metadata.csv", "bom-extra-metadata.csv"
    )
    facts = {tag: fact for one in listed for tag, fact in one.reading.facts.items()}
    bom, custom, _ = (one.reading.facts for one in listed)
    assert bom["test-tag-1"].signal.description == "series in file with bom"
    assert (custom["test-tag-custom"].range_low, custom["test-tag-custom"].range_high) == (1, 10)
    assert custom["test-tag-custom"].signal.unit == "kPa"
    assert set(facts) == {"test-tag-1", "test-tag-custom"}


@pytest.mark.parametrize(
    "file",
    ["pivot.csv", "pivot-comma.csv", "pivot-semicolon.csv", "pivot-column-mapping.csv"],
)
def test_a_column_a_tag_wherever_the_time_stands(kukur: Path, file: str) -> None:
    found = export(kukur, file)
    assert values(found.trajectories["test-tag-1"]) == [1, 2, 3, 3, 3, 3, 3]
    assert values(found.trajectories["test-tag-2"]) == [10, 11, 6, 8, 2, 9, 14]
    assert times(found.trajectories["test-tag-1"])[:3] == [
        datetime(2020, 1, 1, tzinfo=UTC),
        datetime(2020, 2, 2, tzinfo=UTC),
        datetime(2020, 3, 3, tzinfo=UTC),
    ]
    assert found.resolution_s == 0.0


@pytest.mark.parametrize("folder", ["dir", "dir_header", "dir_semicolon", "dir_quality"])
def test_a_tag_a_file(kukur: Path, folder: str) -> None:
    found = export(kukur, f"{folder}/test-tag-1.csv").trajectories["test-tag-1"]
    assert times(found) == MONTHS[:5]
    if folder == "dir_quality":
        assert values(found) == [1, 2, None, 1, 1]
        assert found.quality.tolist() == [GOOD, GOOD, BAD, GOOD, GOOD]
    else:
        assert values(found) == [1, 2, 2, 1, 1]


@pytest.mark.parametrize("folder", ["dir", "dir_header", "dir_quality"])
def test_a_tag_a_file_of_words(kukur: Path, folder: str) -> None:
    found = export(kukur, f"{folder}/test-tag-5.csv")
    words = found.trajectories["test-tag-5"]
    names = dict(words.signal.states)
    said = [names.get(int(v)) if np.isfinite(v) else None for v in words.value]
    assert said == ["A", "A", "B", "C", "B", "C", None if folder == "dir_quality" else "A"]
    assert any("its states, numbered as they appear" in a for a in found.assumptions)


def test_a_column_named_by_nobody_is_told_by_the_profile(kukur: Path) -> None:
    for file, expected in (("test-tag-1", [1, 2, 2, 1, 1]), ("test-tag-5", [0, 0, 1, 2, 1, 2, 0])):
        name = f"dir_mapping/{file}.csv"
        columns = (ColumnUse(0, "time", "timestamp"), ColumnUse(1, "value", "header_value"))
        profile = ImportProfile(Kind.HISTORIAN, Arrangement.SINGLE, columns=columns)
        found = export(kukur, name, profiles={name: profile})
        assert values(found.trajectories[file]) == expected


def test_a_file_without_ending_and_folders_by_day(kukur: Path) -> None:
    assert values(export(kukur, "no_extension/test").trajectories["test"]) == [42]
    days = read_files(
        kukur / "recursive", tags={}, line_id="", site_zone="UTC", progress=lambda _: None
    )
    assert [day.item.file for day in days] == ["dt=2024-01-01/data.csv", "dt=2024-01-02/data.csv"]
    starts = [times(day.reading.trajectories["data"])[0] for day in days]
    assert starts == [datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, 1, tzinfo=UTC)]


SHIFTED = [datetime(2019, 12, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)]


@pytest.mark.parametrize(
    "file", ["row-datetime.csv", "pivot-datetime.csv", "dir_datetime/test-tag-1.csv"]
)
def test_times_with_offset(kukur: Path, file: str) -> None:
    found = export(kukur, file)
    one = found.trajectories["test-tag-1"]
    assert times(one)[:2] == SHIFTED
    assert times(one)[3] == datetime(2020, 2, 29, tzinfo=UTC)
    assert values(one) == [2, 2, 2, 2, 1, 3]
    assert found.zone == "UTC-03:00"


@pytest.mark.parametrize(
    "file",
    ["row-datetime-naive.csv", "pivot-datetime-naive.csv", "dir_datetime_naive/test-tag-1.csv"],
)
def test_times_without_offset_ask_for_a_zone_and_take_that_of_the_profile(
    kukur: Path, file: str
) -> None:
    (part,) = open_file(kukur / file, file, zone="Europe/Brussels", profiles={})
    doubt = "times state no zone and no offset; read as local times of Europe/Brussels"
    assert doubt in part.recognition.doubts
    profile = replace(part.recognition.profile, zone=SAO_PAULO)
    (one,) = readings(kukur, file, profiles={file: profile})
    assert times(one.reading.trajectories["test-tag-1"])[:2] == SHIFTED
    assert one.reading.zone == SAO_PAULO
    assert one.item.profile == profile
    assert one.doubts == ()


def test_tags_of_several_columns_as_the_profile_says(kukur: Path) -> None:
    (part,) = open_file(kukur / "row-tags.csv", "row-tags.csv", zone="UTC", profiles={})
    assert any("no column of tags" in doubt for doubt in part.recognition.doubts)
    for field, expected in (("Value", [1, 2, 1]), ("product", [0, 0, 1])):
        columns = tuple(
            replace(u, role={"location": "tag", "Plant": "tag", "date": "time", field: "value"}.get(
                u.name, "unused"
            ))
            for u in part.recognition.profile.columns
        )  # fmt: skip
        profile = replace(part.recognition.profile, columns=columns)
        found = export(kukur, "row-tags.csv", profiles={"row-tags.csv": profile})
        assert values(found.trajectories["Antwerp.P1"]) == expected
        assert len(found.trajectories) == 4
    listed = readings(
        kukur,
        "row-tags-metadata.csv",
        profiles={
            "row-tags-metadata.csv": ImportProfile(
                Kind.TAG_LIST,
                Arrangement.LONG,
                columns=(
                    ColumnUse(0, "tag", "location"),
                    ColumnUse(1, "tag", "Plant"),
                    ColumnUse(2, "description", "Street"),
                ),
            )
        },
    )
    said = {tag: fact.signal.description for tag, fact in listed[0].reading.facts.items()}
    assert said == {"Antwerp.P1": "Meir", "Antwerp.P2": "Scheldelaan"}


def test_a_quality_that_nobody_knows_is_a_doubt_and_its_row_is_reported(kukur: Path) -> None:
    (one,) = readings(kukur, "row-tags-quality.csv")
    assert any("the status Decent is not known" in doubt for doubt in one.doubts)
    reasons = [p.reason for p in one.reading.ledger.problems]
    assert reasons == ["status Bad", "unknown status 'Decent'"]


def test_every_sample_that_the_examples_name_is_recognised(kukur: Path) -> None:
    examples = tomllib.loads((kukur / "csv-examples.toml").read_text())
    paths = {source["path"] for source in examples["source"].values() if "path" in source}
    paths |= {m["metadata"] for m in examples["source"].values() if "metadata" in m}
    there = [kukur / p.removeprefix("tests/test_data/csv/") for p in sorted(paths)]
    files = [file for place in there for file in ([place] if place.is_file() else place.glob("*"))]
    assert len(files) > 30
    unknown = {"row-tags-metadata-custom.csv", "row-tags-metadata.csv"}
    for file in files:
        if file.name not in unknown:
            (part,) = open_file(file, file.name, zone="UTC", profiles={})
            assert part.recognition.kind in {Kind.HISTORIAN, Kind.TAG_LIST, Kind.STATES}, file


def test_two_blocks_of_a_real_datalink_sheet(shared_data: Path) -> None:
    place = shared_data / "historian_formats" / "pi_datalink" / "solar_data.csv"
    (one,) = inspect_path(place, tags={}, line_id="", site_zone="America/Chicago").files
    assert one.tags == ("EL_Solar_BusBarn_Total_KW", "EL_Solar_BusBarn_KWH_Dtot")
    assert one.item.profile.arrangement is Arrangement.BLOCKS
    assert any("state no zone and no offset" in doubt for doubt in one.doubts)
    assert (one.item.rows_read, one.item.rows_reported) == (108_326, 22)
    reasons = [p.reason for p in one.item.problems]
    assert reasons.count("no value: Calc Failed") == 20
    assert sum("[-11059] No Good Data For Calculation" in reason for reason in reasons) == 2
    kinds = {finding.kind for finding in one.findings}
    assert {"bad_status", "impossible_value"} <= kinds
    assert "gap" not in kinds


def test_what_a_real_datalink_sheet_holds(shared_data: Path) -> None:
    folder = shared_data / "historian_formats" / "pi_datalink"
    found = export(folder, "solar_data.csv", zone="America/Chicago")
    hourly, daily = found.trajectories.values()
    assert (hourly.t_ms.size, daily.t_ms.size) == (108_326, 4_513)
    assert times(hourly)[0] == datetime(2011, 5, 14, 5, tzinfo=UTC)
    assert daily.value[0] == 13.18321732
    bad = [int((t.quality == BAD).sum()) for t in (hourly, daily)]
    assert sum(bad) == 22
    garbage = np.nanmax(np.abs(np.concatenate([hourly.value, daily.value])))
    assert garbage > 1e30
    assert any("24 times lie in the hour that comes twice" in a for a in found.assumptions)
    steps = np.diff(hourly.t_ms)
    assert int((steps == 3_600_000).sum()) == steps.size


def test_the_example_of_a_vendors_manual(shared_data: Path) -> None:
    folder = shared_data / "historian_formats" / "wincc"
    (one,) = readings(folder, "example_from_siemens_manual.csv", zone="Europe/Berlin")
    assert any("decimal commas and decimal points both occur" in d for d in one.doubts)
    found = one.reading.trajectories
    assert {tag: values(t) for tag, t in found.items()} == {
        "Var_107": [66.0],
        "Var_108": [60.0],
        "Var_109": [59.0],
    }
    assert times(found["Var_107"]) == [datetime(1998, 4, 1, 9, 2, 52, tzinfo=UTC)]
    assert found["Var_107"].quality.tolist() == [GOOD]
