"""Units that an export states, suggestions for tags under other names, and the map applied."""

from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest
from support.line_run import batch
from support.renamed_exports import otherwise

from investigator.analysis.diagnosis import replay
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence, Severity
from investigator.domain.evidence_decisions import EvidenceDecisions, TagMapping
from investigator.domain.tag_review import MapState
from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import TagFacts, read_tag_list
from investigator.evidence.mapping.tag_mapping import mapped, review, without_unsettled
from investigator.evidence.mapping.tag_suggestions import Wanted, resembles, suggest
from investigator.evidence.mapping.tag_units import restated
from investigator.twin.package import load_package
from investigator.twin.record import line_record

FLOW, ROOM, MODE = "NF.LW311.MASSFLOW.PV", "NF.RM114.TEMP.PV", "NF.LW311.MODE"
STATES = ((0, "OFF"), (1, "GRAVIMETRIC"), (2, "REFILL"))
T_MS = np.arange(0, 3_600_000, 10_000, dtype=np.int64)
COURSE = 4.0 + 0.5 * np.sin(T_MS / 200_000.0)

FACTS = {
    FLOW: TagFacts(Signal(FLOW, "API mass flow", "kg/h"), 0.0, 8.0, equipment="LW-311"),
    ROOM: TagFacts(Signal(ROOM, "Room P-114 temperature", "°C"), 0.0, 50.0, equipment="P-114"),
    MODE: TagFacts(Signal(MODE, "API feeder mode", "state", Interpolation.STEP, STATES)),
}
TAG_MAP = {"api.flow": FLOW, "room.temp": ROOM, "api.mode": MODE}


def curve(
    tag: str, value: np.ndarray, unit: str = "", words: str = "", **more: object
) -> Trajectory:
    quality = np.full(T_MS.size, Quality.GOOD, dtype=np.uint8)
    return Trajectory(Signal(tag, words, unit, **more), T_MS, value, quality)


def evidence(*curves: Trajectory) -> Evidence:
    held = {c.signal.tag: c for c in curves}
    return Evidence("E", (), held, {}, (), batch(), (), None, (), (), ())


USUAL = (
    curve(FLOW, COURSE, "kg/h"),
    curve(ROOM, COURSE + 17.0, "°C"),
    curve(MODE, np.ones(T_MS.size), "state", states=STATES),
)


@pytest.mark.requirement("EVD-241")
def test_a_stated_unit_of_the_same_quantity_is_converted_and_said() -> None:
    curves = {
        FLOW: curve(FLOW, 1000.0 * COURSE, "kg/h"),
        ROOM: curve(ROOM, 1.8 * COURSE + 62.6, "°C"),
    }
    done = restated(curves, {FLOW: "g/h", ROOM: "degF"}, FACTS)
    np.testing.assert_allclose(done.trajectories[FLOW].value, COURSE)
    np.testing.assert_allclose(done.trajectories[ROOM].value, COURSE + 17.0)
    assert [f.kind for f in done.findings] == ["unit_converted"] * 2
    assert "times 0.001" in done.findings[0].action
    assert curves[FLOW].value[0] == 1000.0 * COURSE[0]


@pytest.mark.requirement("EVD-241")
@pytest.mark.parametrize("unit", ["N", "furlongs", "%"])
def test_a_unit_of_another_quantity_blocks(unit: str) -> None:
    done = restated({FLOW: USUAL[0]}, {FLOW: unit}, FACTS)
    (finding,) = done.findings
    assert (finding.kind, finding.severity) == ("unit_differs", Severity.CRITICAL)
    assert unit in finding.detail
    assert done.trajectories[FLOW] is USUAL[0]


@pytest.mark.requirement("EVD-241")
def test_another_spelling_of_the_unit_is_nothing_to_say() -> None:
    stated = {FLOW: "kg/Std.", ROOM: "degC", MODE: "-"}
    assert restated({c.signal.tag: c for c in USUAL}, stated, FACTS).findings == ()


