"""An attended case, walked act by act under the rules of order, and the dossier of its report."""

from dataclasses import replace
from datetime import date
from typing import Any

from investigator.casework.basis import Basis
from investigator.casework.case_dossier import case_dossier
from investigator.casework.findings import finding_id
from investigator.domain.acts.act import Act, Actor, Recorded
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    ImpactRecorded,
    Origin,
    RankingRecorded,
    ReplayRecorded,
    TwinChosen,
    TwinUse,
    Verdict,
    VerdictGiven,
)
from investigator.domain.acts.case import (
    CaseOpened,
    Classification,
    ClassificationChanged,
    ContainmentRecorded,
    DueDateExtended,
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
    ReportSigned,
    Risk,
    RootCause,
)
from investigator.domain.acts.data_review import (
    Bearing,
    ClockBasis,
    ClockJudged,
    DocumentLinked,
    FindingAdded,
    MappedTag,
    TagsMapped,
)
from investigator.domain.acts.evidence import (
    AdmittedFile,
    AnnotationMade,
    DocumentAdmitted,
    DocumentKind,
    EvidenceAdmitted,
    FindingJudged,
    Judgement,
)
from investigator.domain.case_record import TrailRow
from investigator.domain.distribution import DistributionStatus
from investigator.domain.dossier import Dossier
from investigator.domain.evidence import Evidence, Treatment
from investigator.domain.impact import Proposal
from investigator.domain.investigation import Investigation, Withdrawal, folded
from investigator.domain.ranking import CauseCategory
from investigator.domain.results import ImpactResult, RankingResult, ReplayResult
from investigator.domain.rules import refusal

ANN = Actor("aweber", "Ann Weber", "investigator")
BEN = Actor("bruiz", "Ben Ruiz Núñez", "subject-matter reviewer")
EVA = Actor("ekral", "Eva Králová", "QA approver")
TOM = Actor("tyilmaz", "Tom Yılmaz", "twin approver")
ZONE = "Europe/Berlin"
APPROVAL = 17
DIGEST = "0123456789abcdef" * 4
ROOT = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
NOTE = f"northfield.example/workspace\n93\n{ROOT}\n\n— northfield.example/workspace AbCdEfGhIjKl\n"
MINUTE = 60_000

CLASSIFIED = (
    "Critical quality attribute (assay) possibly out of limits in part of the batch; the fault was "
    "detected before release and the batch is blocked."
)
REJECTED = (
    "A change of the particle size of the lot would not have ended after 42 min while the same lot "
    "went on, and the sieve analysis of the retained sample (DOC-02) shows no change. Fouling of "
    "the analyser is excluded by the mass balance of the feeder, which shows the loss itself. The "
    "other failure modes of the twin leave the dip unexplained."
)
CLOCK_SET = "Read off both screens at the start of the batch, photograph in DOC-01."
STATEMENT = (
    "The API powder bridged above the screw of feeder LW-311 after the refill; the flow fell while "
    "the screw ran up to its limit, until the operator tapped the hopper."
)


class Walk:
    """A case on its way: every act is refused as the rules refuse it, and becomes a trail row."""

    def __init__(self, number: str, t_ms: int) -> None:
        self.case: Investigation = folded(number)
        self.trail: tuple[TrailRow, ...] = ()
        self._t_ms, self._sequence = t_ms, APPROVAL
        self.row(TOM, "signed", "twin cdc_line_3", "")

    def do(self, act: Act, why: str = "", who: Actor = ANN) -> int:
        refused = refusal(self.case, act)
        assert refused is None, refused
        assert why or not act.needs_reason(), act
        thing = f"{self.case.case_id}/{act.about()}" if act.about() else self.case.case_id
        number = self.row(who, act.WORD, thing, why)
        self.case = self.case.after(Recorded(number, who, self._t_ms, ZONE, act, why))
        return number

    def sign(self, act: ReportSigned, who: Actor = ANN) -> int:
        """The signature itself is the entry before the act."""
        self.row(who, "signed", f"{self.case.case_id}/report", "")
        return self.do(act, "", who)

    def withdraw(self, sequence: int, why: str, who: Actor = ANN) -> None:
        gone = next(r for r in self.case.history if r.sequence == sequence)
        number = self.row(who, "withdrawn", f"entry {sequence}", why)
        self.case = self.case.without(Withdrawal(gone, number, who, self._t_ms, ZONE, why))

    def row(self, who: Actor, act: str, thing: str, why: str) -> int:
        """A row of the trail that is no act of the case."""
        number, self._sequence = self._sequence, self._sequence + 1
        self._t_ms += 7 * MINUTE
        row = TrailRow(number, who, self._t_ms, ZONE, act, thing, why)
        self.trail = (*self.trail, row)
        return number


