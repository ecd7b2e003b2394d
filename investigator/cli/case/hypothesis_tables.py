"""The hypotheses of a case in the console, as tables and as values for other programs."""

from typing import TYPE_CHECKING

from investigator.casework.plain_values import rounded
from investigator.casework.ranking_document import ESTIMATES, estimates_document, with_unit
from investigator.cli.case.tables import Json, Rows, typed_of
from investigator.cli.table import table
from investigator.domain.alarm_evidence import prior_in_words, witness_in_words
from investigator.domain.cause_state import state_of
from investigator.domain.elimination import standing, told_apart
from investigator.domain.estimate_words import estimates_in_words
from investigator.domain.instant import to_datetime
from investigator.domain.predictive import borne_out
from investigator.domain.quantities import UNKNOWN, probability, significant
from investigator.domain.ranking import (
    NO_CAUSE,
    NONE_OF_THESE,
    WORTH_SAYING,
    HypothesisAssessment,
    Ranking,
)
from investigator.domain.ranking_words import (
    check_in_words,
    group_in_words,
    shape_in_words,
    use_in_words,
)

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot


def hypothesis_lines(seen: "Snapshot") -> list[str]:
    """Every hypothesis with its probability and its verdict, and what cannot be told apart."""
    zone = seen.case.opened.act.zone
    rows: Rows = [
        ("Cause", "Probability", "Onset", "Size", "Time shape", "Verdict", "State", "Title")
    ]
    for cause, title in _titles(seen).items():
        h = _assessed(seen).get(cause)
        verdict = typed_of(seen.case, seen.case.verdicts.get(cause), "verdict")
        state = state_of(seen.case, cause).value
        rows.append((cause, *_figures(h, zone), verdict or UNKNOWN, state, title))
    if seen.ranking is None:
        return table(rows)
    ranking = seen.ranking.ranking
    rows.append((NONE_OF_THESE, probability(ranking.none_of_the_above)))
    rows.append((NO_CAUSE, probability(ranking.no_deviation)))
    return [*table(rows), *filter(None, [borne_out(ranking)]), *_below(ranking, zone)]


def _below(ranking: Ranking, zone: str) -> list[str]:
    """What is told of single hypotheses, what is missing, what cannot be told apart, what tells."""
    lines = [f"{h.cause}: {said}" for h in ranking.hypotheses if (said := told_apart(h, zone))]
    for h in ranking.hypotheses:
        if said := estimates_in_words(h, zone):
            lines.append(f"{h.cause}: {said}")
        if h.probability >= WORTH_SAYING:
            spoken = witness_in_words(h.alarms, h.actions, h.onset_ms, zone)
            raised = filter(None, [prior_in_words(h.told_gain)])
            lines += [f"{h.cause}: {said}" for said in (*spoken, *raised)]
    lines += [f"Missing: {sentence}" for sentence in ranking.missing]
    for group in ranking.indistinguishable:
        told = group_in_words(ranking, group)
        lines.append(f"Cannot be told apart: {', '.join(group)}. {told}")
    asked = ((use_in_words(check), check_in_words(check)) for check in ranking.next_checks)
    return [*lines, *(f"{use.capitalize()}: {said}" for use, said in asked)]


def hypothesis_documents(seen: "Snapshot") -> list[Json]:
    """Every hypothesis as values; probability and verdict are null where there is none."""
    assessed, verdicts = _assessed(seen), seen.case.verdicts
    zone = seen.case.opened.act.zone
    raised = {r.act.cause: r.act for r in seen.case.hypotheses}
    return [
        {
            "cause": cause,
            "title": title,
            "raised": cause in raised,
            "laboratory": raised[cause].laboratory if cause in raised else None,
            "probability": rounded(h.probability) if (h := assessed.get(cause)) else None,
            **(estimates_document(h, zone) if h else dict.fromkeys(ESTIMATES)),
            "time_shape": (h.time_shape or None) if h else None,
            "time_constant_s": rounded(h.time_constant_s or None) if h else None,
            "strength": h.strength if h else None,
            "standing": standing(h, zone) if h else None,
            "verdict": typed_of(seen.case, verdicts.get(cause), "verdict"),
            "state": state_of(seen.case, cause).value,
            "rationale": verdicts[cause].why if cause in verdicts else None,
        }
        for cause, title in _titles(seen).items()
    ]


def _titles(seen: "Snapshot") -> dict[str, str]:
    """Causes in the order of their probability, then those that were only raised."""
    ranked = {cause: h.title for cause, h in _assessed(seen).items()}
    return ranked | {r.act.cause: r.act.title for r in seen.case.hypotheses}


def _assessed(seen: "Snapshot") -> dict[str, HypothesisAssessment]:
    hypotheses = seen.ranking.ranking.hypotheses if seen.ranking else ()
    return {h.cause: h for h in hypotheses}


def _figures(h: HypothesisAssessment | None, zone: str) -> tuple[str, str, str, str]:
    if h is None:
        return (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)
    size = with_unit(significant(h.magnitude.mean), h.magnitude_unit) if h.magnitude else UNKNOWN
    onset = UNKNOWN if h.onset_ms is None else f"{to_datetime(h.onset_ms, zone):%H:%M}"
    return (probability(h.probability), onset, size, shape_in_words(h) or UNKNOWN)