@pytest.mark.requirement("EVD-242")
def test_numbers_that_fit_another_unit_only_are_in_doubt() -> None:
    (finding,) = restated({FLOW: curve(FLOW, 1000.0 * COURSE, "kg/h")}, {}, FACTS).findings
    assert (finding.kind, finding.severity) == ("unit_differs", Severity.CRITICAL)
    assert "g/h" in finding.detail
    assert restated({c.signal.tag: c for c in USUAL}, {}, FACTS).findings == ()


@pytest.mark.requirement("EVD-243")
@pytest.mark.parametrize(
    "name",
    ["CDC3_LW311_MassFlow_PV", "LW-311 mass flow", "LW311/MASSFLOW/PV", "nf.lw311.massflow.ist"],
)
def test_a_name_that_is_written_otherwise_is_suggested_first(name: str) -> None:
    others = ("LW312 MASSFLOW PV", "LW311 NETWT PV", "TP351 TURRET PV")
    candidates = {tag: curve(tag, COURSE) for tag in (*others, name)}
    best, *_ = suggest(Wanted(FACTS[FLOW]), candidates)
    assert best.tag == name
    assert 0.5 <= best.score <= 1.0
    assert "name alike" in best.reasons[0]


@pytest.mark.requirement("EVD-243")
def test_a_name_that_says_nothing_is_found_by_its_course_and_its_unit_by_its_level() -> None:
    noise = np.random.default_rng(1).normal(0.0, 0.05, T_MS.size)
    expected = curve("twin", COURSE, "kg/h")
    candidates = {
        "AI_0001": curve("AI_0001", 1000.0 * (COURSE + noise)),
        "AI_0002": curve(
            "AI_0002", 4000.0 + np.random.default_rng(2).normal(0.0, 300.0, T_MS.size)
        ),
        "AI_0003": curve("AI_0003", COURSE, "kN"),
    }
    best, *rest = suggest(Wanted(FACTS[FLOW], expected), candidates)
    assert (best.tag, best.unit, best.factor) == ("AI_0001", "g/h", 0.001)
    assert any("correlation 0.9" in reason for reason in best.reasons)
    assert "AI_0003" not in [s.tag for s in rest]


@pytest.mark.requirement("EVD-243")
def test_states_are_suggested_for_states_alone() -> None:
    held = {"interpolation": Interpolation.STEP}
    candidates = {
        "LW311.MODE.ACT": curve(
            "LW311.MODE.ACT", np.ones(T_MS.size), states=((1, "off"), (2, "refill")), **held
        ),
        "LW311.MODE.RAW": curve("LW311.MODE.RAW", 7.0 * np.ones(T_MS.size)),
    }
    assert [s.tag for s in suggest(Wanted(FACTS[MODE]), candidates)] == ["LW311.MODE.ACT"]


@pytest.mark.requirement("EVD-244")
def test_the_review_says_where_every_signal_comes_from_and_what_is_open() -> None:
    renamed = curve("LW311_MASSFLOW", 1000.0 * COURSE, "g/h")
    seen = replace(
        evidence(renamed, *USUAL[1:]),
        findings=restated({ROOM: USUAL[1]}, {ROOM: "N"}, FACTS).findings,
    )
    found = review(seen, tag_map=TAG_MAP, facts=FACTS)
    assert [(s.signal, s.state) for s in found.signals] == [
        ("api.flow", MapState.MISSING),
        ("room.temp", MapState.UNIT_DIFFERS),
        ("api.mode", MapState.PACKAGED),
    ]
    assert [s.signal for s in found.blocking] == ["room.temp"]
    best = found.signals[0].suggestions[0]
    assert (best.tag, best.unit, best.factor, best.offset) == ("LW311_MASSFLOW", "g/h", 0.001, 0.0)
    assert found.unused == ("LW311_MASSFLOW",)


@pytest.mark.requirement("EVD-244")
def test_what_a_person_mapped_stands_before_the_package() -> None:
    mappings = (
        TagMapping("api.flow", "LW311_MASSFLOW", "g/h", 0.001),
        TagMapping("api.mode", "", ""),
    )
    seen = evidence(curve("LW311_MASSFLOW", COURSE), *USUAL[1:])
    found = review(seen, tag_map=TAG_MAP, facts=FACTS, mappings=mappings)
    states = {s.signal: s.state for s in found.signals}
    assert states == {
        "api.flow": MapState.BY_PERSON,
        "api.mode": MapState.LEFT_OUT,
        "room.temp": MapState.PACKAGED,
    }
    assert found.open == ()


