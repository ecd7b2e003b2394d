"""The life of one version of a twin, as the log of a workspace tells it.

- It begins with an approval, a signature over the digest of the package, and may be withdrawn.
- It ends, for ever, when the version is superseded or retired.
- A version is known by the digest of its content: an old package that is put back is recognised.
- One rule says whether a choice of the twin for a case is in order; the desk asks it before the
  choice is recorded, the verification after.
"""

from dataclasses import dataclass

from investigator.domain.acts.act import Actor, Recorded
from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.twin_status import ENDED, PackageStanding, TwinStatus


@dataclass(frozen=True, slots=True)
class TwinStep:
    """An entry that changed how a version stands.

    `sequence`: of the entry. `status`: to which it brought the version. `twin_id`, `version`: as
    the entry names them. `by`: twin and version that took its place, where one did.
    """

    sequence: int
    status: TwinStatus
    twin_id: str
    version: str
    who: Actor
    t_ms: int
    zone: str
    why: str
    by: str = ""

    @property
    def words(self) -> str:
        """What happened, with the entry."""
        by = f" by {self.by}" if self.by else ""
        return f"{self.status}{by} (entry {self.sequence})"


@dataclass(frozen=True, slots=True)
class TwinLife:
    """The steps of one content of a twin that count, in the order of the log.

    `digest`: of its package, with "sha256:" before it.
    """

    digest: str
    steps: tuple[TwinStep, ...] = ()

    @property
    def approval(self) -> TwinStep | None:
        """The latest approval; None without one that counts."""
        return self._last(TwinStatus.APPROVED)

    @property
    def end(self) -> TwinStep | None:
        """The step that ended it; None where it has not come to its end."""
        return next((step for step in self.steps if step.status in ENDED), None)

    @property
    def in_force(self) -> bool:
        """Whether it is approved and has not come to its end."""
        return self.approval is not None and self.end is None

    def standing(self, package: PackageStanding) -> PackageStanding:
        """How the version stands with what follows from its package.

        What has ended stays ended; an approval of what is no longer validated counts for nothing.
        """
        if self.end is not None:
            why = self.end.why.strip().rstrip(".")
            return PackageStanding(self.end.status, f"It was {self.end.words}: {why}.")
        if package.status is TwinStatus.DRAFT or self.approval is None:
            return package
        return PackageStanding(
            TwinStatus.APPROVED,
            f"It was {self.approval.words} in this workspace. {package.why}",
        )

    def _last(self, status: TwinStatus) -> TwinStep | None:
        return next((step for step in reversed(self.steps) if step.status is status), None)


def refusal_of_choice(life: TwinLife, act: TwinChosen) -> str | None:
    """Why a twin is not chosen so, in one sentence; None if it may be.

    Args:
        life: of the content that is chosen.
        act: the choice.
    """
    name = f"{act.twin_id} {act.version}"
    if act.approval is not None and act.approval not in _approvals(life, act):
        return (
            f"Entry {act.approval} is no approval of the twin {name} in force here: no signature "
            "of a twin approver over its digest, or one that was withdrawn."
        )
    if act.use is TwinUse.INFORMATION_ONLY:
        return None
    if life.end is not None:
        return f"The twin {name} was {life.end.words}: no GxP decision may rest on it."
    if act.approval is None:
        return f"The twin {name} is not approved: no GxP decision may rest on it."
    if act.status not in {TwinStatus.VALIDATED, TwinStatus.APPROVED}:
        return f"The twin {name} is {act.status}, not validated: no GxP decision may rest on it."
    return None


def change_since(life: TwinLife, chosen: Recorded[TwinChosen]) -> str:
    """What befell the version after it was chosen for a case, in one sentence; empty if nothing.

    The results of the case stay: they were made while it stood as it did.
    """
    act, end = chosen.act, life.end
    name = f"After it was chosen (entry {chosen.sequence}) the twin {act.twin_id} {act.version}"
    if end is not None and end.sequence > chosen.sequence:
        why = end.why.strip().rstrip(".")
        return f"{name} was {end.words}: {why}. What it predicted before stays on record."
    if act.approval is not None and act.approval not in _approvals(life, act):
        return f"{name} lost its approval: entry {act.approval} was withdrawn."
    return ""


def refusal_of_step(life: TwinLife, name: str) -> str | None:
    """Why nothing more is recorded of a version, in one sentence; None if it may be."""
    if life.end is None:
        return None
    return f"The {name} was {life.end.words}; only a new version can take its place."


def is_later(version: str, than: str) -> bool:
    """Whether a version such as 1.10.0 comes after another one."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) if part.isdecimal() else 0 for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _approvals(life: TwinLife, act: TwinChosen) -> frozenset[int]:
    return frozenset(
        step.sequence
        for step in life.steps
        if step.status is TwinStatus.APPROVED
        and (step.twin_id, step.version) == (act.twin_id, act.version)
    )
