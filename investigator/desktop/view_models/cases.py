"""The list of cases: what each is about, how far it has come, by when it is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from investigator.casework.rights import why_not
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.frame import status_of
from investigator.desktop.view_models.recorded import told
from investigator.domain.acts.case import CaseOpened, Classification
from investigator.domain.instant import to_datetime
from investigator.domain.investigation import Investigation, folded
from investigator.domain.progress import Mark, progress

EMPTY = (
    "No case yet",
    "A deviation becomes a case: open one with its number, batch and classification.",
)
_GLYPHS = {Mark.WAITING: "·", Mark.OPEN: "●", Mark.STALE: "◐", Mark.DONE: "✓", Mark.LOCKED: "▣"}
_GRADES = {Classification.MINOR: 0, Classification.MAJOR: 1, Classification.CRITICAL: 2}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as it is listed.

    `marks`: a sign for each of the eight steps. `marks_in_words`: the same in words. `days_left`:
    until it is due; below zero when overdue; None once it is closed. `grade_order`: minor first.
    """

    case: Investigation
    title: str
    batch: str
    grade: str
    grade_order: int
    due: str
    days_left: int | None
    marks: str
    marks_in_words: str
    status: str
    status_tone: Tone

    @property
    def case_id(self) -> str:
        """The number of the deviation."""
        return self.case.case_id

    @property
    def due_tone(self) -> Tone:
        """Bad once overdue."""
        return due_tone(self.days_left)


def cases(scene: Scene) -> tuple[CaseRow, ...]:
    """All cases, the one opened last first."""
    return tuple(_row(case, today(scene, case)) for case in scene.cases)


def note(rows: tuple[CaseRow, ...]) -> str:
    """What stands beside the title."""
    going = sum(not row.case.closed for row in rows)
    overdue = sum(row.days_left is not None and row.days_left < 0 for row in rows)
    said = f"{going} open, {len(rows) - going} closed"
    return f"{said}, {overdue} overdue" if overdue else said


def day_now(scene: Scene) -> date:
    """The day of the latest entry of the log, in the zone of the workspace."""
    return to_datetime(scene.log.t_ms, scene.log.zone).date() if scene.log else date.min


def today(scene: Scene, case: Investigation) -> date:
    """The day of the latest entry of the log, in the zone of the case: nobody signs in without."""
    t_ms = scene.log.t_ms if scene.log else case.opened.t_ms
    return to_datetime(t_ms, case.opened.act.zone).date()


def days_left(case: Investigation, day: date) -> int | None:
    """Days until the case is due; None once it is closed."""
    return None if case.closed else (case.due.act.due - day).days


def due_tone(left: int | None) -> Tone:
    """Bad once overdue, a warning in the last week."""
    if left is None or left > 7:
        return Tone.PLAIN
    return Tone.BAD if left < 0 else Tone.WARN


def left_in_words(left: int | None) -> str:
    """For example "12 days left" or "3 days overdue"; empty once closed."""
    if left is None:
        return ""
    days = "day" if abs(left) == 1 else "days"
    return f"{left} {days} left" if left >= 0 else f"{-left} {days} overdue"


def why_not_open(scene: Scene) -> str:
    """Why the person may open no case; empty if the person may."""
    probe = CaseOpened("-", "", "", "", "", "", Classification.MINOR, date.min, "UTC")
    return why_not(scene.person, folded("-"), probe) or ""


def inspected(row: CaseRow, show: Callable[[], None]) -> Inspected:
    """What a case is."""
    opened = row.case.opened
    late = row.days_left is not None and row.days_left < 0
    return Inspected(
        title=row.case_id,
        kind="case",
        facts=(
            ("Title", row.title),
            ("Batch", row.batch),
            ("Line", opened.act.line),
            ("Class", row.grade),
            ("Due", " · ".join(filter(None, (row.due, left_in_words(row.days_left))))),
            ("Status", row.status),
            ("Steps", row.marks_in_words),
        ),
        source=told(opened, opened.act.zone),
        findings=(Remark("It is overdue.", Tone.BAD),) if late else (),
        actions=(Command("case.show", "Show the case", show),),
    )


def _row(case: Investigation, day: date) -> CaseRow:
    marks = progress(case)
    status = status_of(case)
    opened = case.opened.act
    return CaseRow(
        case=case,
        title=opened.title,
        batch=opened.batch_id,
        grade=case.grade.value,
        grade_order=_GRADES[case.grade],
        due=case.due.act.due.isoformat(),
        days_left=days_left(case, day),
        marks=" ".join(_GLYPHS[mark] for mark in marks.values()),
        marks_in_words=", ".join(f"{step.value}: {mark.value}" for step, mark in marks.items()),
        status=status.word,
        status_tone=status.tone,
    )
