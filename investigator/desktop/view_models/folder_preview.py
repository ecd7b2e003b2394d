"""A folder before it is admitted: what each table was read as, what is doubtful, what was lost."""

from dataclasses import dataclass

from investigator.casework.intake import is_of_other_batch
from investigator.casework.preview import FolderPreview, TablePreview
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.evidence import (
    REPLACES,
    clock_in_words,
    files,
    files_note,
    grouped,
    profile_facts,
)
from investigator.domain.evidence import EvidenceItem, RowProblem
from investigator.domain.import_profile import ImportProfile
from investigator.domain.quantities import UNKNOWN, count

PROPOSED, CORRECTED, WANTED = "proposed", "corrected", "none yet"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One table of the folder.

    Attributes:
        table: `file`, or `file!member`.
        kind, layout: what it was taken for.
        zone: of its times without offset; empty where nothing of it is a matter of choice.
        rows, lost: rows read and rows reported; a dash where the folder could not be read.
        origin: where its profile comes from.
        doubts: other readings that are possible, in sentences.
        tone: a warning where a person should look.
        shown: the table as the casework has it.
        item: its ledger; None where the folder could not be read.
    """

    table: str
    kind: str
    layout: str
    zone: str
    rows: str
    lost: str
    origin: str
    doubts: tuple[str, ...]
    tone: Tone
    shown: TablePreview
    item: EvidenceItem | None

    @property
    def profile(self) -> ImportProfile | None:
        """The profile that it is read with."""
        return self.shown.used

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """The first rows that are reported."""
        return self.item.problems if self.item else ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The folder as a whole.

    Attributes:
        title, note: where it lies, and how much was read.
        refused: why it could not be read; empty if it could.
        tables: its tables.
        facts: clocks and assumptions, as names and values.
        replaces: what admitting it takes the place of; empty for nothing.
        batches: those of which one must be chosen; `suggested`: the one that the case is of.
    """

    title: str
    note: str
    refused: str
    tables: tuple[TableRow, ...]
    facts: tuple[tuple[str, str], ...]
    replaces: str
    batches: tuple[str, ...]
    suggested: str


def preview(scene: Scene) -> Preview | None:
    """The folder that was looked at; None while there is none."""
    seen = scene.preview
    if seen is None:
        return None
    known = scene.case.evidence if scene.case else None
    of_case = scene.case.opened.act.batch_id if scene.case else ""
    return Preview(
        title=str(seen.folder),
        note=_note(seen),
        refused=seen.refused,
        tables=tuple(_row(seen, table) for table in seen.tables),
        facts=_facts(seen),
        replaces=REPLACES.format(sequence=known.sequence) if known and seen.read else "",
        batches=seen.batches,
        suggested=of_case if of_case in seen.batches else "",
    )


def other_batch(scene: Scene) -> str:
    """Which batches they are, where the evidence is of another one than the case; else empty."""
    read = scene.preview.read if scene.preview else None
    if read is None or scene.case is None or not is_of_other_batch(scene.case, read.evidence):
        return ""
    of_case, of_record = scene.case.opened.act.batch_id, read.evidence.batch.batch_id
    return f"The evidence is of batch {of_record}, the case of batch {of_case}."


def inspected_table(row: TableRow) -> Inspected:
    """What a table was read as, in full."""
    facts = [("Taken for", row.kind), ("Layout", row.layout), ("Profile", row.origin)]
    facts += profile_facts(row.profile)
    return Inspected(
        title=row.table,
        kind="table before it is admitted",
        facts=(*facts, ("Rows read", row.rows), ("Rows reported", row.lost)),
        digest=row.item.sha256 if row.item else "",
        findings=tuple(Remark(doubt, Tone.WARN) for doubt in row.doubts),
        source="Nothing of it is recorded until the folder is admitted.",
    )


def _note(seen: FolderPreview) -> str:
    if seen.read is None:
        return count(len(seen.tables), "table") + " recognised, none read"
    findings = len(seen.read.evidence.findings)
    said = files_note(files(seen.read.evidence))
    return f"{said}; {count(findings, 'finding')} on data quality to be judged"


def _facts(seen: FolderPreview) -> tuple[tuple[str, str], ...]:
    if seen.read is None:
        return ()
    evidence = seen.read.evidence
    clocks = [("Clock", clock_in_words(offset)) for offset in evidence.clock_offsets]
    return (*clocks, *(("Assumed", text) for text in evidence.assumptions))


def _row(seen: FolderPreview, shown: TablePreview) -> TableRow:
    item = _item(seen, shown.table)
    refused = (shown.refused,) if shown.refused else ()
    doubts = (*refused, *shown.proposed.doubts)
    return TableRow(
        table=shown.table,
        kind=(item.kind if item else shown.proposed.kind).replace("_", " "),
        layout=item.layout if item else shown.proposed.layout,
        zone=shown.used.zone if shown.used else "",
        rows=grouped(item.rows_read) if item else UNKNOWN,
        lost=grouped(item.rows_reported) if item else UNKNOWN,
        origin=_origin(seen, shown),
        doubts=doubts,
        tone=Tone.WARN if doubts else Tone.PLAIN,
        shown=shown,
        item=item,
    )


def _item(seen: FolderPreview, table: str) -> EvidenceItem | None:
    items = seen.read.evidence.items if seen.read else ()
    return next((i for i in items if "!".join(filter(None, (i.file, i.member))) == table), None)


def _origin(seen: FolderPreview, shown: TablePreview) -> str:
    if shown.used is None:
        return ""
    if shown.table in seen.choices.profiles:
        return CORRECTED
    kept = shown.proposed.kept
    without = PROPOSED if shown.proposed.recognised else WANTED
    return f"kept with {kept.case_id}" if kept else without
