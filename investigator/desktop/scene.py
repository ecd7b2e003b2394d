"""The scene: everything that views show, frozen, as it was after the latest act.

It is made at the desk, off the GUI thread, and handed to the view that is seen. No Qt in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from investigator.casework.accounts import AccountRow
from investigator.casework.audit import AuditRow, LogStanding
from investigator.casework.preview import FirstRows, FolderPreview
from investigator.casework.related import RelatedBatch
from investigator.casework.rights import why_not
from investigator.casework.session import SignedIn
from investigator.casework.snapshot import Snapshot
from investigator.casework.tag_map import TagMap
from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import TwinDetails
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import (
    ImpactRecorded,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
)
from investigator.domain.acts.closing import ReportIssued
from investigator.domain.acts.scenarios import ScenarioRun
from investigator.domain.genealogy import Genealogy
from investigator.domain.import_profile import ImportProfile
from investigator.domain.investigation import Investigation
from investigator.domain.reconciliation import Reconciliation
from investigator.domain.recurrence import Recurrence
from investigator.domain.scope_rules import refusal_of_undecided


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is painted: rows of pixels, each red, green, blue, one byte each."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """What a document shows: its text, a picture, or its pages; `note` says what is not shown."""

    document_id: str
    text: str = ""
    picture: Picture | None = None
    pdf: bytes | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TriedProfile:
    """A table looked at through another import profile.

    `asked`: the profile as it was asked for; `profile`: the same with the columns that it cuts the
    table into. `first`: its first rows so; None where `refused` says why there are none. `loaded`:
    whether the profile came from a file.
    """

    table: str
    asked: ImportProfile
    profile: ImportProfile
    first: FirstRows | None
    refused: str = ""
    loaded: bool = False


WORK_FOR: Mapping[type[Act], str] = MappingProxyType(
    {
        ReplayRecorded: "replay",
        RankingRecorded: "ranking",
        ImpactRecorded: "impact",
        RemedyRecorded: "simulation of remedies",
        ReportIssued: "report",
        ScenarioRun: "run of a scenario",
    }
)
"""The work in the background that ends in each act."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to be shown.

    `person`: who is signed in. `seen`: the case that is shown, with its results; None for the list
    of cases. `cases`: all cases, the latest first; empty for whoever may not read them. `preview`:
    a folder that was looked at and not yet admitted. `tried`: the table that was looked at through
    another profile last. `pdf`: the report as issued last, with the
    signatures in force. `trail`: entries of the audit trail that were asked for. `accounts`,
    `twins`: of the workspace. `verified`: sentences of the latest verification and whether faults
    were found; None before one. `origin`: name of the log. `log`: how it stands. `document`: the
    content of the document that was asked for. `running`: work in the background for the case that
    is shown, in the words of `WORK_FOR`. `related`: batches of other cases that share something
    with that of the case, as far as the evidence admitted here tells. `reconciliation`,
    `genealogy`: of the batch of the case; None without evidence. `recurrences`: what came before it
    with each of its leading causes, units and lots. `tag_map`: the map in force; None while there
    is no evidence, or which twin is meant is not clear. `unusable_twins`: packages at hand that are
    not among the twins, each with the reason. `twin_details`: the content of the packages that were
    asked for, each once. `everywhere`: all batches that the workspace knows of as one genealogy.
    `suspects`: the lots that the leading hypotheses are of, each with the reason.
    """

    person: SignedIn
    seen: Snapshot | None
    cases: tuple[Investigation, ...]
    accounts: tuple[AccountRow, ...]
    twins: tuple[TwinStanding, ...]
    trail: tuple[AuditRow, ...]
    preview: FolderPreview | None = None
    tried: TriedProfile | None = None
    pdf: bytes | None = None
    verified: tuple[bool, tuple[str, ...]] | None = None
    origin: str = ""
    log: LogStanding | None = None
    document: DocumentContent | None = None
    running: frozenset[str] = frozenset()
    related: tuple[RelatedBatch, ...] = ()
    reconciliation: Reconciliation | None = None
    genealogy: Genealogy | None = None
    recurrences: tuple[Recurrence, ...] = ()
    tag_map: TagMap | None = None
    unusable_twins: tuple[str, ...] = ()
    twin_details: tuple[TwinDetails, ...] = ()
    everywhere: Genealogy | None = None
    suspects: tuple[tuple[str, str], ...] = ()

    @property
    def case(self) -> Investigation | None:
        """The case that is shown."""
        return self.seen.case if self.seen else None

    def why_not(self, act: Act) -> str:
        """Why an act on the case that is shown would be refused; empty if it would be taken."""
        if self.seen is None:
            return "Open a case first."
        if WORK_FOR.get(type(act)) in self.running:
            return f"The {WORK_FOR[type(act)]} is running; wait for it, or cancel it."
        found = [related.batch_id for related in self.related]
        refused = why_not(self.person, self.seen.case, act)
        return refused or refusal_of_undecided(self.seen.case, act, found) or ""
