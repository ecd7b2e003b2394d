"""What must be there before a report can be issued, and how the report that there is stands.

- Each point says in one sentence what is missing and is gone to by a click.
- What the rules of order demand is listed here point by point; they alone decide.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from investigator.desktop.frame.state import Mark, Place
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import by, moment_of, stale_said
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.case import CaseReopened, Classification
from investigator.domain.acts.closing import ReportIssued, ReportReturned
from investigator.domain.investigation import Investigation
from investigator.domain.open_points import (
    open_clocks,
    open_dispositions,
    open_findings,
    open_verdicts,
)
from investigator.domain.quantities import count

CONCLUSION, ACTIONS = "Conclusion", "Actions"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the report needs. `words`: what is missing, or who settled it; `tip`: more."""

    title: str
    mark: Mark
    words: str
    place: Place = Place.REPORT
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the report stands: in one sentence, and whether it may be signed."""

    words: str
    tone: Tone
    in_force: bool

    @property
    def said(self) -> str:
        """The sentence with its sign before it."""
        return self.words if self.words.startswith("◐") else self.tone.said(self.words)


def points(scene: Scene) -> tuple[Point, ...]:
    """What the report needs, in the order of the walk; empty without a case."""
    case = scene.case
    return tuple(point(case) for point in _POINTS) if case is not None else ()


def next_revision(case: Investigation) -> int:
    """The number of the report that would be issued now."""
    return 1 + sum(isinstance(r.act, ReportIssued) for r in case.history)


def why_not_issued(scene: Scene) -> str:
    """Why the report cannot be issued now; empty if it can."""
    revision = next_revision(scene.case) if scene.case is not None else 1
    return scene.why_not(ReportIssued(revision, "", ""))


def standing(case: Investigation) -> Standing:
    """How the report that was issued last stands."""
    report = case.report
    if report is None:
        return Standing("No report was issued yet.", Tone.PLAIN, False)
    zone = case.opened.act.zone
    named = f"Revision {report.act.revision}, issued {moment_of(report, zone)} by {by(report)}"
    if case.report_in_force:
        return Standing(f"{named}. It says what the case says.", Tone.GOOD, True)
    if case.is_stale(report):
        words = stale_said(f"the case has changed since revision {report.act.revision}.")
        return Standing(f"{words} Issue it again.", Tone.WARN, False)
    return Standing(_why_not_in_force(case, zone), Tone.WARN, False)


def _why_not_in_force(case: Investigation, zone: str) -> str:
    returned, reopened = case.last(ReportReturned), case.last(CaseReopened)
    after = [r for r in (returned, reopened) if r is not None]
    latest: Recorded[Any] = max(after, key=lambda r: r.sequence)
    word = "Returned" if latest is returned else "The case was re-opened"
    return f"{word} {moment_of(latest, zone)} by {by(latest)}: {latest.why} Issue it again."


def _containment(case: Investigation) -> Point:
    missing = ("not recorded", "Record what was done at once.")
    return _point("Containment", case, case.containment, missing, Place.CASE)


def _scope(case: Investigation) -> Point:
    missing = ("not completed", "Decide on related batches, then complete the scope.")
    return _point("Scope", case, case.scope, missing, Place.CASE)


def _findings(case: Investigation) -> Point:
    title, place = "Findings", Place.EVIDENCE
    if case.evidence is None:
        return Point(title, Mark.OPEN, "no evidence yet", place, "Admit a folder of evidence.")
    total, waiting = case.evidence.act.findings, open_findings(case)
    if waiting:
        return Point(title, Mark.OPEN, f"{waiting} of {total} open", place, "Judge each of them.")
    if clocks := open_clocks(case):
        return Point(title, Mark.OPEN, f"clock of {clocks[0]}", place, "Accept or set the clock.")
    return Point(title, Mark.DONE, f"all {total}", place)


def _impact(case: Investigation) -> Point:
    missing = ("not followed yet", "Follow the material into the containers.")
    return _point("Impact", case, case.impact, missing, Place.IMPACT)


def _verdicts(case: Investigation) -> Point:
    titles = {r.act.cause: r.act.title for r in case.hypotheses}
    waiting = tuple(titles[cause] for cause in open_verdicts(case))
    if not titles:
        tip = "Raise and judge at least one."
        return Point("Verdicts", Mark.OPEN, "no hypothesis yet", Place.HYPOTHESES, tip)
    return _counted("Verdicts", len(titles), waiting, Place.HYPOTHESES)


def _decisions(case: Investigation) -> Point:
    if not case.containers:
        tip = "The impact names the containers."
        return Point("Disposition", Mark.OPEN, "no container yet", Place.DISPOSITION, tip)
    return _counted("Disposition", len(case.containers), open_dispositions(case), Place.DISPOSITION)


def _conclusion(case: Investigation) -> Point:
    missing = ("not stated", "State it once all verdicts and decisions are given.")
    return _point(CONCLUSION, case, case.conclusion, missing, Place.REPORT)


def _actions(case: Investigation) -> Point:
    if case.actions:
        return Point(ACTIONS, Mark.DONE, f"{count(len(case.actions), 'action')} proposed")
    if case.grade is Classification.MINOR:
        return Point(ACTIONS, Mark.DONE, "none needed", tip="The deviation is minor.")
    tip = f"A {case.grade} deviation needs at least one."
    return Point(ACTIONS, Mark.OPEN, "none proposed", tip=tip)


def _point(
    title: str,
    case: Investigation,
    found: Recorded[Any] | None,
    missing: tuple[str, str],
    place: Place,
) -> Point:
    if found is None:
        return Point(title, Mark.OPEN, missing[0], place, missing[1])
    if case.is_stale(found):
        return Point(title, Mark.STALE, "stale", place, "Something that it rests on has changed.")
    return Point(title, Mark.DONE, f"by {by(found)}", place)


def _counted(title: str, total: int, waiting: tuple[str, ...], place: Place) -> Point:
    if not waiting:
        return Point(title, Mark.DONE, f"all {total}", place)
    words = f"{len(waiting)} of {total} open"
    return Point(title, Mark.OPEN, words, place, f"Open: {', '.join(waiting)}.")


_POINTS: tuple[Callable[[Investigation], Point], ...] = (
    _containment,
    _scope,
    _findings,
    _impact,
    _verdicts,
    _decisions,
    _conclusion,
    _actions,
)

GLYPHS: Mapping[Mark, str] = MappingProxyType({Mark.DONE: "✓", Mark.OPEN: "●", Mark.STALE: "◐"})
"""The sign beside each point, as in the list of steps."""
