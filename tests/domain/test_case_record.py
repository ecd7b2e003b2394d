"""What a report tells of a case is what its acts make; whether decisions may rest on the twin."""

from support.attended import APPROVAL, a_walk, attended
from support.dossiers import a_dossier

from investigator.domain.acts.analysis import TwinUse
from investigator.domain.acts.evidence import EvidenceAdmitted
from investigator.domain.case_record import CaseRecord


def record(*, approval: int | None = APPROVAL, use: TwinUse = TwinUse.GXP) -> CaseRecord:
    found = attended(a_dossier(), approval=approval, use=use).record
    assert found is not None
    return found


def test_it_makes_the_investigation_that_it_was_taken_from() -> None:
    case = a_walk(a_dossier()).case
    assert record().case == case
    assert record().case.all_standing(EvidenceAdmitted) == case.all_standing(EvidenceAdmitted)


def test_the_approval_is_the_entry_that_the_choice_of_the_twin_names() -> None:
    approval = record().twin_approval
    assert approval is not None
    assert (approval.sequence, approval.who.role) == (APPROVAL, "twin approver")
    assert record(approval=None).twin_approval is None


def test_decisions_may_rest_on_an_approved_twin_that_was_chosen_for_them() -> None:
    assert not record().for_information_only
    assert record(use=TwinUse.INFORMATION_ONLY).for_information_only
    assert record(approval=None).for_information_only
