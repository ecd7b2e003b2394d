"""The analyses and what rests on them: twin, replay, hypotheses, ranking, verdicts, impact,
remedies, decisions."""

import argparse
from typing import TYPE_CHECKING

from investigator.cli.arguments import choices, ids, one_of, per_mille, text
from investigator.cli.at_desk import Seat
from investigator.cli.case.acting import Shows, acted, add_why, case_command
from investigator.cli.sentence_parser import Commands
from investigator.cli.working import worked
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    ImpactRecorded,
    Origin,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
    Verdict,
    VerdictGiven,
)
from investigator.domain.errors import UnusableRequest
from investigator.domain.impact import Proposal
from investigator.domain.investigation import Investigation
from investigator.domain.open_points import open_dispositions, open_verdicts
from investigator.domain.ranking import CauseCategory

if TYPE_CHECKING:
    from investigator.domain.impact import ContainerImpact


def add_analysis(parts: Commands) -> None:
    """The commands of the analyses."""
    twin = case_command(parts, "twin", "choose the twin of the line", _choose_twin)
    twin.add_argument("--twin", metavar="ID", help="(default: the only one)")
    add_why(twin)
    case_command(parts, "replay", "replay the batch through the twin", _replay)
    _add_raise(parts)
    case_command(parts, "rank", "fit and rank the hypotheses of the twin", _rank)
    _add_verdict(parts)
    case_command(parts, "impact", "follow the disturbance into the containers", _impact)
    _add_remedies(parts)
    _add_decide(parts)


def _add_raise(parts: Commands) -> None:
    parser = case_command(parts, "raise", "raise hypotheses", _raise)
    parser.add_argument(
        "cause", nargs="?", type=text, metavar="CAUSE", help="id of a hypothesis of your own"
    )
    parser.add_argument(
        "--failure-modes", action="store_true", help="raise those of the twin, all at once"
    )
    parser.add_argument("--title", type=text, metavar="TEXT")
    parser.add_argument(
        "--category", type=one_of(CauseCategory), metavar="WORD", help=choices(CauseCategory)
    )
    parser.add_argument("--description", type=text, metavar="TEXT")
    parser.add_argument(
        "--laboratory", action="store_true", help="it lies in the work of the laboratory"
    )
    add_why(parser)


def _add_verdict(parts: Commands) -> None:
    parser = case_command(parts, "verdict", "judge hypotheses; the reason is the rationale", _judge)
    parser.add_argument("causes", type=ids, metavar="CAUSE[,CAUSE]")
    parser.add_argument("verdict", type=one_of(Verdict), metavar="VERDICT", help=choices(Verdict))
    parser.add_argument(
        "--others-refuted",
        action="store_true",
        help="refute all others that wait for a verdict, for the same reason",
    )
    add_why(parser)


def _add_remedies(parts: Commands) -> None:
    parser = case_command(parts, "remedies", "simulate what could be done", _remedies)
    parser.add_argument(
        "--asked",
        type=per_mille,
        metavar="PROBABILITY",
        help="with which everything kept must conform (default: 0.95)",
    )


def _add_decide(parts: Commands) -> None:
    parser = case_command(parts, "decide", "decide what is to be done with containers", _decide)
    parser.add_argument("containers", nargs="?", type=ids, metavar="CONTAINER[,CONTAINER]")
    parser.add_argument(
        "decision", nargs="?", type=one_of(Proposal), metavar="DECISION", help=choices(Proposal)
    )
    parser.add_argument(
        "--as-proposed", action="store_true", help="decide as proposed on all that wait"
    )
    add_why(parser)


def _choose_twin(request: argparse.Namespace) -> int:
    from investigator.casework.twin_choice import choose, twin_standing

    return acted(
        request,
        lambda here: choose(
            here.desk, request.case, twin_standing(here.desk, request.twin), why=request.why
        ),
    )


def _replay(request: argparse.Namespace) -> int:
    from investigator.casework.analyses import replay_task
    from investigator.casework.outcomes import record_replay, task_for
    from investigator.cli.case import tables
    from investigator.cli.case.replayed import replayed_documents, replayed_lines

    def act(here: Seat) -> Investigation:
        task = task_for(here.desk, request.case, ReplayRecorded)
        result = worked("The replay", replay_task, task)
        return record_replay(here.desk, request.case, task, result)

    compared = Shows("replay", tables.replay_lines, tables.replay_documents)
    driven = Shows("recorded_inputs", replayed_lines, replayed_documents)
    return acted(request, act, compared, driven)


