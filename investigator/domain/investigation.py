"""An investigation is what one gets by reading its acts from the start.

- A later act on the same thing takes the place of the earlier one; a withdrawn act counts as never
  done, and its withdrawal as a change of what it was about.
- A result or judgement is stale when something that it rests on changed after it or is stale
  itself; it is shown as stale, never deleted. What rests on what is in `grounds`.
- A replay is stale, too, once a person decided otherwise about the data: a finding dismissed or
  added, a clock set, a tag mapped anew, or one of these taken back.
- A verdict counts while its hypothesis stands, a decision while the impact names its container, a
  link while its document and its hypothesis stand.
- The rules of order are in `rules`; who may do what is no matter of this room.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from investigator.domain.acts.act import Act, Actor, Recorded
from investigator.domain.acts.analysis import (
    DispositionDecided,
    HypothesisRaised,
    ImpactRecorded,
    RankingRecorded,
    RemedyRecorded,
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
from investigator.domain.acts.checks import (
    CheckResultEntered,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OwnCheckEntered,
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
from investigator.domain.acts.data_review import (
    ClockJudged,
    DocumentLinked,
    FindingAdded,
    TagsMapped,
)
from investigator.domain.acts.evidence import (
    AnnotationMade,
    DocumentAdmitted,
    EvidenceAdmitted,
    FindingJudged,
)
from investigator.domain.acts.reasoning import Dimension, IsIsNotStated, WhyStated
from investigator.domain.acts.scenarios import ScenarioRun, ScenarioStated
from investigator.domain.grounds import CONTENT, RESTS_ON, single_grounds

A = TypeVar("A", bound=Act)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An act that no longer counts: the act, and the entry that withdrew it: who, when and why."""

    withdrawn: Recorded[Act]
    sequence: int
    who: Actor
    t_ms: int
    zone: str
    why: str