def basis_of(dossier: Dossier) -> Basis:
    """The parts from which a case is decided, taken from a dossier."""
    return Basis(
        evidence=Evidence(
            name=dossier.case,
            items=dossier.items,
            trajectories={},
            environment={},
            alarms=dossier.alarms,
            batch=dossier.batch,
            laboratory=(),
            deviation=dossier.deviation,
            clock_offsets=dossier.clock_offsets,
            findings=dossier.findings,
            assumptions=dossier.assumptions,
        ),
        twin=replace(dossier.twin, status="validated", warnings=()),
        replay=ReplayResult(
            dossier.replay,
            dossier.panels,
            ("Lots are taken as nominal.",),
            toolbox=dossier.toolbox,
            control_chart=dossier.control_chart,
        ),
        ranking=RankingResult(dossier.ranking, dossier.panels, (), ("Lots are taken as nominal.",)),
        impact=ImpactResult(
            dossier.impact,
            dossier.affected_share,
            dossier.disturbance_window,
            dossier.residence_time,
            (),
            traced=dossier.traced,
            detectability=dossier.detectability,
            account=dossier.account,
        ),
    )


def a_walk(
    dossier: Dossier,
    *,
    approval: int | None = APPROVAL,
    use: TwinUse = TwinUse.GXP,
    root_cause: RootCause = RootCause.MOST_PROBABLE,
    own: Verdict = Verdict.NOT_DETERMINED,
) -> Walk:
    """The whole walk on what a dossier holds, up to where its report can be issued."""
    number = dossier.deviation.number if dossier.deviation else "DEV-1"
    walk = Walk(number, dossier.batch.span.end_ms)
    open_the_case(walk, dossier)
    admit(walk, dossier)
    analyse(walk, dossier, approval, use)
    judge(walk, dossier, own)
    decide(walk, dossier)
    conclude(walk, dossier, root_cause)
    return walk


def open_the_case(walk: Walk, dossier: Dossier) -> None:
    batch = dossier.batch
    walk.do(
        CaseOpened(
            number=walk.case.case_id,
            title=f"NIR API content below the ACTION limit, Tablet A 50 mg, batch {batch.batch_id}",
            description=(
                "The in-line analyser reported API content below 18.0 % w/w for several minutes; "
                "the feeder alarmed shortly before.\nDetected by the operator at the line."
            ),
            line=batch.line_id,
            batch_id=batch.batch_id,
            product="Tablet A 50 mg (FP-50050)",
            classification=Classification.MINOR,
            due=date(2026, 3, 8),
            zone=ZONE,
        ),
        "Alarm without a confirmed effect on the product.",
    )
    walk.do(ClassificationChanged(Classification.MAJOR), CLASSIFIED)
    walk.do(
        ContainmentRecorded(
            "All drums of the batch blocked (QUARANTINE).\n"
            "Feeder LW-311 opened, inspected and locked out; line cleared before the next batch."
        )
    )
    walk.do(DueDateExtended(date(2026, 3, 20)), "Sieve analysis takes ten working days.", EVA)
    walk.do(
        RelatedBatchDecided("TA50-26-0502", (Shared.LOT, Shared.TOOLING), ScopeDecision.AFFECTED),
        "Same API lot A1126-07; to be reviewed.",
    )
    walk.do(
        RelatedBatchDecided(
            "TA50-26-0502", (Shared.LOT, Shared.TOOLING), ScopeDecision.NOT_AFFECTED
        ),
        "Same API lot, but no departure of the feeder over the whole batch.",
    )
    walk.do(
        RelatedBatchDecided(
            "TA50-26-0504",
            (Shared.EQUIPMENT,),
            ScopeDecision.INVESTIGATED_APART,
            DistributionStatus.QUARANTINED,
        ),
        "Made on the same feeder after its cleaning; see DEV-2026-0971.",
    )
    walk.do(
        ScopeCompleted(("TA50-26-0502", "TA50-26-0504")),
        "Batch list of line CDC-3 for the week, lot where-used list of A1126-07, tooling log.",
    )


