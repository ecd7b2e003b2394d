"""A conclusion of before checks were asked for reads and verifies; none is recorded any more."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import behind_the_desk, desk_at, issued, perform, person, populated
from support.investigations import (
    ACTION,
    CASE,
    CHECKED,
    CONCLUDED,
    DECIDED,
    FILTER,
    FOLLOWED,
    JUDGED,
    RAISED,
    RANKED,
    WHY,
    concluded,
    own_check,
)
from support.stored_cases import case_at

from investigator.casework import desk as desks
from investigator.casework.act_record import drafted
from investigator.casework.installation import HOME
from investigator.casework.verification import verify
from investigator.domain.acts.closing import RootCause
from investigator.domain.cause_rules import NOT_NAMED
from investigator.domain.errors import UnusableRequest
from investigator.records.entry import Person
from investigator.trust.policy import Role

OLD = concluded(RootCause.CONFIRMED, FILTER)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    return case_at(tmp_path, "impact")


@pytest.mark.requirement("CAS-198")
def test_the_desk_takes_none_of_the_old_form(workspace: Path) -> None:
    with desk_at(workspace) as desk:
        person(desk, "ann")
        with pytest.raises(UnusableRequest) as refused:
            desk.do(CASE, OLD, why=WHY)
        assert str(refused.value) == NOT_NAMED
        case = desk.do(CASE, CONCLUDED, why=WHY)
        assert case.conclusion is not None
        assert case.conclusion.act.confirmed_by == (CHECKED.about(),)


@pytest.mark.requirement("CAS-198", "CAS-195")
def test_an_old_log_that_holds_one_without_any_check_verifies_and_takes_no_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the program of then recorded it: the desk did not ask for checks."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    workspace = populated(tmp_path, before=RAISED[0])
    raised_then = [replace(hypothesis, laboratory=None) for hypothesis in RAISED]
    with monkeypatch.context() as then, desk_at(workspace) as desk:
        then.setattr(desks, "refusal_of_old_form", lambda _case, _act: None)
        for act in (*raised_then, RANKED, *JUDGED, FOLLOWED, *DECIDED, OLD, ACTION):
            perform(desk, act)
    assert verify(workspace).faults == ()
    with desk_at(workspace) as desk:
        case = person(desk, "ann").case(CASE)
        assert case.conclusion is not None
        assert not case.is_stale(case.conclusion)
        assert desk.why_not(CASE, issued()) == NOT_NAMED
        with pytest.raises(UnusableRequest, match="says which results of checks confirm it"):
            perform(desk, issued())


@pytest.mark.requirement("CAS-198", "CAS-195")
@pytest.mark.parametrize("withdrawn", [True, False])
def test_one_that_comes_after_acts_of_today_is_a_fault(workspace: Path, withdrawn: bool) -> None:
    """Forged: in the form of before, to be judged as if no check had been asked for then."""
    with desk_at(workspace) as desk:
        checked = person(desk, "ann").case(CASE).own_checks[0]
        if withdrawn:
            desk.withdraw(CASE, checked.sequence, why=WHY)
    with behind_the_desk(workspace) as log:
        ann = log.people.roster.accounts["ann"]
        by = Person("ann", ann.full_name, Role.INVESTIGATOR)
        log.log.append([drafted(CASE, OLD, old=None, why=WHY)], by=by)
    (fault,) = verify(workspace).faults
    assert "has the form of an older program" in fault


@pytest.mark.requirement("CAS-198")
def test_one_over_hypotheses_raised_today_is_a_fault_without_any_check_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    workspace = populated(tmp_path, before=CHECKED)
    with monkeypatch.context() as then, desk_at(workspace) as desk:
        then.setattr(desks, "refusal_of_old_form", lambda _case, _act: None)
        for act in (RANKED, *JUDGED, FOLLOWED, *DECIDED, OLD):
            perform(desk, act)
    (fault,) = verify(workspace).faults
    assert "has the form of an older program" in fault


@pytest.mark.requirement("REC-033")
def test_an_entry_that_says_more_than_its_act_can_is_a_fault(workspace: Path) -> None:
    draft = drafted(CASE, own_check(FILTER), old=None, why=WHY)
    assert isinstance(draft.new, dict)
    with behind_the_desk(workspace) as log:
        ann = log.people.roster.accounts["ann"]
        by = Person("ann", ann.full_name, Role.INVESTIGATOR)
        log.log.append([replace(draft, new={**draft.new, "sureness": "high"})], by=by)
    (fault,) = verify(workspace).faults
    assert "says more than an act of this program can" in fault


@pytest.mark.requirement("CAS-195")
def test_a_new_one_that_got_into_the_log_against_the_rules_is_a_fault(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "investigator.domain.closing_rules.unfounded_confirmation", lambda _c, _a: None
    )
    unfounded = replace(CONCLUDED, confirmed_by=())
    with desk_at(workspace) as desk:
        person(desk, "ann")
        desk.do(CASE, unfounded, why=WHY)
    monkeypatch.undo()
    (fault,) = verify(workspace).faults
    assert "was out of order: The conclusion names no check that confirms the cause" in fault
