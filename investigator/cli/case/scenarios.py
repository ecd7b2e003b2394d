"""Scenarios from the console: stated, copied, run beside the data, and listed with every run."""

import argparse
import json
from dataclasses import replace
from typing import Any

from investigator.cli.arguments import choices, one_of, text
from investigator.cli.at_desk import Seat, seat
from investigator.cli.case.acting import Shows, acted, add_why, case_command
from investigator.cli.case.scenario_parts import PART, PART_HELP, part_of
from investigator.cli.case.scenario_tables import (
    last_run_document,
    last_run_lines,
    scenario_documents,
    scenario_lines,
    target_documents,
    target_lines,
)
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands, group
from investigator.cli.working import worked
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, Scenario, TargetKind


def add_scenarios(parts: Commands) -> None:
    """The commands of scenarios."""
    own = group(parts, "scenario", "suppose a change of the line and run it beside the data")
    _add_state(own)
    _add_copy(own)
    _add_run(own)
    case_command(own, "list", "list the scenarios with every run", _list)
    targets = case_command(own, "targets", "list what a scenario can change", _targets)
    targets.add_argument(
        "--kind", type=one_of(TargetKind), metavar="WORD", help=choices(TargetKind)
    )


def _add_state(own: Commands) -> None:
    parser = case_command(own, "state", "state a scenario, or state it anew", _state)
    parser.add_argument("scenario", type=text, metavar="ID", help="id of the scenario")
    parser.add_argument("--title", type=text, metavar="TEXT", help="what it supposes")
    parser.add_argument(
        "--category", type=one_of(CauseCategory), metavar="WORD", help=choices(CauseCategory)
    )
    parser.add_argument("--part", action="append", default=[], metavar=PART, help=PART_HELP)
    parser.add_argument("--note", metavar="TEXT", help="a remark in your own words")
    add_why(parser)


def _add_copy(own: Commands) -> None:
    parser = case_command(own, "copy", "state a scenario under another id, to be edited", _copy)
    parser.add_argument("scenario", type=text, metavar="ID", help="id of the scenario")
    parser.add_argument("copy", type=text, metavar="NEW-ID", help="id of the copy")
    parser.add_argument("--title", default="", metavar="TEXT", help="(default: as it is)")
    add_why(parser)


def _add_run(own: Commands) -> None:
    parser = case_command(own, "run", "run a scenario beside the data and record it", _run)
    parser.add_argument("scenario", type=text, metavar="ID", help="id of the scenario")
    parser.add_argument("--fit", action="store_true", help="fit its sizes to the evidence")
    parser.add_argument("--onset", action="store_true", help="fit its onsets and sizes")


def _state(request: argparse.Namespace) -> int:
    from investigator.casework.scenarios import state_scenario

    def act(here: Seat) -> Investigation:
        return state_scenario(here.desk, request.case, _meant(request, here), why=request.why)

    return acted(request, act, Shows("scenarios", scenario_lines, scenario_documents))


def _meant(request: argparse.Namespace, here: Seat) -> Scenario:
    """What is not typed stays as it was stated."""
    from investigator.casework.scenarios import run_of

    case = here.desk.case(request.case)
    found = case.scenario(request.scenario)
    run, zone = run_of(here.desk, case), case.opened.act.zone
    usual = _usual_courses(case)
    parts = tuple(part_of(typed, zone, run, usual) for typed in request.part)
    if found is not None:
        before = found.act.scenario()
        return replace(
            before,
            title=request.title or before.title,
            category=request.category or before.category,
            parts=parts or before.parts,
            note=before.note if request.note is None else request.note,
        )
    if not (request.title and request.category and parts):
        raise UnusableRequest("A new scenario needs --title, --category and at least one --part.")
    return Scenario(request.scenario, request.title, request.category, parts, request.note or "")


def _usual_courses(case: Investigation) -> dict[str, Course]:
    """The usual course of every failure mode of the twin; none before one is chosen."""
    from investigator.casework.scenarios import scenario_targets_of

    known = scenario_targets_of(case.twin.act.twin_id) if case.twin else ()
    return {t.target: t.courses[0] for t in known if t.kind is TargetKind.FAILURE_MODE}


def _copy(request: argparse.Namespace) -> int:
    from investigator.casework.scenarios import copy_of, state_scenario

    def act(here: Seat) -> Investigation:
        case = here.desk.case(request.case)
        made = copy_of(case, request.scenario, request.copy, title=request.title)
        return state_scenario(
            here.desk, request.case, made, copied_from=request.scenario, why=request.why
        )

    return acted(request, act, Shows("scenarios", scenario_lines, scenario_documents))


def _run(request: argparse.Namespace) -> int:
    from investigator.casework.scenarios import (
        asked_of,
        record_scenario_run,
        scenario_in,
        scenario_task,
        task_for_scenarios,
    )

    def act(here: Seat) -> Investigation:
        case = here.desk.case(request.case)
        task = task_for_scenarios(here.desk, request.case)
        scenario = scenario_in(case, request.scenario)
        asked = asked_of(case, scenario, fitted=request.fit, onset=request.onset)
        result = worked("The run of the scenario", scenario_task, task, asked)
        return record_scenario_run(here.desk, request.case, task, asked, result)

    return acted(request, act, Shows("run", last_run_lines, last_run_document))


def _list(request: argparse.Namespace) -> int:
    from investigator.casework.snapshot import snapshot

    with seat(request) as here:
        seen = snapshot(here.desk, request.case)
    _tell(request, scenario_lines(seen), scenario_documents(seen))
    return 0


def _targets(request: argparse.Namespace) -> int:
    from investigator.casework.scenarios import scenario_targets_of

    with seat(request) as here:
        chosen_twin = here.desk.case(request.case).twin
    if chosen_twin is None:
        raise UnusableRequest("What can be changed the twin knows; choose one first.")
    known = scenario_targets_of(chosen_twin.act.twin_id)
    chosen = tuple(t for t in known if request.kind in (None, t.kind))
    _tell(request, target_lines(chosen), target_documents(chosen))
    return 0


def _tell(request: argparse.Namespace, lines: list[str], document: Any) -> None:
    tell(json.dumps(document, indent=2, ensure_ascii=False) if request.json else "\n".join(lines))
