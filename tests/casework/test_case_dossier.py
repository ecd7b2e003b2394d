"""The dossier of a case holds what people decided and the results that they decided on."""

from dataclasses import replace

import pytest
from domain.test_elimination import LEFT
from support.attended import (
    APPROVAL,
    BEN,
    DIGEST,
    NOTE,
    ROOT,
    Walk,
    a_walk,
    attended,
    basis_of,
    dossier_of,
)
from support.dossiers import a_curve, a_dossier
from support.much_impact import everything
from support.toolboxes import a_toolbox, the_chart

from investigator.casework.basis import Basis
from investigator.casework.case_dossier import audit_trail, case_dossier, log_checkpoint
from investigator.casework.findings import finding_id
from investigator.casework.stored import encoded
from investigator.domain.acts.analysis import (
    HypothesisRaised,
    Origin,
    RankingRecorded,
    TwinUse,
)
from investigator.domain.acts.closing import (
    ActionProposed,
    ReportIssued,
    ReportReturned,
    ReportSigned,
    SignatureField,
)
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.domain.evidence import ClockOffset, Finding
from investigator.domain.ranking import CauseCategory
from investigator.domain.results import HypothesisFit
from investigator.evidence.clocks.words import assumption
from investigator.records.entry import Draft, Entry, Person, entry_of
from investigator.trust.clock import Moment


@pytest.fixture
def walk() -> Walk:
    return a_walk(a_dossier())


@pytest.fixture
def basis() -> Basis:
    return basis_of(a_dossier())


def test_it_holds_the_results_and_the_acts(walk: Walk, basis: Basis) -> None:
    made = dossier_of(walk, basis, revision=3)
    assert made.case == walk.case.case_id == "DEV-2026-0001"
    assert made.zone == "Europe/Berlin"
    assert made.ranking is basis.ranking.ranking
    assert made.impact is basis.impact.impact
    assert made.items == basis.evidence.items
    record = made.record
    assert record is not None
    assert record.case == walk.case
    assert record.revision == 3
    assert record.trail == walk.trail
    assert (record.checkpoint.size, record.checkpoint.root) == (93, ROOT)


def test_all_that_was_found_reaches_it() -> None:
    told = everything(a_dossier())
    finding = Finding("D01", "net mass", None, "used", "0.1 kg less than flowed")
    found = basis_of(told)
    found = replace(found, impact=replace(found.impact, findings=(finding,)))
    made = dossier_of(a_walk(told), found)
    assert made.traced is told.traced
    assert made.detectability is told.detectability
    assert made.account is told.account
    assert made.findings[-1] == finding
    assert made.finding_ids[-1] == finding_id(finding)


@pytest.mark.requirement("RPT-062", "RPT-063")
def test_what_the_classical_tools_said_reaches_it_and_is_stored() -> None:
    told = replace(a_dossier(), toolbox=a_toolbox(), control_chart=the_chart())
    made = dossier_of(a_walk(told), basis_of(told))
    assert made.toolbox is told.toolbox
    assert made.control_chart is told.control_chart
    assert b"Windows of two minutes." in encoded(made)


@pytest.mark.requirement("RPT-067")
def test_rejected_hypotheses_reach_it_over_the_data() -> None:
    told = a_dossier()
    title = told.panels[0].title
    leading, other = told.ranking.hypotheses
    rejected = replace(other, elimination=replace(LEFT, channel=title))
    ranking = replace(told.ranking, hypotheses=(leading, rejected))
    found = basis_of(replace(told, ranking=ranking))
    fit = HypothesisFit(other.cause, (a_curve(title, 17.0),))
    found = replace(
        found,
        ranking=replace(found.ranking, fits=(fit,)),
        replay=replace(found.replay, panels=told.panels),
    )
    ((cause, shown),) = dossier_of(a_walk(told), found).contradicted
    assert (cause, shown.fitted) == (other.cause, fit.curves[0])


def test_an_assumption_that_several_steps_take_stands_once(walk: Walk, basis: Basis) -> None:
    assumed = dossier_of(walk, basis).assumptions
    assert assumed == (
        "The zone of the historian is Europe/Berlin.",
        "Lots are taken as nominal.",
    )


def test_the_offset_of_a_clock_that_was_judged_is_no_assumption(walk: Walk, basis: Basis) -> None:
    judged, open_one = next(iter(walk.case.clocks)), "room monitoring"
    texts = [assumption(ClockOffset(source, 1.0, 0.5, 9)) for source in (judged, open_one)]
    evidence = replace(basis.evidence, assumptions=(*basis.evidence.assumptions, *texts))
    assumed = dossier_of(walk, replace(basis, evidence=evidence)).assumptions
    assert [text in assumed for text in texts] == [False, True]


