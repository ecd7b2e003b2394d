"""What documents say of hypotheses: the links, seen from either side."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import Take, facts_of, told, withdrawal
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.data_review import Bearing, DocumentLinked

BEARINGS = tuple((bearing.value, bearing.value) for bearing in Bearing)
NO_LINKS = (
    "It is linked to no hypothesis yet: say which one it supports, speaks against or bears on."
)
NO_DOCUMENTS = "No document is linked to it yet."
_TONES = {Bearing.SUPPORTS: Tone.GOOD, Bearing.AGAINST: Tone.BAD, Bearing.BEARS_ON: Tone.PLAIN}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link: the document, the hypothesis, and what the one says of the other."""

    document_id: str
    document: str
    cause: str
    hypothesis: str
    bearing: Bearing
    why: str
    recorded: Recorded[DocumentLinked]

    @property
    def key(self) -> tuple[str, str]:
        """Names the link: document and cause."""
        return self.document_id, self.cause

    @property
    def tone(self) -> Tone:
        """For or against."""
        return _TONES[self.bearing]


def links(scene: Scene, *, document_id: str = "", cause: str = "") -> tuple[LinkRow, ...]:
    """The links of a document, of a hypothesis, or all, in the order of the hypotheses."""
    case = scene.case
    if case is None:
        return ()
    papers = {r.act.document_id: r.act.title for r in case.documents}
    titles = {r.act.cause: r.act.title for r in case.hypotheses}
    order = list(titles)
    rows = (
        LinkRow(
            r.act.document_id,
            papers[r.act.document_id],
            r.act.cause,
            titles[r.act.cause],
            r.act.bearing,
            r.why,
            r,
        )
        for r in case.document_links
        if document_id in ("", r.act.document_id) and cause in ("", r.act.cause)
    )
    return tuple(sorted(rows, key=lambda row: (order.index(row.cause), row.document_id)))


def bears_on(rows: tuple[LinkRow, ...]) -> str:
    """The links of a document in brief, e.g. "supports 1, speaks against 2"."""
    numbers = [(bearing, sum(row.bearing is bearing for row in rows)) for bearing in Bearing]
    return ", ".join(f"{bearing.value} {number}" for bearing, number in numbers if number)


def why_not_linked(scene: Scene | None, *, document_id: str = "", cause: str = "") -> str:
    """Why no link can be made now; empty if one can. What is not named is any that there is."""
    case = scene.case if scene else None
    if scene is None or case is None:
        return "Open a case first."
    if not case.documents:
        return "Admit a document first; then it can be linked."
    if not case.hypotheses:
        return "Raise a hypothesis first; then a document can be linked to it."
    probe = DocumentLinked(
        document_id or case.documents[0].act.document_id,
        cause or case.hypotheses[0].act.cause,
        Bearing.BEARS_ON,
    )
    return scene.why_not(probe)


def hypothesis_choices(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The hypotheses that were raised, by id and title."""
    raised = scene.case.hypotheses if scene.case else ()
    return tuple((r.act.cause, r.act.title) for r in raised)


def document_choices(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The documents, by id and title."""
    papers = scene.case.documents if scene.case else ()
    return tuple((r.act.document_id, f"{r.act.document_id}  {r.act.title}") for r in papers)


def link_facts(rows: tuple[LinkRow, ...], *, of_document: bool) -> tuple[tuple[str, str], ...]:
    """Names and values for the inspector, of a document or of a hypothesis."""
    return tuple(
        (
            row.bearing.value[:1].upper() + row.bearing.value[1:],
            row.hypothesis if of_document else f"{row.document_id} {row.document}",
        )
        for row in rows
    )


def inspected_link(
    scene: Scene, row: LinkRow, take: Take, other: Callable[[], None], *, of_document: bool
) -> Inspected:
    """A link: who made it, why, and what is at its other end.

    Args:
        scene: the case.
        row: the link.
        take: asks for its withdrawal.
        other: shows what is at the other end.
        of_document: it is seen from the document.
    """
    zone = zone_of(scene)
    title, kind = (row.hypothesis, "hypothesis") if of_document else (row.document_id, "document")
    return Inspected(
        title=f"{row.document_id} {row.bearing.value} {row.hypothesis}",
        kind="link",
        facts=tuple(facts_of(row.recorded, zone)),
        source=told(row.recorded, zone),
        rests_on=(Thing(title, kind, other),),
        actions=(replace(withdrawal(scene, row.recorded, take), title="Withdraw the link…"),),
    )
