"""An investigation is what one gets by reading its acts from the start.

- A later act on the same thing takes the place of the earlier one; a withdrawn act counts as never
  done, and its withdrawal as a change of what it was about.
- A result is stale when something that it rests on changed after it; it is shown as stale, never
  deleted.
- The rules of order are in `rules`; who may do what is no matter of this room.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from investigator.domain.acts.act import Act, Actor, Recorded
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    ImpactRecorded,
    RankingRecorded,
    ReplayRecorded,
    TwinChosen,
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
)
from investigator.domain.acts.closing import (
    ActionProposed,
    ConclusionStated,
    ReportIssued,
    ReportReturned,
    ReportSigned,
    SignatureField,
    SignaturesVoided,
)
from investigator.domain.acts.evidence import (
    AnnotationMade,
    DocumentAdmitted,
    EvidenceAdmitted,
    FindingJudged,
)

A = TypeVar("A", bound=Act)

RESTS_ON: Mapping[type[Act], tuple[type[Act], ...]] = MappingProxyType(
    {
        ReplayRecorded: (EvidenceAdmitted, TwinChosen),
        RankingRecorded: (ReplayRecorded,),
        VerdictGiven: (RankingRecorded,),
        ImpactRecorded: (RankingRecorded,),
        DispositionDecided: (ImpactRecorded,),
        ConclusionStated: (VerdictGiven, ImpactRecorded, DispositionDecided),
    }
)
"""What each result or judgement rests on; the report rests on everything."""

PAPERWORK = (ReportIssued, ReportSigned, ReportReturned, SignaturesVoided, CaseClosed, CaseReopened)
"""Acts that change nothing of what the report says."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An act that no longer counts: the act, and who withdrew it when and why (`entry`)."""

    withdrawn: Recorded[Act]
    sequence: int
    who: Actor
    t_ms: int
    zone: str
    why: str