@pytest.mark.requirement("RPT-021")
@pytest.mark.parametrize(
    ("use", "approval", "marking"),
    [
        (TwinUse.GXP, APPROVAL, "revision 1, for signature"),
        (
            TwinUse.INFORMATION_ONLY,
            None,
            "revision 1, for information only: the twin is not approved",
        ),
        (TwinUse.INFORMATION_ONLY, APPROVAL, "revision 1, for information only"),
        (TwinUse.GXP, None, "revision 1, for information only: the twin is not approved"),
    ],
)
def test_the_marking_says_what_the_twin_is_good_for(
    use: TwinUse, approval: int | None, marking: str
) -> None:
    assert attended(a_dossier(), use=use, approval=approval).marking == marking


@pytest.mark.requirement("RPT-023")
def test_a_stale_result_makes_no_dossier(walk: Walk, basis: Basis) -> None:
    walk.do(RankingRecorded(DIGEST, DIGEST))
    with pytest.raises(UnusableRequest, match="stale"):
        dossier_of(walk, basis)


@pytest.mark.requirement("RPT-023")
def test_what_is_open_makes_no_dossier(walk: Walk, basis: Basis) -> None:
    walk.do(HypothesisRaised("new", "New", CauseCategory.METHOD, Origin.OWN, "A further one."))
    with pytest.raises(UnusableRequest):
        dossier_of(walk, basis)
    walk = a_walk(a_dossier())
    for proposed in walk.case.all_standing(ActionProposed):
        walk.withdraw(proposed.sequence, "not agreed")
    with pytest.raises(UnusableRequest, match="needs at least one action"):
        dossier_of(walk, basis)


@pytest.mark.requirement("RPT-023")
def test_results_of_another_case_make_no_dossier(walk: Walk, basis: Basis) -> None:
    other_twin = replace(basis, twin=replace(basis.twin, digest="sha256:11"))
    with pytest.raises(UnusableRequest, match="not the one that the case was investigated with"):
        dossier_of(walk, other_twin)
    fewer = replace(basis.impact.impact, containers=basis.impact.impact.containers[:1])
    other_impact = replace(basis, impact=replace(basis.impact, impact=fewer))
    with pytest.raises(UnusableRequest, match="impact at hand is not the recorded one"):
        dossier_of(walk, other_impact)


def test_an_approval_that_is_not_in_the_trail_is_not_believed(walk: Walk, basis: Basis) -> None:
    trail = tuple(row for row in walk.trail if row.sequence != APPROVAL)
    with pytest.raises(AlteredRecord, match="Entry 17, with the approval of the twin"):
        case_dossier(walk.case, basis, revision=1, seed=0, trail=trail, checkpoint=NOTE)


@pytest.mark.parametrize("note", ["", "origin\nmany\nroot\n", "origin\n3"])
def test_a_checkpoint_without_form_is_named(note: str) -> None:
    with pytest.raises(AlteredRecord, match="lacks its origin, size or root"):
        log_checkpoint(note)


@pytest.mark.requirement("RPT-002")
def test_the_same_case_has_the_same_stored_bytes(walk: Walk, basis: Basis) -> None:
    again = dossier_of(a_walk(a_dossier()), basis_of(a_dossier()))
    assert encoded(dossier_of(walk, basis)) == encoded(again)


def entry(sequence: int, act: str, thing: str) -> Entry:
    return entry_of(
        Draft(act, thing, new=None, why="because"),
        sequence=sequence,
        who=Person("aweber", "Ann Weber", "investigator"),
        when=Moment(1_772_614_800_000 + sequence, "Europe/Berlin", sequence),
        software="investigator 0.0.test",
        previous="00",
    )


@pytest.mark.requirement("RPT-024")
def test_the_trail_is_that_of_the_case_and_of_the_approval_of_its_twin(walk: Walk) -> None:
    last = walk.trail[-1].sequence
    log = [entry(n, "note", "thing") for n in range(last + 10)]
    rows = audit_trail(walk.case, log)
    assert [row.sequence for row in rows] == [row.sequence for row in walk.trail]
    assert rows[0].sequence == APPROVAL
    found = rows[1]
    assert (found.who.full_name, found.who.role) == ("Ann Weber", "investigator")
    assert (found.t_ms, found.zone) == (1_772_614_800_018, "Europe/Berlin")
    assert (found.act, found.object, found.why) == ("note", "thing", "because")


@pytest.mark.requirement("RPT-024")
def test_the_trail_of_a_later_revision_shows_the_signatures_of_the_earlier(walk: Walk) -> None:
    walk.do(ReportIssued(1, DIGEST, DIGEST))
    before = walk.trail[-1].sequence
    walk.sign(ReportSigned(SignatureField.AUTHOR, DIGEST, DIGEST))
    walk.do(ReportReturned(), "Say how the lot was sieved.", BEN)
    rows = audit_trail(walk.case, [entry(n, "note", "thing") for n in range(before + 9)])
    assert [row.sequence for row in rows][-4:] == [before, before + 1, before + 2, before + 3]
