"""All acts by the word that the log has for them."""

from collections.abc import Mapping
from types import MappingProxyType

from investigator.domain.acts.act import Act
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
from investigator.domain.acts.reasoning import IsIsNotStated, WhyStated
from investigator.domain.acts.scenarios import ScenarioRun, ScenarioStated

ALL_ACTS: tuple[type[Act], ...] = (
    CaseOpened,
    ClassificationChanged,
    ContainmentRecorded,
    DueDateExtended,
    RelatedBatchDecided,
    ScopeCompleted,
    EvidenceAdmitted,
    DocumentAdmitted,
    FindingJudged,
    FindingAdded,
    ClockJudged,
    TagsMapped,
    TwinChosen,
    ReplayRecorded,
    AnnotationMade,
    IsIsNotStated,
    HypothesisRaised,
    WhyStated,
    DocumentLinked,
    CheckResultEntered,
    OwnCheckEntered,
    LaboratoryPhaseOneStated,
    HumanErrorExamined,
    ScenarioStated,
    RankingRecorded,
    ScenarioRun,
    VerdictGiven,
    ImpactRecorded,
    RemedyRecorded,
    DispositionDecided,
    ConclusionStated,
    ActionProposed,
    ReportIssued,
    ReportSigned,
    ReportReturned,
    SignaturesVoided,
    CaseClosed,
    CaseReopened,
)
"""In the order of the walk."""

BY_WORD: Mapping[str, type[Act]] = MappingProxyType({act.WORD: act for act in ALL_ACTS})
