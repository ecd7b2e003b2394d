"""What is doubtful about laboratory results as results, before anything is calculated from them.

- The laboratory's own verdict and the limits contradict each other.
- A result is invalidated without a reason: by FDA's guidance on out-of-specification results
  (Rev. 1, 2022) only a documented assignable cause invalidates one.
- A retest stands without the determination that it repeats: something was not handed in.
"""

from collections.abc import Sequence

from investigator.domain.acceptance import Verdict
from investigator.domain.evidence import Finding, Severity
from investigator.domain.laboratory import LabResult, Standing

DECIDED = frozenset({Verdict.CONFORMS, Verdict.FAILS})


def laboratory_findings(results: Sequence[LabResult]) -> tuple[Finding, ...]:
    """Findings about the results of one export, in order of the results."""
    originals = {_determination(r) for r in results if not r.retest}
    return tuple(
        finding
        for result in results
        for finding in (
            _contradiction(result),
            _unexplained(result),
            _without_original(result, originals),
        )
        if finding is not None
    )


def _determination(result: LabResult) -> tuple[str, str, str, str]:
    return result.batch_id, result.container_id, result.sample_id, result.test


def _subject(result: LabResult) -> str:
    return f"{result.test} of sample {result.sample_id}" if result.sample_id else result.test


def _found(result: LabResult, kind: str, action: str, detail: str) -> Finding:
    return Finding(_subject(result), kind, None, action, detail, Severity.MAJOR)


def _contradiction(result: LabResult) -> Finding | None:
    if result.standing is Standing.INVALIDATED or {result.verdict, result.stated} != DECIDED:
        return None
    limits = result.criterion.text if result.criterion is not None else "its limits"
    return _found(
        result,
        "evaluation_contradicts_limits",
        "both are kept; the result and its limits are used",
        f"{result.reported} {result.reported_unit or result.unit} {result.verdict} against"
        f" {limits}, the laboratory states {result.evaluation or result.reported}",
    )


def _unexplained(result: LabResult) -> Finding | None:
    if result.standing is not Standing.INVALIDATED or result.reason:
        return None
    return _found(
        result,
        "invalidated_without_reason",
        "kept and not calculated with, as the laboratory states",
        f"{result.reported} {result.reported_unit} is invalidated and no cause is stated",
    )


def _without_original(
    result: LabResult, originals: set[tuple[str, str, str, str]]
) -> Finding | None:
    if not result.retest or _determination(result) in originals:
        return None
    return _found(
        result,
        "retest_without_original",
        "used as it stands",
        f"retest {result.retest} is there, the determination that it repeats is not",
    )
