"""What was looked at on site, and how the ranking went with it; nothing where there is none."""

from collections.abc import Iterable
from itertools import chain

from reportlab.platypus import Flowable

from investigator.domain.acts.act import Recorded
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    PHASE_ONE_POINTS,
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OnSite,
    OwnCheckEntered,
)
from investigator.domain.acts.closing import ConclusionStated
from investigator.domain.dossier import Dossier
from investigator.domain.on_site_words import on_site_in_words, said_of
from investigator.domain.quantities import UNKNOWN, moment, probability
from investigator.domain.ranking import NO_CAUSE, NONE_OF_THESE
from investigator.domain.ranking_history import PastRanking, probability_in, worth_listing
from investigator.report.pages import Heading
from investigator.report.paper import para
from investigator.report.sections.attended.people import (
    ENTRY_BY,
    as_it_stands,
    by,
    record_of,
    recorded_by,
)
from investigator.report.whole import prose, whole_grid

LATEST = 4
"""So many rankings stand side by side; all are listed beneath."""


def on_site(dossier: Dossier) -> list[Flowable]:
    """The results of checks, phase I of the laboratory, the seven questions on human error."""
    return [*_checks(dossier), *_phases_one(dossier), *_human_errors(dossier)]


def confirmed_by(stated: ConclusionStated) -> list[Flowable]:
    """The checks that a conclusion names."""
    return prose(f"Confirmed by: {'; '.join(stated.confirmed_by)}.") if stated.confirmed_by else []


def history_of_rankings(dossier: Dossier) -> list[Flowable]:
    """Probabilities by ranking, and what came between; nothing where there was only one."""
    history = dossier.rankings
    if len(history) < 2:
        return []
    shown = history[-LATEST:]
    heads = ["Cause", *(f"Ranking {past.number}" for past in shown)]
    width = 90 / len(shown)
    listed = [_listed(past, dossier.zone) for past in history]
    return [
        Heading("History of the ranking", 1),
        whole_grid(heads, _by_ranking(shown), [80, *[width] * len(shown)]),
        *chain.from_iterable(prose(words, "note") for words in listed),
    ]


def _checks(dossier: Dossier) -> list[Flowable]:
    case, zone = record_of(dossier).case, dossier.zone
    found: list[Recorded[CheckResultEntered] | Recorded[OwnCheckEntered]]
    found = [*case.check_results, *case.own_checks]
    rows = [
        [
            as_it_stands(case, r, on_site_in_words(r.act)),
            _says(r.act),
            *(moment(r.act.done_ms, zone), r.act.document_id or UNKNOWN, by(r)),
        ]
        for r in sorted(found, key=lambda r: r.sequence)
    ]
    if not rows:
        return []
    heads = ["What was looked at and found", "Says", "Done", "Document", ENTRY_BY]
    return [Heading("Checks on site", 1), whole_grid(heads, rows, [58, 44, 24, 20, 24])]


def _says(act: CheckResultEntered | OwnCheckEntered) -> str:
    said = "; ".join(f"{said_of(act, cause)} {cause}" for cause in act.causes)
    return said or "taken in by the ranking"


def _phases_one(dossier: Dossier) -> list[Flowable]:
    points, title = PHASE_ONE_POINTS.values(), "Phase I of the laboratory"
    story: list[Flowable] = []
    for r in record_of(dossier).case.all_standing(LaboratoryPhaseOneStated):
        story += _answered(dossier, r, title, zip(points, r.act.answers(), strict=True))
    return story


def _human_errors(dossier: Dossier) -> list[Flowable]:
    asked = HUMAN_ERROR_QUESTIONS.values()
    story: list[Flowable] = []
    for r in record_of(dossier).case.all_standing(HumanErrorExamined):
        story += _answered(dossier, r, "Human error", zip(asked, r.act.answers(), strict=True))
    return story


def _answered(
    dossier: Dossier, recorded: Recorded[OnSite], title: str, answers: Iterable[tuple[str, str]]
) -> list[Flowable]:
    case = record_of(dossier).case
    said = as_it_stands(case, recorded, on_site_in_words(recorded.act))
    return [
        Heading(f"{title}: {', '.join(recorded.act.spoken_of())}", 1),
        para(f"{said}."),
        whole_grid(["Asked", "Found"], [list(pair) for pair in answers], [70, 100]),
        recorded_by(recorded, dossier.zone),
    ]


def _by_ranking(shown: tuple[PastRanking, ...]) -> list[list[str]]:
    rows = [
        [title, *(probability(probability_in(past, cause)) for past in shown)]
        for cause, title in worth_listing(shown)
    ]
    outcomes = [past.outcome for past in shown]
    return [
        *rows,
        [NONE_OF_THESE, *(probability(o.none_of_the_above) for o in outcomes)],
        [NO_CAUSE, *(probability(o.no_deviation) for o in outcomes)],
    ]


def _listed(past: PastRanking, zone: str) -> str:
    parts = [f"Ranking {past.number}, entry {past.sequence}, {moment(past.t_ms, zone)}"]
    parts += [f"before it: {'; '.join(past.before)}"] if past.before else []
    parts += [f"takes in: {'; '.join(past.outcome.entered)}"] if past.outcome.entered else []
    parts += [f"ended by: {past.ended}"] if past.ended else []
    return ". ".join(parts) + f". Stored result {past.result}."
