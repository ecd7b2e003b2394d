"""A dossier whose ranking lacks sources, expects alarms and knows what operators did."""

from dataclasses import replace

from investigator.domain.alarm_evidence import ExpectedAlarm, OperatorAction
from investigator.domain.dossier import Dossier
from investigator.domain.instant import Span
from investigator.domain.ranking import Ranking
from support.dossiers import a_dossier

MISSING = "No NIR signals. Cannot be judged, for they are looked for there only: Fouling."
UNPERTURBED, OWN = "a1" * 32, "b2" * 32


def witnessed(ranking: Ranking) -> Ranking:
    """The ranking with gaps, and with alarms and actions of its first hypothesis."""
    first, *rest = ranking.hypotheses
    onset = first.onset_ms or 0
    told = replace(
        first,
        runs=(UNPERTURBED, OWN),
        alarms=(
            ExpectedAlarm("LW-311 LOW", Span(onset, onset + 60_000), None, -3.0),
            ExpectedAlarm("NIR ACTION", Span(onset, onset + 60_000), onset + 5_000, 6.5),
        ),
        actions=(OperatorAction(onset + 600_000, "OP-1071", "low flow acknowledged", 2.25),),
        told_gain=0.8,
    )
    around = OperatorAction(onset - 300_000, "OP-1068", "Drum liner replaced")
    return replace(
        ranking, hypotheses=(told, *rest), missing=(MISSING,), actions=(*told.actions, around)
    )


def a_witnessed_dossier() -> Dossier:
    """`a_dossier` with such a ranking."""
    dossier = a_dossier()
    return replace(dossier, ranking=witnessed(dossier.ranking))
