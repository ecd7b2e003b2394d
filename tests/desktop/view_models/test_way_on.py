"""What an empty view offers: its command, or the way to the first thing that is missing."""

import pytest
from support.investigations import (
    EVIDENCE,
    OPENED,
    RANKED,
    REPLAYED,
    TWIN,
    Story,
    admitted,
    walked,
)
from support.scenes import AUDITOR, a_scene, no_case

from investigator.desktop.commands import Command
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.way_on import grounds_of, way_on
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import (
    ImpactRecorded,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
    TwinChosen,
)
from investigator.domain.acts.checks import CheckResultEntered
from investigator.domain.acts.evidence import EvidenceAdmitted
from investigator.domain.investigation import Investigation

IMPACT = ImpactRecorded("", "", ())
NEXT = "Follow the material."


def offered(scene: Scene) -> tuple[str, str, list[Place]]:
    """What is said, what the button says, and where it leads."""
    gone: list[Place] = []
    follow = Command("impact.start", "Follow", lambda: None, why_not=scene.why_not(IMPACT))
    said, command = way_on(scene, follow, IMPACT, NEXT, gone.append)
    command.run()
    return said, command.title, gone


def after_new_evidence() -> Investigation:
    story = Story(walked(until=RANKED))
    story.do(admitted("more"))
    return story.case


@pytest.mark.requirement("WIN-057")
@pytest.mark.parametrize(
    ("case", "remedy", "place"),
    [
        (walked(until=OPENED), "Admit a folder of evidence first.", Place.EVIDENCE),
        (walked(until=EVIDENCE), "Choose a twin first.", Place.TWIN),
        (walked(until=TWIN), "Replay the batch first.", Place.REPLAY),
        (walked(until=REPLAYED), "Rank the hypotheses first.", Place.HYPOTHESES),
        (after_new_evidence(), "Replay the batch again first.", Place.REPLAY),
    ],
)
def test_the_first_thing_that_is_missing_is_gone_to(
    case: Investigation, remedy: str, place: Place
) -> None:
    said = (f"{NEXT} {remedy}", f"Go to {place.label}", [place])
    assert offered(a_scene(case)) == said


def test_what_can_be_done_is_offered_itself() -> None:
    assert offered(a_scene(walked(until=RANKED))) == (NEXT, "Follow", [])


def test_whoever_may_not_is_told_so() -> None:
    said, title, gone = offered(a_scene(walked(until=EVIDENCE), person=AUDITOR))
    assert "not open to the role auditor" in said
    assert (title, gone) == ("Follow", [])


def test_without_a_case_the_reason_is_said() -> None:
    assert offered(no_case())[:2] == ("Open a case first.", "Follow")


def test_grounds_reach_down_to_the_evidence() -> None:
    steps: set[type[Act]] = {EvidenceAdmitted, TwinChosen, ReplayRecorded, RankingRecorded}
    grounds = steps | {CheckResultEntered}
    assert grounds_of(ImpactRecorded) == grounds


@pytest.mark.requirement("WIN-162")
def test_remedies_lead_to_the_impact_that_they_rest_on() -> None:
    gone: list[Place] = []
    probe, scene = RemedyRecorded("", "", 950), a_scene(walked(until=RANKED))
    run = Command("remedies.start", "Simulate", lambda: None, why_not=scene.why_not(probe))
    said, command = way_on(scene, run, probe, "Simulate.", gone.append)
    command.run()
    assert (said, gone) == ("Simulate. Follow the material first.", [Place.IMPACT])
