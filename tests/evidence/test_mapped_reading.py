"""Tags that a person mapped are looked through as the signals that they are."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.line_run import batch
from support.renamed_exports import otherwise

from investigator.analysis.diagnosis import replay
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence, EvidenceAsRead, Finding, Severity, Treatment
from investigator.domain.evidence_decisions import EvidenceDecisions, TagMapping
from investigator.domain.instant import Span
from investigator.domain.trajectory import Quality, Signal, Trajectory
from investigator.evidence.decided import decided
from investigator.evidence.finding_ids import finding_id
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import TagFacts, read_tag_list
from investigator.evidence.mapped_reading import mapped_reading
from investigator.evidence.quality.review import review
from investigator.twin.package import load_package

FLOW = "NF.LW311.MASSFLOW.PV"
FACTS = {FLOW: TagFacts(Signal(FLOW, "API mass flow", "kg/h"), range_low=0.0, range_high=8.0)}
TAG_MAP = {"api.flow": FLOW}
T_MS = np.arange(0, 3_600_000, 10_000, dtype=np.int64)
TO_KG = EvidenceDecisions(tags=(TagMapping("api.flow", "X", "g/h", 0.001),))


def as_read(*curves: Trajectory, findings: tuple[Finding, ...] = ()) -> EvidenceAsRead:
    """Evidence as reading gives it, with what its review finds."""
    held = {c.signal.tag: c for c in curves}
    found = (*findings, *review(held, FACTS, gridded=False).findings)
    return EvidenceAsRead(Evidence("E", (), held, {}, (), batch(), (), None, (), found, ()))


def flow(tag: str, *, peak: float, factor: float = 1.0) -> Trajectory:
    """An hour of mass flow with a minute that rises to a peak, and a minute of bad status."""
    value = 4.0 + 0.5 * np.sin(T_MS / 200_000.0)
    value[100:106] = np.linspace(4.0, peak, 6)
    quality = np.full(T_MS.size, Quality.GOOD, dtype=np.uint8)
    quality[200:206] = Quality.BAD
    signal = FACTS[tag].signal if tag in FACTS else Signal(tag)
    return Trajectory(signal, T_MS, factor * value, quality)


UNKNOWN = Finding("X", "unknown_tag", None, "kept, read as a linear signal", "not in the tag list")


@pytest.mark.requirement("EVD-292")
def test_a_mapped_tag_is_looked_through_with_the_range_of_its_signal() -> None:
    read = as_read(flow("X", peak=70.0, factor=1000.0), findings=(UNKNOWN,))
    own = as_read(flow(FLOW, peak=70.0))
    taken = mapped_reading(read, TO_KG, tag_map=TAG_MAP, facts=FACTS)
    assert {f.kind for f in taken.found} == {"out_of_range"}
    assert taken.read.evidence.findings == own.evidence.findings
    after = decided(taken.read, taken.decisions).trajectories[FLOW]
    before = decided(own).trajectories[FLOW]
    np.testing.assert_allclose(after.value, before.value)
    np.testing.assert_array_equal(after.quality, before.quality)
    np.testing.assert_array_equal(after.sd_factor, before.sd_factor)


@pytest.mark.requirement("EVD-292")
def test_what_a_person_decided_about_the_tag_holds_for_the_signal() -> None:
    read = as_read(flow("X", peak=4.0, factor=1000.0))
    (bad,) = (f for f in read.evidence.findings if f.kind == "bad_status")
    span = Span(0, 60_000)
    mine = Finding("X", "doubt", span, "left out", "a hose was off", Severity.MAJOR, Treatment.DROP)
    decisions = replace(TO_KG, dismissed=(finding_id(bad),), added=(mine,))
    taken = mapped_reading(read, decisions, tag_map=TAG_MAP, facts=FACTS)
    assert taken.found == ()
    (same,) = (f for f in taken.read.evidence.findings if f.kind == "bad_status")
    assert same.subject == FLOW
    assert finding_id(same) in taken.decisions.dismissed
    assert [f.subject for f in taken.decisions.added] == [FLOW]
    assert np.isnan(decided(taken.read, taken.decisions).trajectories[FLOW].value[:6]).all()


@pytest.mark.requirement("EVD-292")
def test_what_was_found_on_a_tag_whose_place_another_one_took_is_gone() -> None:
    read = as_read(flow(FLOW, peak=70.0), flow("X", peak=4.0, factor=1000.0))
    assert "out_of_range" in {f.kind for f in read.evidence.findings}
    taken = mapped_reading(read, TO_KG, tag_map=TAG_MAP, facts=FACTS)
    assert {(f.subject, f.kind) for f in taken.read.evidence.findings} == {(FLOW, "bad_status")}


@pytest.mark.requirement("EVD-292")
def test_a_signal_that_is_left_out_has_no_findings_and_no_map_changes_nothing() -> None:
    read = as_read(flow(FLOW, peak=70.0))
    left = EvidenceDecisions(tags=(TagMapping("api.flow", "", ""),))
    taken = mapped_reading(read, left, tag_map=TAG_MAP, facts=FACTS)
    assert (taken.read.evidence.findings, taken.found) == ((), ())
    same = mapped_reading(read, EvidenceDecisions(), tag_map=TAG_MAP, facts=FACTS)
    assert same.read is read


@pytest.mark.requirement("EVD-292", "EVD-293")
def test_the_example_with_every_tag_renamed_gives_the_same_findings_and_the_same_replay(
    example: Path, checkout: Path, tmp_path: Path
) -> None:
    package = load_package(checkout / "models" / "cdc_line_3")
    tags = read_tag_list(checkout / "models" / "cdc_line_3" / "tags.csv")
    names = {tag: "CDC3_" + "_".join(tag.split(".")[2:]).title() for tag in tags}
    folder = otherwise(example, tmp_path / "DEV-OPEN-02", {}, names=names)
    usual = read_folder(example, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin")
    read = read_folder(folder, tags=tags, line_id="CDC-3", site_zone="Europe/Berlin")
    with pytest.raises(UnusableInput, match="`case map`"):
        replay(decided(read), package)

    mappings = tuple(
        TagMapping(signal, names[tag], tags[tag].signal.unit)
        for signal, tag in package.tag_map.items()
    )
    taken = mapped_reading(
        read, EvidenceDecisions(tags=mappings), tag_map=package.tag_map, facts=tags
    )
    of_signals = frozenset(package.tag_map.values())

    def about_signals(findings: tuple[Finding, ...]) -> set[str]:
        return {finding_id(f) for f in findings if f.subject in of_signals}

    assert about_signals(taken.read.evidence.findings) == about_signals(usual.evidence.findings)
    assert about_signals(usual.evidence.findings)
    assert {f.kind for f in taken.found} == {"out_of_range"}
    again = replay(decided(taken.read, taken.decisions), package)
    assert again.rows == replay(decided(usual), package).rows
