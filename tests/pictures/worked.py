"""A workspace in which the example is worked from the notice to three signatures, at the desk.

The analyses are the real ones. A second case is opened and nothing more, to show empty views.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from support.trust import CHEAP, GIVEN, PASSWORD

from investigator.casework import outcomes, report_signing, scenarios, twin_choice
from investigator.casework.accounts import Role, enrol
from investigator.casework.analyses import (
    ASKED_PER_MILLE,
    impact_task,
    ranking_task,
    remedy_task,
    replay_task,
)
from investigator.casework.clocks import accepted, clock_set
from investigator.casework.desk import Desk, open_desk
from investigator.casework.findings import added, judged
from investigator.casework.intake import DocumentFacts, admit_document, admit_evidence, read_task
from investigator.casework.places import example_folder
from investigator.casework.reasoning import proposed_is_is_not
from investigator.casework.snapshot import snapshot
from investigator.casework.tag_map import map_of, map_reviewed
from investigator.casework.workspaces import FirstAdministrator, create
from investigator.domain.acts.analysis import (
    DispositionDecided,
    ReplayRecorded,
    Verdict,
    VerdictGiven,
)
from investigator.domain.acts.case import (
    CaseOpened,
    Classification,
    ContainmentRecorded,
    RelatedBatchDecided,
    ScopeCompleted,
    ScopeDecision,
    Shared,
)
from investigator.domain.acts.closing import (
    ActionKind,
    ActionProposed,
    ConclusionStated,
    Level,
    ReportReturned,
    Risk,
    RootCause,
    SignatureField,
)
from investigator.domain.acts.data_review import Bearing, DocumentLinked
from investigator.domain.acts.evidence import DocumentKind, Judgement
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind, WhyStated
from investigator.domain.evidence import ClockOffset, Evidence, Treatment
from investigator.domain.impact import Proposal
from investigator.domain.instant import Span
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind

WORKED, FRESH = "DEV-2026-0540", "DEV-2026-0553"
PEOPLE = {
    "root": ("Renate Root", Role.ADMINISTRATOR),
    "ann": ("Ann Weber", Role.INVESTIGATOR),
    "ben": ("Ben Okafor", Role.SUBJECT_MATTER_REVIEWER),
    "eva": ("Eva Lindqvist", Role.QA_APPROVER),
    "tom": ("Tom Sato", Role.TWIN_APPROVER),
}
_EARLIER = """number,date,cause,batch,equipment,lots,conclusion
DEV-2025-0188,2025-06-04,api_loadcell_drift,TA50-25-0911,LW-311,A2504117,Load cell recalibrated
DEV-2024-0310,2024-09-17,bridging,TA50-24-0702,LW-311;BL-321,A2402213,Hopper tapped
DEV-2023-0042,2023-02-08,punch damage,TA50-23-0101,TP-351,,Punch 14 replaced
"""
_SIGNERS = dict(zip(SignatureField, ("ann", "ben", "eva"), strict=True))


def work_the_example(folder: Path) -> None:
    """Make the workspace; takes about half a minute."""
    name, _ = PEOPLE["root"]
    create(
        folder,
        site="Northfield",
        zone="Europe/Berlin",
        first=FirstAdministrator("root", name, PASSWORD),
        cost=CHEAP,
    )
    with open_desk(folder, cost=CHEAP) as desk:
        _enrol(desk)
        desk.sign_in("ann", PASSWORD)
        _open(desk)
        _admit(desk)
        _analyse(desk)
        _decide(desk)
        _report(desk)


def _enrol(desk: Desk) -> None:
    desk.sign_in("root", PASSWORD)
    for user_id, (name, role) in list(PEOPLE.items())[1:]:
        enrol(
            desk,
            user_id=user_id,
            full_name=name,
            roles=frozenset({role}),
            password=GIVEN,
            why="Identity seen, training record filed.",
        )
    for user_id in list(PEOPLE)[1:]:
        desk.workspace.people.change_password(user_id, old=GIVEN, new=PASSWORD)
    desk.sign_out()


def _open(desk: Desk) -> None:
    for number, title, batch, grade in (
        (WORKED, "API consumption above the totaliser", "TA50-26-0540", Classification.MAJOR),
        (FRESH, "Hardness below its alert limit", "TA50-26-0553", Classification.MINOR),
    ):
        opened = CaseOpened(
            number,
            title,
            "Reconciliation of the API differs by 2.04 % from the feeder's totaliser (limit 2 %).",
            "CDC-3",
            batch,
            "FP-50050 tablets 50 mg",
            grade,
            date(2027, 1, 12),
            "Europe/Berlin",
        )
        desk.do(number, opened, why="A quality attribute may be outside its limits.")
    held = ContainmentRecorded("All drums of the batch blocked; the line stands until released.")
    desk.do(WORKED, held)
    shared = RelatedBatchDecided("TA50-26-0541", (Shared.LOT,), ScopeDecision.NOT_AFFECTED)
    desk.do(WORKED, shared, why="Made with the other API feeder.")
    desk.do(WORKED, ScopeCompleted(), why="Searched by lot, equipment and time in the MES.")


def _admit(desk: Desk) -> None:
    admit_evidence(desk, WORKED, read_task(example_folder(), None, report=_silent))
    seen = snapshot(desk, WORKED)
    if seen.evidence is not None and seen.read is not None:
        _review(desk, seen.evidence, seen.read.evidence.clock_offsets)
        desk.do(WORKED, map_reviewed(map_of(seen)))
    facts = DocumentFacts(
        DocumentKind.MAINTENANCE,
        "Work order 88120: load cell of LW-311",
        date(2026, 3, 13),
        "Maintenance",
        "Compared with the original on paper.",
    )
    paper = desk.scratch / "work-order-88120.txt"
    paper.write_text("2026-03-13 07:40  LW-311: zero of the load cell off by +1.9 %.\n", "utf-8")
    admit_document(desk, WORKED, paper, facts)
    _admit_earlier(desk)


def _review(desk: Desk, evidence: Evidence, clocks: Sequence[ClockOffset]) -> None:
    """One finding is dismissed and one added, one clock is set; the rest is gone along with."""
    room = [f for f in evidence.findings if f.kind == "uncertain_status"]
    others = [f for f in evidence.findings if f not in room]
    desk.do(WORKED, *judged(others, Judgement.ACCEPTED, "Europe/Berlin"))
    said = "The room probe was read beside the calibrated one; both agree."
    desk.do(WORKED, *judged(room, Judgement.DISMISSED, "Europe/Berlin"), why=said)
    tag = "NF.CDC3.RM114.RH.PV"
    begin_ms = int(evidence.trajectories[tag].t_ms[0]) + 3_600_000
    doubt = added(
        tag,
        "door held open",
        Span(begin_ms, begin_ms + 1_800_000),
        Treatment.WIDEN,
        sd_factor="2",
        words="The door of the room stood open while pallets were brought in.",
        known_tags=evidence.trajectories,
    )
    desk.do(WORKED, doubt, why="The probe hangs beside the door.")
    own = clock_set("alarm journal", offset_s="0.4", uncertainty_s="0.5")
    desk.do(WORKED, own, why="Read beside the historian at 07:00.")
    desk.do(WORKED, *accepted(clock for clock in clocks if clock.source != own.source))


def _admit_earlier(desk: Desk) -> None:
    """What came before, as a list: one with the same cause, one on the same unit, one long ago."""
    told = desk.scratch / "earlier-deviations.csv"
    told.write_text(_EARLIER, "utf-8")
    facts = DocumentFacts(
        DocumentKind.EARLIER_DEVIATION,
        "Deviations of line CDC-3 since 2023",
        date(2026, 11, 2),
        "Quality assurance",
        "Export of the quality system, compared by number.",
    )
    admit_document(desk, WORKED, told, facts)


def _analyse(desk: Desk) -> None:
    standing = twin_choice.twin_standing(desk, None)
    twin_choice.choose(desk, WORKED, standing, why="Not approved here; used to direct the search.")
    task = outcomes.task_for(desk, WORKED, ReplayRecorded)
    outcomes.record_replay(desk, WORKED, task, replay_task(task, report=_silent))
    outcomes.failure_modes_raised(desk, WORKED)
    ranked = ranking_task(task, report=_silent)
    case = outcomes.record_ranking(desk, WORKED, task, ranked.result)
    _suppose(desk)
    result = case.ranking.act.result if case.ranking else ""
    followed = impact_task(task, result, ranked.working, report=_silent)
    case = outcomes.record_impact(desk, WORKED, task, followed)
    impact, asked = case.impact.act.result if case.impact else "", ASKED_PER_MILLE
    told = remedy_task(task, result, impact, ranked.working, asked, report=_silent)
    outcomes.record_remedies(desk, WORKED, task, told, asked_per_mille=asked)


def _suppose(desk: Desk) -> None:
    """A scenario of a person's own, run as it is stated and fitted; another one is not run."""
    run = scenarios.run_of(desk, desk.case(WORKED))
    if run is None:
        return
    third = (run.end_ms - run.start_ms) // 3
    when = (Course.STEP, run.start_ms + third, run.end_ms - third, 0.0)
    for scenario_id, title, target, size in (
        ("S-1", "The feeder gave more than it said", "feed.api", 6.0),
        ("S-2", "The room was damp", "room.rh", 10.0),
    ):
        part = ScenarioPart(TargetKind.INPUT, target, *when, (size,))
        note = "Said by the shift lead on the phone."
        supposed = Scenario(scenario_id, title, CauseCategory.MACHINE, (part,), note)
        scenarios.state_scenario(desk, WORKED, supposed)
    case, task = desk.case(WORKED), scenarios.task_for_scenarios(desk, WORKED)
    for fitted in (False, True):
        asked = scenarios.asked_of(case, scenarios.scenario_in(case, "S-1"), fitted=fitted)
        told = scenarios.scenario_task(task, asked, report=_silent)
        scenarios.record_scenario_run(desk, WORKED, task, asked, told)


