"""Evidence that can be linked, searched, and links as they are read in the window."""

from dataclasses import replace

import pytest
from support.investigations import DOCUMENT, DRUMS, EVIDENCE, walked
from support.material_scenes import material_scene
from support.reasoning_scenes import (
    CHANGE,
    ON_DRUM,
    ON_PAPER,
    ON_SIGNAL,
    STRETCH,
    a_full_scene,
    reasoned,
)
from support.scenes import TAGS, a_scene, no_case

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.evidence_links import (
    choices,
    found,
    known_containers,
    shown,
    stretch_said,
    with_stretch,
)
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind
from investigator.domain.errors import UnusableRequest
from investigator.domain.toolbox import Toolbox

ZONE = "Europe/Berlin"


@pytest.mark.requirement("WIN-187")
class TestChoices:
    def test_every_kind_of_evidence_is_offered(self) -> None:
        made = choices(a_full_scene())
        assert {choice.link.kind for choice in made} == set(LinkKind)
        containers = [c for c in made if c.link.kind is LinkKind.CONTAINER]
        assert [(c.title, c.words) for c in containers][:2] == [
            (DRUMS[0], "not affected"),
            (DRUMS[1], "affected"),
        ]

    def test_a_change_point_is_offered_with_the_interval_of_its_onset(self) -> None:
        signals = [c for c in choices(a_full_scene()) if c.link.kind is LinkKind.SIGNAL]
        change, *whole = signals
        assert change.link.start_ms is not None
        assert change.words.startswith("API feed changed")
        assert [c.link for c in whole] == [EvidenceLink(LinkKind.SIGNAL, tag) for tag in TAGS]

    def test_the_change_point_farthest_beyond_normal_batches_stands_first(self) -> None:
        scene = a_full_scene()
        assert scene.seen is not None
        assert scene.seen.replay is not None
        usual = replace(CHANGE, gain=50.0, usual_gain=25.0, words="as in normal batches")
        replay = replace(scene.seen.replay, toolbox=Toolbox((usual, CHANGE), (), (), ()))
        made = choices(replace(scene, seen=replace(scene.seen, replay=replay)))
        said = [c.words for c in made if c.link.start_ms is not None]
        assert said == [CHANGE.words, usual.words]

    def test_what_can_be_linked_is_what_the_case_has(self) -> None:
        """Each link that is offered leads somewhere, and each once but for change points."""
        scene = a_full_scene()
        links = [choice.link for choice in choices(scene)]
        assert len(set(links)) == len(links)
        assert all(one.known for one in shown(scene, links))

    def test_a_search_asks_for_every_word(self) -> None:
        made = choices(a_full_scene())
        assert [c.link for c in found(made, "shift DOCUMENT")] == [ON_PAPER]
        assert found(made, "shift nothing-of-this-name") == ()
        assert found(made, "  ") == made

    def test_without_a_case_there_is_nothing(self) -> None:
        assert choices(no_case()) == ()

    def test_before_an_impact_the_drums_of_the_batch_record_are_offered(self) -> None:
        assert known_containers(material_scene(walked(until=EVIDENCE))) == ("B1-D2", "B1-D10")


@pytest.mark.requirement("WIN-188")
class TestShown:
    def test_a_link_says_what_it_is_to_and_when(self) -> None:
        signal, paper, drum = shown(a_full_scene(), (ON_SIGNAL, ON_PAPER, ON_DRUM))
        assert signal.words.startswith(f"signal {TAGS[0]}, 2026-03-04 10:30:00")
        assert signal.brief == f"{TAGS[0]}, 10:30–10:40"
        assert (paper.words, paper.brief) == ("document DOC-1 Shift book", "DOC-1 Shift book")
        assert drum.tone is Tone.PLAIN

    def test_the_same_link_twice_is_told_once(self) -> None:
        assert len(shown(a_full_scene(), (ON_DRUM, ON_DRUM))) == 1

    def test_what_is_no_longer_in_the_case_is_told_by_its_id_with_a_warning(self) -> None:
        story = reasoned()
        story.withdraw(DOCUMENT)
        (gone,) = shown(a_scene(story.case), (ON_PAPER,))
        assert (gone.words, gone.known, gone.tone) == ("document DOC-1", False, Tone.WARN)
        assert gone.tip.endswith("not in the case as it stands now")

    def test_a_finding_is_told_by_what_it_is(self) -> None:
        scene = a_full_scene()
        choice = next(c for c in choices(scene) if c.link.kind is LinkKind.FINDING)
        (told,) = shown(scene, (choice.link,))
        assert told.words == f"finding {choice.title}"
        assert choice.link.target not in told.words


@pytest.mark.requirement("WIN-187")
class TestStretch:
    def test_begin_and_end_make_the_stretch_in_the_zone_of_the_case(self) -> None:
        whole = EvidenceLink(LinkKind.SIGNAL, TAGS[0])
        made = with_stretch(whole, "2026-03-04 10:30", "2026-03-04 10:40", ZONE)
        assert (made.start_ms, made.end_ms) == (STRETCH.start_ms, STRETCH.end_ms)
        begin, end = stretch_said(made, ZONE)
        assert with_stretch(whole, begin, end, ZONE) == made
        assert with_stretch(whole, "", "", ZONE) == whole
        assert stretch_said(whole, ZONE) == ("", "")

    @pytest.mark.parametrize(
        ("begin", "end", "said"),
        [
            ("2026-03-04 10:30", "", "or neither"),
            ("2026-03-04 10:40", "2026-03-04 10:30", "ends before it begins"),
            ("2026-03-04 10:40", "2026-03-04 10:40", "ends before it begins"),
            ("half past ten", "2026-03-04 10:40", "is no time"),
        ],
    )
    def test_what_is_no_stretch_is_refused(self, begin: str, end: str, said: str) -> None:
        whole = EvidenceLink(LinkKind.SIGNAL, TAGS[0])
        with pytest.raises(UnusableRequest, match=said):
            with_stretch(whole, begin, end, ZONE)


def test_a_scene_without_evidence_has_no_containers() -> None:
    scene = a_scene(reasoned().case)
    assert scene.seen is not None
    bare = replace(scene, seen=replace(scene.seen, evidence=None))
    assert known_containers(bare) == DRUMS
