"""Evidence that reasoning can rest on: what the case has of it, and links as they are read.

- A link keeps what it was made with; what it is to is looked up in the case as it stands, and what
  is no longer there is told by its id.
- Strongest first where there is an order: what a person must see of findings and results, change
  points of the replay before the signals that they are in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.documents import documents
from investigator.desktop.view_models.findings import findings
from investigator.desktop.view_models.laboratory import result_name, results
from investigator.desktop.view_models.own_finding import known_tags, time_meant, time_said
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind
from investigator.domain.errors import UnusableRequest
from investigator.domain.evidence import Evidence
from investigator.domain.instant import to_datetime
from investigator.domain.reasoning_words import link_in_words

GONE = "not in the case as it stands now"


@dataclass(frozen=True, slots=True)
class Choice:
    """A piece of evidence that can be linked: its kind, its name, and what is known of it."""

    link: EvidenceLink
    title: str
    words: str

    @property
    def kind(self) -> str:
        """What it is, in one word."""
        return self.link.kind.value


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A link as it is read. `brief`: where there is little room. `known`: whether the case has what
    it is to."""

    link: EvidenceLink
    words: str
    brief: str
    known: bool

    @property
    def tone(self) -> Tone:
        """A warning where it leads nowhere."""
        return Tone.PLAIN if self.known else Tone.WARN

    @property
    def tip(self) -> str:
        """What is said where the mouse rests on it."""
        return self.words if self.known else f"{self.words}: {GONE}"


def choices(scene: Scene) -> tuple[Choice, ...]:
    """All that can be linked: findings, change points, signals, results, documents, containers."""
    return (
        *_findings(scene),
        *_changes(scene),
        *_signals(scene),
        *_results(scene),
        *_documents(scene),
        *_containers(scene),
    )


def found(all_of_them: Iterable[Choice], search: str) -> tuple[Choice, ...]:
    """The choices that have every word of the search."""
    words = search.casefold().split()
    return tuple(
        choice
        for choice in all_of_them
        if all(word in f"{choice.kind} {choice.title} {choice.words}".casefold() for word in words)
    )


def with_stretch(link: EvidenceLink, begin: str, end: str, zone: str) -> EvidenceLink:
    """The link to a stretch of a signal; as it is where neither begin nor end is given.

    Raises:
        UnusableRequest: one of both is missing, is no time, or the stretch ends before it begins.
    """
    if not begin and not end:
        return link
    if not begin or not end:
        raise UnusableRequest("Give the begin and the end of the stretch, or neither.")
    start_ms, end_ms = time_meant(begin, zone), time_meant(end, zone)
    if end_ms <= start_ms:
        raise UnusableRequest("The stretch ends before it begins; give its begin and its end.")
    return EvidenceLink(link.kind, link.target, start_ms, end_ms)


def stretch_said(link: EvidenceLink, zone: str) -> tuple[str, str]:
    """Begin and end of the link as they stand in a form; empty where it has none."""
    if link.start_ms is None or link.end_ms is None:
        return "", ""
    return time_said(link.start_ms, zone), time_said(link.end_ms, zone)


def shown(scene: Scene, links: Sequence[EvidenceLink]) -> tuple[LinkShown, ...]:
    """Links as they are read, each once, in their order."""
    zone, names = zone_of(scene), _names(scene, {link.kind for link in links})
    return tuple(_shown(link, names, zone) for link in dict.fromkeys(links))


def finding_words(subject: str, kind: str) -> str:
    """A finding as a link names it."""
    return f"{subject} {kind.replace('_', ' ')}"


def _shown(link: EvidenceLink, names: dict[tuple[LinkKind, str], str], zone: str) -> LinkShown:
    name, words = names.get((link.kind, link.target)), link_in_words(link, zone)
    if name is None:
        return LinkShown(link, words, words, known=False)
    words = words.replace(link.target, name, 1)
    return LinkShown(link, words, f"{name}{_time_of_day(link, zone)}", known=True)


def _time_of_day(link: EvidenceLink, zone: str) -> str:
    if link.start_ms is None or link.end_ms is None:
        return ""
    start, end = (to_datetime(t, zone).strftime("%H:%M") for t in (link.start_ms, link.end_ms))
    return f", {start}–{end}"