@dataclass(frozen=True, slots=True)
class Investigation:
    """One case as it is after some number of entries; made by `folded`, `after` and `without`.

    `case_id`: the number of the deviation. `history`: its acts in the order of the log, without the
    withdrawn ones. `withdrawals`: those, in the order in which they were withdrawn.
    """

    case_id: str
    history: tuple[Recorded[Act], ...]
    withdrawals: tuple[Withdrawal, ...] = ()
    _standing: Mapping[type[Act], Mapping[str, Recorded[Any]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _touched: Mapping[tuple[type[Act], str | None], int] = field(
        default_factory=dict, repr=False, compare=False
    )
    _data_changed: int = field(default=-1, repr=False, compare=False)

    def after(self, recorded: Recorded[Act]) -> "Investigation":
        """The investigation with one act more at its end."""
        kind, about, sequence = type(recorded.act), recorded.act.about(), recorded.sequence
        of_kind = {**self._standing.get(kind, {}), about: recorded}
        return Investigation(
            self.case_id,
            (*self.history, recorded),
            self.withdrawals,
            {**self._standing, kind: of_kind},
            {**self._touched, (kind, about): sequence, (kind, None): sequence},
            sequence if self._changes_data(recorded.act) else self._data_changed,
        )

    def _changes_data(self, act: Act) -> bool:
        """Also where it takes the place of an act that did and that still counts."""
        old = self.standing(type(act), act.about())
        undoes = old is not None and old.act.changes_data() and not self.is_stale(old)
        return undoes or act.changes_data()

    def without(self, withdrawal: Withdrawal) -> "Investigation":
        """The investigation after one of its acts was withdrawn."""
        gone = withdrawal.withdrawn.sequence
        kept = tuple(r for r in self.history if r.sequence != gone)
        return folded(self.case_id, kept, (*self.withdrawals, withdrawal))

    def standing(self, kind: type[A], about: str = "") -> Recorded[A] | None:
        """The latest act of a kind on one thing; None if there is none."""
        return self._standing.get(kind, {}).get(about)

    def last(self, kind: type[A]) -> Recorded[A] | None:
        """The latest act of a kind, whatever it is about; None if there is none."""
        found = self.all_standing(kind)
        return max(found, key=lambda r: r.sequence) if found else None

    def all_standing(self, kind: type[A]) -> tuple[Recorded[A], ...]:
        """The latest acts of a kind, one for each thing, in the order of their things."""
        return tuple(self._standing.get(kind, {}).values())

    def touched(self, *kinds: type[Act], about: str | None = None) -> int:
        """Number of the last entry that did or withdrew an act of one of these kinds; -1: none.

        `about`: on this thing only.
        """
        return max((self._touched.get((kind, about), -1) for kind in kinds), default=-1)

    def is_stale(self, recorded: Recorded[Act]) -> bool:
        """Whether something that the act rests on changed after it, or is stale itself."""
        kinds = RESTS_ON.get(type(recorded.act), ())
        if self._changed_under(recorded.act, kinds) > recorded.sequence:
            return True
        return any(self.is_stale(ground) for kind in kinds for ground in self._counting(kind))

    def _changed_under(self, act: Act, kinds: tuple[type[Act], ...]) -> int:
        if isinstance(act, ReportIssued):
            return self.content_changed
        single = (self.touched(kind, about=about) for kind, about in single_grounds(act))
        data = self._data_changed if isinstance(act, ReplayRecorded) else -1
        return max((self.touched(*kinds), data, *single))

    def _counting(self, kind: type[Act]) -> Iterable[Recorded[Act]]:
        if kind is VerdictGiven:
            return self.verdicts.values()
        if kind is DispositionDecided:
            return self.dispositions.values()
        return self.all_standing(kind)

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

    def document(self, document_id: str) -> Recorded[DocumentAdmitted] | None:
        """A document by its id; None if none of it stands."""
        return self.standing(DocumentAdmitted, f"document {document_id}")

    @property
    def judged_findings(self) -> Mapping[str, Recorded[FindingJudged]]:
        """Judgements on findings by id of the finding."""
        return {r.act.finding_id: r for r in self.all_standing(FindingJudged)}

    @property
    def added_findings(self) -> tuple[Recorded[FindingAdded], ...]:
        """Findings that a person added; stale ones too."""
        return self.all_standing(FindingAdded)

    @property
    def clocks(self) -> Mapping[str, Recorded[ClockJudged]]:
        """Judgements on clocks by source; stale ones too."""
        return {r.act.source: r for r in self.all_standing(ClockJudged)}

    @property
    def tag_map(self) -> Recorded[TagsMapped] | None:
        """The map from signals to tags as reviewed last."""
        return self.last(TagsMapped)

    @property
    def data_changed(self) -> int:
        """Number of the last entry by which the analyses see other data of the same evidence, or
        by which such an act was withdrawn; -1: none."""
        return self._data_changed

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

    def hypothesis(self, cause: str) -> Recorded[HypothesisRaised] | None:
        """A hypothesis by its id; None if none of it stands."""
        return self.standing(HypothesisRaised, f"hypothesis {cause}")

    @property
    def document_links(self) -> tuple[Recorded[DocumentLinked], ...]:
        """What documents say of hypotheses, where both still stand."""
        return tuple(
            r
            for r in self.all_standing(DocumentLinked)
            if self.standing(DocumentAdmitted, r.act.document()) is not None
            and self.standing(HypothesisRaised, r.act.hypothesis()) is not None
        )

    @property
    def is_is_not(self) -> tuple[Recorded[IsIsNotStated], ...]:
        """The rows of the is/is-not table, by dimension; stale ones too."""
        order = list(Dimension)
        rows = self.all_standing(IsIsNotStated)
        return tuple(sorted(rows, key=lambda r: order.index(r.act.dimension)))

    @property
    def whys(self) -> tuple[Recorded[WhyStated], ...]:
        """The chains of whys of the hypotheses that stand, step by step; stale ones too."""
        return tuple(why for r in self.hypotheses for why in self.whys_of(r.act.cause))

    def whys_of(self, cause: str) -> tuple[Recorded[WhyStated], ...]:
        """The chain of one hypothesis, from its first why as far as no step is missing."""
        stated = {r.act.step: r for r in self.all_standing(WhyStated) if r.act.cause == cause}
        chain = list[Recorded[WhyStated]]()
        while len(chain) + 1 in stated:
            chain.append(stated[len(chain) + 1])
        return tuple(chain)

    @property
    def check_results(self) -> tuple[Recorded[CheckResultEntered], ...]:
        """Results of checks that the twin knows; stale ones too."""
        return self.all_standing(CheckResultEntered)

    @property
    def own_checks(self) -> tuple[Recorded[OwnCheckEntered], ...]:
        """Results of checks of a person's own; stale ones too."""
        return self.all_standing(OwnCheckEntered)

    def phase_one(self, cause: str) -> Recorded[LaboratoryPhaseOneStated] | None:
        """The phase I of the laboratory on a hypothesis, stale or not."""
        return self.standing(LaboratoryPhaseOneStated, f"phase I on {cause}")

    def human_error(self, cause: str) -> Recorded[HumanErrorExamined] | None:
        """The examination of human error on a hypothesis, stale or not."""
        return self.standing(HumanErrorExamined, f"human error on {cause}")

    @property
    def scenarios(self) -> tuple[Recorded[ScenarioStated], ...]:
        """The scenarios that people stated, each as it was stated last."""
        return self.all_standing(ScenarioStated)

    def scenario(self, scenario_id: str) -> Recorded[ScenarioStated] | None:
        """A scenario by its id; None if none of it stands."""
        return self.standing(ScenarioStated, f"scenario {scenario_id}")

    def supposes(self, scenario: ScenarioStated) -> Recorded[HypothesisRaised] | None:
        """The hypothesis that a scenario supposes, which has the same id; None for none."""
        return self.hypothesis(scenario.scenario_id)

    @property
    def scenario_runs(self) -> tuple[Recorded[ScenarioRun], ...]:
        """Every run of a scenario in the order of the log, stale ones too."""
        runs = self.all_standing(ScenarioRun)
        return tuple(sorted(runs, key=lambda r: r.sequence))

    @property
    def ranking(self) -> Recorded[RankingRecorded] | None:
        """The latest ranking."""
        return self.last(RankingRecorded)

    @property
    def verdicts(self) -> Mapping[str, Recorded[VerdictGiven]]:
        """Verdicts by hypothesis, for those that stand; stale verdicts too."""
        raised = {r.act.cause for r in self.hypotheses}
        given = self.all_standing(VerdictGiven)
        return {r.act.cause: r for r in given if r.act.cause in raised}

    @property
    def impact(self) -> Recorded[ImpactRecorded] | None:
        """The latest impact."""
        return self.last(ImpactRecorded)

    @property
    def remedies(self) -> Recorded[RemedyRecorded] | None:
        """The latest simulation of what could be done."""
        return self.last(RemedyRecorded)

    @property
    def containers(self) -> tuple[str, ...]:
        """Ids of the containers that the impact names, in order of filling."""
        return self.impact.act.containers if self.impact else ()

    @property
    def dispositions(self) -> Mapping[str, Recorded[DispositionDecided]]:
        """Decisions by container, for those that the impact names; stale decisions too."""
        named = frozenset(self.containers)
        decided = self.all_standing(DispositionDecided)
        return {r.act.container_id: r for r in decided if r.act.container_id in named}

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
        return self.touched(*CONTENT)

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
    standing: dict[type[Act], dict[str, Recorded[Any]]] = {}
    for r in acts:
        standing.setdefault(type(r.act), {})[r.act.about()] = r
    changes = [(r.sequence, r.act) for r in acts]
    changes += [(w.sequence, w.withdrawn.act) for w in withdrawals]
    changes.sort(key=lambda change: change[0])
    touched: dict[tuple[type[Act], str | None], int] = {}
    for sequence, act in changes:
        touched[type(act), act.about()] = touched[type(act), None] = sequence
    data_changed = _last_change_of_data(changes, withdrawals)
    return Investigation(case_id, acts, withdrawals, standing, touched, data_changed)


def _last_change_of_data(
    changes: Iterable[tuple[int, Act]], withdrawals: Iterable[Withdrawal]
) -> int:
    """Whoever took the place of an act that changed data, or withdrew it, changed them again."""
    undone = {w.sequence for w in withdrawals}
    last, before, evidence = -1, dict[tuple[type[Act], str], tuple[int, Act]](), -1
    for sequence, act in changes:
        key = (type(act), act.about())
        since, old = before.get(key, (-1, None))
        counted = old is not None and old.changes_data() and since > evidence
        if act.changes_data() or counted:
            last = sequence
        if isinstance(act, EvidenceAdmitted):
            evidence = sequence
        if sequence not in undone:
            before[key] = (sequence, act)
    return last
