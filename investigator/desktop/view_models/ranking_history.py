"""The history of the rankings as rows: what each believed, what came before it, what ended it."""

from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.hypotheses import capital
from investigator.desktop.view_models.recorded import stale_said
from investigator.desktop.view_models.results import zone_of
from investigator.domain.instant import to_datetime
from investigator.domain.quantities import UNKNOWN, probability
from investigator.domain.ranking import NO_CAUSE, NONE_OF_THESE
from investigator.domain.ranking_history import PastRanking, probability_in, worth_listing

NO_RANKINGS = "Nothing was ranked yet"
NEXT = "Rank the hypotheses; every ranking is then kept here, with what changed between them."
_MOST = 3


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One ranking; texts as they are to be read."""

    past: PastRanking
    when: str
    by: str
    leading: str
    before: str
    standing: str

    @property
    def key(self) -> int:
        """The number of its entry."""
        return self.past.sequence


def ranking_rows(scene: Scene) -> tuple[RankingRow, ...]:
    """Every ranking of the case, the latest first."""
    history = scene.seen.rankings if scene.seen else ()
    return tuple(_row(past, zone_of(scene)) for past in reversed(history))


def _row(past: PastRanking, zone: str) -> RankingRow:
    believed = sorted(past.outcome.hypotheses, key=lambda b: -b.probability)[:_MOST]
    leading = [f"{b.title} {probability(b.probability)}" for b in believed]
    return RankingRow(
        past,
        to_datetime(past.t_ms, zone).strftime("%Y-%m-%d %H:%M"),
        past.who.full_name,
        "; ".join(leading),
        "; ".join(past.before) or UNKNOWN,
        stale_said(past.ended) if past.ended else "holds",
    )


def about_ranking(scene: Scene, row: RankingRow) -> Inspected:
    """The probabilities of a ranking that are worth listing, each with that of the one before."""
    history = scene.seen.rankings if scene.seen else ()
    before = next((p for p in history if p.number == row.past.number - 1), None)
    outcome = row.past.outcome
    facts = [
        (
            title,
            _change(
                probability_in(row.past, cause), probability_in(before, cause) if before else None
            ),
        )
        for cause, title in worth_listing(history)
    ]
    none = before.outcome if before else None
    facts += [
        (
            capital(NONE_OF_THESE),
            _change(outcome.none_of_the_above, none.none_of_the_above if none else None),
        ),
        (capital(NO_CAUSE), _change(outcome.no_deviation, none.no_deviation if none else None)),
        ("Takes in", "; ".join(outcome.entered) or "no result of a check"),
        ("Before it", row.before),
    ]
    return Inspected(
        f"Ranking {row.past.number}",
        f"entry {row.past.sequence}",
        tuple(facts),
        source=f"Recorded by {row.by}, {row.when}",
        digest=row.past.result,
        findings=(Remark(stale_said(f"ended by {row.past.ended}")),) if row.past.ended else (),
    )


def _change(now: float | None, before: float | None) -> str:
    if now is None:
        return UNKNOWN
    return (
        probability(now) if before is None else f"{probability(now)}, before {probability(before)}"
    )
