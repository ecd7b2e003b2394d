"""Investigations made of acts, and one whole walk from the open case to the closed one.

`walked(until=RANKED)` is the case after that act of `WALK`; `Story` goes on from there.
"""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from investigator.domain.acts.act import Act, Actor, Recorded
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    ImpactRecorded,
    Origin,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
    TwinChosen,
    TwinUse,
    Verdict,
    VerdictGiven,
)
from investigator.domain.acts.case import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    Classification,
    ClassificationChanged,
    ContainmentRecorded,
    DueDateExtended,
    RelatedBatchDecided,
    ScopeCompleted,
    ScopeDecision,
    Shared,
)
from investigator.domain.acts.checks import (
    CheckBearing,
    CheckOutcome,
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OwnCheckEntered,
)
from investigator.domain.acts.closing import (
    ActionKind,
    ActionProposed,
    ConclusionStated,
    Level,
    ReportIssued,
    ReportReturned,
    ReportSigned,
    Risk,
    RootCause,
    SignatureField,
    SignaturesVoided,
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
from investigator.domain.acts.reasoning import (
    Cell,
    Dimension,
    EvidenceLink,
    IsIsNotStated,
    LinkKind,
    WhyStated,
)
from investigator.domain.acts.scenarios import PartStated, ScenarioRun, ScenarioStated
from investigator.domain.distribution import DistributionStatus
from investigator.domain.doubt import Treatment
from investigator.domain.impact import Proposal
from investigator.domain.investigation import Investigation, Withdrawal, folded
from investigator.domain.ranking import CauseCategory
from investigator.domain.rules import refusal, refusal_of_withdrawal
from investigator.domain.scenario import Course, TargetKind

CASE = "DEV-1"
T0_MS = 1_760_000_000_000
ZONE = "Europe/Zurich"
ANN = Actor("ann", "Ann of Testing", "investigator")
BEN = Actor("ben", "Ben of Testing", "subject-matter reviewer")
EVA = Actor("eva", "Eva of Testing", "QA approver")
WHY = "as the test says"

FILTER, FEEDER = "filter_blocked", "feeder_drift"
CAUSES = (FILTER, FEEDER)
DRUMS = ("D1", "D2", "D3")


def digest(text: str) -> str:
    """A digest as stored bytes have one."""
    return sha256(text.encode()).hexdigest()


def reading_of(folder: str) -> str:
    """What a folder was read as, as it is stored: a batch record that names a batch and no more."""
    texts = ("record_id", "product_id", "line_id", "recipe_id", "status")
    lists = ("equipment", "parameters", "lots", "events", "comments", "phases", "containers")
    batch = {
        **dict.fromkeys(texts, ""),
        **{name: [] for name in (*lists, "samples")},
        "batch_id": folder.split(maxsplit=1)[0],
        "span": {"start_ms": T0_MS, "end_ms": T0_MS + 3_600_000},
    }
    parts = ("items", "alarms", "laboratory", "clock_offsets", "findings", "assumptions")
    evidence = {
        **{name: [] for name in parts},
        "name": folder,
        "trajectories": {},
        "environment": {},
        "batch": batch,
        "deviation": None,
    }
    return json.dumps({"evidence": evidence, "signals": {}})


def admitted(
    folder: str,
    *,
    findings: int = 1,
    clocks: tuple[str, ...] = (),
    critical: tuple[str, ...] = (),
    blocking: tuple[str, ...] = (),
) -> EvidenceAdmitted:
    """A folder with one file in it."""
    file = AdmittedFile("a.csv", digest(folder), 90, "historian", "long", "1", 9, 0)
    return EvidenceAdmitted(
        folder,
        (file,),
        digest(reading_of(folder)),
        digest(f"{folder} parsed"),
        findings,
        critical,
        blocking,
        clocks,
    )


def document(document_id: str) -> DocumentAdmitted:
    """A page of a logbook."""
    return DocumentAdmitted(
        document_id,
        DocumentKind.LOGBOOK,
        "Shift book",
        date(2025, 10, 9),
        "Shift lead",
        "page.pdf",
        digest(document_id),
        1234,
        "compared with the original",
    )


def judged_finding(finding_id: str, judgement: Judgement) -> FindingJudged:
    """What a person makes of a finding of the reading."""
    return FindingJudged(finding_id, "gap of 90 s in FIC-101", judgement)


def doubted(finding_id: str, treatment: Treatment = Treatment.WIDEN) -> FindingAdded:
    """A finding that a person adds."""
    return FindingAdded(
        finding_id, "FIC-101", "plug", T0_MS, T0_MS + 60_000, treatment, "3", "hopper tapped"
    )


def clock(source: str, basis: ClockBasis = ClockBasis.ESTIMATED) -> ClockJudged:
    """What a person makes of the clock of a source."""
    return ClockJudged(source, basis, -37_000, 1_400, 0, 0, T0_MS, 12)


def mapped(*, packaged: bool = True) -> TagsMapped:
    """The map from signals to tags, with two entries; the second as the package has it or not."""
    return TagsMapped(
        "cdc_line_3",
        (
            MappedTag("feed_rate", "FIC-101", "kg/h", "1", "0", True),
            MappedTag("moisture", "MIC-201", "%", "0.01", "0", packaged),
        ),
    )


def linked(document_id: str, cause: str, bearing: Bearing = Bearing.SUPPORTS) -> DocumentLinked:
    """What a document says of a cause."""
    return DocumentLinked(document_id, cause, bearing)


def chosen(use: TwinUse = TwinUse.GXP) -> TwinChosen:
    """The twin of the line, approved by the entry that workspaces of tests begin with."""
    return TwinChosen("cdc_line_3", "1.0", TWIN_DIGEST, "approved", TWIN_APPROVAL, use)


def replayed(attempt: int) -> ReplayRecorded:
    """The replay as run for the n-th time."""
    return ReplayRecorded(digest(f"replay {attempt}"), digest(f"replayed {attempt}"))


def ranked(attempt: int) -> RankingRecorded:
    """The ranking as run for the n-th time."""
    return RankingRecorded(digest(f"ranking {attempt}"), digest(f"ranked {attempt}"))


def followed(attempt: int, *containers: str) -> ImpactRecorded:
    """The impact as found for the n-th time."""
    return ImpactRecorded(digest(f"impact {attempt}"), digest(f"impacted {attempt}"), containers)


def raised(
    cause: str,
    description: str = "",
    *,
    origin: Origin = Origin.TWIN,
    category: CauseCategory = CauseCategory.MACHINE,
    laboratory: bool = False,
) -> HypothesisRaised:
    """A cause that may have been at work."""
    return HypothesisRaised(cause, cause.title(), category, origin, description, laboratory)


def checked(
    *causes: str,
    check_id: str = "W-1",
    outcome: CheckOutcome = CheckOutcome.FAILED,
    document_id: str = "",
) -> CheckResultEntered:
    """The result of a check of the twin; a value where it was measured."""
    read = ("4.2", "0.1", "%") if outcome is CheckOutcome.MEASURED else ("", "", "")
    return CheckResultEntered(document_id, check_id, "Check weight", outcome, causes, T0_MS, *read)


def own_check(
    *causes: str,
    check_id: str = "O-1",
    bearing: CheckBearing = CheckBearing.CONFIRMS,
    document_id: str = "",
) -> OwnCheckEntered:
    """The result of a check of a person's own."""
    return OwnCheckEntered(
        document_id, check_id, "Filter opened", "blocked by fines", bearing, causes, T0_MS
    )


def phase_one(
    cause: str, *, error_found: bool = True, document_id: str = "DOC-1"
) -> LaboratoryPhaseOneStated:
    """Phase I of the laboratory with something on every point."""
    return LaboratoryPhaseOneStated(document_id, cause, error_found, *"abcdef")


def human_error(cause: str, *, document_id: str = "") -> HumanErrorExamined:
    """The seven questions, answered."""
    return HumanErrorExamined(document_id, cause, *"abcdefg")


def asked_why(
    cause: str, step: int, root: CauseCategory | None = None, *links: EvidenceLink
) -> WhyStated:
    """A step of the chain of whys of a cause; on a stretch of a signal, if on nothing else."""
    on = links or (EvidenceLink(LinkKind.SIGNAL, "FIC-101", T0_MS, T0_MS + 60_000),)
    return WhyStated(cause, step, f"because of {step}", on, root)


def tabled(subject: str, *links: EvidenceLink) -> IsIsNotStated:
    """A row of the is/is-not table; on the first drum, if on nothing else."""
    on = links or (EvidenceLink(LinkKind.CONTAINER, DRUMS[0]),)
    affected = Cell("the first drum", on)
    unaffected = Cell("the second drum", (EvidenceLink(LinkKind.CONTAINER, DRUMS[1]),))
    return IsIsNotStated(Dimension.EXTENT, subject, affected, unaffected, Cell(""))


def supposed(scenario_id: str) -> ScenarioStated:
    """A scenario of one step in the paddle speed."""
    part = PartStated(
        *(TargetKind.INPUT, "paddle.speed", Course.STEP, T0_MS, T0_MS + 600_000, "0.0", ("20.0",))
    )
    return ScenarioStated(scenario_id, "The paddle ran faster", CauseCategory.MACHINE, (part,))


def tried(scenario_id: str, count: int = 1) -> ScenarioRun:
    """A run of a scenario; each of another recipe."""
    recipe, result = digest(f"run {scenario_id} {count}"), digest(f"told {scenario_id} {count}")
    return ScenarioRun(scenario_id, recipe, result, fitted=False)


def judged(cause: str, verdict: Verdict) -> VerdictGiven:
    """A verdict on it."""
    return VerdictGiven(cause, verdict)


def decided(container_id: str, decision: Proposal = Proposal.RELEASE) -> DispositionDecided:
    """A decision on a container for which release was proposed."""
    return DispositionDecided(container_id, decision, Proposal.RELEASE)


def concluded(
    root_cause: RootCause, *causes: str, by: tuple[str, ...] | None = None
) -> ConclusionStated:
    """What the investigation came to; `by`: the checks that confirm it."""
    risk = Risk(Level.HIGH, Level.LOW, Level.MEDIUM, "nothing of it was released")
    return ConclusionStated(root_cause, causes, "What happened, and why.", risk, by)


def proposed(action_id: str) -> ActionProposed:
    """A corrective action."""
    return ActionProposed(
        action_id,
        ActionKind.CORRECTIVE,
        "Change the filter each week.",
        "head of production",
        date(2026, 1, 31),
        "no blocked filter in three months",
    )


def issued(revision: int) -> ReportIssued:
    """The report in this revision."""
    return ReportIssued(revision, digest(f"dossier {revision}"), digest(f"report {revision}"))


def signed(field: SignatureField, *, revision: int = 1) -> ReportSigned:
    """A signature on the report in this revision."""
    return ReportSigned(field, issued(revision).pdf, digest(f"report {revision} {field}"))


OPENED = CaseOpened(
    CASE,
    "API content low",
    "Drum D2 at 91 % of label claim.",
    "CDC-3",
    "B-100",
    "tablet 50 mg",
    Classification.MAJOR,
    date(2025, 11, 8),
    ZONE,
)
CONTAINED = ContainmentRecorded("Line stopped, drums D1 to D3 in quarantine.")
RELATED = RelatedBatchDecided(
    "B-101",
    (Shared.LOT, Shared.TOOLING),
    ScopeDecision.NOT_AFFECTED,
    DistributionStatus.QUARANTINED,
)
SCOPED = ScopeCompleted()
EVIDENCE = admitted("B-100 export", clocks=("batch_record.xml",))
DOCUMENT = document("DOC-1")
FINDING = judged_finding("F-1", Judgement.ACCEPTED)
ADDED = doubted("F-9")
CLOCK = clock("batch_record.xml")
MAPPED = mapped()
TWIN_DIGEST = f"sha256:{digest('twin')}"
TWIN_APPROVAL = 15
"""Entry with the signature of the twin approver."""
TWIN = chosen()
REPLAYED = replayed(1)
ANNOTATED = AnnotationMade("A-1", "FIC-101", T0_MS, T0_MS + 60_000, "flow falls")
RAISED = tuple(raised(cause) for cause in CAUSES)
LINKED = linked("DOC-1", FILTER)
RANKED = ranked(1)
JUDGED = (judged(FILTER, Verdict.SUPPORTED), judged(FEEDER, Verdict.REFUTED))
FOLLOWED = followed(1, *DRUMS)
DECIDED = tuple(decided(drum) for drum in DRUMS)
CHECKED = own_check(FILTER)
SUPPOSED = supposed("faster")
CONCLUDED = concluded(RootCause.CONFIRMED, FILTER, by=(CHECKED.about(),))
ACTION = proposed("CAPA-1")
ISSUED = issued(1)
AUTHORED, REVIEWED, APPROVED = (signed(field) for field in SignatureField)
CLOSED = CaseClosed()

WALK: tuple[Act, ...] = (
    OPENED,
    CONTAINED,
    RELATED,
    SCOPED,
    EVIDENCE,
    DOCUMENT,
    FINDING,
    ADDED,
    CLOCK,
    MAPPED,
    TWIN,
    REPLAYED,
    ANNOTATED,
    *RAISED,
    LINKED,
    CHECKED,
    SUPPOSED,
    RANKED,
    *JUDGED,
    FOLLOWED,
    *DECIDED,
    CONCLUDED,
    ACTION,
    ISSUED,
    AUTHORED,
    REVIEWED,
    APPROVED,
    CLOSED,
)
"""A valid case, from opened to closed, as short as one with every kind of content is."""

RECLASSIFIED = ClassificationChanged(Classification.CRITICAL)
EXTENDED = DueDateExtended(date(2025, 12, 8))
RETURNED = ReportReturned()
VOIDED = SignaturesVoided(tuple(SignatureField), "document admitted")
REOPENED = CaseReopened()
REMEDIED = RemedyRecorded(digest("remedies"), digest("remedied"), 950)
TABLED = tabled("containers")
ASKED_WHY = asked_why(FILTER, 1)
WEIGHED = checked(FILTER)
TRIED = tried("faster")
PHASE_ONE, HUMAN_ERROR = phase_one(FEEDER), human_error(FEEDER)
OFF_THE_WALK: tuple[Act, ...] = (
    RECLASSIFIED,
    EXTENDED,
    TABLED,
    ASKED_WHY,
    WEIGHED,
    PHASE_ONE,
    HUMAN_ERROR,
    TRIED,
    REMEDIED,
    RETURNED,
    VOIDED,
    REOPENED,
)
"""The acts that the walk does without."""

_BY_OTHERS = {REVIEWED: BEN, APPROVED: EVA, CLOSED: EVA, REOPENED: EVA, RETURNED: BEN}


class Story:
    """An investigation that goes on act by act; entries of others lie between its own."""

    def __init__(self, case: Investigation | None = None) -> None:
        self.case = case or folded(CASE)

    def do(self, first: Act, *more: Act) -> Recorded[Act]:
        """Record acts, each of which must be in order; the last as recorded."""
        refused = refusal(self.case, first)
        assert refused is None, refused
        recorded = self.unchecked(first)
        return self.do(*more) if more else recorded

    def unchecked(self, act: Act) -> Recorded[Act]:
        """Record an act, in order or not."""
        recorded = recorded_as(act, self._next())
        self.case = self.case.after(recorded)
        return recorded

    def withdraw(self, act: Act) -> Withdrawal:
        """Withdraw an act that counts; it must be in order to do so."""
        gone = self.entry(act)
        refused = refusal_of_withdrawal(self.case, gone)
        assert refused is None, refused
        withdrawal = withdrawn_as(gone, self._next())
        self.case = self.case.without(withdrawal)
        return withdrawal

    def entry(self, act: Act) -> Recorded[Act]:
        """The last entry with this act."""
        return next(r for r in reversed(self.case.history) if r.act == act)

    def is_stale(self, act: Act) -> bool:
        """Whether the act as recorded last is stale."""
        return self.case.is_stale(self.entry(act))

    def refusal(self, act: Act) -> str | None:
        """Why the act is out of order now."""
        return refusal(self.case, act)

    def _next(self) -> int:
        return 2 + max(
            (e.sequence for e in (*self.case.history, *self.case.withdrawals)), default=8
        )


def recorded_as(act: Act, sequence: int) -> Recorded[Act]:
    """An act as the log holds it: by the person whose act it is, with a reason if it needs one."""
    who = _BY_OTHERS.get(act, ANN)
    why = WHY if act.needs_reason() else ""
    return Recorded(sequence, who, T0_MS + sequence * 60_000, ZONE, act, why)


def withdrawn_as(gone: Recorded[Act], sequence: int) -> Withdrawal:
    """The withdrawal of an act, by the person whose act it was."""
    return Withdrawal(gone, sequence, gone.who, T0_MS + sequence * 60_000, gone.zone, WHY)


def walked(*, until: Act | type[Act] | None = None) -> Investigation:
    """The case after an act of the walk, or after the last one of a kind; after all if None."""
    return told(_up_to(until)).case


def told(acts: Sequence[Act]) -> Story:
    """The story of these acts, each of which must be in order."""
    story = Story()
    for act in acts:
        story.do(act)
    return story


def _up_to(until: Act | type[Act] | None) -> tuple[Act, ...]:
    if until is None:
        return WALK
    hits = [i for i, act in enumerate(WALK) if act == until or type(act) is until]
    return WALK[: hits[-1] + 1]
