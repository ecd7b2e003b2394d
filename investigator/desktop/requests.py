"""What a view asks for: values that it emits by `act_requested`, and the workbench carries out.

A request holds all that is needed; the answer is the next scene, or a notice. No Qt in here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from investigator.casework.accounts import Role
from investigator.casework.analyses import ASKED_PER_MILLE
from investigator.casework.audit import Query
from investigator.casework.intake import DocumentFacts, ReadFolder
from investigator.domain.acts.act import Act
from investigator.domain.acts.case import CaseOpened
from investigator.domain.acts.closing import SignatureField
from investigator.domain.import_profile import ImportProfile
from investigator.domain.scenario import Scenario


class Analysis(StrEnum):
    """An analysis of the case."""

    REPLAY = "replay"
    RANKING = "ranking"
    IMPACT = "impact"
    REMEDIES = "simulation of remedies"
    ALL = "replay, ranking and impact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Base of all requests.

    `done`: called on the GUI thread when it was carried out (a form closes then). `refused`: called
    with the sentence if it was refused; without it the sentence is shown as a notice. `cancelled`:
    called if the person cancelled the work that it asked for; the window says so by itself.
    """

    done: Callable[[], None] | None = field(default=None, repr=False, compare=False)
    refused: Callable[[str], None] | None = field(default=None, repr=False, compare=False)
    cancelled: Callable[[], None] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class OpenCase(Request):
    """A deviation becomes a case, and is shown."""

    act: CaseOpened
    why: str


@dataclass(frozen=True, slots=True)
class ShowCase(Request):
    """Another case is shown; None shows the list of cases."""

    case_id: str | None


