"""The rows of a laboratory table as results, each as it was reported.

- Long tables have a result a row, wide ones a test a column; an empty cell of a wide table is no
  result and no loss.
- Limits stand in two columns, or as text in one; they hold in the unit of the criterion, and a
  result in another unit is converted to it, its original value and unit kept. Where the two units
  do not convert, the criterion is kept in words and nothing is judged.
- A result without a unit is taken in the unit of its limits, which is marked as assumed.
- An invalidated result keeps its value and its reason.
- What a row says of validity or retest in words that are not known is reported, never guessed.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from investigator.domain.acceptance import AcceptanceCriterion, Verdict
from investigator.domain.import_profile import Arrangement, ColumnUse, ImportProfile
from investigator.domain.laboratory import LabResult, Standing
from investigator.evidence.laboratory.columns import LIMIT_ROWS
from investigator.evidence.laboratory.limits import parse_limit
from investigator.evidence.laboratory.reported import Reported, read_reported, verdict_in
from investigator.evidence.ledger import LossLedger
from investigator.evidence.mapping.units import conversion
from investigator.evidence.tables.numerals import numeral
from investigator.evidence.tables.table import Table

NOTHING = frozenset({"", "-", "–", "n/a", "na", "none", "keine"})
NO_UNIT = frozenset({"", "-"})
VALID_WORDS = frozenset(
    {"", "-", "valid", "gültig", "yes", "ja", "true", "1", "final", "approved", "authorised",
     "authorized", "released", "reviewed", "freigegeben", "complete", "completed", "entered",
     "a", "c", "e"}
)  # fmt: skip
INVALID_WORDS = frozenset(
    {"invalid", "invalidated", "not valid", "void", "voided", "cancelled", "canceled", "rejected",
     "entered in error", "deleted", "no", "nein", "false", "0", "ungültig", "verworfen",
     "storniert", "annulliert", "x"}
)  # fmt: skip
INVALID_VERDICTS = INVALID_WORDS - {"rejected", "no", "nein", "false", "0", "x"}
"""Words for invalid that say nothing else where a verdict stands, too."""

ORIGINAL_WORDS = frozenset({"", "-", "no", "nein", "n", "false", "original", "initial", "erst"})
RETEST_WORDS = frozenset(
    {"yes", "ja", "y", "true", "retest", "re-test", "repeat", "nachprüfung", "wiederholung"}
)


@dataclass(frozen=True, slots=True)
class FoundResult:
    """A result, and the line and the words of the row that it was read from.

    `unit_assumed` says that the row states no unit and the result has that of its limits.
    """

    line: int
    text: str
    result: LabResult
    unit_assumed: bool = False


def results_of(table: Table, profile: ImportProfile, ledger: LossLedger) -> list[FoundResult]:
    """The results of a table in order of its rows; rows that give none go to the ledger."""
    found: list[FoundResult] = []
    criteria: dict[int, str] = {}
    for row, cells in enumerate(_rows(table)):
        line, text = int(table.lines[row]), table.row_text(row)
        if profile.arrangement is Arrangement.WIDE and _first_words(cells, profile) in LIMIT_ROWS:
            criteria = {u.position: cells[u.position] for u in profile.columns_of("result")}
            continue
        results = list(_said(cells, profile, criteria))
        if not results:
            ledger.note(line, text, "holds no result", unusable=False)
        for said in results:
            try:
                result, remark = _result(said, profile.decimal)
            except ValueError as why:
                ledger.note(line, text, f"cannot be read ({why})")
                continue
            if remark:
                ledger.note(line, text, remark, unusable=False)
            assumed = result.reported_unit in NO_UNIT and result.unit not in NO_UNIT
            found.append(FoundResult(line, text, result, assumed))
    return found


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    columns = [table.column(name) for name in table.header.names]
    return zip(*columns, strict=True)


def _first_words(cells: tuple[str, ...], profile: ImportProfile) -> str:
    identity = profile.column("sample") or profile.column("batch")
    return cells[identity.position].casefold() if identity is not None else ""


def _said(
    cells: tuple[str, ...], profile: ImportProfile, criteria: Mapping[int, str]
) -> Iterator[dict[str, str]]:
    """What the row says of each of its results, by role."""
    shared = {
        use.role: cells[use.position]
        for use in reversed(profile.columns)
        if use.role not in {"result", "unused"}
    }
    for use in profile.columns_of("result"):
        if profile.arrangement is not Arrangement.WIDE:
            unit = shared.get("unit") or use.unit
            yield shared | {"result": cells[use.position], "unit": unit}
        elif cells[use.position]:
            limits = criteria.get(use.position, "")
            yield shared | _column_words(use) | {"result": cells[use.position], "criterion": limits}


def _column_words(use: ColumnUse) -> dict[str, str]:
    name = use.name.removesuffix(f"[{use.unit}]").removesuffix(f"({use.unit})").strip()
    return {"test": name or use.name, "unit": use.unit}


def _result(said: Mapping[str, str], decimal: str) -> tuple[LabResult, str]:
    """The result of a row, and what has to be said of it; ValueError where there is none."""
    reported = read_reported(said["result"], decimal=decimal)
    if reported is None:
        raise ValueError(f"{said['result']!r} is no result" if said["result"] else "no result")
    criterion = _criterion(said, decimal)
    unit = said.get("unit", "") or reported.unit
    reported, unit, criterion, remark = _in_unit_of_limits(reported, unit, criterion)
    standing, doubt = _standing(said)
    retest, unknown = _retest(said.get("retest", "") or _retest_in(said.get("evaluation", "")))
    number, bound = reported.number, reported.bound
    evaluation = said.get("evaluation", "")
    result = LabResult(
        sample_id=said.get("sample", ""),
        batch_id=said.get("batch", ""),
        container_id=said.get("container", ""),
        stage=said.get("stage", ""),
        test=said["test"],
        replicate=_replicate(said.get("replicate", "")),
        result=math.nan if number is None else float(number),
        unit=unit,
        spec_low=_float(criterion.lower if criterion else None),
        spec_high=_float(criterion.upper if criterion else None),
        evaluation=evaluation,
        analyst=said.get("analyst", ""),
        instrument=said.get("instrument", ""),
        run_id=said.get("run", ""),
        analysed=said.get("analysed", ""),
        material_lot=said.get("material_lot", ""),
        reported=said["result"],
        reported_unit=said.get("unit", "") or reported.unit,
        censored=reported.censored,
        bound=_float(bound),
        criterion=criterion,
        standing=standing,
        reason=said.get("reason", "") if standing is Standing.INVALIDATED else "",
        retest=retest,
        stated=reported.verdict or verdict_in(evaluation),
        sampled=said.get("sampled", ""),
        method=said.get("method", ""),
    )
    unsaid = _unknown_verdict(evaluation)
    return result, "; ".join(filter(None, (remark, doubt, unknown, unsaid)))


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _replicate(text: str) -> int:
    return int(text) if text not in NOTHING else 1


def _criterion(said: Mapping[str, str], decimal: str) -> AcceptanceCriterion | None:
    unit = said.get("spec_unit", "") or said.get("unit", "")
    low, high = (
        _limit(said.get("spec_low", ""), decimal),
        _limit(said.get("spec_high", ""), decimal),
    )
    if low is not None or high is not None:
        if low is not None and high is not None and low > high:
            raise ValueError(f"its lower limit {low} is above its upper limit {high}")
        words = (f"NLT {low}" if low is not None else "", f"NMT {high}" if high is not None else "")
        text = " ".join(filter(None, (*words, unit)))
        return AcceptanceCriterion(said.get("criterion", "") or text, low, high, unit=unit)
    text = said.get("criterion", "")
    if text.casefold() in NOTHING:
        return None
    return parse_limit(text, unit=unit, decimal=decimal)


def _limit(text: str, decimal: str) -> Decimal | None:
    if text.casefold() in NOTHING:
        return None
    value = numeral(text, decimal)
    if value is None:
        raise ValueError(f"{text!r} is no limit")
    return value


def _in_unit_of_limits(
    reported: Reported, unit: str, criterion: AcceptanceCriterion | None
) -> tuple[Reported, str, AcceptanceCriterion | None, str]:
    """The result in the unit in which its limits are written, where the two differ."""
    if criterion is None or criterion.in_words or not criterion.unit:
        return reported, unit, criterion, ""
    wanted = f"{criterion.unit} {criterion.basis}".strip()
    if unit.casefold() in {*NO_UNIT, wanted.casefold(), criterion.unit.casefold()}:
        return reported, wanted if unit in NO_UNIT else unit, criterion, ""
    factor = conversion(unit, wanted)
    if isinstance(factor, str):
        words = AcceptanceCriterion(criterion.text)
        return reported, unit, words, f"not judged against {criterion.text}: {factor}"

    def converted(value: Decimal | None) -> Decimal | None:
        if value is None:
            return None
        return Decimal(f"{float(value) * factor.factor + factor.offset:.12g}")

    if (factor.factor, factor.offset) == (1.0, 0.0):
        return reported, unit, criterion, ""
    moved = replace(reported, number=converted(reported.number), bound=converted(reported.bound))
    return moved, wanted, criterion, ""


def _standing(said: Mapping[str, str]) -> tuple[Standing, str]:
    word = said.get("standing", "").casefold()
    if word in INVALID_WORDS or said.get("evaluation", "").casefold() in INVALID_VERDICTS:
        return Standing.INVALIDATED, ""
    return Standing.VALID, "" if word in VALID_WORDS else f"status {word!r} is not known"


def _unknown_verdict(evaluation: str) -> str:
    """A remark where the word in the place of a verdict says nothing that is known."""
    word = evaluation.casefold()
    known = VALID_WORDS | INVALID_WORDS | RETEST_WORDS | NOTHING
    if word in known or verdict_in(evaluation) is not Verdict.UNJUDGED:
        return ""
    return f"evaluation {evaluation!r} is not known"


def _retest_in(evaluation: str) -> str:
    """The word for a retest that stands where a verdict would; empty for none."""
    words = RETEST_WORDS - {"yes", "ja", "y", "true"}
    return evaluation if evaluation.casefold() in words else ""


def _retest(text: str) -> tuple[int, str]:
    word = text.casefold()
    if word in ORIGINAL_WORDS:
        return 0, ""
    if word in RETEST_WORDS:
        return 1, ""
    digits = word.removeprefix("retest").removeprefix("re-test").strip()
    if digits.isdecimal():
        return int(digits), ""
    return 0, f"{text!r} does not say whether it is a retest"
