"""Where what stands under a heading of the report came from."""

import pytest
from support.investigations import FOLLOWED, walked
from support.scenes import a_scene, no_case

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.report_sections import inspected

GONE: list[Place] = []


def _inspected(section: str, heading: str = "", scene: Scene | None = None) -> Inspected:
    GONE.clear()
    return inspected(
        scene or a_scene(), section=section, heading=heading or section, page=4, go=GONE.append
    )


@pytest.mark.requirement("WIN-097")
@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("1 Executive summary", Place.REPORT),
        ("2 Event", Place.CASE),
        ("3 Immediate containment", Place.CASE),
        ("4 Classification and scope", Place.CASE),
        ("5 Process and equipment background", Place.EVIDENCE),
        ("6 Evidence", Place.EVIDENCE),
        ("7 Twin", Place.TWIN),
        ("8 Replay: measured against twin", Place.REPLAY),
        ("9 Hypotheses", Place.HYPOTHESES),
        ("10 Root cause", Place.HYPOTHESES),
        ("12 Disposition", Place.DISPOSITION),
        ("Appendix A Raw data", Place.EVIDENCE),
        ("Appendix F Audit trail and checkpoint", Place.AUDIT),
    ],
)
def test_a_section_leads_to_where_it_is_worked_on(section: str, place: Place) -> None:
    thing = _inspected(section)
    assert thing.source.startswith("Entry ")
    thing.rests_on[0].go()
    assert [place] == GONE


@pytest.mark.requirement("WIN-097")
def test_a_heading_within_a_section_has_the_source_of_the_section() -> None:
    thing = _inspected("11 Impact", "Predicted quality")
    assert thing.title == "Predicted quality"
    assert dict(thing.facts) == {"Page": "5", "Section": "11 Impact", "Revision": "1"}
    assert thing.digest == FOLLOWED.result


def test_what_rests_on_nothing_recorded_names_no_source() -> None:
    assert not _inspected("Appendix D Glossary").source
    assert not _inspected("Signatures").rests_on
    assert not _inspected("2 Event", scene=no_case()).source
    assert not _inspected("2 Event", scene=a_scene(walked(until=FOLLOWED))).source
