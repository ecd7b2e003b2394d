"""The reconciliation as the window shows it: each balance with what it was computed from.

What lies outside its limit stands first, then what cannot be computed, then the others in the order
in which material passes through the batch.
"""

from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import told
from investigator.desktop.view_models.results import zone_of
from investigator.domain.quantities import UNKNOWN, count, decimals_for, fixed
from investigator.domain.reconciliation import BalanceInput, BalanceLine, BalanceVerdict

NO_BALANCE = (
    "No reconciliation yet",
    "Admit a folder with the batch record; what went in is then set against what came out.",
)
NOT_RECORDED = "not recorded"
_TONES = {
    BalanceVerdict.OUTSIDE: Tone.BAD,
    BalanceVerdict.NOT_COMPUTED: Tone.WARN,
    BalanceVerdict.CONFORMING: Tone.PLAIN,
}
_FIRST = (BalanceVerdict.OUTSIDE, BalanceVerdict.NOT_COMPUTED, BalanceVerdict.CONFORMING)
_SHARE_OF_LIMIT = 0.05


@dataclass(frozen=True, slots=True)
class InputRow:
    """One figure that a balance was computed from, and where it stands."""

    name: str
    value: str
    unit: str
    source: str
    known: float | None


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One balance as it is listed; `limits` without, `value` with its unit."""

    line_id: str
    title: str
    value: str
    computed: float | None
    limits: str
    verdict: str
    tone: Tone
    formula: str
    reason: str
    inputs: tuple[InputRow, ...]
    line: BalanceLine


def balances(scene: Scene) -> tuple[BalanceRow, ...]:
    """The balances of the batch; none without evidence."""
    lines = scene.reconciliation.lines if scene.reconciliation else ()
    rows = (_row(line) for line in lines)
    return tuple(sorted(rows, key=lambda row: _FIRST.index(row.line.verdict)))


def balances_note(rows: tuple[BalanceRow, ...]) -> str:
    """How many there are, and how many ask for a person."""
    said = [count(len(rows), "balance")]
    for verdict, words in (
        (BalanceVerdict.OUTSIDE, "outside its limit"),
        (BalanceVerdict.NOT_COMPUTED, "cannot be computed"),
    ):
        number = sum(row.line.verdict is verdict for row in rows)
        said += [f"{number} {words}"] if number else []
    return ", ".join(said) if len(said) > 1 else f"{said[0]}, all within their limits"


def outside(rows: tuple[BalanceRow, ...]) -> int:
    """How many lie outside their limits."""
    return sum(row.line.verdict is BalanceVerdict.OUTSIDE for row in rows)


def inspected_balance(scene: Scene, row: BalanceRow) -> Inspected:
    """A balance: its formula in words, its figures with their sources, who set the limit."""
    admitted = scene.case.evidence if scene.case else None
    return Inspected(
        title=row.title,
        kind="balance",
        facts=(
            ("Formula", row.formula),
            ("Value", row.value),
            ("Limits", row.limits),
            ("Set by", row.line.limit.source),
            ("Verdict", row.line.verdict.value),
            *((one.name, f"{one.value} {one.unit}".strip()) for one in row.inputs),
        ),
        source=told(admitted, zone_of(scene)) if admitted else "",
        findings=(Remark(row.reason),) if row.reason else (),
    )


def _row(line: BalanceLine) -> BalanceRow:
    limit = line.limit
    places = decimals_for(_SHARE_OF_LIMIT * (limit.high - limit.low))
    value = UNKNOWN if line.value is None else f"{fixed(line.value, places)} {line.unit}"
    return BalanceRow(
        line_id=line.line_id,
        title=line.title[:1].upper() + line.title[1:],
        value=value,
        computed=line.value,
        limits=f"{_plain(limit.low)} to {_plain(limit.high)} {line.unit}",
        verdict=line.verdict.value,
        tone=_TONES[line.verdict],
        formula=line.formula.replace(" - ", " − ").replace(" x ", " × "),
        reason=line.reason,
        inputs=tuple(_input(one) for one in line.inputs),
        line=line,
    )


def _input(one: BalanceInput) -> InputRow:
    known = one.value is not None
    value = _plain(one.value) if one.value is not None else NOT_RECORDED
    return InputRow(one.name, value, one.unit if known else "", one.source, one.value)


def _plain(value: float) -> str:
    """A figure of a record: all digits of a whole number, six of any other."""
    text = f"{value:.0f}" if value == round(value) else f"{value:.6g}"
    return text.replace("-", "−")
