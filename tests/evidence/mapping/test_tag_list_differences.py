"""Two tag lists that contradict each other about a tag: found, told, and the line's own is used."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.evidence_files import FLOW, LINE, ZONE, tag_list, usual_files, write_folder

from investigator.domain.evidence import Severity
from investigator.domain.trajectory import Interpolation, Signal
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.tag_list_differences import list_differences

HELD = Interpolation.STEP
OWN = {
    "T": TagFacts(Signal("T", "kettle", "°C"), range_low=0.0, range_high=100.0),
    "V": TagFacts(Signal("V", "valve", "state", HELD, ((0, "SHUT"), (1, "OPEN")))),
}


def beside(tag: str, **facts: object) -> dict[str, TagFacts]:
    return {tag: replace(OWN[tag], **facts)}


@pytest.mark.requirement("EVD-295")
@pytest.mark.parametrize(
    ("there", "severity", "says"),
    [
        (
            beside("T", signal=Signal("T", "", "bar"), range_low=None),
            "critical",
            "unit bar, not °C",
        ),
        (beside("T", range_high=150.0), "major", "range 0 to 150 °C, not 0 to 100 °C"),
        (
            beside("T", signal=Signal("T", "", "degF"), range_low=32.0, range_high=250.0),
            "critical",
            "unit degF, not °C; range 32 to 250 degF, not 0 to 100 °C",
        ),
        (
            beside("V", signal=Signal("V", "", "", HELD, ((0, "Open"), (1, "Shut")))),
            "critical",
            "states 0 = Open, not SHUT, 1 = Shut, not OPEN",
        ),
        (
            beside("V", signal=Signal("V", "", "", HELD, ((0, "SHUT"),))),
            "critical",
            "states 1 = nothing, not OPEN",
        ),
    ],
)
def test_a_contradiction_is_told_in_full(
    there: dict[str, TagFacts], severity: str, says: str
) -> None:
    (finding,) = list_differences(there, OWN)
    assert (finding.kind, finding.severity) == ("tag_list_differs", Severity(severity))
    assert finding.detail == f"a tag list among the evidence says otherwise: {says}"
    assert finding.action == "read as the line's own list says"


@pytest.mark.requirement("EVD-295")
@pytest.mark.parametrize(
    "there",
    [
        OWN,
        beside("T", signal=Signal("T", "other words", "degC", HELD)),
        beside("T", signal=Signal("T", "", ""), range_low=None, range_high=None),
        beside("T", range_high=100.00000001),
        beside("V", signal=Signal("V", "", "-", HELD, ((0, "Shut"), (1, "open")))),
        beside("V", signal=Signal("V", "", "", HELD)),
        {"OTHER": TagFacts(Signal("OTHER", "", "kg"))},
    ],
)
def test_another_spelling_or_silence_contradicts_nothing(there: dict[str, TagFacts]) -> None:
    assert list_differences(there, OWN) == ()


@pytest.mark.requirement("EVD-295")
def test_a_folder_whose_own_tag_list_contradicts_the_lines_says_so(tmp_path: Path) -> None:
    own = tag_list()[FLOW]
    lists = f"series name,unit,range low,range high\n{FLOW},g/h,0,8000\n".encode()
    folder = write_folder(tmp_path, usual_files() | {"lists/tags.csv": lists})
    evidence = read_folder(folder, tags=tag_list(), line_id=LINE, site_zone=ZONE).evidence
    (found,) = (f for f in evidence.findings if f.kind == "tag_list_differs")
    assert found.subject == FLOW
    assert f"unit g/h, not {own.signal.unit}" in found.detail
    assert evidence.trajectories[FLOW].signal == own.signal