@pytest.mark.requirement("EVD-245")
def test_a_mapped_tag_stands_under_the_packaged_name_as_the_tag_list_reads_it() -> None:
    mode = curve(
        "MODE",
        np.r_[np.ones(100), 2.0 * np.ones(T_MS.size - 100)],
        states=((1, "refill"), (2, "Off")),
    )
    seen = evidence(curve("X", 1000.0 * COURSE), mode)
    mappings = [TagMapping("api.flow", "X", "g/h", 0.001), TagMapping("api.mode", "MODE", "")]
    taken = mapped(seen, mappings, tag_map=TAG_MAP, facts=FACTS).trajectories
    np.testing.assert_allclose(taken[FLOW].value, COURSE)
    assert taken[FLOW].signal == FACTS[FLOW].signal
    assert taken[MODE].signal.interpolation is Interpolation.STEP
    assert taken[MODE].value[[0, -1]].tolist() == [2.0, 0.0]
    assert set(seen.trajectories) == {"X", "MODE"}
    assert taken["X"] is seen.trajectories["X"]


@pytest.mark.requirement("EVD-245")
def test_a_signal_that_is_left_out_is_not_there_and_nothing_mapped_changes_nothing() -> None:
    seen = evidence(*USUAL)
    left = mapped(seen, [TagMapping("api.flow", "", "")], tag_map=TAG_MAP, facts=FACTS)
    assert set(left.trajectories) == {ROOM, MODE}
    assert mapped(seen, (), tag_map=TAG_MAP, facts=FACTS) == seen


@pytest.mark.requirement("EVD-245")
@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (TagMapping("api.flow", "Y", ""), "holds no tag Y for api.flow"),
        (TagMapping("gone", FLOW, ""), "the twin has no signal gone"),
        (TagMapping("api.mode", "M", ""), "has the state FAULT"),
    ],
)
def test_what_cannot_be_mapped_is_one_sentence(mapping: TagMapping, said: str) -> None:
    odd = curve("M", np.ones(T_MS.size), states=((1, "FAULT"),))
    with pytest.raises(UnusableInput, match=said):
        mapped(evidence(*USUAL, odd), [mapping], tag_map=TAG_MAP, facts=FACTS)


@pytest.mark.requirement("EVD-241")
def test_without_a_person_a_signal_in_a_unit_that_differs_is_left_out_and_said() -> None:
    found = restated({FLOW: USUAL[0]}, {FLOW: "N"}, FACTS).findings
    seen = replace(evidence(*USUAL), findings=found)
    taken = without_unsettled(seen, tag_map=TAG_MAP, facts=FACTS)
    assert set(taken.trajectories) == {ROOM, MODE}
    (words,) = taken.assumptions
    assert words.startswith(f"api.flow ({FLOW}) is left out")
    assert without_unsettled(evidence(*USUAL), tag_map=TAG_MAP, facts=FACTS) == evidence(*USUAL)


API_FLOW, TURRET, BED = (
    "NF.CDC3.LW311.MASSFLOW.PV",
    "NF.CDC3.TP351.TURRET.PV",
    "NF.CDC3.TP351.BEDTEMP.PV",
)
NAMES = {API_FLOW: "FDR1.FLOW", "NF.CDC3.LW312.MODE": "FDR2.MODE", TURRET: "PRESS.SPEED"}


