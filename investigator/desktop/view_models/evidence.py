"""What a site handed over, as the window shows it: files, how each was read, what was lost.

The same rows tell a folder that was read (a preview, no record) and the evidence as admitted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import Take, told, withdrawal
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.evidence import EvidenceAdmitted
from investigator.domain.evidence import ClockOffset, Evidence, EvidenceItem
from investigator.domain.import_profile import ImportProfile
from investigator.domain.quantities import count, decimals_for, fixed

EMPTY = (
    "No evidence yet",
    "Drop the folder of evidence here, or choose it: historian, batch record, laboratory, alarms.",
)
READING = ("Reading the folder", "Nothing is recorded by reading; you see first how it was read.")
REPLACES = (
    "Admitting it takes the place of the evidence of entry {sequence}; whatever rests on that "
    "becomes stale."
)
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blank"}
DECIMALS = {".": "point", ",": "comma"}
_PROBLEMS = 8
_KIB = 1024.0


@dataclass(frozen=True, slots=True)
class FileRow:
    """One table: what it was taken for and how completely it was read.

    `name`: `file`, or `file!member`. `lost`: rows that are reported as not used, or used with a
    reservation.
    """

    name: str
    kind: str
    layout: str
    reader: str
    size: str
    size_bytes: int
    rows: str
    rows_read: int
    lost: str
    rows_reported: int
    item: EvidenceItem

    @property
    def tone(self) -> Tone:
        """A warning where rows are reported."""
        return Tone.WARN if self.rows_reported else Tone.PLAIN


def files(evidence: Evidence | None) -> tuple[FileRow, ...]:
    """The tables of evidence, in the order of their names."""
    items = evidence.items if evidence else ()
    return tuple(_row(i) for i in sorted(items, key=lambda item: (item.file, item.member)))


def files_note(rows: Iterable[FileRow]) -> str:
    """How many files and rows, and how many rows are reported."""
    known = tuple(rows)
    read, lost = sum(r.rows_read for r in known), sum(r.rows_reported for r in known)
    handed_in = count(len({row.item.file for row in known}), "file")
    said = f"{handed_in}, {grouped(read)} rows read"
    return f"{said}, {grouped(lost)} of them reported" if lost else f"{said}, none left out"


def clock_in_words(offset: ClockOffset) -> str:
    """Offset of a source's clock with its standard uncertainty, e.g. "+1.0 ± 0.3 s"."""
    places = decimals_for(offset.uncertainty_s)
    sign = "+" if offset.offset_s >= 0 else ""
    return (
        f"{offset.source}: {sign}{fixed(offset.offset_s, places)} ± "
        f"{fixed(offset.uncertainty_s, places)} s, from {offset.matched_events} events"
    )


def admitted(scene: Scene) -> Recorded[EvidenceAdmitted] | None:
    """The act that admitted the evidence."""
    return scene.case.evidence if scene.case else None


def why_not_read(scene: Scene) -> str:
    """Why no folder can be read and admitted now; empty if one can."""
    if "reading" in scene.running:
        return "A folder is being read; wait for it, or cancel it."
    return scene.why_not(EvidenceAdmitted("", (), "", "", 0))


def problems_note(row: FileRow | None) -> str:
    """How many of the rows that are reported are listed."""
    if row is None:
        return "go to a file to see them"
    listed = len(row.item.problems)
    if listed < row.rows_reported:
        return f"the first {grouped(listed)} of {row.lost} in {row.name}"
    return f"all {row.lost} in {row.name}" if listed else f"none in {row.name}"


def inspected_file(row: FileRow) -> Inspected:
    """What a file is, how it was read, and the first rows that were not used."""
    item = row.item
    left = item.rows_reported - len(item.problems[:_PROBLEMS])
    more = (Remark(f"{grouped(left)} more rows are reported.", Tone.WARN),) if left > 0 else ()
    return Inspected(
        title=row.name,
        kind=row.kind,
        facts=(
            ("Layout", row.layout),
            ("Reader", row.reader),
            *profile_facts(item.profile),
            ("Size", row.size),
            ("Rows read", row.rows),
            ("Rows reported", row.lost),
        ),
        digest=item.sha256,
        findings=(
            *(Remark(f"Row {p.line}: {p.reason}") for p in item.problems[:_PROBLEMS]),
            *more,
        ),
        source="Kept byte for byte; the digest names it.",
    )


def inspected_admission(
    scene: Scene, recorded: Recorded[EvidenceAdmitted], take: Take
) -> Inspected:
    """The evidence as a whole: who admitted it, its clocks and assumptions."""
    evidence = scene.seen.evidence if scene.seen else None
    clocks = evidence.clock_offsets if evidence else ()
    assumptions = evidence.assumptions if evidence else ()
    return Inspected(
        title=recorded.act.folder,
        kind="evidence",
        facts=(
            ("Files", str(len(recorded.act.files))),
            ("Findings", str(recorded.act.findings)),
            *(("Clock", clock_in_words(offset)) for offset in clocks),
            *(("Assumed", text) for text in assumptions),
        ),
        source=told(recorded, scene.case.opened.act.zone if scene.case else "UTC"),
        digest=recorded.act.reading,
        actions=(withdrawal(scene, recorded, take),),
    )


def written(profile: ImportProfile | None) -> str:
    """How a text is written, e.g. "utf-8, semicolon, decimal comma"; empty for no text."""
    if profile is None or not profile.delimiter:
        return ""
    cut = DELIMITERS.get(profile.delimiter, f'"{profile.delimiter}"')
    return f"{profile.encoding}, {cut}, decimal {DECIMALS[profile.decimal]}"


def profile_facts(profile: ImportProfile | None) -> tuple[tuple[str, str], ...]:
    """How a table is read, as names and values."""
    if profile is None:
        return ()
    used = [use for use in profile.columns if use.role != "unused"]
    listed = ", ".join(f"{use.name or use.position + 1} as {use.role}" for use in used[:_PROBLEMS])
    more = f" and {len(used) - _PROBLEMS} more" if len(used) > _PROBLEMS else ""
    facts = (
        ("Arrangement", profile.arrangement.value),
        ("Written in", written(profile)),
        ("Sheet", profile.sheet),
        ("Times", f"{profile.time_order.value}, without offset in {profile.zone}"),
        ("Columns", listed + more),
    )
    return tuple((name, value) for name, value in facts if value)


def size_in_words(size_bytes: int) -> str:
    """For example "12.3 MiB"; bytes below one KiB."""
    if size_bytes < _KIB:
        return f"{size_bytes} B"
    size, unit = size_bytes / _KIB, "KiB"
    if size >= _KIB:
        size, unit = size / _KIB, "MiB"
    return f"{size:.1f} {unit}"


def grouped(number: int) -> str:
    """A whole number with its thousands apart, e.g. "86 401"."""
    return f"{number:,}".replace(",", "\u202f")


def _row(item: EvidenceItem) -> FileRow:
    return FileRow(
        name="!".join(filter(None, (item.file, item.member))),
        kind=item.kind.replace("_", " "),
        layout=item.layout,
        reader=item.reader,
        size=size_in_words(item.size_bytes),
        size_bytes=item.size_bytes,
        rows=grouped(item.rows_read),
        rows_read=item.rows_read,
        lost=grouped(item.rows_reported),
        rows_reported=item.rows_reported,
        item=item,
    )