def admit(walk: Walk, dossier: Dossier) -> None:
    walk.do(
        EvidenceAdmitted(
            folder=dossier.case,
            files=tuple(
                AdmittedFile(i.file, i.sha256, i.size_bytes, i.kind, i.layout, i.reader, 1, 0)
                for i in dossier.items
            ),
            reading=DIGEST,
            samples=DIGEST[::-1],
            findings=len(dossier.findings),
            clocks=tuple(offset.source for offset in dossier.clock_offsets),
        )
    )
    for n, finding in enumerate(dossier.findings):
        judgement = Judgement.DISMISSED if n else Judgement.ACCEPTED
        why = "The signal is not used by any channel that ranks." if n else ""
        named = f"{finding.subject}: {finding.kind}"
        walk.do(FindingJudged(finding_id(finding), named, judgement), why)
    decide_on_the_data(walk, dossier)
    documents = (
        (DocumentKind.INTERVIEW, "Interview with the operator of line CDC-3", "OP-4711", ""),
        (
            DocumentKind.OTHER,
            "Sieve analysis of API lot A1126-07",
            "QC laboratory",
            "Compared page by page with the signed original of the laboratory.",
        ),
        (DocumentKind.MAINTENANCE, "Agitator of LW-311: check of the drive", "Service", ""),
    )
    for n, (kind, title, author, copy) in enumerate(documents, start=1):
        name = f"DOC-{n:02d}"
        file = f"{kind.value.replace(' ', '_')}.pdf"
        walk.do(
            DocumentAdmitted(
                name, kind, title, date(2026, 2, 9), author, file, f"{n:x}" * 64, 10_000 * n, copy
            )
        )


def decide_on_the_data(walk: Walk, dossier: Dossier) -> None:
    span = dossier.batch.span
    walk.do(
        FindingAdded(
            *("0a0b0c0d", "NF.CDC3.NIR331.API.PV", "window wiped", span.start_ms),
            *(span.start_ms + MINUTE, Treatment.WIDEN, "2.5", "Logbook: NIR window wiped."),
        ),
        "The values of that minute are those of a wet window.",
    )
    for offset in dossier.clock_offsets:
        walk.do(ClockJudged(offset.source, ClockBasis.SET, 30_250, 500, 12_000, 0, 0, 0), CLOCK_SET)
    walk.do(
        TagsMapped(
            "cdc_line_3",
            (
                MappedTag("api.flow", "NF.CDC3.LW311.MASSFLOW.PV", "kg/h", "1", "0", True),
                MappedTag("nir.api", "NF.CDC3.NIR331.API2.PV", "g/kg", "0.1", "0", False),
            ),
        ),
        "The analyser was exchanged in January and has a tag of its own.",
    )


def analyse(walk: Walk, dossier: Dossier, approval: int | None, use: TwinUse) -> None:
    twin = basis_of(dossier).twin
    reason = "No approved twin of the line is at hand." if use is TwinUse.INFORMATION_ONLY else ""
    walk.do(TwinChosen(twin.twin_id, twin.version, twin.digest, twin.status, approval, use), reason)
    walk.do(ReplayRecorded(DIGEST, "a" * 64))
    span = dossier.disturbance_window or dossier.batch.span
    walk.do(
        AnnotationMade(
            "A1", "NF.CDC3.LW311.SCREWSPD.PV", span.start_ms, span.end_ms, "Screw at its limit."
        )
    )
    walk.do(RankingRecorded(DIGEST, "b" * 64))
    for h in dossier.ranking.hypotheses:
        walk.do(HypothesisRaised(h.cause, h.title, h.category, Origin.TWIN, h.why, False))
    walk.do(
        HypothesisRaised(
            "refill_technique",
            "Refill from too great a height",
            CauseCategory.METHOD,
            Origin.OWN,
            "A refill from the upper platform may compact the powder above the screw.",
        )
    )