@dataclass(frozen=True, slots=True)
class Investigation:
    """One case as it is after some number of entries.

    `case_id`: the number of the deviation. `history`: its acts in the order of the log, without the
    withdrawn ones. `withdrawals`: those, in the order in which they were withdrawn.
    """

    case_id: str
    history: tuple[Recorded[Act], ...]
    withdrawals: tuple[Withdrawal, ...] = ()
    _standing: Mapping[tuple[type[Act], str], Recorded[Any]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False, compare=False
    )

    def after(self, recorded: Recorded[Act]) -> "Investigation":
        """The investigation with one act more at its end."""
        key = (type(recorded.act), recorded.act.about())
        standing = {**self._standing, key: recorded}
        return Investigation(
            self.case_id,
            (*self.history, recorded),
            self.withdrawals,
            MappingProxyType(standing),
        )

    def without(self, withdrawal: Withdrawal) -> "Investigation":
        """The investigation after one of its acts was withdrawn."""
        gone = withdrawal.withdrawn.sequence
        kept = tuple(r for r in self.history if r.sequence != gone)
        return folded(self.case_id, kept, (*self.withdrawals, withdrawal))

    def standing(self, kind: type[A], about: str = "") -> Recorded[A] | None:
        """The latest act of a kind on one thing; None if there is none."""
        return self._standing.get((kind, about))

    def last(self, kind: type[A]) -> Recorded[A] | None:
        """The latest act of a kind, whatever it is about; None if there is none."""
        found = self.all_standing(kind)
        return max(found, key=lambda r: r.sequence) if found else None

    def all_standing(self, kind: type[A]) -> tuple[Recorded[A], ...]:
        """The latest acts of a kind, one for each thing, in the order of their things."""
        return tuple(r for (known, _), r in self._standing.items() if known is kind)

    def touched(self, *kinds: type[Act]) -> int:
        """Number of the last entry that did or withdrew an act of one of these kinds; -1: none."""
        done = (r.sequence for r in self.history if isinstance(r.act, kinds))
        undone = (w.sequence for w in self.withdrawals if isinstance(w.withdrawn.act, kinds))
        return max((*done, *undone), default=-1)

    def is_stale(self, recorded: Recorded[Act]) -> bool:
        """Whether something that the act rests on changed after it, or is stale itself."""
        kinds = RESTS_ON.get(type(recorded.act), ())
        if self.touched(*kinds) > recorded.sequence:
            return True
        return any(self.is_stale(r) for kind in kinds if (r := self.last(kind)) is not None)

    @property
    def opened(self) -> Recorded[CaseOpened]:
        """How the case was opened; raises LookupError for a case that never was."""
        found = self.standing(CaseOpened)
        if found is None:
            raise LookupError(f"{self.case_id} was never opened")
        return found

    @property
    def exists(self) -> bool:
        """Whether the case was opened."""
        return self.standing(CaseOpened) is not None

    @property
    def classification(self) -> Recorded[CaseOpened] | Recorded[ClassificationChanged]:
        """The act that last classified the case."""
        return self.standing(ClassificationChanged) or self.opened

    @property
    def grade(self) -> Classification:
        """The classification as it is."""
        return self.classification.act.classification

    @property
    def due(self) -> Recorded[CaseOpened] | Recorded[DueDateExtended]:
        """The act that last set the due date."""
        return self.standing(DueDateExtended, "due date") or self.opened

    @property
    def containment(self) -> Recorded[ContainmentRecorded] | None:
        """What was done at once."""
        return self.last(ContainmentRecorded)

    @property
    def related_batches(self) -> tuple[Recorded[RelatedBatchDecided], ...]:
        """Other batches, each with its decision."""
        return self.all_standing(RelatedBatchDecided)

    @property
    def scope(self) -> Recorded[ScopeCompleted] | None:
        """That the search for other batches was completed."""
        return self.last(ScopeCompleted)

    @property
    def evidence(self) -> Recorded[EvidenceAdmitted] | None:
        """The evidence as admitted last."""
        return self.last(EvidenceAdmitted)

    @property
    def documents(self) -> tuple[Recorded[DocumentAdmitted], ...]:
        """The documents admitted."""
        return self.all_standing(DocumentAdmitted)

    @property
    def judged_findings(self) -> Mapping[str, Recorded[FindingJudged]]:
        """Judgements on findings by id of the finding."""
        return {r.act.finding_id: r for r in self.all_standing(FindingJudged)}

    @property
    def annotations(self) -> tuple[Recorded[AnnotationMade], ...]:
        """Remarks on stretches of time."""
        return self.all_standing(AnnotationMade)

    @property
    def twin(self) -> Recorded[TwinChosen] | None:
        """The twin as chosen last."""
        return self.last(TwinChosen)

    @property
    def replay(self) -> Recorded[ReplayRecorded] | None:
        """The latest replay."""
        return self.last(ReplayRecorded)

    @property
    def hypotheses(self) -> tuple[Recorded[HypothesisRaised], ...]:
        """The hypotheses raised."""
        return self.all_standing(HypothesisRaised)

    @property
    def ranking(self) -> Recorded[RankingRecorded] | None:
        """The latest ranking."""
        return self.last(RankingRecorded)

    @property
    def verdicts(self) -> Mapping[str, Recorded[VerdictGiven]]:
        """Verdicts by hypothesis, the stale ones too."""
        return {r.act.cause: r for r in self.all_standing(VerdictGiven)}

    @property
    def impact(self) -> Recorded[ImpactRecorded] | None:
        """The latest impact."""
        return self.last(ImpactRecorded)

    @property
    def dispositions(self) -> Mapping[str, Recorded[DispositionDecided]]:
        """Decisions by container, the stale ones too."""
        return {r.act.container_id: r for r in self.all_standing(DispositionDecided)}

    @property
    def conclusion(self) -> Recorded[ConclusionStated] | None:
        """The conclusion as stated last."""
        return self.last(ConclusionStated)

    @property
    def actions(self) -> tuple[Recorded[ActionProposed], ...]:
        """The actions proposed."""
        return self.all_standing(ActionProposed)

    @property
    def report(self) -> Recorded[ReportIssued] | None:
        """The report as issued last."""
        return self.last(ReportIssued)

    @property
    def report_in_force(self) -> bool:
        """Whether a report is issued, not returned, and says what the case says."""
        report = self.report
        return report is not None and report.sequence > max(
            self.content_changed, self.touched(ReportReturned, CaseReopened)
        )

    @property
    def content_changed(self) -> int:
        """Number of the last entry that changed what the report says; -1: none."""
        done = (r.sequence for r in self.history if not isinstance(r.act, PAPERWORK))
        undone = (w.sequence for w in self.withdrawals)
        return max((*done, *undone), default=-1)

    @property
    def signatures(self) -> tuple[Recorded[ReportSigned], ...]:
        """The signatures in force on the report, in their order."""
        if not self.report_in_force or self.report is None:
            return ()
        since = max(self.report.sequence, self.touched(SignaturesVoided))
        given = (r for r in self.all_standing(ReportSigned) if r.sequence > since)
        return tuple(sorted(given, key=lambda r: list(SignatureField).index(r.act.field)))

    @property
    def closed(self) -> bool:
        """Whether the case is closed."""
        return self.touched(CaseClosed) > self.touched(CaseReopened)


def folded(
    case_id: str,
    history: Iterable[Recorded[Act]] = (),
    withdrawals: tuple[Withdrawal, ...] = (),
) -> Investigation:
    """The investigation that these acts make, read from the first."""
    acts = tuple(history)
    standing = {(type(r.act), r.act.about()): r for r in acts}
    return Investigation(case_id, acts, withdrawals, MappingProxyType(standing))
