"""Whether a batch record holds together, by rules of our own: no schema is needed for it.

- What is missing is a finding: the work goes on with less.
- What contradicts itself (two batches, one container with two contents) is refused: which of the
  two is valid is for a person to say.
- An entry that the record should not have written like this is reported by its line and used with a
  reservation.
"""

from collections.abc import Callable, Iterator

from investigator.domain.batch import BatchRecord
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Finding, Severity
from investigator.evidence.batch.entries import Entries
from investigator.evidence.batch.material import CONSUMED, PRODUCED, materials, segments_of
from investigator.evidence.batch.recipe import recipes
from investigator.evidence.batch.record_xml import Element, line_of, text_at

Missing = tuple[str, Callable[[BatchRecord], bool], Severity, str]

NEEDED: tuple[Missing, ...] = (
    ("line", lambda b: bool(b.line_id), Severity.MAJOR, "taken as the line of the twin"),
    ("product", lambda b: bool(b.product_id), Severity.MINOR, "the product is not verified"),
    ("recipe", lambda b: bool(b.recipe_id), Severity.MINOR, "the master recipe is not known"),
    ("status", lambda b: bool(b.status), Severity.MINOR, "whether it is complete is not known"),
    ("set-points", lambda b: bool(b.parameters), Severity.MAJOR, "set-points are not verified"),
    ("phases", lambda b: bool(b.phases or b.elements), Severity.MINOR, "phases are not shown"),
    ("material lots", lambda b: bool(b.lots), Severity.MAJOR, "no lot can be traced"),
    ("containers", lambda b: bool(b.containers), Severity.MAJOR, "impact per container is open"),
    ("in-process samples", lambda b: bool(b.samples), Severity.MINOR, "weight rests on the press"),
)
"""What a record should hold, how to tell, how much its absence weighs, and what follows from it."""


def refuse_contradictions(root: Element, file: str) -> None:
    """Raise UnusableInput where the record names two batches, or one container with two contents.

    A container listed twice with the same times and quantity contradicts nothing.
    """
    named = [(text_at(e, "BatchID"), e) for e in (root, *recipes(root)) if text_at(e, "BatchID")]
    for batch_id, element in named:
        if batch_id != named[0][0]:
            raise UnusableInput(
                file,
                f"names batch {named[0][0]} and on line {line_of(element)} batch {batch_id}",
                "hand in the record of one batch",
            )
    _refuse_double_containers(root, file)


def _refuse_double_containers(root: Element, file: str) -> None:
    seen: dict[str, Element] = {}
    for material in materials(segments_of(root), PRODUCED):
        name = text_at(material, "MaterialSubLotID") or text_at(material, "ID")
        first = seen.setdefault(name, material)
        if name and _content(first) != _content(material):
            raise UnusableInput(
                file,
                f"holds container {name} twice with different content, on lines"
                f" {line_of(first)} and {line_of(material)}",
                "correct the record: which of them is valid is for a person to say",
            )


def _content(material: Element) -> list[str]:
    return [str(text).strip() for text in material.itertext() if str(text).strip()]


def incomplete(batch: BatchRecord, file: str) -> tuple[Finding, ...]:
    """A finding for everything that a record should hold and this one does not."""
    return tuple(
        Finding(
            subject=file,
            kind="record_incomplete",
            span=None,
            action=f"the work goes on: {consequence}",
            detail=f"the batch record states no {what}",
            severity=severity,
        )
        for what, there, severity, consequence in NEEDED
        if not there(batch)
    )


def report_breaches(root: Element, entries: Entries) -> None:
    """Enter every entry that breaks a rule in the ledger, by its line; it is used all the same."""
    for element, reason in (*_untyped(root), *_repeated(root), *_strangers(root)):
        entries.reserve(element, reason)


def _untyped(root: Element) -> Iterator[tuple[Element, str]]:
    for event in root.iter("{*}Event"):
        if text_at(event, "TimeStamp") and not text_at(event, "EventType"):
            yield event, "event has no EventType"
    for material in materials(segments_of(root), CONSUMED):
        if not text_at(material, "Quantity", "QuantityString"):
            yield material, "consumed material has no quantity"


def _repeated(root: Element) -> Iterator[tuple[Element, str]]:
    seen: dict[str, int] = {}
    for name in root.iter("{*}EntryID"):
        entry, holder = (name.text or "").strip(), name.getparent()
        if entry in seen and holder is not None:
            yield holder, f"EntryID {entry} stands on line {seen[entry]} already"
        seen.setdefault(entry, line_of(name))


def _strangers(root: Element) -> Iterator[tuple[Element, str]]:
    """Samples of containers that the record does not fill."""
    filled = {
        text_at(m, "MaterialSubLotID") or text_at(m, "ID")
        for m in materials(segments_of(root), PRODUCED)
    }
    for sample in root.iter("{*}Sample"):
        source = text_at(sample, "SampleSourceID")
        if source and filled and source not in filled:
            yield sample, f"sample of {source}, which the record does not fill"


def overlapping(batch: BatchRecord, file: str) -> tuple[Finding, ...]:
    """Findings for containers that are filled while another is, or outside the batch."""
    found = []
    last = None
    for container in batch.containers:
        if last is not None and last.filled.overlaps(container.filled):
            detail = f"containers {last.container_id} and {container.container_id} overlap in time"
            found.append(_doubtful(file, detail, container.container_id))
        if not batch.span.overlaps(container.filled):
            detail = f"container {container.container_id} is filled outside the time of the batch"
            found.append(_doubtful(file, detail, container.container_id))
        last = container
    return tuple(found)


def _doubtful(file: str, detail: str, container_id: str) -> Finding:
    action = f"used as recorded; what is said of {container_id} rests on doubtful times"
    return Finding(file, "record_times", None, action, detail, Severity.MAJOR)
