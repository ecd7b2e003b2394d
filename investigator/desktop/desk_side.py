"""The desk as the window uses it: what the person looks at, what is carried out, what is then seen.

It lives in the desk lane: only desk jobs call it, one after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from investigator.casework import accounts
from investigator.casework.analyses import (
    ASKED_PER_MILLE,
    Ranked,
    Task,
    Working,
    impact_task,
    ranking_task,
    remedy_task,
    replay_task,
)
from investigator.casework.audit import LogStanding, log_standing
from investigator.casework.desk import Desk, open_desk
from investigator.casework.outcomes import (
    record_impact,
    record_ranking,
    record_remedies,
    record_replay,
    task_for,
)
from investigator.casework.preview import FolderPreview
from investigator.casework.profiles import KeptProfile, kept_profiles
from investigator.casework.report_signing import Draught, draught, issue
from investigator.casework.scenarios import (
    Asked,
    asked_of,
    ranking_beside,
    record_scenario_run,
    scenario_in,
    scenario_targets_of,
    task_for_scenarios,
)
from investigator.casework.snapshot import snapshot
from investigator.casework.workspaces import RFC_9106, Cost
from investigator.desktop.carrying_out import carried_out
from investigator.desktop.requests import Analysis, Request, SearchTrail
from investigator.desktop.scene import Scene
from investigator.desktop.scene_making import Looking, scene_of, with_twins
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import (
    ImpactRecorded,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
)
from investigator.domain.errors import AccessRefused, UnusableRequest
from investigator.domain.scenario import Target

_KINDS: dict[Analysis, type[Act]] = {
    Analysis.REPLAY: ReplayRecorded,
    Analysis.RANKING: RankingRecorded,
    Analysis.IMPACT: ImpactRecorded,
    Analysis.REMEDIES: RemedyRecorded,
}


@dataclass(frozen=True, slots=True)
class Begun:
    """An analysis that is in order: for which case, made from what, and the work that does it.

    `asked_per_mille`: as in `Analyse`.
    """

    case_id: str
    analysis: Analysis
    task: Task
    function: Callable[..., Any]
    args: tuple[Any, ...]
    asked_per_mille: int = ASKED_PER_MILLE


@dataclass(frozen=True, slots=True)
class BegunRun:
    """A run of a scenario that is in order: what it is made from, and what is asked for."""

    case_id: str
    task: Task
    asked: Asked


class DeskSide:
    """One desk, opened and closed, with what is looked at.

    Args:
        cost: what a guess at a password costs.
    """

    def __init__(self, cost: Cost = RFC_9106) -> None:
        self._cost = cost
        self._desk: Desk | None = None
        self._looking = Looking()
        self._scene: Scene | None = None
        self._working: dict[str, Working] = {}

    def open(self, folder: Path) -> LogStanding:
        """Open a workspace in place of the one that is open; raises as `open_desk`."""
        self.close()
        self._desk = open_desk(folder, cost=self._cost)
        return log_standing(self._desk)

    def close(self) -> None:
        """Leave the workspace to others, if one is open."""
        if self._desk is not None:
            self._desk.close()
        self._desk, self._scene = None, None
        self._looking, self._working = Looking(), {}

    def sign_in(self, user_id: str, password: str) -> Scene:
        """Begin the session of a person, who sees no case yet.

        Whose password was given by an administrator comes in only after `choose_own`; until then
        the scene holds no case.

        Raises:
            AccessRefused: as `Desk.sign_in`, or as `come_in`.
        """
        person = self._open.sign_in(user_id, password)
        return self._first_scene() if person.given else self.come_in()

    def choose_own(self, given: str, own: str) -> None:
        """An own password in place of the given one; raises as `accounts.change_password`."""
        accounts.change_password(self._open, old=given, new=own)

    def come_in(self) -> Scene:
        """What the person signed in sees first.

        Raises:
            AccessRefused: the person's key waits to be confirmed; the session is ended.
        """
        try:
            accounts.demand_own(self._open)
        except AccessRefused:
            self.sign_out()
            raise
        return self._first_scene()

    def unlock(self, password: str) -> Scene:
        """Go on with the session that was locked; raises as `Desk.sign_in`."""
        person = self._open.session.person
        if person is None:
            raise UnusableRequest("Nobody is signed in; sign in first.")
        self._open.sign_in(person.user_id, password)
        return self._shown(self._looking)

    def lock(self) -> None:
        """Ask for the password before anything else is done."""
        self._open.session.lock()

    def touch(self) -> None:
        """The person did something."""
        if self._desk is not None:
            self._desk.session.touch()

    def sign_out(self) -> None:
        """End the session."""
        self._open.sign_out()

    def carry_out(self, request: Request) -> Scene:
        """Do what a view asks for; raises as the casework that does it."""
        looking = carried_out(request, self._open, self._looking)
        return self._shown(looking)

    def with_twins(self) -> Scene:
        """The scene with all twins as they stand."""
        return self._shown(with_twins(self._open, self._looking))

    def kept_profiles(self) -> tuple[KeptProfile, ...]:
        """The import profiles that people corrected; raises as `profiles.kept_profiles`."""
        return kept_profiles(self._open)

    def with_preview(self, seen: FolderPreview) -> Scene:
        """The scene with a folder as it would be admitted."""
        return self._shown(replace(self._looking, preview=seen, tried=None))

    def with_verified(self, outcome: tuple[bool, tuple[str, ...]]) -> Scene:
        """The scene with the outcome of a verification."""
        return self._shown(replace(self._looking, verified=outcome))

    def begin(
        self, case_id: str, analysis: Analysis, *, asked_per_mille: int = ASKED_PER_MILLE
    ) -> Begun:
        """What an analysis is to be made from; raises as `task_for`."""
        task = task_for(self._open, case_id, _KINDS[analysis])
        if analysis is Analysis.REPLAY:
            return Begun(case_id, analysis, task, replay_task, (task,))
        if analysis is Analysis.RANKING:
            return Begun(case_id, analysis, task, ranking_task, (task,))
        case = self._open.case(case_id)
        digest = case.ranking.act.result if case.ranking else ""
        working = self._working.get(digest)
        if analysis is Analysis.IMPACT:
            return Begun(case_id, analysis, task, impact_task, (task, digest, working))
        impact = case.impact.act.result if case.impact else ""
        args = (task, digest, impact, working, asked_per_mille)
        return Begun(case_id, analysis, task, remedy_task, args, asked_per_mille)

    def record(self, begun: Begun, outcome: Any) -> Scene:
        """Record what an analysis came to; raises as `record_replay`."""
        desk, case_id, task = self._open, begun.case_id, begun.task
        if begun.analysis is Analysis.REPLAY:
            record_replay(desk, case_id, task, outcome)
        elif begun.analysis is Analysis.RANKING:
            self._record_ranking(case_id, task, outcome)
        elif begun.analysis is Analysis.REMEDIES:
            asked = begun.asked_per_mille
            record_remedies(desk, case_id, task, outcome, asked_per_mille=asked)
        else:
            record_impact(desk, case_id, task, outcome)
        return self._shown(self._looking)

    def begin_what_if(self, case_id: str) -> tuple[Task, str]:
        """What a bench for scenarios is to be made from; raises as `task_for_scenarios`."""
        task = task_for_scenarios(self._open, case_id)
        return task, ranking_beside(self._open.case(case_id))

    def targets(self, case_id: str) -> tuple[Target, ...]:
        """What scenarios of a case can change; raises as `scenario_targets_of`."""
        twin = self._open.case(case_id).twin
        return () if twin is None else scenario_targets_of(twin.act.twin_id)

    def begin_run(self, case_id: str, scenario_id: str, *, fitted: bool) -> BegunRun:
        """What a run of a scenario is to be made from; raises as `task_for_scenarios`."""
        case = self._open.case(case_id)
        asked = asked_of(case, scenario_in(case, scenario_id), fitted=fitted)
        return BegunRun(case_id, task_for_scenarios(self._open, case_id), asked)

    def record_run(self, begun: BegunRun, outcome: bytes) -> Scene:
        """Record what a scenario came to; raises as `record_scenario_run`."""
        record_scenario_run(self._open, begun.case_id, begun.task, begun.asked, outcome)
        return self._shown(self._looking)

    def draught(self, case_id: str) -> Draught:
        """The next revision of the report; raises as `report_signing.draught`."""
        earlier = self._scene.seen if self._scene else None
        return draught(self._open, snapshot(self._open, case_id, earlier))

    def issue(self, made: Draught, pdf: bytes) -> Scene:
        """Issue the report; raises as `report_signing.issue`."""
        issue(self._open, made, pdf)
        return self._shown(self._looking)

    @property
    def _open(self) -> Desk:
        if self._desk is None:
            raise UnusableRequest("No workspace is open; open one first.")
        return self._desk

    def _first_scene(self) -> Scene:
        return self._shown(self._looking.at_case(None))

    def _record_ranking(self, case_id: str, task: Task, ranked: Ranked) -> None:
        case = record_ranking(self._open, case_id, task, ranked.result)
        if case.ranking is not None:
            self._working[case.ranking.act.result] = ranked.working

    def _shown(self, looking: Looking) -> Scene:
        """What is looked at changes only when it can be shown."""
        scene = scene_of(self._open, looking, self._scene)
        if looking.search is not None and looking.search is not self._looking.search:
            scene = replace(scene, trail=self._found(looking.search, looking.case_id))
        self._looking, self._scene = looking, scene
        return scene

    def _found(self, search: SearchTrail, case_id: str | None) -> tuple[Any, ...]:
        from investigator.casework.audit import trail

        wanted = case_id if search.only_case else None
        return tuple(trail(self._open, search.query, case_id=wanted))
