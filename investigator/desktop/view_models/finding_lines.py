"""The findings as lines of a table: those of one cause under one head, which opens and folds.

- What needs a person stands first, as `review_order` has it; a cause with one finding is one line.
- A head speaks for all of its findings: what is done on it is done on each.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from investigator.casework.findings import FindingGroup, finding_id, review_order
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.findings import GRAVITY_TONE, FindingRow
from investigator.desktop.view_models.recorded import open_said
from investigator.domain.evidence import Severity

SEVERAL = "several"
_FOLDED, _OPENED, _MEMBER = "▸ ", "▾ ", "    "
_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line: a finding, or the head of several.

    Attributes:
        key: id of the finding; of a head, "group/" and the id of its first.
        rows: the findings that it speaks for; one, unless it is a head.
        subject: what stands in the first column, with the sign of a head.
        when, treatment, judgement: of all of them; "several" where they differ.
        tone: of the judgement.
    """

    key: str
    rows: tuple[FindingRow, ...]
    subject: str
    when: str
    treatment: str
    judgement: str
    tone: Tone

    @property
    def is_head(self) -> bool:
        """Whether it stands for several findings."""
        return len(self.rows) > 1

    @property
    def first(self) -> FindingRow:
        """The finding that is shown for it."""
        return self.rows[0]

    @property
    def gravity(self) -> tuple[int, Tone]:
        """Place in the order of severity, 0 the gravest, and its tone."""
        return _ORDER[self.first.severity], GRAVITY_TONE[self.first.severity]


def finding_lines(rows: Sequence[FindingRow], opened: Collection[str]) -> tuple[FindingLine, ...]:
    """The lines; `opened`: keys of the heads whose findings are listed beneath them."""
    by_id = {row.finding_id: row for row in rows}
    lines: list[FindingLine] = []
    for group in review_order(row.finding for row in rows):
        lines.extend(_lines(group, _members(group, by_id), opened))
    return tuple(lines)


def all_rows(lines: Iterable[FindingLine]) -> tuple[FindingRow, ...]:
    """The findings that lines speak for, each once, in their order."""
    return tuple({row.finding_id: row for line in lines for row in line.rows}.values())


def _members(group: FindingGroup, by_id: dict[str, FindingRow]) -> tuple[FindingRow, ...]:
    return tuple(by_id[finding_id(finding)] for finding in group.findings)


def _lines(
    group: FindingGroup, rows: tuple[FindingRow, ...], opened: Collection[str]
) -> list[FindingLine]:
    if len(rows) == 1:
        return [_line(rows[0], rows[0].subject)]
    key = f"group/{rows[0].finding_id}"
    sign = _OPENED if key in opened else _FOLDED
    head = FindingLine(
        key,
        rows,
        sign + group.title,
        _one_of(row.when for row in rows),
        _one_of(row.treatment for row in rows),
        *_judgement(rows),
    )
    beneath = [_line(row, _MEMBER + row.subject) for row in rows] if key in opened else []
    return [head, *beneath]


def _line(row: FindingRow, subject: str) -> FindingLine:
    return FindingLine(
        row.finding_id, (row,), subject, row.when, row.treatment, row.judgement, row.tone
    )


def _judgement(rows: Sequence[FindingRow]) -> tuple[str, Tone]:
    waiting = sum(row.is_open for row in rows)
    if waiting:
        return open_said("open" if waiting == len(rows) else f"{waiting} open"), Tone.PLAIN
    if len({(row.judgement, row.tone) for row in rows}) == 1:
        return rows[0].judgement, rows[0].tone
    return "judged", Tone.PLAIN


def _one_of(words: Iterable[str]) -> str:
    said = set(words)
    return said.pop() if len(said) == 1 else SEVERAL
