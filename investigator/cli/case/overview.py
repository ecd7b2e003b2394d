"""`investigator case list | show`: all cases; how far one has come, and what is open."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from investigator.cli.at_desk import desk_options, seat
from investigator.cli.case.acting import case_command
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands, command
from investigator.cli.table import table
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.closing import ConclusionStated, SignatureField
from investigator.domain.investigation import Investigation
from investigator.domain.open_points import (
    mapping_due,
    open_clocks,
    open_dispositions,
    open_findings,
    open_verdicts,
)
from investigator.domain.progress import Mark, Step, progress
from investigator.domain.scope_rules import unknown_distribution

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot

NAMED = 3
"""So many open points of one kind are named, the others counted."""


def add_overview(parts: Commands) -> None:
    """The commands that show cases and record nothing."""
    listed = command(parts, "list", "list all cases", list_all, desk_options())
    listed.add_argument("--json", action="store_true", help="print the result as JSON")
    case_command(parts, "show", "show how far a case has come, and what is open", show)


def list_all(request: argparse.Namespace) -> int:
    """One line for each case, the one opened last first."""
    with seat(request) as here:
        cases = here.desk.cases()
    if request.json:
        tell(json.dumps([_head(case) for case in cases], indent=2, ensure_ascii=False))
        return 0
    rows: list[tuple[str, ...]] = [("Case", "Class", "Due", "Status", "Batch", "Title")]
    for case in cases:
        head = _head(case)
        names = ("case", "class", "due", "standing", "batch", "title")
        rows.append(tuple(str(head[name]) for name in names))
    tell("\n".join(table(rows)))
    return 0


def show(request: argparse.Namespace) -> int:
    """The case with its steps, hypotheses, containers, actions and report."""
    from investigator.casework.snapshot import snapshot

    with seat(request) as here:
        seen = snapshot(here.desk, request.case)
    if request.json:
        tell(json.dumps(_document(seen), indent=2, ensure_ascii=False))
    else:
        tell("\n".join(_lines(seen)))
    return 0


def open_points(case: Investigation) -> dict[Step, list[str]]:
    """What is still to be done at each step, in the order of the walk; nothing once closed."""
    if case.closed:
        return {step: [] for step in Step}
    evidence = case.evidence
    waiting = open_findings(case)
    return {
        Step.CASE: [
            *(["record the containment"] if case.containment is None else []),
            *_due(case, case.scope, "complete the scope"),
            *_named("find out where the product is of", unknown_distribution(case)),
        ],
        Step.EVIDENCE: [
            *(["admit the evidence"] if evidence is None else []),
            *([f"judge {waiting} findings"] if waiting else []),
            *_named("judge the clock of", open_clocks(case)),
            *(["review the tag map"] if mapping_due(case) else []),
        ],
        Step.TIMELINE: [],
        Step.REPLAY: [
            *(["choose a twin"] if case.twin is None else []),
            *_due(case, case.replay, "replay the batch"),
        ],
        Step.HYPOTHESES: [
            *([] if case.hypotheses else ["raise hypotheses"]),
            *_due(case, case.ranking, "rank the hypotheses"),
            *_named("give a verdict on", open_verdicts(case)),
        ],
        Step.IMPACT: _due(case, case.impact, "follow the material"),
        Step.DISPOSITION: _named("decide on", open_dispositions(case)),
        Step.REPORT: _open_at_the_report(case),
    }


def _open_at_the_report(case: Investigation) -> list[str]:
    if case.report_in_force:
        given = len(case.signatures)
        missing = list(SignatureField)[given:]
        return [f"sign as {missing[0]}"] if missing else ["close the case"]
    stated = _due(case, case.conclusion, "state the conclusion")
    actions = [] if case.actions else ["propose actions"]
    return [*stated, *actions, "issue the report"]


def _due(case: Investigation, recorded: Recorded[Any] | None, words: str) -> list[str]:
    if recorded is None:
        return [words]
    return [f"{words} again"] if case.is_stale(recorded) else []


def _named(words: str, names: tuple[str, ...]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return [f"{words} {', '.join(names[:NAMED])}{more}"]


def _standing(case: Investigation) -> str:
    if case.closed:
        return "closed"
    if case.report_in_force:
        return f"report signed by {len(case.signatures)} of {len(SignatureField)}"
    marks = progress(case)
    begun = [step for step, mark in marks.items() if mark is not Mark.WAITING]
    return f"open, at: {begun[-1]}"


def _head(case: Investigation) -> dict[str, str]:
    opened = case.opened.act
    return {
        "case": case.case_id,
        "title": opened.title,
        "batch": opened.batch_id,
        "line": opened.line,
        "product": opened.product,
        "class": case.grade,
        "due": case.due.act.due.isoformat(),
        "standing": _standing(case),
    }


def _lines(seen: "Snapshot") -> list[str]:
    from investigator.cli.case.hypothesis_tables import hypothesis_lines
    from investigator.cli.case.tables import container_lines, report_line

    case, head = seen.case, _head(seen.case)
    lines = [
        f"{case.case_id}  {head['title']}",
        *table(
            [
                ("Batch", f"{head['batch']} of line {head['line']}, {head['product']}"),
                ("Class", f"{head['class']}, due {head['due']}"),
                ("Status", head["standing"]),
                ("Twin", _twin(case)),
                *([("Remark", seen.twin_note)] if seen.twin_note else []),
            ]
        ),
        "",
        *_steps(case),
    ]
    if seen.case.hypotheses or seen.ranking:
        lines += ["", *hypothesis_lines(seen)]
    if seen.impact:
        lines += ["", *container_lines(seen)]
    lines += ["", *_conclusion(case.conclusion), *_actions(case), report_line(case)]
    return lines


def _twin(case: Investigation) -> str:
    if case.twin is None:
        return "not chosen yet"
    act = case.twin.act
    return f"{act.twin_id} {act.version} ({act.status}), for {act.use}"


def _steps(case: Investigation) -> list[str]:
    points = open_points(case)
    rows: list[tuple[str, ...]] = [("Step", "Mark", "Open")]
    rows += [(step, mark, "; ".join(points[step])) for step, mark in progress(case).items()]
    return table(rows)


def _conclusion(stated: Recorded[ConclusionStated] | None) -> list[str]:
    if stated is None:
        return []
    named = f" ({', '.join(stated.act.causes)})" if stated.act.causes else ""
    return [f"Conclusion: {stated.act.root_cause}{named}: {stated.act.statement}"]


def _actions(case: Investigation) -> list[str]:
    return [
        f"Action {a.action_id}: {a.kind}, {a.text}; {a.owner_role}, due {a.due}; "
        f"effective if: {a.effectiveness}"
        for a in (r.act for r in case.actions)
    ]


def _document(seen: "Snapshot") -> dict[str, Any]:
    from investigator.cli.case import hypothesis_tables, tables

    case, points = seen.case, open_points(seen.case)
    stated = case.conclusion
    return {
        **_head(case),
        "twin": None if case.twin is None else _twin(case),
        "twin_note": seen.twin_note,
        "steps": [
            {"step": step, "mark": mark, "open": points[step]}
            for step, mark in progress(case).items()
        ],
        "hypotheses": hypothesis_tables.hypothesis_documents(seen),
        "containers": tables.container_documents(seen),
        "conclusion": None
        if stated is None
        else {
            "root_cause": stated.act.root_cause,
            "causes": stated.act.causes,
            "statement": stated.act.statement,
        },
        "actions": [_action(r) for r in case.actions],
        "report": tables.report_document(case),
        "acts": [_act(case, r) for r in case.history],
    }


def _action(recorded: Recorded[Any]) -> dict[str, str]:
    act = recorded.act
    return {
        "action": act.action_id,
        "kind": act.kind,
        "text": act.text,
        "owner": act.owner_role,
        "due": act.due.isoformat(),
        "effectiveness": act.effectiveness,
    }


def _act(case: Investigation, recorded: Recorded[Act]) -> dict[str, Any]:
    latest = case.standing(type(recorded.act), recorded.act.about())
    return {
        "entry": recorded.sequence,
        "act": recorded.act.WORD,
        "about": recorded.act.about(),
        "by": recorded.who.user_id,
        "why": recorded.why,
        "counts": latest is not None and latest.sequence == recorded.sequence,
        "stale": case.is_stale(recorded),
    }
