"""The history of the rankings of a case: every one that was recorded, in order, and what changed.

- Nothing is forgotten: a ranking that was replaced, became stale or was withdrawn stays in the
  list, with the entry that ended it.
- Probabilities are those of the stored results; nothing is computed anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from investigator.casework.desk import Desk
from investigator.casework.stored import decoded
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import RankingRecorded, ReplayRecorded, TwinChosen
from investigator.domain.acts.checks import OnSite
from investigator.domain.acts.evidence import EvidenceAdmitted
from investigator.domain.investigation import Investigation, Withdrawal, folded
from investigator.domain.on_site_words import on_site_in_words
from investigator.domain.ranking_history import Outcome, PastRanking


@dataclass(frozen=True, slots=True)
class _Stored:
    ranking: Outcome


Change = Recorded[Act] | Withdrawal


def ranking_history(
    desk: Desk, case: Investigation, known: Sequence[PastRanking] = ()
) -> tuple[PastRanking, ...]:
    """Every ranking of a case, the first one first.

    Args:
        desk: where the stored results are.
        case: the case.
        known: from an earlier look at the same case; stored results are not read again.

    Raises:
        AlteredRecord: a stored result is missing or changed.
    """
    changes = _changes(case)
    read = {past.result: past.outcome for past in known}
    ends, since = _ends(case.case_id, changes), -1
    rows: list[PastRanking] = []
    for found, act in _rankings(changes):
        between = [c for c in changes if since < c.sequence < found.sequence] if rows else []
        rows.append(
            PastRanking(
                number=len(rows) + 1,
                sequence=found.sequence,
                who=found.who,
                t_ms=found.t_ms,
                zone=found.zone,
                result=act.result,
                outcome=read.get(act.result) or _outcome(desk, act.result),
                before=tuple(_told(change) for change in between if _tells(change)),
                ended=ends.get(found.sequence, ""),
            )
        )
        since = found.sequence
    return tuple(rows)


def _outcome(desk: Desk, result: str) -> Outcome:
    return decoded(desk.workspace.blobs.read(result), _Stored).ranking


def _changes(case: Investigation) -> list[Change]:
    """All entries of the case, also of acts that were withdrawn later, in the order of the log."""
    acts = (*case.history, *(w.withdrawn for w in case.withdrawals))
    return sorted((*acts, *case.withdrawals), key=lambda change: change.sequence)


def _rankings(changes: Sequence[Change]) -> list[tuple[Recorded[Act], RankingRecorded]]:
    recorded = (change for change in changes if isinstance(change, Recorded))
    return [(r, r.act) for r in recorded if isinstance(r.act, RankingRecorded)]


def _ends(case_id: str, changes: Sequence[Change]) -> dict[int, str]:
    """By the entry of a ranking, what ended it: the first entry after which it did not hold."""
    case, open_ones, ends = folded(case_id), dict[int, Recorded[Act]](), dict[int, str]()
    for change in changes:
        case = case.without(change) if isinstance(change, Withdrawal) else case.after(change)
        for sequence in [s for s, r in open_ones.items() if not _holds(case, r)]:
            ends[sequence] = _told(change)
            del open_ones[sequence]
        if isinstance(change, Recorded) and isinstance(change.act, RankingRecorded):
            open_ones[change.sequence] = change
    return ends


def _holds(case: Investigation, recorded: Recorded[Act]) -> bool:
    latest = case.ranking
    return latest is not None and latest.sequence == recorded.sequence and not case.is_stale(latest)


def _act(change: Change) -> Act:
    return change.withdrawn.act if isinstance(change, Withdrawal) else change.act


def _tells(change: Change) -> bool:
    act = _act(change)
    of_interest = (OnSite, ReplayRecorded, EvidenceAdmitted, TwinChosen)
    return isinstance(act, of_interest) or act.changes_data()


def _told(change: Change) -> str:
    withdrawn = " withdrawn" if isinstance(change, Withdrawal) else ""
    return f"{_words(_act(change))}{withdrawn} (entry {change.sequence})"


def _words(act: Act) -> str:
    if isinstance(act, OnSite):
        return on_site_in_words(act)
    about = act.about()
    return act.WORD if not about or act.WORD.startswith(about) else f"{act.WORD}: {about}"