def _decide(desk: Desk) -> None:
    seen = snapshot(desk, WORKED)
    if seen.ranking is None or seen.impact is None:
        return
    lead = seen.ranking.ranking.hypotheses[0].cause
    desk.do(WORKED, VerdictGiven(lead, Verdict.SUPPORTED), why="Fits feeder, NIR and assay alike.")
    said = "Zero of the load cell off by +1.9 % the morning after."
    desk.do(WORKED, DocumentLinked("DOC-01", lead, Bearing.SUPPORTS), why=said)
    others = [r.act.cause for r in seen.case.hypotheses if r.act.cause != lead]
    refuted = [VerdictGiven(cause, Verdict.REFUTED) for cause in others]
    desk.do(WORKED, *refuted, why="Leaves the weight of the feeder unexplained.")
    proposed = [
        DispositionDecided(c.container_id, c.proposal, c.proposal)
        for c in seen.impact.impact.containers
    ]
    released = [act for act in proposed if act.decision is Proposal.RELEASE]
    departing = DispositionDecided(
        released[-1].container_id, Proposal.ADDITIONAL_TESTING, Proposal.RELEASE
    )
    desk.do(WORKED, *(act for act in proposed if act.container_id != departing.container_id))
    desk.do(WORKED, departing, why="Filled while the line ran empty; retained samples are tested.")
    _reason(desk, lead)
    _conclude(desk, lead)


