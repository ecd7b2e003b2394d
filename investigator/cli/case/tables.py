"""The parts of a case as the console lists them: lines for a person, values for JSON.

Numbers are those of the stored results; nothing is computed here. What is stale says so.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from investigator.casework.findings import exception_first, finding_id, finding_in_words
from investigator.casework.impact_document import impact_document
from investigator.casework.plain_values import rounded
from investigator.cli.arguments import typed
from investigator.cli.table import table
from investigator.domain.acts.act import Recorded
from investigator.domain.impact import ContainerImpact, reason_in_words
from investigator.domain.instant import Span, iso, to_datetime
from investigator.domain.quantities import UNKNOWN, fixed, probability, significant

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot
    from investigator.domain.evidence import Evidence
    from investigator.domain.investigation import Investigation

Rows = list[tuple[str, ...]]
Json = dict[str, Any]


def finding_lines(case: "Investigation", evidence: "Evidence") -> list[str]:
    """The findings on data quality, each with its judgement; what needs a person first."""
    rows: Rows = [("Finding", "Severity", "Judgement", "What")]
    rows += [
        (f["finding"], f["severity"], f["judgement"] or UNKNOWN, f["words"])
        for f in finding_documents(case, evidence)
    ]
    return table(rows)


def finding_documents(case: "Investigation", evidence: "Evidence") -> list[Json]:
    """The findings on data quality as values."""
    zone, judged = case.opened.act.zone, case.judged_findings
    own = {r.act.finding_id for r in case.added_findings if not case.is_stale(r)}
    found = {finding_id(finding): finding for finding in exception_first(evidence.findings)}
    return [
        {
            "finding": name,
            "severity": finding.severity,
            "treatment": finding.treatment,
            "judgement": "added" if name in own else typed_of(case, judged.get(name), "judgement"),
            "words": finding_in_words(finding, zone),
        }
        for name, finding in found.items()
    ]


def replay_lines(seen: "Snapshot") -> list[str]:
    """How well the twin replays each channel."""
    rows: Rows = [("Channel", "Unit", "Samples", "Bias", "RMSE", "In the 95 % band")]
    for row in seen.replay.rows if seen.replay else ():
        figures = (significant(row.bias), significant(row.rmse), probability(row.coverage95))
        rows.append((row.channel, row.unit, str(row.samples), *figures))
    return table(rows)


def replay_documents(seen: "Snapshot") -> list[Json]:
    """The same as values."""
    return [
        {
            "channel": row.channel,
            "unit": row.unit,
            "samples": row.samples,
            "bias": rounded(row.bias),
            "rmse": rounded(row.rmse),
            "coverage95": rounded(row.coverage95),
        }
        for row in (seen.replay.rows if seen.replay else ())
    ]


def container_lines(seen: "Snapshot") -> list[str]:
    """Every container: how much of it is affected, what is proposed, what is decided."""
    zone = seen.case.opened.act.zone
    head = ("Container", "Filled", "Affected, kg (95 %)", "Proposal", "Decision", "Why")
    rows: Rows = [head]
    for c in _containers(seen):
        decision = typed_of(seen.case, seen.case.dispositions.get(c.container_id), "decision")
        rows.append(
            (
                c.container_id,
                _period(c.filled, zone),
                f"{fixed(c.affected_kg, 2)} (up to {fixed(c.affected_kg_hi95, 2)})",
                typed(c.proposal),
                decision or UNKNOWN,
                "; ".join(map(reason_in_words, c.reasons)) or c.proposal_reason,
            )
        )
    return table(rows)


def container_documents(seen: "Snapshot") -> list[Json]:
    """Every container as values; all but proposal, reason and decision is as in the contract."""
    zone, decided = seen.case.opened.act.zone, seen.case.dispositions
    told: Mapping[str, Any] = {}
    if seen.impact is not None:
        told = impact_document(seen.impact.impact, zone)
    return [
        {
            "container": c.container_id,
            **told["container_impact"][c.container_id],
            "proposal": typed(c.proposal),
            "reason": c.proposal_reason,
            "rule": c.rule or None,
            "out_of_specification": list(c.out_of_specification),
            "decision": typed_of(seen.case, decided.get(c.container_id), "decision"),
            "quality": told["container_quality"][c.container_id],
            "conformance": told["conformance"][c.container_id],
            "content_uniformity": told["content_uniformity"][c.container_id],
            "sampling_plan": told["sampling_plan"].get(c.container_id),
        }
        for c in _containers(seen)
    ]


def report_line(case: "Investigation") -> str:
    """How the report stands, in one sentence."""
    if case.report is None:
        return "No report was issued yet."
    revision = f"Report revision {case.report.act.revision}"
    if not case.report_in_force:
        return f"{revision} is not in force: issue it again."
    given = ", ".join(r.act.field for r in case.signatures)
    return f"{revision} is in force, signed by: {given or 'nobody yet'}."


def report_document(case: "Investigation") -> Json | None:
    """The same as values; None without a report."""
    if case.report is None:
        return None
    zone = case.opened.act.zone
    return {
        "revision": case.report.act.revision,
        "sha256": case.report.act.pdf,
        "in_force": case.report_in_force,
        "signatures": [
            {
                "field": r.act.field,
                "user_id": r.who.user_id,
                "full_name": r.who.full_name,
                "time": iso(r.t_ms, zone),
            }
            for r in case.signatures
        ],
    }


def _containers(seen: "Snapshot") -> tuple[ContainerImpact, ...]:
    return seen.impact.impact.containers if seen.impact else ()


def _period(span: Span, zone: str) -> str:
    start, end = to_datetime(span.start_ms, zone), to_datetime(span.end_ms, zone)
    return f"{start:%H:%M}-{end:%H:%M}"


def typed_of(case: "Investigation", recorded: Recorded[Any] | None, name: str) -> str | None:
    """What was judged or decided, as it is typed; None where nothing was."""
    if recorded is None:
        return None
    stale = " (stale)" if case.is_stale(recorded) else ""
    return f"{typed(getattr(recorded.act, name))}{stale}"