@dataclass(frozen=True, slots=True)
class Do(Request):
    """Acts on the case that is shown, all or none, with one reason."""

    acts: tuple[Act, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw(Request):
    """An act of the case no longer counts."""

    sequence: int
    why: str


@dataclass(frozen=True, slots=True)
class ReadEvidence(Request):
    """A folder is read, to be seen before it is admitted; the scene then has it as `preview`.

    `profiles`: import profiles that the person corrected, by table. `batch_id`: the batch, where
    files hold several. `without_twin`: for a line that no twin is of, the zone of its times.
    """

    folder: Path
    profiles: tuple[tuple[str, ImportProfile], ...] = ()
    batch_id: str | None = None
    without_twin: str | None = None


@dataclass(frozen=True, slots=True)
class TryProfile(Request):
    """A table is looked at through another import profile; the scene then has it as `tried`."""

    folder: Path
    table: str
    profile: ImportProfile


@dataclass(frozen=True, slots=True)
class LoadProfile(Request):
    """As `TryProfile`, with a profile that was saved to a file."""

    folder: Path
    table: str
    file: Path


@dataclass(frozen=True, slots=True)
class SaveProfile(Request):
    """An import profile is written to a file, for another case or workspace."""

    profile: ImportProfile
    file: Path


@dataclass(frozen=True, slots=True)
class AdmitEvidence(Request):
    """The folder that was read is admitted; `why` where it is of another batch than the case."""

    read: ReadFolder
    why: str = ""


@dataclass(frozen=True, slots=True)
class DiscardReading(Request):
    """The folder that was read is put aside; nothing of it was recorded."""


@dataclass(frozen=True, slots=True)
class AdmitDocument(Request):
    """A document is admitted."""

    file: Path
    facts: DocumentFacts


@dataclass(frozen=True, slots=True)
class ShowDocument(Request):
    """The content of a document is wanted; the scene then has it as `document`."""

    document_id: str


@dataclass(frozen=True, slots=True)
class SaveDocument(Request):
    """A copy of a document, byte for byte, is written to a file."""

    document_id: str
    file: Path


@dataclass(frozen=True, slots=True)
class ChooseTwin(Request):
    """The case is investigated with this twin."""

    twin_id: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ApproveTwin(Request):
    """A twin approver signs the digest of a twin package."""

    twin_id: str
    user_id: str
    password: str = field(repr=False)
    why: str = ""


@dataclass(frozen=True, slots=True)
class SupersedeTwin(Request):
    """A twin approver ends the version of a twin in force, because another took its place."""

    twin_id: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class RetireTwin(Request):
    """A twin approver ends a version of a twin, with none in its place."""

    twin_id: str
    version: str
    why: str


@dataclass(frozen=True, slots=True)
class ShowTwin(Request):
    """The content of a twin package is wanted; the scene then has it among its `twin_details`."""

    twin_id: str


@dataclass(frozen=True, slots=True)
class SaveTwinReport(Request):
    """The report of a validation is written to a file. `digest`: of the package that was shown."""

    digest: str
    file: Path


@dataclass(frozen=True, slots=True)
class RaiseFailureModes(Request):
    """All failure modes of the chosen twin become hypotheses."""


@dataclass(frozen=True, slots=True)
class Analyse(Request):
    """An analysis is run in the background and recorded.

    `asked_per_mille`: probability, in thousandths, with which what a remedy keeps must conform.
    """

    analysis: Analysis
    asked_per_mille: int = ASKED_PER_MILLE


@dataclass(frozen=True, slots=True)
class AskTwin(Request):
    """A question to the twin that stays ready for the case (`WhatIfBench`); nothing is recorded.

    `question`: asked of the bench; picklable. `answered`: called on the GUI thread with the answer.
    """

    question: Callable[[Any], Any] = field(repr=False)
    answered: Callable[[Any], None] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class AskTargets(Request):
    """What scenarios of the case can change, by name, also for whoever may not run one.

    `answered`: called on the GUI thread with the targets.
    """

    answered: Callable[[Any], None] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class StopAsking(Request):
    """The question that the twin is at is no longer wanted."""


@dataclass(frozen=True, slots=True)
class StateScenario(Request):
    """A scenario is recorded as it is now; `copied_from`: id of what it began as."""

    scenario: Scenario
    copied_from: str = ""


@dataclass(frozen=True, slots=True)
class RunScenario(Request):
    """A scenario of the case is run in the background and recorded.

    `fitted`: its sizes are fitted to the evidence.
    """

    scenario_id: str
    fitted: bool


@dataclass(frozen=True, slots=True)
class IssueReport(Request):
    """The report is laid out in the background and issued."""


@dataclass(frozen=True, slots=True)
class SignReport(Request):
    """The report in force is signed. `seen`: SHA-256 of the report as issued that was shown."""

    signature: SignatureField
    seen: str
    user_id: str
    password: str = field(repr=False)
    why: str = ""


@dataclass(frozen=True, slots=True)
class SaveReport(Request):
    """The report as it is, with its signatures, is written to a file."""

    file: Path


@dataclass(frozen=True, slots=True)
class SaveTable(Request):
    """A table of the window is written to a file, whole or not at all."""

    text: str
    file: Path


@dataclass(frozen=True, slots=True)
class SearchTrail(Request):
    """The audit trail is searched; the scene then has what was found as `trail`."""

    query: Query
    only_case: bool


@dataclass(frozen=True, slots=True)
class ExportTrail(Request):
    """The entries of the audit trail that were found are written to a file, as CSV."""

    file: Path


@dataclass(frozen=True, slots=True)
class VerifyWorkspace(Request):
    """The workspace is verified in the background; the scene then has the outcome."""


@dataclass(frozen=True, slots=True)
class Enrol(Request):
    """A new account."""

    new_id: str
    full_name: str
    roles: frozenset[Role]
    password: str = field(repr=False)
    why: str = ""


@dataclass(frozen=True, slots=True)
class SetRoles(Request):
    """Other roles for an account."""

    of: str
    roles: frozenset[Role]
    why: str


@dataclass(frozen=True, slots=True)
class Disable(Request):
    """An account is taken out of use."""

    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Unlock(Request):
    """An account that was locked may be used again."""

    of: str
    why: str


@dataclass(frozen=True, slots=True)
class ReplaceKey(Request):
    """A person who lost the password gets a new key and password."""

    of: str
    password: str = field(repr=False)
    why: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmKey(Request):
    """A second person confirms a key that was replaced."""

    of: str
    why: str


@dataclass(frozen=True, slots=True)
class ChangePassword(Request):
    """The person signed in changes the own password."""

    old: str = field(repr=False)
    new: str = field(repr=False)
