"""The validation of a twin as the window shows it: what failed stands first."""

from collections.abc import Iterable
from dataclasses import dataclass

from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import TwinDetails, found, name, required
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.tone import Tone
from investigator.domain.quantities import UNKNOWN, count, fixed
from investigator.domain.twin_status import TwinStatus
from investigator.domain.validation import (
    Check,
    CriterionResult,
    DeviationFigures,
    Outcome,
    ValidationBatch,
    ValidationRecord,
)

_TONES = {Outcome.PASSED: Tone.GOOD, Outcome.FAILED: Tone.BAD, Outcome.NOT_ASSESSED: Tone.WARN}
_RANKS = {Outcome.FAILED: 0, Outcome.NOT_ASSESSED: 1, Outcome.PASSED: 2}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check with the part of the validation that it belongs to."""

    part: str
    check: Check

    @property
    def outcome(self) -> Outcome:
        """As that of a criterion."""
        return Outcome.PASSED if self.check.passed else Outcome.FAILED


def nothing_said(details: TwinDetails) -> tuple[str, str]:
    """What is said where there is no validation: title and next step."""
    return (
        "Not validated",
        f"{details.no_validation} A validation measures the twin on batches that it does not know "
        f"and writes record and report into its package: investigator twin validate "
        f"{details.twin_id} --batches FOLDER",
    )


def judged(record: ValidationRecord) -> tuple[str, Tone]:
    """Whether it passed, and how many criteria came out how."""
    outcomes = [result.outcome for result in record.criteria]
    told = [f"{n} {o.value}" for o in Outcome if (n := outcomes.count(o))]
    of = count(len(outcomes), "criterion", "criteria")
    if record.passed:
        return f"Passed: all {of}", Tone.GOOD
    return f"Not passed: of {of}, {', '.join(told)}", Tone.BAD


def standing_said(details: TwinDetails, standing: TwinStanding) -> str:
    """What follows from it for the twin as it is now, and who took it over."""
    steps = [s for s in standing.steps if s.status is TwinStatus.VALIDATED]
    taken = f"Taken over by {steps[-1].who.full_name}, entry {steps[-1].sequence}." if steps else ""
    record = details.validation
    made = ""
    if record is not None:
        batches = count(len(record.batches), "batch", "batches")
        made = f"Made with {batches}, {record.software}, seed {record.seed}."
    return " ".join(part for part in (standing.why, made, taken) if part)


def criteria(record: ValidationRecord) -> tuple[CriterionResult, ...]:
    """The criteria: failed, not assessed, passed, each in the order of the manifest."""
    return tuple(sorted(record.criteria, key=lambda result: _RANKS[result.outcome]))


def tone_of(outcome: Outcome) -> Tone:
    """Of what came of a criterion or a check."""
    return _TONES[outcome]


def rank_of(outcome: Outcome) -> int:
    """What outcomes sort by."""
    return _RANKS[outcome]


def about_criterion(result: CriterionResult, source: str) -> Inspected:
    """A criterion with its reason and what was found."""
    criterion = result.criterion
    facts = (
        ("Outcome", result.outcome.value),
        ("Required", required(result)),
        ("Found (95 %)", found(result)),
        ("Why it is required", criterion.why),
        ("Id", criterion.criterion_id),
    )
    remarks = (Remark(result.remark, tone_of(result.outcome)),) if result.remark else ()
    return Inspected(criterion.title, "acceptance criterion", facts, source, findings=remarks)


def checks(record: ValidationRecord) -> tuple[CheckRow, ...]:
    """Those of the numerics and of the edges; what failed stands first."""
    rows = [CheckRow("numerics", check) for check in record.numerics]
    rows += [CheckRow("edges", check) for check in record.edges]
    return tuple(sorted(rows, key=lambda row: row.check.passed))


def about_check(row: CheckRow, source: str) -> Inspected:
    """A check with all that was expected and found."""
    check = row.check
    facts = (
        ("Outcome", row.outcome.value),
        ("Expected", check.expected),
        ("Found", check.found),
        ("Id", check.check_id),
    )
    return Inspected(check.title, f"check of the {row.part}", facts, source)


def share(value: float) -> str:
    """A share in per cent, to a tenth."""
    return fixed(100.0 * value, 1)


def channels_said(row: DeviationFigures) -> str:
    """The channels that the cause moves, in words."""
    return ", ".join(name(channel) for channel in row.channels) or UNKNOWN


def about_deviation(row: DeviationFigures, source: str) -> Inspected:
    """An earlier deviation with its cause and the channels that it moves."""
    facts = (
        ("Confirmed cause", f"{name(row.cause)} ({row.cause})"),
        ("Channels", channels_said(row)),
        ("Values", str(row.values)),
        ("Inside 95 %, with the cause", f"{share(row.inside95)} %"),
        ("Inside 95 %, without it", f"{share(row.inside95_without)} %"),
    )
    return Inspected(row.case, "earlier deviation", facts, source)


def about_batch(row: ValidationBatch, source: str) -> Inspected:
    """A batch that the validation used."""
    digest = row.digest.removeprefix("sha256:")
    return Inspected(row.batch_id, "batch of a validation", source=source, digest=digest)


def source_of(details: TwinDetails) -> str:
    """Where what is said of the validation came from."""
    said = details.manifest
    return f"validation/record.json of the package {said.twin_id} {said.version}"


def open_said(record: ValidationRecord) -> str:
    """How many criteria failed, else how many were not assessed, with the sign; empty if none."""
    outcomes = [result.outcome for result in record.criteria]
    for outcome in (Outcome.FAILED, Outcome.NOT_ASSESSED):
        if number := outcomes.count(outcome):
            return tone_of(outcome).said(str(number))
    return ""


def checks_said(rows: Iterable[CheckRow]) -> str:
    """How many checks failed, with the sign; empty if none."""
    failed = sum(row.outcome is Outcome.FAILED for row in rows)
    return Tone.BAD.said(str(failed)) if failed else ""
