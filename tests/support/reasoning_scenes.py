"""Cases with reasoning in them, whose evidence is what the scenes of the window have."""

from dataclasses import replace

from investigator.desktop.scene import Scene
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind
from investigator.domain.ranking import CauseCategory
from investigator.domain.toolbox import ChangePoint, OnsetUncertainty, Toolbox
from support import dossiers
from support.investigations import DRUMS, FILTER, FOLLOWED, Story, asked_why, tabled, walked
from support.material_scenes import lab_results
from support.scenes import TAGS, a_scene

STRETCH = dossiers.a_span(30, 40)
ON_SIGNAL = EvidenceLink(LinkKind.SIGNAL, TAGS[0], STRETCH.start_ms, STRETCH.end_ms)
ON_PAPER = EvidenceLink(LinkKind.DOCUMENT, "DOC-1")
ON_DRUM = EvidenceLink(LinkKind.CONTAINER, DRUMS[1])
FIRST = asked_why(FILTER, 1, None, ON_SIGNAL, ON_PAPER)
ROOT = asked_why(FILTER, 2, CauseCategory.METHOD, ON_DRUM)
EXTENT = tabled("containers", ON_DRUM, ON_PAPER)
CHANGE = ChangePoint(
    channel="feed",
    title="API feed",
    unit="%",
    onset_ms=STRETCH.start_ms,
    onset_95=dossiers.a_span(28, 31),
    end_ms=None,
    size=-2.0,
    gain=40.0,
    usual_gain=8.0,
    uncertainty=OnsetUncertainty(45.0, 5.0, 0.0, 0.0),
    signals=TAGS[:1],
    words="API feed changed by -2 % against the twin.",
)


def reasoned() -> Story:
    """The material was followed; two whys down to the root, one row of the table."""
    story = Story(walked(until=FOLLOWED))
    story.do(FIRST, ROOT, EXTENT)
    return story


def with_everything(scene: Scene) -> Scene:
    """The scene with laboratory results and a change point in its first signal."""
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    assert scene.seen.replay is not None
    replay = replace(scene.seen.replay, toolbox=Toolbox((CHANGE,), (), (), ()))
    evidence = replace(scene.seen.evidence, laboratory=lab_results())
    return replace(scene, seen=replace(scene.seen, evidence=evidence, replay=replay))


def a_full_scene() -> Scene:
    """All kinds of evidence, with reasoning on it."""
    return with_everything(a_scene(reasoned().case))
