"""The history of the rankings of a case: probabilities by ranking, and what came between."""

import argparse
import json
from collections.abc import Sequence
from typing import Any

from investigator.casework.plain_values import instant_text, rounded
from investigator.cli.at_desk import seat
from investigator.cli.case.acting import case_command
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.cli.table import table
from investigator.domain.quantities import UNKNOWN, probability
from investigator.domain.ranking import NO_CAUSE, NONE_OF_THESE
from investigator.domain.ranking_history import PastRanking, probability_in, worth_listing

Json = dict[str, Any]


def add_rankings(parts: Commands) -> None:
    """The command of the history."""
    case_command(parts, "rankings", "tell every ranking that was recorded, in order", _rankings)


def _rankings(request: argparse.Namespace) -> int:
    from investigator.casework.ranking_history import ranking_history

    with seat(request) as here:
        case = here.desk.case(request.case)
        history = ranking_history(here.desk, case)
    if request.json:
        told = [ranking_document(past, case.opened.act.zone) for past in history]
        tell(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        tell("\n".join(ranking_lines(history, case.opened.act.zone)))
    return 0


def ranking_lines(history: Sequence[PastRanking], zone: str) -> list[str]:
    """Each ranking with its entry, then the probabilities by ranking, then what came between."""
    if not history:
        return ["There is no ranking yet."]
    head = ("Ranking", "Entry", "Recorded", "By", "Ended by")
    rows = [head, *(_row(past, zone) for past in history)]
    between = [f"Before ranking {p.number}: {words}." for p in history for words in p.before]
    taken = [
        f"Ranking {p.number} takes in {words}." for p in history for words in p.outcome.entered
    ]
    return [*table(rows), "", *table(_probabilities(history)), *_after_blank(between + taken)]


def _row(past: PastRanking, zone: str) -> tuple[str, ...]:
    when, by = instant_text(past.t_ms, zone) or UNKNOWN, past.who.full_name
    return (str(past.number), str(past.sequence), when, by, past.ended or "holds")


def _probabilities(history: Sequence[PastRanking]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("Cause", *(f"Ranking {past.number}" for past in history))]
    for cause, _title in worth_listing(history):
        found = (probability_in(past, cause) for past in history)
        rows.append((cause, *(UNKNOWN if p is None else probability(p) for p in found)))
    outcomes = [past.outcome for past in history]
    rows.append((NONE_OF_THESE, *(probability(o.none_of_the_above) for o in outcomes)))
    rows.append((NO_CAUSE, *(probability(o.no_deviation) for o in outcomes)))
    return rows


def _after_blank(lines: list[str]) -> list[str]:
    return ["", *lines] if lines else []


def ranking_document(past: PastRanking, zone: str) -> Json:
    """One ranking as values."""
    outcome = past.outcome
    return {
        "ranking": past.number,
        "entry": past.sequence,
        "recorded": instant_text(past.t_ms, zone),
        "by": past.who.user_id,
        "result": past.result,
        "hypotheses": [
            {"cause": b.cause, "title": b.title, "probability": rounded(b.probability)}
            for b in outcome.hypotheses
        ],
        "none_of_the_above": rounded(outcome.none_of_the_above),
        "no_deviation": rounded(outcome.no_deviation),
        "takes_in": list(outcome.entered),
        "before": list(past.before),
        "ended": past.ended or None,
    }
