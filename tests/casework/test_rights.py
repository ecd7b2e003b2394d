"""Six roles against all acts, in full and through the desk: who may, may; who may not, leaves no
entry."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.desks import PEOPLE, SIGNERS, desk_at, do, home_in, issued, person, populated
from support.investigations import (
    ACTION,
    ADDED,
    ANNOTATED,
    APPROVED,
    ASKED_WHY,
    AUTHORED,
    CASE,
    CHECKED,
    CLOCK,
    CLOSED,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    EVIDENCE,
    EXTENDED,
    FINDING,
    FOLLOWED,
    HUMAN_ERROR,
    ISSUED,
    JUDGED,
    LINKED,
    MAPPED,
    OPENED,
    PHASE_ONE,
    RAISED,
    RANKED,
    RECLASSIFIED,
    RELATED,
    REMEDIED,
    REOPENED,
    REPLAYED,
    RETURNED,
    REVIEWED,
    SCOPED,
    SUPPOSED,
    TABLED,
    TRIED,
    TWIN,
    VOIDED,
    WEIGHED,
    WHY,
)
from support.trust import PASSWORD

from investigator.casework import accounts
from investigator.casework.desk import Desk
from investigator.casework.report_signing import sign_report
from investigator.casework.rights import RIGHTS_FOR, role_for
from investigator.domain.acts.act import Act
from investigator.domain.acts.catalogue import ALL_ACTS
from investigator.domain.acts.closing import ReportSigned, SignatureField
from investigator.domain.errors import AccessRefused, UnusableRequest
from investigator.records.verify import verify_workspace
from investigator.trust.credentials import WrongPassword
from investigator.trust.policy import Role

DeskBefore = Callable[[Act | None], Desk]

INV, REV, QA = Role.INVESTIGATOR, Role.SUBJECT_MATTER_REVIEWER, Role.QA_APPROVER
HOLDER = {
    Role.INVESTIGATOR: "ann",
    Role.SUBJECT_MATTER_REVIEWER: "ben",
    Role.QA_APPROVER: "eva",
    Role.TWIN_APPROVER: "tom",
    Role.ADMINISTRATOR: "root",
    Role.AUDITOR: "aud",
}

MATRIX: tuple[tuple[Act, Act | None, frozenset[Role]], ...] = (
    # the act, the act of the walk that it is tried before (None: after the last), who may
    (OPENED, OPENED, frozenset({INV})),
    (RECLASSIFIED, CONTAINED, frozenset({INV})),
    (CONTAINED, CONTAINED, frozenset({INV})),
    (EXTENDED, CONTAINED, frozenset({INV})),
    (RELATED, RELATED, frozenset({INV})),
    (SCOPED, SCOPED, frozenset({INV})),
    (EVIDENCE, EVIDENCE, frozenset({INV})),
    (DOCUMENT, DOCUMENT, frozenset({INV})),
    (FINDING, FINDING, frozenset({INV})),
    (ADDED, ADDED, frozenset({INV})),
    (CLOCK, CLOCK, frozenset({INV})),
    (MAPPED, MAPPED, frozenset({INV})),
    (LINKED, LINKED, frozenset({INV})),
    (TWIN, TWIN, frozenset({INV})),
    (REPLAYED, REPLAYED, frozenset({INV})),
    (ANNOTATED, ANNOTATED, frozenset({INV})),
    (TABLED, ANNOTATED, frozenset({INV})),
    (RAISED[0], RAISED[0], frozenset({INV})),
    (ASKED_WHY, RANKED, frozenset({INV})),
    (CHECKED, CHECKED, frozenset({INV})),
    (WEIGHED, RANKED, frozenset({INV})),
    (PHASE_ONE, RANKED, frozenset({INV})),
    (HUMAN_ERROR, RANKED, frozenset({INV})),
    (SUPPOSED, SUPPOSED, frozenset({INV})),
    (TRIED, RANKED, frozenset({INV})),
    (RANKED, RANKED, frozenset({INV})),
    (JUDGED[0], JUDGED[0], frozenset({INV})),
    (FOLLOWED, FOLLOWED, frozenset({INV})),
    (REMEDIED, DECIDED[0], frozenset({INV})),
    (DECIDED[0], DECIDED[0], frozenset({INV})),
    (CONCLUDED, CONCLUDED, frozenset({INV})),
    (ACTION, ACTION, frozenset({INV})),
    (ISSUED, ISSUED, frozenset({INV})),
    (RETURNED, CLOSED, frozenset({REV, QA})),
    (CLOSED, CLOSED, frozenset({QA})),
    (REOPENED, None, frozenset({QA})),
    (VOIDED, CLOSED, frozenset()),
)
TURN = dict(zip(SignatureField, (AUTHORED, REVIEWED, APPROVED), strict=True))
SIGNATURES = {
    SignatureField.AUTHOR: Role.INVESTIGATOR,
    SignatureField.REVIEWER: Role.SUBJECT_MATTER_REVIEWER,
    SignatureField.APPROVER: Role.QA_APPROVER,
}


def test_the_table_speaks_of_every_act_and_every_role() -> None:
    assert {type(act) for act, _, _ in MATRIX} | {ReportSigned} == set(ALL_ACTS) == set(RIGHTS_FOR)
    assert set(HOLDER) == set(Role)
    assert set(SIGNATURES) == set(SignatureField)


@pytest.mark.requirement("CAS-050", "REC-007")
@pytest.mark.parametrize(
    ("act", "before", "allowed"), MATRIX, ids=[act.WORD for act, _, _ in MATRIX]
)
def test_who_may_does_and_who_may_not_leaves_no_entry(
    act: Act, before: Act | None, allowed: frozenset[Role], tmp_path: Path
) -> None:
    workspace = populated(tmp_path / "refused", before=before)
    with home_in(tmp_path / "refused" / "home"), desk_at(workspace) as desk:
        for role in [role for role in Role if role not in allowed]:
            refused_without_a_trace(person(desk, HOLDER[role]), act)
    for role in allowed:
        workspace = populated(tmp_path / role, before=before)
        with home_in(tmp_path / role / "home"), desk_at(workspace) as desk:
            taken_in_the_name_of(person(desk, HOLDER[role]), act, role)
        assert verify_workspace(workspace).faults == ()


def refused_without_a_trace(desk: Desk, act: Act) -> None:
    size = desk.workspace.log.size
    assert desk.why_not(CASE, act)
    with pytest.raises(UnusableRequest) as refused:
        do(desk, act)
    assert isinstance(refused.value, AccessRefused) or act is VOIDED
    assert str(refused.value) == desk.why_not(CASE, act)
    assert desk.workspace.log.size == size


def taken_in_the_name_of(desk: Desk, act: Act, role: Role) -> None:
    size = desk.workspace.log.size
    assert desk.why_not(CASE, act) is None
    do(desk, issued() if act is ISSUED else act)
    entry = desk.workspace.log.entry(size)
    assert (entry.act, entry.who.user_id, entry.who.role) == (act.WORD, HOLDER[role], role)
    assert entry.who.full_name == f"{HOLDER[role].title()} of Testing"
    assert entry.why == WHY


@pytest.mark.requirement("CAS-050", "CAS-051")
@pytest.mark.parametrize("field", list(SignatureField))
@pytest.mark.parametrize("role", list(Role))
def test_each_signature_is_given_in_one_role(
    field: SignatureField, role: Role, desk_before: DeskBefore
) -> None:
    who, turn = HOLDER[role], TURN[field]
    desk = person(desk_before(turn), who)
    size = desk.workspace.log.size
    with pytest.raises(UnusableRequest):
        do(desk, turn)
    assert desk.workspace.log.size == size
    if SIGNATURES[field] is role:
        case = sign_report(desk, CASE, field, seen=issued().pdf, user_id=who, password=PASSWORD)
        assert case.signatures[-1].who.role == role
        return
    with pytest.raises(AccessRefused):
        sign_report(desk, CASE, field, seen=issued().pdf, user_id=who, password=PASSWORD)
    assert desk.workspace.log.size == size


@pytest.mark.requirement("CAS-051", "REC-008")
def test_one_person_of_three_roles_signs_once(desk_before: DeskBefore) -> None:
    desk = person(desk_before(AUTHORED), "all")
    sign_report(
        desk, CASE, SignatureField.AUTHOR, seen=issued().pdf, user_id="all", password=PASSWORD
    )
    size = desk.workspace.log.size
    probe = ReportSigned(SignatureField.REVIEWER, desk.case(CASE).report.act.pdf, "")  # type: ignore[union-attr]
    with pytest.raises(AccessRefused, match="all has authored this record") as refused:
        sign_report(
            desk, CASE, SignatureField.REVIEWER, seen=issued().pdf, user_id="all", password=PASSWORD
        )
    assert desk.why_not(CASE, probe) == str(refused.value)
    assert desk.workspace.log.size == size
    person(desk, "ben")
    assert desk.why_not(CASE, probe) is None


def test_acts_done_together_are_done_in_one_role(desk_before: DeskBefore) -> None:
    held = PEOPLE["all"]
    assert role_for(held, CONTAINED, RECLASSIFIED) is INV
    assert role_for(held, RETURNED, CLOSED) is QA
    assert role_for(held, RETURNED) is REV
    with pytest.raises(UnusableRequest, match=r'"containment recorded" and "case closed" are done'):
        role_for(held, CONTAINED, CLOSED)
    with pytest.raises(AccessRefused, match='"case closed" is not open to the role investigator'):
        role_for(frozenset({INV}), CONTAINED, CLOSED)
    desk = person(desk_before(None), "all")
    size = desk.workspace.log.size
    with pytest.raises(UnusableRequest, match="record them one by one"):
        do(desk, REOPENED, CONTAINED)
    assert desk.workspace.log.size == size


OWN = "known to nobody else 7"
"""A password that a person typed and told nobody, the administrator neither."""

TARGETS = st.sampled_from([*PEOPLE, "root", "new1", "new2"])
COMMANDS = st.one_of(
    st.tuples(st.just("enrol"), TARGETS, st.sampled_from(list(Role))),
    st.tuples(st.just("roles"), TARGETS, st.sampled_from(list(Role))),
    st.tuples(st.just("disable"), TARGETS, st.none()),
    st.tuples(st.just("unlock"), TARGETS, st.none()),
    st.tuples(st.just("reset"), TARGETS, st.none()),
    st.tuples(st.just("password"), st.none(), st.none()),
)
Command = tuple[str, str, Role | None]


def administer(desk: Desk, command: Command) -> None:
    """What an administrator can do to accounts; a new password is typed by the person."""
    verb, of, role = command
    match verb:
        case "enrol" if role:
            accounts.enrol(
                desk,
                user_id=of,
                full_name=f"{of} of Testing",
                roles=frozenset({role}),
                password=OWN,
                why=WHY,
            )
        case "roles" if role:
            accounts.set_roles(desk, of, frozenset({role}), why=WHY)
        case "disable":
            accounts.disable(desk, of, why=WHY)
        case "unlock":
            accounts.unlock(desk, of, why=WHY)
        case "reset":
            accounts.replace_key(desk, of, OWN, why=WHY)
        case "password":
            accounts.change_password(desk, old=PASSWORD, new=PASSWORD)


@pytest.mark.requirement("CAS-052", "REC-007")
@given(st.lists(COMMANDS, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_commands_let_an_administrator_change_content_or_sign(
    tmp_path_factory: pytest.TempPathFactory, commands: Sequence[Command]
) -> None:
    folder = tmp_path_factory.mktemp("administrator")
    workspace = populated(folder, before=AUTHORED)
    with home_in(folder / "home"), desk_at(workspace) as desk:
        person(desk, "root")
        for command in commands:
            try:
                administer(desk, command)
            except UnusableRequest:
                continue
        assert desk.session.person is not None
        assert desk.session.person.user_id == "root"
        for act, _, _ in MATRIX:
            refused_without_a_trace(desk, act)
        with pytest.raises(AccessRefused):
            desk.case(CASE)
        for field in SignatureField:
            refused_to_sign(desk, field)
    assert verify_workspace(workspace).faults == ()


def refused_to_sign(desk: Desk, field: SignatureField) -> None:
    """Neither in the own name nor, with the own password, in another's."""
    size = desk.workspace.log.size
    for who in ("root", SIGNERS[field]):
        with pytest.raises(AccessRefused):
            sign_report(desk, CASE, field, seen=issued().pdf, user_id=who, password=PASSWORD)
    assert desk.workspace.log.size == size


@pytest.mark.requirement("CAS-052")
def test_a_reset_key_is_named_in_the_log_and_opens_nothing_of_before(desk: Desk) -> None:
    person(desk, "root")
    accounts.replace_key(desk, "ann", OWN, why="password lost, identity card seen")
    entry = desk.workspace.log.entry(desk.workspace.log.size - 1)
    assert (entry.act, entry.object, entry.who.user_id) == ("key replaced", "account ann", "root")
    with pytest.raises(WrongPassword):
        desk.sign_in("ann", PASSWORD)
    desk.sign_in("ann", OWN)
