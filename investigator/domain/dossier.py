"""Everything that a report says, as values: the report room turns it into pages, nothing else.

Numbers are final here; the report formats, it does not compute.
"""

from dataclasses import dataclass

from investigator.domain.alarm import AlarmEvent
from investigator.domain.batch import BatchRecord
from investigator.domain.case_record import CaseRecord
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.departures import Departure
from investigator.domain.detectability import Detectability
from investigator.domain.deviation import DeviationNotice
from investigator.domain.evidence import ClockOffset, EvidenceItem, Finding
from investigator.domain.evidence_decisions import TagMapping
from investigator.domain.genealogy import Edge, Node
from investigator.domain.impact import Impact
from investigator.domain.instant import Span
from investigator.domain.material_account import MaterialAccount
from investigator.domain.multivariate import ControlChart
from investigator.domain.panel import Curve, Panel, ReplayRow
from investigator.domain.ranking import Ranking
from investigator.domain.ranking_history import PastRanking
from investigator.domain.reconciliation import Reconciliation
from investigator.domain.recurrence import Recurrence
from investigator.domain.remedy import RemedyResult
from investigator.domain.replayed import Replayed
from investigator.domain.scenario_outcome import ScenarioOutcome
from investigator.domain.toolbox import Toolbox
from investigator.domain.tracing import Traced


@dataclass(frozen=True, slots=True)
class TwinStatement:
    """Which twin was used, how it stands, and how it replays this batch."""

    twin_id: str
    title: str
    version: str
    digest: str
    status: str
    context_of_use: str
    warnings: tuple[str, ...]


DIRECT_COMPRESSION = (
    ("API feeder", "Filler feeder 1", "Filler feeder 2", "Lubricant feeder"),
    ("Blender",),
    ("NIR analyser",),
    ("Transfer chute",),
    ("Feed frame",),
    ("Tablet press",),
    ("Drums",),
)
"""Continuous direct compression: stages in the direction of flow, each with its parallel units."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The content of a deviation report.

    `marking` is printed on every page (e.g. "unattended draft, not reviewed"); `zone` is the IANA
    zone in which times are printed; `process_flow` names the units of the line, stage by stage.
    `record`: what people did in the case; None for an unattended run. `clock_evidence`: what the
    offsets rest on. `tag_map`: departures from the map of the twin's package. `finding_ids`: of
    `findings`, in their order. `genealogy`: its edges, with words for its nodes. `recurrence`:
    empty for an unattended run. `departures`: of every channel, those that left the band first
    above. `replayed`: from the recorded inputs; None in results that were made without.
    `twin_approval`: the approval of the twin as the file carries it; empty for an unattended run.
    `traced`, `detectability`, `remedies`, `account`: None or empty where they were not made.
    `scenario_runs`: every recorded run of a scenario; empty for an unattended run.
    `contradicted`: of rejected causes, the channel that speaks worst against each, with its fit.
    `rankings`: every ranking that was recorded; empty for an unattended run.
    `toolbox`, `control_chart`, `pls_chart`: beside normal batches, None in results that were made
    without.
    """

    marking: str
    case: str
    zone: str
    software: str
    seed: int
    deviation: DeviationNotice | None
    batch: BatchRecord
    items: tuple[EvidenceItem, ...]
    clock_offsets: tuple[ClockOffset, ...]
    findings: tuple[Finding, ...]
    assumptions: tuple[str, ...]
    alarms: tuple[AlarmEvent, ...]
    twin: TwinStatement
    replay: tuple[ReplayRow, ...]
    panels: tuple[Panel, ...]
    ranking: Ranking
    impact: Impact
    affected_share: Curve | None
    disturbance_window: Span | None
    residence_time: tuple[tuple[str, Curve], ...] = ()
    process_flow: tuple[tuple[str, ...], ...] = DIRECT_COMPRESSION
    record: CaseRecord | None = None
    clock_evidence: tuple[ClockEvidence, ...] = ()
    tag_map: tuple[TagMapping, ...] = ()
    finding_ids: tuple[str, ...] = ()
    reconciliation: Reconciliation | None = None
    genealogy: tuple[Edge, ...] = ()
    genealogy_labels: tuple[tuple[Node, str], ...] = ()
    recurrence: tuple[Recurrence, ...] = ()
    twin_approval: bytes = b""
    departures: tuple[Departure, ...] = ()
    replayed: Replayed | None = None
    traced: Traced | None = None
    detectability: tuple[Detectability, ...] = ()
    remedies: RemedyResult | None = None
    account: MaterialAccount | None = None
    scenario_runs: tuple[ScenarioOutcome, ...] = ()
    contradicted: tuple[tuple[str, Panel], ...] = ()
    toolbox: Toolbox | None = None
    control_chart: ControlChart | None = None
    rankings: tuple[PastRanking, ...] = ()
    pls_chart: ControlChart | None = None

    @property
    def files(self) -> tuple[EvidenceItem, ...]:
        """The first table of every file, each file once."""
        first: dict[str, EvidenceItem] = {}
        for item in self.items:
            first.setdefault(item.file, item)
        return tuple(first.values())
