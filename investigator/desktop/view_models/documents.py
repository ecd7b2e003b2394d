"""The documents of a case: any paper or file beside the data of the line."""

from dataclasses import dataclass
from datetime import date

from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.document_links import bears_on, link_facts, links
from investigator.desktop.view_models.evidence import size_in_words
from investigator.desktop.view_models.recorded import Take, told, withdrawal
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.evidence import DocumentAdmitted, DocumentKind, EarlierDeviation
from investigator.domain.quantities import UNKNOWN

EMPTY = (
    "No document yet",
    "Admit what else there is: a maintenance entry, a calibration certificate, a page of a "
    "logbook, an interview, a photo, an earlier deviation.",
)
KINDS = tuple((kind.value, kind.value) for kind in DocumentKind)
_TOLD = 12
_PROBE = DocumentAdmitted("", DocumentKind.OTHER, "", date.min, "", "", "", 0, "")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as it is listed.

    `original`: the original itself, or a true copy. `bears_on`: its links to hypotheses in brief.
    """

    document_id: str
    kind: str
    title: str
    dated: str
    author: str
    file: str
    original: str
    bears_on: str
    recorded: Recorded[DocumentAdmitted]


def documents(scene: Scene) -> tuple[DocumentRow, ...]:
    """The documents, in the order in which they were admitted."""
    return tuple(_row(scene, r) for r in (scene.case.documents if scene.case else ()))


def why_not_admit(scene: Scene) -> str:
    """Why no document can be admitted now; empty if one can."""
    return scene.why_not(_PROBE)


def inspected_document(
    scene: Scene, row: DocumentRow, take: Take, actions: tuple[Command, ...]
) -> Inspected:
    """What the document is, who wrote it when, how its copy was made, what it says of hypotheses.

    Args:
        scene: the case.
        row: the document.
        take: asks for its withdrawal.
        actions: what else can be done with it.
    """
    act = row.recorded.act
    return Inspected(
        title=act.title,
        kind=f"{row.kind}, {row.document_id}",
        facts=(
            ("Dated", row.dated),
            ("Author", act.author),
            ("File", act.file),
            ("Size", size_in_words(act.size_bytes)),
            ("Copy", act.true_copy or row.original),
            *(("Tells of", _told_of(earlier)) for earlier in act.earlier[:_TOLD]),
            *link_facts(links(scene, document_id=act.document_id), of_document=True),
        ),
        source=told(row.recorded, scene.case.opened.act.zone if scene.case else "UTC"),
        digest=act.sha256,
        actions=(*actions, withdrawal(scene, row.recorded, take)),
    )


def _told_of(earlier: EarlierDeviation) -> str:
    said = (earlier.number, earlier.dated.isoformat(), earlier.cause)
    return ", ".join(part for part in said if part)


def _row(scene: Scene, recorded: Recorded[DocumentAdmitted]) -> DocumentRow:
    act = recorded.act
    return DocumentRow(
        document_id=act.document_id,
        kind=act.kind.value,
        title=act.title,
        dated=act.dated.isoformat(),
        author=act.author,
        file=act.file,
        original="true copy" if act.true_copy else "original",
        bears_on=bears_on(links(scene, document_id=act.document_id)) or UNKNOWN,
        recorded=recorded,
    )