def _reason(desk: Desk, lead: str) -> None:
    """Three whys down to the root; the is/is-not table as proposed, but for its last row."""
    seen = snapshot(desk, WORKED)
    window = seen.impact.disturbance_window if seen.impact else None
    paper = EvidenceLink(LinkKind.DOCUMENT, "DOC-01")
    feeder = EvidenceLink(
        LinkKind.SIGNAL,
        "NF.CDC3.LW311.MASSFLOW.PV",
        window.start_ms if window else None,
        window.end_ms if window else None,
    )
    for step, (said, links, root) in enumerate(
        (
            ("The feeder gave more API than its load cell showed.", (feeder, paper), None),
            ("The zero of the load cell had been set with powder on it.", (paper,), None),
            ("The procedure sets the zero with a full hopper.", (paper,), CauseCategory.METHOD),
        ),
        start=1,
    ):
        desk.do(WORKED, WhyStated(lead, step, said, links, root))
    desk.do(WORKED, *proposed_is_is_not(seen)[:-1])


def _conclude(desk: Desk, lead: str) -> None:
    risk = Risk(
        Level.MEDIUM,
        Level.LOW,
        Level.MEDIUM,
        "Content up to 105 % of label claim; affected drums are rejected before release.",
    )
    conclusion = ConclusionStated(
        RootCause.MOST_PROBABLE,
        (lead,),
        "The load cell of the API feeder drifted, so the feeder dosed too much API.",
        risk,
        confirmed_by=(),
    )
    desk.do(WORKED, conclusion, why="No other cause explains feeder weight and NIR together.")
    desk.do(
        WORKED,
        ActionProposed(
            "CA-1",
            ActionKind.CORRECTIVE,
            "Recalibrate the load cell of LW-311 and check its zero weekly.",
            "Maintenance lead",
            date(2027, 1, 15),
            "Drift below 0.5 % in three successive checks.",
        ),
        ActionProposed(
            "CA-2",
            ActionKind.PREVENTIVE,
            "Alarm on the difference between loss in weight and NIR content.",
            "Process engineer",
            date(2027, 3, 1),
            "Raised within 5 min in a challenge test.",
        ),
    )


def _report(desk: Desk) -> None:
    """Issued, sent back once, issued again, signed by three people."""
    _issue(desk)
    _sign(desk, SignatureField.AUTHOR)
    _change_to(desk, "ben")
    desk.do(WORKED, ReportReturned(), why="Say what becomes of the drum that ran empty.")
    _change_to(desk, "ann")
    _issue(desk)
    for field in SignatureField:
        _sign(desk, field)


def _issue(desk: Desk) -> None:
    made = report_signing.draught(desk, snapshot(desk, WORKED))
    report_signing.issue(desk, made, report_signing.report_task(made.dossier, report=_silent))


def _sign(desk: Desk, field: SignatureField) -> None:
    user_id = _SIGNERS[field]
    _change_to(desk, user_id)
    report = desk.case(WORKED).report
    report_signing.sign_report(
        desk,
        WORKED,
        field,
        seen=report.act.pdf if report else "",
        user_id=user_id,
        password=PASSWORD,
    )


def _change_to(desk: Desk, user_id: str) -> None:
    desk.sign_out()
    desk.sign_in(user_id, PASSWORD)


def _silent(_words: str, _share: float) -> None:
    """Nobody watches."""
