"""What the records of a line call things: taken from the package, whatever they are."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.line_run import SHIPPED, courses, evidence, package, record

from investigator.analysis.views import replay_rows
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence
from investigator.twin.channels import BY_ID
from investigator.twin.measured import measure
from investigator.twin.record import LineRecord, line_record
from investigator.twin.record_map import FEEDERS, RECORD_MAP, RecordMap, read_record_map

CODES = {0.0: 10.0, 2.0: 12.0, 3.0: 13.0, 4.0: 14.0, 5.0: 15.0, 9.0: 19.0}


def elsewhere(name: str) -> str:
    """The same thing as another line would call it."""
    return f"OTHER {name}"


def elsewhere_map() -> RecordMap:
    named = package().record_map
    return replace(
        named,
        feeder_units={feeder: elsewhere(unit) for feeder, unit in named.feeder_units.items()},
        recipe={point: elsewhere(parameter) for point, parameter in named.recipe.items()},
        standing=tuple(CODES[code] for code in named.standing),
        refill=CODES[named.refill],
        settle=CODES[named.settle],
        volumetric=CODES[named.volumetric],
        in_process={elsewhere(code): channel for code, channel in named.in_process.items()},
        laboratory={elsewhere(test): channel for test, channel in named.laboratory.items()},
        certificates={
            feeder: {channel: elsewhere(test) for channel, test in tests.items()}
            for feeder, tests in named.certificates.items()
        },
    )


def elsewhere_evidence() -> Evidence:
    coded = {
        role: np.vectorize(CODES.get)(values, values).astype(np.float64)
        for role, values in courses().items()
        if role.endswith((".mode", "line.state"))
    }
    told = evidence(coded)
    batch = replace(
        told.batch,
        parameters=tuple(
            replace(p, parameter_id=elsewhere(p.parameter_id)) for p in told.batch.parameters
        ),
        lots=tuple(replace(lot, unit_id=elsewhere(lot.unit_id)) for lot in told.batch.lots),
        samples=tuple(
            replace(s, tests=tuple(replace(t, code=elsewhere(t.code)) for t in s.tests))
            for s in told.batch.samples
        ),
    )
    laboratory = tuple(replace(r, test=elsewhere(r.test)) for r in told.laboratory)
    return replace(told, batch=batch, laboratory=laboratory)


def run_elsewhere() -> LineRecord:
    return line_record(elsewhere_evidence(), package().tag_map, elsewhere_map())


@pytest.mark.requirement("TWN-110")
def test_a_run_under_other_names_is_the_same_run() -> None:
    here, there = record(), run_elsewhere()
    assert there.set_points == here.set_points
    assert there.refills == here.refills
    assert (there.running == here.running).all()
    assert [(lot.lot_id, lot.feeder) for lot in there.lots] == [
        (lot.lot_id, lot.feeder) for lot in here.lots
    ]
    np.testing.assert_array_equal(measure(there).series, measure(here).series)
    assert measure(there).points == measure(here).points


@pytest.mark.requirement("TWN-110")
def test_under_the_names_of_this_line_a_run_of_another_says_little() -> None:
    found = line_record(elsewhere_evidence(), package().tag_map, package().record_map)
    assert found.set_points == {}
    assert found.lots == ()
    assert measure(found).points == ()


@pytest.mark.requirement("TWN-110")
def test_no_name_of_the_line_stands_in_the_program() -> None:
    """Neither its equipment nor its recipe; what reads its characterisation names its files."""
    manifest = package().manifest
    units = [u for n, u in manifest.equipment.items() if n != "room"]
    names = re.compile("|".join(map(re.escape, [*units, *package().record_map.recipe.values()])))
    program = SHIPPED.parents[1] / "investigator"
    rooms = (program / "twin", program / "analysis", program / "process")
    found = [
        (path.name, names.findall(path.read_text(encoding="utf-8")))
        for room in rooms
        for path in sorted(room.rglob("*.py"))
        if "calibrate" not in path.parts
    ]
    assert [one for one in found if one[1]] == []


@pytest.mark.requirement("TWN-111")
def test_the_title_of_a_flow_names_its_feeder() -> None:
    named = package().record_map
    for feeder in FEEDERS:
        title = named.title(BY_ID[f"feed_{feeder}"])
        assert title.endswith(f"({package().manifest.equipment[f'feeder_{feeder}']})")
    assert named.title(BY_ID["feed_factor_api"]) == BY_ID["feed_factor_api"].title
    assert named.title(BY_ID["room_rh"]) == BY_ID["room_rh"].title


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("twin.toml", RECORD_MAP):
        shutil.copy(SHIPPED / name, tmp_path)
    return tmp_path


def without(path: Path, start: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) == len(lines) - 1
    path.write_text("\n".join(kept), encoding="utf-8")


def test_the_shipped_map_is_read(folder: Path) -> None:
    found = read_record_map(folder)
    assert found == package().record_map
    assert found.feeder_of(found.feeder_units["mgst"]) == "mgst"
    assert found.feeder_of("no such unit") is None
    assert found.laboratory[found.laboratory_test("lab_water")] == "lab_water"


@pytest.mark.requirement("TWN-112")
@pytest.mark.parametrize(
    ("name", "start", "words"),
    [
        (RECORD_MAP, "paddle_speed", "paddle_speed"),
        (RECORD_MAP, "standing", "standing"),
        (RECORD_MAP, "settle", "settle"),
        (RECORD_MAP, "ipc_hardness", "ipc_hardness"),
        (RECORD_MAP, "lab_q30", "lab_q30"),
        (RECORD_MAP, "lot_mcc_lod", "lot_mcc_lod"),
        ("twin.toml", "feeder_mgst", "equipment feeder_mgst in the manifest"),
        ("twin.toml", "main_gap", "set-point main_gap in the manifest"),
    ],
)
def test_a_gap_in_the_map_is_refused_by_name(
    folder: Path, name: str, start: str, words: str
) -> None:
    without(folder / name, start)
    with pytest.raises(UnusableInput, match=words):
        read_record_map(folder)


@pytest.mark.requirement("TWN-112")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('ipc_thickness = "TH"', 'ipc_thickness = "WT"'),
        ("refill = 2", 'refill = "two"'),
        ("standing = [0, 2, 9]", "standing = 0"),
        ("[recipe]", "[recipe"),
        ("refill = 2", "refill = " + 3000 * "[" + 3000 * "]"),
        ("[line_state]", "[[line_state]]"),
    ],
)
def test_a_map_that_cannot_be_used_is_one_sentence(folder: Path, old: str, new: str) -> None:
    path = folder / RECORD_MAP
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"record_map\.toml"):
        read_record_map(folder)


@pytest.mark.requirement("TWN-111")
def test_what_is_told_of_a_run_names_the_feeders_of_its_line() -> None:
    from support.line_run import reference

    from investigator.analysis.comparison import compare

    there = compare(run_elsewhere(), package().parameters.line(), reference())
    told = " ".join(row.channel for row in replay_rows(there))
    assert "(OTHER LW-311)" in told