def judge(walk: Walk, dossier: Dossier, own: Verdict) -> None:
    lead, *others = dossier.ranking.hypotheses
    walk.do(
        DocumentLinked("DOC-02", lead.cause, Bearing.AGAINST),
        "The sieve analysis shows no change of the powder.",
    )
    hasty = walk.do(VerdictGiven(lead.cause, Verdict.REFUTED), "Screw speed within its limits.")
    walk.withdraw(hasty, "The wrong channel was read; the screw did reach its limit.")
    walk.do(
        VerdictGiven(lead.cause, Verdict.SUPPORTED),
        "Loss of flow with rising screw speed, ended by tapping the hopper (DOC-01).",
    )
    for h in others:
        walk.do(VerdictGiven(h.cause, Verdict.REFUTED), h.why)
    walk.do(
        VerdictGiven("refill_technique", own),
        "The refill was not filmed; the interview leaves it open.",
    )


def decide(walk: Walk, dossier: Dossier) -> None:
    containers = dossier.impact.containers
    walk.do(ImpactRecorded(DIGEST, "c" * 64, tuple(c.container_id for c in containers)))
    departed = False
    for c in containers:
        if c.proposal is Proposal.ADDITIONAL_TESTING and not departed:
            departed = True
            walk.do(
                DispositionDecided(c.container_id, Proposal.REJECT, c.proposal),
                "Not worth the testing: the affected share lies in one layer.",
                EVA,
            )
        else:
            walk.do(DispositionDecided(c.container_id, c.proposal, c.proposal), "", EVA)


def conclude(walk: Walk, dossier: Dossier, root_cause: RootCause) -> None:
    known = root_cause is not RootCause.NOT_DETERMINED
    walk.do(
        ConclusionStated(
            root_cause=root_cause,
            causes=(dossier.ranking.hypotheses[0].cause,) if known else (),
            statement=STATEMENT,
            risk=Risk(
                Level.MEDIUM,
                Level.LOW,
                Level.HIGH,
                "Under-dosed tablets would lower the effect; the affected drums are rejected and "
                "the rest is tested before release.",
            ),
        ),
        REJECTED,
    )
    actions = (
        (
            ActionKind.CORRECTION,
            "Reject the affected drums.",
            "Head of production",
            "Drums destroyed, record filed.",
        ),
        (
            ActionKind.CORRECTIVE,
            "Fit a level probe above the screw of LW-311.",
            "Head of engineering",
            "No screw speed above 100 rpm in the next 20 batches.",
        ),
        (
            ActionKind.PREVENTIVE,
            "Alarm on the feed factor of every loss-in-weight feeder.",
            "Process owner",
            "Alarm raised in a test with a blocked inlet on each feeder.",
        ),
    )
    for n, (kind, text, owner, effectiveness) in enumerate(actions, start=1):
        due = date(2026, 4, 10 * n if n < 3 else 30)
        walk.do(ActionProposed(f"CAPA-{n}", kind, text, owner, due, effectiveness))


def dossier_of(walk: Walk, basis: Basis, *, revision: int = 1) -> Dossier:
    """The dossier of the report of a walk."""
    return case_dossier(
        walk.case, basis, revision=revision, seed=0, trail=walk.trail, checkpoint=NOTE
    )


def attended(dossier: Dossier, *, revision: int = 1, **walked: Any) -> Dossier:
    """The dossier of the report of an attended case on what another dossier holds."""
    return dossier_of(a_walk(dossier, **walked), basis_of(dossier), revision=revision)
