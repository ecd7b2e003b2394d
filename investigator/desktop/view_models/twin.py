"""The twins at hand: how each stands in this workspace, and which one the case is done with."""

from dataclasses import dataclass

from investigator.casework.session import Role
from investigator.casework.twin_choice import VALIDATED, TwinStanding
from investigator.casework.twin_details import TwinDetails
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import Take, facts_of, told, withdrawal
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.twin_status import ENDED

EMPTY = ("No twin at hand", "The twins of the lines are being read, or none is installed.")
_NONE_USABLE = "No twin can be used"
_NO_ROW = "Select a twin first."


@dataclass(frozen=True, slots=True)
class TwinRow:
    """One twin. `chosen`: the choice of it for the case that is shown; None without one.

    `changed`: its package is not the one that was chosen.
    """

    twin_id: str
    title: str
    line: str
    version: str
    status: str
    approval: str
    use: TwinUse
    choice: str
    standing: TwinStanding
    chosen: Recorded[TwinChosen] | None
    changed: bool

    @property
    def use_tone(self) -> Tone:
        """Good where decisions may rest on it."""
        return Tone.GOOD if self.use is TwinUse.GXP else Tone.WARN


def twins(scene: Scene) -> tuple[TwinRow, ...]:
    """All twins, in the order of their ids."""
    return tuple(_row(scene, standing) for standing in scene.twins)


def nothing_said(scene: Scene) -> tuple[str, str]:
    """What is said where there is no twin: title, and what to do or why."""
    return (_NONE_USABLE, "\n".join(scene.unusable_twins)) if scene.unusable_twins else EMPTY


def unusable_said(scene: Scene) -> str:
    """Packages at hand that cannot be used, each with the reason; empty if there are none."""
    return " ".join(Tone.WARN.said(said) for said in scene.unusable_twins)


def needs_reason(row: TwinRow) -> bool:
    """Whether choosing it needs a reason: for information only it does."""
    return row.use is TwinUse.INFORMATION_ONLY


def why_not_choose(scene: Scene, row: TwinRow | None) -> str:
    """Why the twin cannot be chosen for the case that is shown; empty if it can."""
    if row is None:
        return _NO_ROW
    standing = row.standing
    act = TwinChosen(
        standing.twin_id,
        standing.version,
        standing.digest,
        standing.status,
        standing.approval,
        standing.use,
    )
    refused = scene.why_not(act)
    if refused or scene.case is None:
        return refused
    line = scene.case.opened.act.line
    if standing.line_id != line:
        return f"The twin is of line {standing.line_id}, the case of line {line}."
    return ""


def why_not_approve(scene: Scene, row: TwinRow | None) -> str:
    """Why the person cannot approve the twin; empty if the person can."""
    if row is None:
        return _NO_ROW
    if Role.TWIN_APPROVER not in scene.person.roles:
        return "A twin is approved by a twin approver."
    if row.standing.status not in VALIDATED:
        said = f"Its status is {row.standing.status}; only a validated twin can be approved."
        return f"{said} {row.standing.why}".rstrip()
    if row.standing.approval is not None:
        return f"It is approved already, by entry {row.standing.approval}."
    return ""


def successors(scene: Scene, row: TwinRow | None) -> tuple[TwinRow, ...]:
    """The twins that can take the place of one: approved here, and others."""
    if row is None:
        return ()
    return tuple(r for r in twins(scene) if _in_force(r) and r.twin_id != row.twin_id)


def why_not_supersede(scene: Scene, row: TwinRow | None) -> str:
    """Why the person cannot let another twin take its place; empty if the person can."""
    if refused := why_not_retire(scene, row):
        return refused
    if row is None or not _in_force(row):
        return "Only a version that is approved here can be superseded."
    if not successors(scene, row):
        return "No other twin is approved here; a later version of this one supersedes it itself."
    return ""


def why_not_retire(scene: Scene, row: TwinRow | None) -> str:
    """Why the person cannot retire the version of a twin; empty if the person can."""
    if row is None:
        return _NO_ROW
    if Role.TWIN_APPROVER not in scene.person.roles:
        return "A version of a twin is ended by a twin approver."
    return row.standing.why if row.standing.status in ENDED else ""


def why_not_save(details: TwinDetails | None) -> str:
    """Why the report of the validation cannot be saved; empty if it can."""
    if details is None:
        return "The package is not read yet."
    if details.validation is None:
        return "The package holds no validation."
    return "" if details.report is not None else "The validation in the package has no pages."


def content_of(scene: Scene, row: TwinRow | None) -> TwinDetails | None:
    """What the package of a twin holds; None before it was read."""
    digest = row.standing.digest if row else ""
    return next((each for each in scene.twin_details if each.digest == digest), None)


def _in_force(row: TwinRow) -> bool:
    return row.standing.approval is not None and row.standing.status not in ENDED


def inspected(scene: Scene, row: TwinRow, take: Take, *, actions: tuple[Command, ...]) -> Inspected:
    """What a twin is, whether it is approved here, and who chose it for the case."""
    zone = scene.case.opened.act.zone if scene.case else "UTC"
    facts = [
        ("Id", row.twin_id),
        ("Line", row.line),
        ("Version", row.version),
        ("Status", row.status),
        ("Approval", row.approval),
        ("Use", row.use.value),
    ]
    chosen = row.chosen
    facts += facts_of(chosen, zone) if chosen else []
    own = (withdrawal(scene, chosen, take),) if chosen else ()
    return Inspected(
        title=row.title,
        kind="twin",
        facts=tuple(facts),
        findings=_remarks(row),
        source=told(chosen, zone) if chosen else "A package of the installation.",
        digest=row.standing.digest.removeprefix("sha256:"),
        actions=(*actions, *own),
    )


def _remarks(row: TwinRow) -> tuple[Remark, ...]:
    said = []
    if row.changed:
        said.append(Remark("Its package has changed since it was chosen; choose it again."))
    if row.use is TwinUse.INFORMATION_ONLY:
        said.append(
            Remark(
                "For information only: a GxP decision asks for a twin that is validated and "
                "approved here. The report says so on every page."
            )
        )
    return tuple(said)


def _row(scene: Scene, standing: TwinStanding) -> TwinRow:
    choice = scene.case.twin if scene.case else None
    chosen = choice if choice and choice.act.twin_id == standing.twin_id else None
    changed = chosen is not None and chosen.act.digest != standing.digest
    said = "" if chosen is None else "◐ changed since" if changed else "chosen"
    approval = "none" if standing.approval is None else f"entry {standing.approval}"
    return TwinRow(
        twin_id=standing.twin_id,
        title=standing.title,
        line=standing.line_id,
        version=standing.version,
        status=standing.status,
        approval=approval,
        use=standing.use,
        choice=said,
        standing=standing,
        chosen=chosen,
        changed=changed,
    )