@pytest.mark.requirement("EVD-245")
def test_an_export_with_other_names_and_units_gives_the_same_run(
    example: Path, checkout: Path, tmp_path: Path
) -> None:
    package = load_package(checkout / "models" / "cdc_line_3")
    tags = read_tag_list(checkout / "models" / "cdc_line_3" / "tags.csv")
    units = {
        API_FLOW: ("g/h", lambda v: v * 1000),
        TURRET: ("Hz", lambda v: v / 60),
        BED: ("°F", lambda v: v * 9 / 5 + 32),
        "NF.CDC3.LW314.NETWT.PV": ("g", lambda v: v * 1000),
    }
    other = otherwise(example, tmp_path / "DEV-OPEN-02", units, names=NAMES)
    usual = decided(read_folder(example, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin"))
    read = read_folder(other, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin")
    np.testing.assert_allclose(
        read.evidence.trajectories[BED].value, usual.trajectories[BED].value, atol=1e-9
    )
    found = review(read.evidence, tag_map=package.tag_map, facts=tags)
    missing = [s for s in found.signals if s.state is MapState.MISSING]
    assert {s.signal for s in missing} == {"api.flow", "mcc.mode", "turret.speed"}
    decisions = EvidenceDecisions(
        tags=(
            TagMapping("api.flow", "FDR1.FLOW", "g/h", 0.001),
            TagMapping("mcc.mode", "FDR2.MODE", ""),
            TagMapping("turret.speed", "PRESS.SPEED", "Hz", 60.0),
        )
    )
    taken = mapped(decided(read, decisions), decisions.tags, tag_map=package.tag_map, facts=tags)
    before, after = (
        line_record(usual, package.tag_map, package.record_map),
        line_record(taken, package.tag_map, package.record_map),
    )
    np.testing.assert_array_equal(before.grid_ms, after.grid_ms)
    for role, values in before.roles.items():
        np.testing.assert_allclose(after.roles[role], values, rtol=1e-9, atol=1e-9, err_msg=role)
    rows, again = replay(usual, package).rows, replay(taken, package).rows
    assert len(rows) == len(again) > 0
    for row, other_row in zip(rows, again, strict=True):
        for of_row, of_other in zip(astuple(row), astuple(other_row), strict=True):
            same = of_row if isinstance(of_row, str) else pytest.approx(of_row, rel=1e-6, abs=1e-9)
            assert of_other == same


@pytest.mark.requirement("EVD-243", "EVD-244")
def test_an_export_of_which_every_tag_is_named_otherwise_waits_for_its_map(
    example: Path, checkout: Path, tmp_path: Path
) -> None:
    package = load_package(checkout / "models" / "cdc_line_3")
    tags = read_tag_list(checkout / "models" / "cdc_line_3" / "tags.csv")
    names = {tag: "CDC3_" + "_".join(tag.split(".")[2:]).title() for tag in tags}
    other = otherwise(example, tmp_path / "DEV-OPEN-02", {}, names=names)
    read = read_folder(other, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin")
    assert sum(f.kind == "unknown_tag" for f in read.evidence.findings) == len(tags)
    found = review(read.evidence, tag_map=package.tag_map, facts=tags)
    assert len(found.open) == len(package.tag_map)
    for signal in found.signals:
        assert signal.suggestions[0].tag == names[package.tag_map[signal.signal]]
    record = next(o for o in read.evidence.clock_offsets if o.source == "batch record")
    assert record.matched_events > 50
    mappings = [
        TagMapping(s.signal, s.suggestions[0].tag, s.unit, s.suggestions[0].factor)
        for s in found.signals
    ]
    taken = mapped(decided(read), mappings, tag_map=package.tag_map, facts=tags)
    usual = decided(read_folder(example, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin"))
    before, after = (
        line_record(usual, package.tag_map, package.record_map),
        line_record(taken, package.tag_map, package.record_map),
    )
    for role, values in before.roles.items():
        same = np.isclose(after.roles[role], values, rtol=1e-9, atol=1e-9, equal_nan=True)
        assert np.mean(same) > 0.95, f"{role}: only what the tag list lets drop may differ"


@pytest.mark.requirement("EVD-243")
def test_the_tags_of_another_line_do_not_resemble_those_of_this_one() -> None:
    own = ["NF.CDC3.LW311.MASSFLOW.PV", "NF.CDC3.TP351.TURRET.PV", "NF.CDC3.NIR331.API.PV"]
    assert resembles(["CDC3-LW311-MASSFLOW", "CDC3-TP351-TURRET", "X"], own)
    assert not resembles([name.replace("3", "4") for name in own], own)
    assert not resembles(["X.Y", "Temperatur Ofen"], own)
    assert not resembles([], own)
