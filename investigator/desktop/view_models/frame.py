"""What the frame shows of a scene: title, status, marks of the steps, how the log stands."""

from collections.abc import Mapping
from types import MappingProxyType

from investigator.casework.session import Role
from investigator.casework.session import SignedIn as Person
from investigator.desktop.frame.state import (
    STEPS,
    FrameState,
    Mark,
    Place,
    SignedIn,
    Status,
    StepState,
)
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.domain import progress
from investigator.domain.acts.analysis import TwinUse
from investigator.domain.acts.closing import SignatureField
from investigator.domain.instant import to_datetime
from investigator.domain.investigation import Investigation
from investigator.domain.progress import Step

_MARKS: Mapping[progress.Mark, Mark] = MappingProxyType(
    {
        progress.Mark.WAITING: Mark.NONE,
        progress.Mark.OPEN: Mark.OPEN,
        progress.Mark.STALE: Mark.STALE,
        progress.Mark.DONE: Mark.DONE,
        progress.Mark.LOCKED: Mark.SIGNED,
    }
)

_NOTES: Mapping[progress.Mark, str] = MappingProxyType(
    {
        progress.Mark.WAITING: "Nothing was done here yet.",
        progress.Mark.OPEN: "Something is still open here.",
        progress.Mark.STALE: "Something that it rests on has changed.",
        progress.Mark.DONE: "Done.",
        progress.Mark.LOCKED: "Signed: any change voids the signatures.",
    }
)

_STEP_OF: Mapping[Place, Step] = MappingProxyType(dict(zip(STEPS, Step, strict=True)))
_WORK_AT: Mapping[Place, str] = MappingProxyType(
    {
        Place.EVIDENCE: "reading",
        Place.REPLAY: "replay",
        Place.HYPOTHESES: "ranking",
        Place.IMPACT: "impact",
        Place.DISPOSITION: "simulation of remedies",
        Place.REPORT: "report",
    }
)
NO_CONTENT = "An administrator keeps the accounts and holds no right to any case."
NO_CASE = "Open a case first."


def frame_state(scene: Scene) -> FrameState:
    """All that the frame shows."""
    log = scene.log
    return FrameState(
        title=_title(scene.case),
        status=None if scene.case is None else status_of(scene.case),
        user=_user(scene.person),
        steps=tuple(_step(scene, place) for place in Place),
        log_entries=log.size if log else None,
        log_tone=Tone.WARN if log and log.faults else Tone.GOOD,
        saved_at=f"{to_datetime(log.t_ms, log.zone):%H:%M:%S}" if log else "",
    )


def keeps_accounts(person: Person) -> bool:
    """Whether the person is an administrator, who reads no case."""
    return Role.ADMINISTRATOR in person.roles


def status_of(case: Investigation) -> Status:
    """How a case stands, and whether decisions may rest on its twin."""
    word, tone = _stage(case)
    twin = case.twin
    if twin is not None and twin.act.use is TwinUse.INFORMATION_ONLY:
        return Status(f"{word} · for information only", Tone.WARN)
    return Status(word, tone)


def _stage(case: Investigation) -> tuple[str, Tone]:
    if case.closed:
        return "closed", Tone.GOOD
    if len(case.signatures) == len(SignatureField):
        return "signed", Tone.GOOD
    return ("for signature" if case.report_in_force else "draft"), Tone.PLAIN


def _title(case: Investigation | None) -> tuple[str, ...]:
    if case is None:
        return ()
    return (case.case_id, case.opened.act.batch_id, case.opened.act.line)


def _user(person: Person) -> SignedIn:
    return SignedIn(person.user_id, person.full_name, ", ".join(sorted(person.roles)))


def _step(scene: Scene, place: Place) -> StepState:
    why_not = _why_not(scene, place)
    if scene.case is None or place not in _STEP_OF:
        return StepState(place, why_not=why_not)
    if _WORK_AT.get(place) in scene.running:
        return StepState(place, Mark.RUNNING, f"The {_WORK_AT[place]} is running.")
    mark = progress.progress(scene.case)[_STEP_OF[place]]
    return StepState(place, _MARKS[mark], _NOTES[mark], why_not)


def _why_not(scene: Scene, place: Place) -> str:
    if keeps_accounts(scene.person):
        return "" if place in (Place.AUDIT, Place.PEOPLE) else NO_CONTENT
    if scene.case is None and place in STEPS and place is not Place.CASE:
        return NO_CASE
    return ""