def _raise(request: argparse.Namespace) -> int:
    from investigator.casework.outcomes import failure_modes_raised

    of_own = (request.cause, request.title, request.category, request.description)
    if request.failure_modes == any((*of_own, request.laboratory)):
        raise UnusableRequest("Name a hypothesis of your own, or give --failure-modes.")
    if request.failure_modes:
        return acted(request, lambda here: failure_modes_raised(here.desk, request.case))
    if not all(of_own):
        raise UnusableRequest(
            "A hypothesis of your own needs --title, --category and --description after its id."
        )
    own = HypothesisRaised(
        request.cause,
        request.title,
        request.category,
        Origin.OWN,
        request.description,
        request.laboratory,
    )
    return acted(request, lambda here: here.desk.do(request.case, own, why=request.why))


def _rank(request: argparse.Namespace) -> int:
    from investigator.casework.analyses import ranking_task
    from investigator.casework.outcomes import record_ranking, task_for
    from investigator.cli.case.hypothesis_tables import hypothesis_documents, hypothesis_lines

    def act(here: Seat) -> Investigation:
        task = task_for(here.desk, request.case, RankingRecorded)
        ranked = worked("The ranking", ranking_task, task)
        return record_ranking(here.desk, request.case, task, ranked.result)

    shows = Shows("hypotheses", hypothesis_lines, hypothesis_documents)
    return acted(request, act, shows)


def _judge(request: argparse.Namespace) -> int:
    def act(here: Seat) -> Investigation:
        acts = [VerdictGiven(cause, request.verdict) for cause in request.causes]
        if request.others_refuted:
            waiting = open_verdicts(here.desk.case(request.case))
            others = [cause for cause in waiting if cause not in request.causes]
            acts += [VerdictGiven(cause, Verdict.REFUTED) for cause in others]
        return here.desk.do(request.case, *acts, why=request.why)

    return acted(request, act)


def _impact(request: argparse.Namespace) -> int:
    from investigator.casework.analyses import impact_task
    from investigator.casework.outcomes import record_impact, task_for
    from investigator.cli.case import tables

    def act(here: Seat) -> Investigation:
        task = task_for(here.desk, request.case, ImpactRecorded)
        ranking = here.desk.case(request.case).ranking
        ranked = ranking.act.result if ranking else ""
        result = worked("The impact", impact_task, task, ranked, None)
        return record_impact(here.desk, request.case, task, result)

    shows = Shows("containers", tables.container_lines, tables.container_documents)
    return acted(request, act, shows)


def _remedies(request: argparse.Namespace) -> int:
    from investigator.casework.analyses import ASKED_PER_MILLE, remedy_task
    from investigator.casework.outcomes import record_remedies, task_for
    from investigator.cli.case.remedies import remedy_document, remedy_lines

    asked = ASKED_PER_MILLE if request.asked is None else request.asked

    def act(here: Seat) -> Investigation:
        task = task_for(here.desk, request.case, RemedyRecorded)
        case = here.desk.case(request.case)
        ranked = case.ranking.act.result if case.ranking else ""
        impact = case.impact.act.result if case.impact else ""
        result = worked(
            "The simulation of remedies", remedy_task, task, ranked, impact, None, asked
        )
        return record_remedies(here.desk, request.case, task, result, asked_per_mille=asked)

    return acted(request, act, Shows("remedies", remedy_lines, remedy_document))


def _decide(request: argparse.Namespace) -> int:
    named = request.containers is not None
    if request.as_proposed == named or named != (request.decision is not None):
        raise UnusableRequest("Name containers and a decision, or give --as-proposed alone.")
    return acted(request, lambda here: _decided(request, here))


def _decided(request: argparse.Namespace, here: Seat) -> Investigation:
    proposed = _containers(here, request.case)
    names = request.containers or open_dispositions(here.desk.case(request.case))
    for name in names:
        if name not in proposed:
            raise UnusableRequest(
                f'The container "{name}" is not among those that the impact names.'
            )
    acts = [
        DispositionDecided(
            name,
            request.decision or proposed[name].proposal,
            proposed[name].proposal,
            proposed[name].rule,
        )
        for name in names
    ]
    return here.desk.do(request.case, *acts, why=request.why)


def _containers(here: Seat, case_id: str) -> "dict[str, ContainerImpact]":
    from investigator.casework.snapshot import snapshot

    seen = snapshot(here.desk, case_id)
    if seen.impact is None:
        raise UnusableRequest("There is no impact yet; follow the material first.")
    return {found.container_id: found for found in seen.impact.impact.containers}
