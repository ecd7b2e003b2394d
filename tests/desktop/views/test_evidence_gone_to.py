"""From a link to the place of its evidence, in a window with the real views."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from support.reasoning_scenes import ON_SIGNAL, STRETCH, a_full_scene
from support.scenes import TAGS

from investigator.desktop.frame.state import Destination, Place
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import JobRunner
from investigator.desktop.view_models.evidence_links import Choice, choices
from investigator.desktop.view_models.evidence_told import place_of
from investigator.desktop.views.catalogue import VIEWS
from investigator.desktop.views.timeline import TimelineView
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    jobs = JobRunner()
    made = MainWindow(jobs)
    for place, make in VIEWS.items():
        made.add_view(place, make)
    qtbot.addWidget(made)
    made.show_snapshot(a_full_scene())
    made.go(Place.HYPOTHESES)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    jobs.close()


def follow(window: MainWindow, link: EvidenceLink) -> str:
    """Go where a view sends one for the link; what the inspector then tells."""
    window.view(Place.HYPOTHESES).go_requested.emit(place_of(link))
    return window.inspector.shown.title if window.inspector.shown else ""


def one_of(kind: LinkKind) -> Choice:
    return next(choice for choice in choices(a_full_scene()) if choice.link.kind is kind)


@pytest.mark.requirement("WIN-188")
class TestPlaces:
    def test_a_finding_is_gone_to_and_told(self, window: MainWindow) -> None:
        choice = one_of(LinkKind.FINDING)
        assert choice.title.startswith(follow(window, choice.link))
        assert window.place is Place.EVIDENCE
        assert not window.notice.isVisible()

    def test_every_result_is_gone_to_and_told(self, window: MainWindow) -> None:
        """Also those that the palette does not offer, since nobody need look at them."""
        found = [c for c in choices(a_full_scene()) if c.link.kind is LinkKind.RESULT]
        assert len(found) > 1
        for choice in found:
            assert choice.title.startswith(follow(window, choice.link))
            assert not window.notice.isVisible()

    def test_a_document_and_a_container_are_gone_to_and_told(self, window: MainWindow) -> None:
        paper, drum = one_of(LinkKind.DOCUMENT), one_of(LinkKind.CONTAINER)
        assert follow(window, paper.link) == "Shift book"
        assert follow(window, drum.link) == drum.title
        assert window.place is Place.IMPACT

    def test_a_stretch_of_a_signal_is_plotted_and_brushed(self, window: MainWindow) -> None:
        follow(window, ON_SIGNAL)
        timeline = window.view(Place.TIMELINE)
        assert isinstance(timeline, TimelineView)
        assert timeline.shown[0] == TAGS[0]
        assert timeline.brushed == STRETCH

    def test_a_whole_signal_is_plotted_and_told(self, window: MainWindow) -> None:
        whole = EvidenceLink(LinkKind.SIGNAL, TAGS[1])
        assert TAGS[1] in follow(window, whole)
        timeline = window.view(Place.TIMELINE)
        assert isinstance(timeline, TimelineView)
        assert TAGS[1] in timeline.shown

    def test_what_is_not_there_is_said(self, window: MainWindow) -> None:
        gone = Destination(Place.EVIDENCE, "document", "DOC-77")
        window.view(Place.HYPOTHESES).go_requested.emit(gone)
        assert window.place is Place.EVIDENCE
        assert window.notice.text == (
            'Evidence: There is no document "DOC-77" here as the case stands now.'
        )
