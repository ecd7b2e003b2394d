"""A twin approver approves, supersedes or retires a version of a twin.

- What is signed is the digest of the package; the validation that it rests on is stored with it.
- The version that was in force before is superseded in the same act: two are never in force.
- A version number names one content: an approval that would name a second one is refused.
"""

from collections.abc import Sequence

from investigator.casework.act_record import drafted_of_twin
from investigator.casework.desk import Desk
from investigator.casework.twin_choice import standing_in
from investigator.casework.twins import choose_twin, twin_folders
from investigator.domain.acts.twin import (
    TwinRetired,
    TwinSuperseded,
    TwinValidated,
    version_named,
)
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.twin_life import TwinLife, is_later, refusal_of_step
from investigator.domain.twin_status import TwinStatus
from investigator.records.entry import Draft
from investigator.trust.policy import Meaning, Right, Role
from investigator.twin.package import TwinPackage

_SHA256 = "sha256:"


def approve(desk: Desk, twin_id: str, *, user_id: str, password: str, why: str = "") -> int:
    """Sign the digest of a twin package as its approver; the number of the entry.

    Raises:
        AccessRefused: not the person signed in, not a twin approver, or a wrong password.
        UnusableRequest: the twin is not validated, is approved already, has come to its end, or its
            version is not later than the one in force.
        UnusableInput: its package is changed or unreadable.
    """
    person = desk.session.demand_signer(user_id)
    desk.workspace.people.roster.demand(person.user_id, Right.APPROVE_TWIN)
    package = choose_twin(twin_id)
    replaced = _replaced(desk, package)
    drafts = [_validation_taken_over(desk, package), *_superseded(package, replaced)]
    manifest = package.manifest
    given = desk.workspace.people.sign(
        object_id=version_named(manifest.twin_id, manifest.version),
        digest=package.digest.removeprefix(_SHA256),
        meaning=Meaning.TWIN_APPROVED,
        role=Role.TWIN_APPROVER,
        user_id=user_id,
        password=password,
        why=why,
        accompany=lambda *_: drafts,
    )
    desk.take_in(given)
    return given[0].sequence


def supersede(desk: Desk, twin_id: str, *, by: str, why: str) -> str:
    """End the version of a twin that is in force, because another twin took its place.

    A later version of the same twin does so by its approval.

    Args:
        desk: where the log is.
        twin_id: the twin whose version in force is ended.
        by: id of the twin that takes its place; approved here.
        why: the reason.

    Returns:
        The version that was ended.

    Raises:
        AccessRefused: nobody is signed in, or the person is no twin approver.
        UnusableRequest: no reason, nothing in force, or the other twin is not approved.
    """
    ended, other = _in_force(desk, twin_id), _in_force(desk, by)
    if twin_id == by:
        raise UnusableRequest(
            f"The twin {twin_id} does not take its own place; approve a later version of it."
        )
    act = TwinSuperseded(twin_id, _version(ended), ended.digest, by, _version(other), other.digest)
    desk.end_twin(act, why=why)
    return act.version


def retire(desk: Desk, twin_id: str, *, version: str = "", why: str) -> str:
    """End a version of a twin without another one in its place; the version that was ended.

    Args:
        desk: where the log is.
        twin_id: the twin.
        version: which one; empty for the only one that has not come to its end.
        why: the reason.

    Raises:
        AccessRefused: nobody is signed in, or the person is no twin approver.
        UnusableRequest: no reason, or which version is meant is not clear.
    """
    versions = _versions(desk, twin_id)
    if not versions:
        raise UnusableRequest(f"There is no twin {twin_id}, at hand or on record here.")
    open_versions = {
        digest: found for digest, found in versions.items() if desk.twins.life(digest).end is None
    }
    if not open_versions:
        raise UnusableRequest(f"Every version of the twin {twin_id} has come to its end.")
    meant = {digest: found for digest, found in open_versions.items() if version in {"", found}}
    if len(meant) != 1:
        known = ", ".join(sorted(set(open_versions.values())))
        raise UnusableRequest(
            f"Which version of the twin {twin_id} is to be retired is not clear; name one that is "
            f"known and has not come to its end: {known}."
        )
    ((digest, found),) = meant.items()
    desk.end_twin(TwinRetired(twin_id, found, digest), why=why)
    return found


def _replaced(desk: Desk, package: TwinPackage) -> tuple[TwinLife, ...]:
    """The versions whose place an approval would take; refuses what cannot be approved."""
    manifest, life = package.manifest, desk.twins.life(package.digest)
    name = version_named(manifest.twin_id, manifest.version)
    if refused := refusal_of_step(life, name):
        raise UnusableRequest(refused)
    standing = standing_in(desk.twins, package)
    if package.standing.status is not TwinStatus.VALIDATED:
        raise UnusableRequest(
            f"The {name} is a {standing.status}; only a validated twin can be approved. "
            f"{standing.why}"
        )
    if life.approval is not None:
        raise UnusableRequest(f"The {name} is approved already, by entry {life.approval.sequence}.")
    _refuse_version(desk, package)
    return tuple(one for one in desk.twins.lives(manifest.twin_id) if one.in_force)


def _refuse_version(desk: Desk, package: TwinPackage) -> None:
    """Refuse a version that is not later than every other content that the log knows."""
    twin_id, version = package.manifest.twin_id, package.manifest.version
    for other in desk.twins.lives(twin_id):
        known = _version(other)
        if other.digest != package.digest and not is_later(version, known):
            raise UnusableRequest(
                f"Version {known} of the twin {twin_id} is on record here with other content; give "
                f"the package a later version than {known} and validate it again."
            )


def _validation_taken_over(desk: Desk, package: TwinPackage) -> Draft:
    from investigator.twin.process_digest import process_digest
    from investigator.twin.validation_file import RECORD

    manifest = package.manifest
    record = desk.workspace.blobs.keep((package.folder / RECORD).read_bytes())
    act = TwinValidated(
        manifest.twin_id, manifest.version, package.digest, record, process_digest()
    )
    return drafted_of_twin(act, why="")


def _superseded(package: TwinPackage, replaced: Sequence[TwinLife]) -> list[Draft]:
    manifest = package.manifest
    return [
        drafted_of_twin(
            TwinSuperseded(
                manifest.twin_id,
                _version(life),
                life.digest,
                manifest.twin_id,
                manifest.version,
                package.digest,
            ),
            why=f"version {manifest.version} was approved",
        )
        for life in replaced
    ]


def _in_force(desk: Desk, twin_id: str) -> TwinLife:
    for life in desk.twins.lives(twin_id):
        if life.in_force:
            return life
    raise UnusableRequest(f"No version of a twin {twin_id} is approved and in force here.")


def _versions(desk: Desk, twin_id: str) -> dict[str, str]:
    """Version by digest: those that the log knows, and the one at hand. One that the log knows can
    be ended although what lies among the models is damaged."""
    found = {life.digest: _version(life) for life in desk.twins.lives(twin_id) if life.steps}
    if twin_id not in twin_folders():
        return found
    try:
        package = choose_twin(twin_id)
    except UnusableInput:
        if found:
            return found
        raise
    return {**found, package.digest: package.manifest.version}


def _version(life: TwinLife) -> str:
    return life.steps[-1].version
