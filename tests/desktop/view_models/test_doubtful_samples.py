"""Dots on the samples of a whole signal that findings leave out or widen."""

from dataclasses import replace

import pytest
from support import dossiers
from support.investigations import EVIDENCE, Story, walked
from support.scenes import TAGS, a_scene, a_trajectory, doubted

from investigator.desktop.scene import Scene
from investigator.desktop.view_models import doubtful_samples
from investigator.desktop.view_models.findings import acts_for, findings
from investigator.domain.acts.evidence import Judgement
from investigator.domain.evidence import ClockOffset, Finding, Treatment


def dots(scene: Scene, tag: str) -> dict[str, list[int]]:
    made = doubtful_samples.doubted(scene, findings(scene), tag)
    return {
        curve.name: ((curve.t_ms - dossiers.START) // dossiers.MINUTE).tolist() for curve in made
    }


@pytest.mark.requirement("WIN-126")
def test_every_sample_that_is_treated_has_its_dot() -> None:
    scene = doubted(a_scene(walked(until=EVIDENCE)))
    assert dots(scene, TAGS[0]) == {"left out": [5, *range(30, 40), 60]}
    assert dots(scene, TAGS[1]) == {"widened": list(range(20, 50))}
    assert dots(scene, "no such tag") == {}


@pytest.mark.requirement("WIN-126")
def test_a_dismissed_finding_leaves_no_dots() -> None:
    story = Story(walked(until=EVIDENCE))
    scene = doubted(a_scene(story.case))
    story.do(*acts_for(scene, findings(scene), Judgement.DISMISSED))
    assert dots(doubted(a_scene(story.case)), TAGS[0]) == {}


@pytest.mark.requirement("WIN-126")
def test_dots_of_the_room_data_stand_on_the_clock_of_the_historian() -> None:
    scene = a_scene(walked(until=EVIDENCE))
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    spike = Finding("RM.TEMP", "spike", dossiers.a_span(5, 6), "not used", treatment=Treatment.DROP)
    evidence = replace(
        scene.seen.evidence,
        environment={"RM.TEMP": a_trajectory("RM.TEMP")},
        findings=(spike,),
        clock_offsets=(ClockOffset("environment", 120.0, 1.0, 9),),
    )
    scene = replace(scene, seen=replace(scene.seen, evidence=evidence))
    assert dots(scene, "RM.TEMP") == {"left out": [7]}
