"""A piece of evidence that reasoning names, as the inspector tells it, and the way to its place."""

from collections.abc import Callable

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Destination, Place, Sight
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.documents import documents
from investigator.desktop.view_models.evidence_links import GONE, LinkShown, shown
from investigator.desktop.view_models.findings import findings
from investigator.desktop.view_models.laboratory import result_named, results
from investigator.desktop.view_models.recorded import told
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind
from investigator.domain.instant import Span
from investigator.domain.quantities import count, period

Facts = list[tuple[str, str]]
Go = Callable[[Destination | Sight], None]
_PLACES = {
    LinkKind.FINDING: Place.EVIDENCE,
    LinkKind.SIGNAL: Place.TIMELINE,
    LinkKind.RESULT: Place.EVIDENCE,
    LinkKind.DOCUMENT: Place.EVIDENCE,
    LinkKind.CONTAINER: Place.IMPACT,
}


def place_of(link: EvidenceLink) -> Destination | Sight:
    """Where what the link is to is shown; of a stretch of a signal, that stretch."""
    place = _PLACES[link.kind]
    if link.start_ms is not None and link.end_ms is not None:
        return Sight(place, Span(link.start_ms, link.end_ms), (link.target,))
    return Destination(place, link.kind.value, link.target)


def way_to(scene: Scene, link: EvidenceLink, go: Go) -> Thing:
    """The link as a thing that can be gone to."""
    return Thing(_named(scene, link).brief, _PLACES[link.kind].label, lambda: go(place_of(link)))


def inspected_evidence(
    scene: Scene, link: EvidenceLink, go: Go, actions: tuple[Command, ...] = ()
) -> Inspected:
    """What the link is to as the case knows it now, and the way to its place.

    Args:
        scene: the case.
        link: of a row of the table or a step of a chain.
        go: shows its place.
        actions: what else can be done.
    """
    row = _named(scene, link)
    facts = _FACTS[link.kind](scene, link)
    return Inspected(
        title=row.words.removeprefix(f"{link.kind} "),
        kind=f"{link.kind}, linked as evidence",
        facts=(("Id", link.target), *facts, *_stretch(scene, link)),
        source=_source(scene, link),
        findings=() if row.known else (Remark(f"It is {GONE}."),),
        rests_on=(way_to(scene, link, go),) if row.known else (),
        actions=actions,
    )


def _named(scene: Scene, link: EvidenceLink) -> LinkShown:
    return shown(scene, (link,))[0]


def _stretch(scene: Scene, link: EvidenceLink) -> Facts:
    if link.start_ms is None or link.end_ms is None:
        return []
    return [("Stretch", period(Span(link.start_ms, link.end_ms), zone_of(scene)))]


def _source(scene: Scene, link: EvidenceLink) -> str:
    """The entry that it came into the case with."""
    case = scene.case
    if case is None:
        return ""
    if link.kind is LinkKind.DOCUMENT:
        found = (r for r in case.documents if r.act.document_id == link.target)
        paper = next(found, None)
        return told(paper, zone_of(scene)) if paper else ""
    entry = case.impact if link.kind is LinkKind.CONTAINER and case.impact else case.evidence
    return told(entry, zone_of(scene)) if entry else ""


def _finding(scene: Scene, link: EvidenceLink) -> Facts:
    row = next((row for row in findings(scene) if row.finding_id == link.target), None)
    if row is None:
        return []
    facts = [
        ("Severity", row.severity.value),
        ("When", row.when),
        ("Detail", row.detail),
        ("Treatment", row.treatment),
        ("Judgement", row.judgement),
    ]
    return [(name, value) for name, value in facts if value]


def _signal(scene: Scene, link: EvidenceLink) -> Facts:
    evidence = scene.seen.evidence if scene.seen else None
    courses = {**evidence.environment, **evidence.trajectories} if evidence else {}
    course = courses.get(link.target)
    if course is None:
        return []
    facts = [
        ("What", course.signal.description),
        ("Unit", course.signal.unit),
        ("Samples", count(course.t_ms.size, "sample")),
    ]
    return [(name, value) for name, value in facts if value]


def _result(scene: Scene, link: EvidenceLink) -> Facts:
    row = result_named(results(scene), link.target)
    if row is None:
        return []
    return [
        ("Test", row.test),
        ("Sample", row.sample),
        ("Container, lot", row.container),
        ("Reported", row.reported),
        ("Criterion", row.limit),
        ("Verdict", row.verdict),
        ("Standing", row.standing),
    ]


def _document(scene: Scene, link: EvidenceLink) -> Facts:
    row = next((row for row in documents(scene) if row.document_id == link.target), None)
    if row is None:
        return []
    return [("Kind", row.kind), ("Dated", row.dated), ("Author", row.author), ("File", row.file)]


def _container(scene: Scene, link: EvidenceLink) -> Facts:
    impact = scene.seen.impact if scene.seen else None
    found = (c for c in (impact.impact.containers if impact else ()))
    one = next((c for c in found if c.container_id == link.target), None)
    if one is None:
        return []
    return [
        ("Filled", period(one.filled, zone_of(scene))),
        ("Affected", "yes" if one.affected else "no"),
        ("Proposal", one.proposal.value),
    ]


_FACTS: dict[LinkKind, Callable[[Scene, EvidenceLink], Facts]] = {
    LinkKind.FINDING: _finding,
    LinkKind.SIGNAL: _signal,
    LinkKind.RESULT: _result,
    LinkKind.DOCUMENT: _document,
    LinkKind.CONTAINER: _container,
}
