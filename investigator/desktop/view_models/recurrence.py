"""Earlier deviations like the one of the case, by cause, unit and lot, as the window shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.domain.quantities import UNKNOWN, count
from investigator.domain.recurrence import EarlierCase, Likeness, Recurrence

NOT_LOOKED_FOR = "Admit evidence or raise a hypothesis; earlier deviations are then looked for."
_KINDS = ((Likeness.CAUSE, "cause"), (Likeness.EQUIPMENT, "unit"), (Likeness.LOT, "lot"))
SCOPE = "Looked for in the documents of this case and in the other cases of this workspace only."


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """One earlier deviation; texts as they are to be read."""

    number: str
    dated: str
    causes: str
    batch: str
    conclusion: str
    known_from: str
    case: EarlierCase


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A cause, unit or lot, and how often it came before; `older` than 24 months."""

    likeness: str
    title: str
    subject_id: str
    within_12: int
    within_24: int
    older: int
    earlier: tuple[EarlierRow, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Names the row."""
        return self.likeness, self.subject_id

    @property
    def tone(self) -> Tone:
        """A warning where it came before within 24 months."""
        return Tone.WARN if self.within_24 else Tone.PLAIN

    @property
    def said(self) -> str:
        """How often, in words."""
        if not self.earlier:
            return "no earlier deviation known"
        older = f", {self.older} older" if self.older else ""
        return f"{self.within_12} in 12 months, {self.within_24} in 24 months{older}"


def subjects(scene: Scene) -> tuple[SubjectRow, ...]:
    """What was looked for; what came before stands first, causes above units and lots."""
    rows = (_row(found) for found in scene.recurrences)
    return tuple(sorted(rows, key=_place))


def deviations_before(rows: Iterable[SubjectRow]) -> int:
    """How many earlier deviations there were in 24 months, each counted once."""
    return len({one.number for row in rows for one in row.earlier[: row.within_24]})


def subjects_note(rows: tuple[SubjectRow, ...]) -> str:
    """How many subjects were looked for, where, and what came of it."""
    if not rows:
        return NOT_LOOKED_FOR
    numbers = ((sum(row.likeness == kind.value for row in rows), word) for kind, word in _KINDS)
    looked = ", ".join(count(number, word) for number, word in numbers if number)
    before = deviations_before(rows)
    came = f"{count(before, 'earlier deviation')} in 24 months" if before else "none in 24 months"
    return f"{looked}: {came}. {SCOPE}"


def of_cause(scene: Scene, cause: str) -> SubjectRow | None:
    """The row of a cause; None where it was not looked for."""
    return next(
        (
            _row(r)
            for r in scene.recurrences
            if r.subject.likeness is Likeness.CAUSE and r.subject.subject_id == cause
        ),
        None,
    )


def inspected_earlier(row: EarlierRow) -> Inspected:
    """An earlier deviation with all that is known of it."""
    case = row.case
    facts = (
        ("Dated", row.dated),
        ("Cause", row.causes),
        ("Batch", row.batch),
        ("Equipment", ", ".join(case.equipment)),
        ("Lots", ", ".join(case.lots)),
        ("Conclusion", row.conclusion),
    )
    return Inspected(
        title=row.number,
        kind="earlier deviation",
        facts=tuple((name, value) for name, value in facts if value),
        source=f"Known from {case.known_from}.",
    )


def _place(row: SubjectRow) -> tuple[bool, bool, int, int, int]:
    kinds = [kind.value for kind, _ in _KINDS]
    kind = kinds.index(row.likeness)
    return not row.within_24, not row.earlier, kind, -row.within_24, -row.within_12


def _row(found: Recurrence) -> SubjectRow:
    subject = found.subject
    return SubjectRow(
        likeness=subject.likeness.value,
        title=subject.names[0] if subject.names else subject.subject_id,
        subject_id=subject.subject_id,
        within_12=found.within_12,
        within_24=found.within_24,
        older=len(found.earlier) - found.within_24,
        earlier=tuple(_earlier(case) for case in found.earlier),
    )


def _earlier(case: EarlierCase) -> EarlierRow:
    return EarlierRow(
        number=case.number,
        dated=case.dated.isoformat(),
        causes=", ".join(case.causes) or UNKNOWN,
        batch=case.batch_id or UNKNOWN,
        conclusion=case.conclusion or UNKNOWN,
        known_from=case.known_from,
        case=case,
    )