def _names(scene: Scene, kinds: set[LinkKind]) -> dict[tuple[LinkKind, str], str]:
    """What is in the case, of these kinds, by kind and id."""
    named: dict[tuple[LinkKind, str], str] = {}
    if LinkKind.FINDING in kinds:
        rows = findings(scene)
        named |= {(LinkKind.FINDING, r.finding_id): finding_words(r.subject, r.kind) for r in rows}
    if LinkKind.SIGNAL in kinds:
        named |= {(LinkKind.SIGNAL, tag): tag for tag in known_tags(scene)}
    if LinkKind.RESULT in kinds:
        named |= _result_names(scene)
    if LinkKind.DOCUMENT in kinds:
        papers = documents(scene)
        named |= {(LinkKind.DOCUMENT, r.document_id): f"{r.document_id} {r.title}" for r in papers}
    if LinkKind.CONTAINER in kinds:
        named |= {(LinkKind.CONTAINER, name): name for name in known_containers(scene)}
    return named


def _result_names(scene: Scene) -> dict[tuple[LinkKind, str], str]:
    rows = results(scene)
    targets = {t for row in rows for t in (result_name(row), row.test, row.sample)}
    return {(LinkKind.RESULT, target): target for target in targets}


def known_containers(scene: Scene) -> tuple[str, ...]:
    """The containers of the impact; before one, those of the batch record."""
    if scene.case is not None and scene.case.containers:
        return scene.case.containers
    batch = evidence.batch if (evidence := _evidence(scene)) else None
    return tuple(c.container_id for c in batch.containers) if batch else ()


def _evidence(scene: Scene) -> Evidence | None:
    return scene.seen.evidence if scene.seen else None


def _findings(scene: Scene) -> list[Choice]:
    return [
        Choice(
            EvidenceLink(LinkKind.FINDING, row.finding_id),
            finding_words(row.subject, row.kind),
            ", ".join(filter(None, (row.when, row.detail, row.judgement))),
        )
        for row in findings(scene)
    ]


def _changes(scene: Scene) -> list[Choice]:
    """Each change point of the replay on each of its signals, with the interval of its onset."""
    replay = scene.seen.replay if scene.seen else None
    changes = replay.toolbox.changes if replay and replay.toolbox else ()
    tags = set(known_tags(scene))
    return [
        Choice(
            EvidenceLink(LinkKind.SIGNAL, tag, p.onset_95.start_ms, p.onset_95.end_ms), tag, p.words
        )
        for p in sorted(changes, key=lambda p: -p.gain / p.usual_gain)
        for tag in p.signals
        if tag in tags and p.onset_95.end_ms > p.onset_95.start_ms
    ]


def _signals(scene: Scene) -> list[Choice]:
    evidence = _evidence(scene)
    if evidence is None:
        return []
    courses = {**evidence.environment, **evidence.trajectories}
    return [
        Choice(EvidenceLink(LinkKind.SIGNAL, tag), tag, courses[tag].signal.description)
        for tag in sorted(courses)
    ]


def _results(scene: Scene) -> list[Choice]:
    rows = {result_name(row): row for row in reversed(results(scene))}
    return [
        Choice(
            EvidenceLink(LinkKind.RESULT, name),
            name,
            f"{row.reported}, {row.container}, {row.verdict}",
        )
        for name, row in reversed(rows.items())
    ]


def _documents(scene: Scene) -> list[Choice]:
    return [
        Choice(
            EvidenceLink(LinkKind.DOCUMENT, row.document_id),
            f"{row.document_id} {row.title}",
            f"{row.kind}, {row.dated}, {row.author}",
        )
        for row in documents(scene)
    ]


def _containers(scene: Scene) -> list[Choice]:
    impact = scene.seen.impact if scene.seen else None
    known = {c.container_id: c for c in impact.impact.containers} if impact else {}
    return [
        Choice(
            EvidenceLink(LinkKind.CONTAINER, name),
            name,
            ("affected" if known[name].affected else "not affected") if name in known else "",
        )
        for name in known_containers(scene)
    ]
