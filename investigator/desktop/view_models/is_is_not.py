"""The is/is-not table as the window shows it: rows that were stated, then those that are proposed.

- A proposed row is a suggestion of the program: it counts once a person states it.
- Rows stand in the order of the questions: what, where, when, extent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from investigator.casework.reasoning import proposed_is_is_not
from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.evidence_links import LinkShown, shown
from investigator.desktop.view_models.recorded import (
    Take,
    facts_of,
    open_said,
    stale_said,
    told,
    withdrawal,
)
from investigator.desktop.view_models.results import zone_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.reasoning import (
    Cell,
    Dimension,
    EvidenceLink,
    IsIsNotStated,
    LinkKind,
)
from investigator.domain.errors import UnusableRequest
from investigator.domain.quantities import UNKNOWN, count

NO_ROWS = "No row is stated yet"
NEXT = (
    "Say what is affected and what could be and is not, each with its evidence; once the material "
    "was followed, a first table is proposed."
)
COLUMNS = ("Is", "Is not", "What distinguishes")
QUESTIONS = tuple((dimension.value, dimension.value) for dimension in Dimension)
_STALE = "the evidence was admitted anew after it"
_LINK = (EvidenceLink(LinkKind.SIGNAL, "-"),)
_PROBE = IsIsNotStated(Dimension.WHAT, "-", Cell("-", _LINK), Cell(""), Cell(""))


@dataclass(frozen=True, slots=True)
class CellShown:
    """One cell: its words, and the evidence for them."""

    words: str
    links: tuple[LinkShown, ...]

    @property
    def text(self) -> str:
        """Words, and beneath them the evidence; a dash where it says nothing."""
        if not self.words:
            return UNKNOWN
        return f"{self.words}\n{'; '.join(link.words for link in self.links)}"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. `cells`: is, is not, what distinguishes. `recorded`: None while only proposed."""

    act: IsIsNotStated
    cells: tuple[CellShown, ...]
    standing: str
    tone: Tone
    recorded: Recorded[IsIsNotStated] | None

    @property
    def key(self) -> str:
        """Names the row: question and subject."""
        return self.act.about()

    @property
    def order(self) -> int:
        """Place of its question."""
        return list(Dimension).index(self.act.dimension)

    @property
    def is_proposed(self) -> bool:
        """Whether nobody has stated it yet."""
        return self.recorded is None


def proposals(scene: Scene) -> tuple[tuple[IsIsNotStated, ...], str]:
    """The rows that the results suggest, and why there are none; one of both is empty."""
    if scene.seen is None:
        return (), "Open a case first."
    try:
        rows = proposed_is_is_not(scene.seen)
    except UnusableRequest as refused:
        return (), str(refused)
    return rows, "" if rows else "No row is proposed that is not stated already."


def table(scene: Scene, proposed: Sequence[IsIsNotStated]) -> tuple[TableRow, ...]:
    """All rows by question, stated ones before those that are proposed."""
    stated = [_stated(scene, r) for r in (scene.case.is_is_not if scene.case else ())]
    rows = [*stated, *(_proposed(scene, act) for act in proposed)]
    return tuple(sorted(rows, key=lambda row: row.order))


def note_of(rows: Sequence[TableRow], why_none: str) -> str:
    """How many are stated, stale, proposed; else why none is proposed."""
    stale = sum(row.recorded is not None and row.tone is Tone.WARN for row in rows)
    proposed = sum(row.is_proposed for row in rows)
    said = [f"{count(len(rows) - proposed, 'row')} stated"]
    said += [stale_said(f"{stale} of them")] if stale else []
    return "  ·  ".join([*said, f"{proposed} proposed" if proposed else why_none])


def why_not_state(scene: Scene | None) -> str:
    """Why no row can be stated now; empty if one can."""
    return "Open a case first." if scene is None or scene.case is None else scene.why_not(_PROBE)


def stated_row(question: str, subject: str, cells: Sequence[Cell]) -> IsIsNotStated:
    """The act that states a row from what was entered; `cells`: is, is not, distinction."""
    affected, unaffected, distinction = cells
    return IsIsNotStated(Dimension(question), subject, affected, unaffected, distinction)


def about_row(
    scene: Scene,
    row: TableRow,
    *,
    ways: tuple[Thing, ...],
    take: Take,
    actions: tuple[Command, ...],
) -> Inspected:
    """A row: what it says, what it rests on, who stated it.

    `ways`: to its evidence. `take`: asks for its withdrawal. `actions`: what else can be done.
    """
    zone, recorded = zone_of(scene), row.recorded
    cells = zip(COLUMNS, row.cells, strict=True)
    facts = [
        ("Question", row.act.dimension.value),
        *((name, cell.words) for name, cell in cells if cell.words),
        *(facts_of(recorded, zone) if recorded else ()),
    ]
    back: tuple[Command, ...] = ()
    if recorded is not None:
        back = (replace(withdrawal(scene, recorded, take), title="Withdraw the row…"),)
    proposed = "Proposed from the impact and the replay; it counts once it is stated."
    return Inspected(
        title=row.act.subject,
        kind="row of the is/is-not table",
        facts=tuple(facts),
        source=told(recorded, zone) if recorded else proposed,
        findings=(Remark(row.standing),) if recorded and row.tone is Tone.WARN else (),
        rests_on=ways,
        actions=(*actions, *back),
    )


def _stated(scene: Scene, recorded: Recorded[IsIsNotStated]) -> TableRow:
    stale = scene.case is not None and scene.case.is_stale(recorded)
    standing = stale_said(_STALE) if stale else "stated"
    tone = Tone.WARN if stale else Tone.PLAIN
    return TableRow(recorded.act, _cells(scene, recorded.act), standing, tone, recorded)


def _proposed(scene: Scene, act: IsIsNotStated) -> TableRow:
    return TableRow(act, _cells(scene, act), open_said("proposed"), Tone.PLAIN, None)


def _cells(scene: Scene, act: IsIsNotStated) -> tuple[CellShown, ...]:
    return tuple(CellShown(cell.words, shown(scene, cell.links)) for cell in act.cells())
