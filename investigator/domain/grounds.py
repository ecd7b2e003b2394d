"""What an act rests on, and so what makes it stale.

- A result or judgement rests on the acts of some kinds; a verdict, a run of a scenario and what was
  looked at on site also on those single acts that they speak of.
- Everything but paperwork changes what the report says and voids its signatures.
"""

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
    CaseReopened,
    RelatedBatchDecided,
    ScopeCompleted,
)
from investigator.domain.acts.catalogue import ALL_ACTS
from investigator.domain.acts.checks import ON_SITE, CheckResultEntered, OnSite
from investigator.domain.acts.closing import (
    ConclusionStated,
    ReportIssued,
    ReportReturned,
    ReportSigned,
    SignaturesVoided,
)
from investigator.domain.acts.data_review import ClockJudged, FindingAdded, TagsMapped
from investigator.domain.acts.evidence import DocumentAdmitted, EvidenceAdmitted, FindingJudged
from investigator.domain.acts.reasoning import IsIsNotStated, WhyStated
from investigator.domain.acts.scenarios import ScenarioRun, ScenarioStated

RESTS_ON: Mapping[type[Act], tuple[type[Act], ...]] = MappingProxyType(
    {
        ScopeCompleted: (RelatedBatchDecided,),
        FindingJudged: (EvidenceAdmitted,),
        FindingAdded: (EvidenceAdmitted,),
        ClockJudged: (EvidenceAdmitted,),
        TagsMapped: (EvidenceAdmitted,),
        IsIsNotStated: (EvidenceAdmitted,),
        WhyStated: (EvidenceAdmitted,),
        ReplayRecorded: (EvidenceAdmitted, TwinChosen),
        RankingRecorded: (ReplayRecorded, CheckResultEntered),
        ScenarioRun: (ReplayRecorded,),
        VerdictGiven: (RankingRecorded,),
        ImpactRecorded: (RankingRecorded,),
        RemedyRecorded: (ImpactRecorded,),
        DispositionDecided: (ImpactRecorded,),
        ConclusionStated: (
            ScopeCompleted,
            HypothesisRaised,
            VerdictGiven,
            ImpactRecorded,
            DispositionDecided,
            *ON_SITE,
        ),
    }
)
"""What each result or judgement rests on, whatever it is about; see `single_grounds` for the rest.

A replay rests also on what was decided about the data, the report on all that is no paperwork."""


def single_grounds(act: Act) -> tuple[tuple[type[Act], str], ...]:
    """Acts that one rests on besides, each by its kind and what it is about."""
    match act:
        case VerdictGiven():
            return ((HypothesisRaised, act.hypothesis()),)
        case ScenarioRun():
            return ((ScenarioStated, act.scenario()),)
        case OnSite():
            documents = filter(None, [act.document()])
            on_paper = tuple((DocumentAdmitted, document) for document in documents)
            return (*on_paper, *((HypothesisRaised, h) for h in act.hypotheses()))
        case _:
            return ()


PAPERWORK = (ReportIssued, ReportSigned, ReportReturned, SignaturesVoided, CaseClosed, CaseReopened)
"""Acts that change nothing of what the report says."""

CONTENT = tuple(kind for kind in ALL_ACTS if kind not in PAPERWORK)
"""Acts that change what the report says."""

_VOIDING_PAPERWORK = (ReportIssued, ReportReturned, CaseReopened)


def voids(kind: type[Act]) -> bool:
    """Whether an act of this kind voids the signatures that were given before it."""
    return issubclass(kind, _VOIDING_PAPERWORK) or not issubclass(kind, PAPERWORK)
