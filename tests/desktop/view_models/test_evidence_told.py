"""A linked piece of evidence in the inspector, and the way to where it is shown."""

from typing import Any

import pytest
from support.investigations import DOCUMENT
from support.reasoning_scenes import ON_DRUM, ON_PAPER, ON_SIGNAL, STRETCH, a_full_scene, reasoned
from support.scenes import TAGS, a_scene

from investigator.desktop.frame.state import Destination, Place, Sight
from investigator.desktop.view_models.evidence_links import choices
from investigator.desktop.view_models.evidence_told import inspected_evidence, place_of
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind


@pytest.mark.requirement("WIN-188")
class TestPlace:
    def test_a_stretch_of_a_signal_is_a_sight_on_the_timeline(self) -> None:
        assert place_of(ON_SIGNAL) == Sight(Place.TIMELINE, STRETCH, (TAGS[0],))

    def test_all_else_is_a_thing_at_its_place(self) -> None:
        assert place_of(ON_PAPER) == Destination(Place.EVIDENCE, "document", "DOC-1")
        assert place_of(ON_DRUM).place is Place.IMPACT
        whole = EvidenceLink(LinkKind.SIGNAL, TAGS[0])
        assert place_of(whole) == Destination(Place.TIMELINE, "signal", TAGS[0])


@pytest.mark.requirement("WIN-188")
class TestInspected:
    def test_every_kind_is_told_with_its_facts_and_leads_to_its_place(self) -> None:
        scene, gone = a_full_scene(), list[Any]()
        for choice in choices(scene):
            told = inspected_evidence(scene, choice.link, gone.append)
            assert told.kind == f"{choice.link.kind}, linked as evidence"
            assert len(told.facts) > 1, choice
            assert told.source.startswith("Entry ")
            told.rests_on[0].go()
            assert gone[-1] == place_of(choice.link)

    def test_a_stretch_is_told(self) -> None:
        told = inspected_evidence(a_full_scene(), ON_SIGNAL, lambda _to: None)
        assert dict(told.facts)["Stretch"].startswith("2026-03-04 10:30:00")

    def test_what_is_gone_says_so_and_leads_nowhere(self) -> None:
        story = reasoned()
        story.withdraw(DOCUMENT)
        told = inspected_evidence(a_scene(story.case), ON_PAPER, lambda _to: None)
        assert not told.rests_on
        assert told.findings[0].text == "It is not in the case as it stands now."
