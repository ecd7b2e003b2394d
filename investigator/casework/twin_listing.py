"""What there is to know of the twins at hand, without a desk: for lists, and to show one.

With a workspace named, its log is read as it is: what was approved, superseded and retired there.
It is not verified here.
"""

from dataclasses import dataclass
from pathlib import Path

from investigator.casework.line_shown import LineShown, line_shown
from investigator.casework.twin_book import TwinBook
from investigator.casework.twin_choice import TwinStanding, standing_in
from investigator.casework.twins import choose_twin, twin_folders
from investigator.domain.errors import UnusableInput
from investigator.domain.twin_life import TwinStep
from investigator.domain.twin_status import TwinStatus
from investigator.domain.validation import Outcome
from investigator.twin.decision_rules import rules_in_words
from investigator.twin.failure_mode import FailureMode
from investigator.twin.manifest import Manifest
from investigator.twin.validation_file import read_validation

__all__ = ["Outcome", "TwinListed", "TwinShown", "listed", "shown"]

UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class TwinListed:
    """One line of the list; `status` is that of the twin, or that its package is unusable."""

    twin_id: str
    version: str
    status: str
    line_id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class TwinShown:
    """One twin. `judged`: how many criteria came out how, in the validation in its package; empty
    without one. `history`: every step of every version of it that the workspace knows. `line`: what
    its line is made of. `rules`: by which dispositions are proposed, in a sentence."""

    manifest: Manifest
    standing: TwinStanding
    failure_modes: tuple[FailureMode, ...]
    judged: tuple[tuple[Outcome, int], ...]
    history: tuple[TwinStep, ...]
    line: LineShown
    rules: str


def listed(workspace: Path | None) -> tuple[TwinListed, ...]:
    """Every twin at hand, in order of id; one that cannot be used is listed with the reason.

    Raises:
        UnusableInput: the workspace cannot be read.
        AlteredRecord: its log holds what is no entry.
    """
    book = _book(workspace)
    return tuple(_listed(book, twin_id) for twin_id in twin_folders())


def shown(twin_id: str, workspace: Path | None) -> TwinShown:
    """One twin at hand.

    Raises:
        UnusableRequest: there is no twin of that id.
        UnusableInput: its package cannot be used, or the workspace cannot be read.
        AlteredRecord: the log of the workspace holds what is no entry.
    """
    package, book = choose_twin(twin_id), _book(workspace)
    return TwinShown(
        package.manifest,
        standing_in(book, package),
        package.failure_modes,
        _judged(package.folder),
        book.history(package.manifest.twin_id),
        line_shown(package),
        rules_in_words(package.decision_rules),
    )


def _book(workspace: Path | None) -> TwinBook:
    if workspace is None:
        return TwinBook()
    from investigator.records.workspace import entries_found

    return TwinBook(entries_found(workspace))


def _listed(book: TwinBook, twin_id: str) -> TwinListed:
    try:
        standing = standing_in(book, choose_twin(twin_id))
    except UnusableInput as fault:
        return TwinListed(twin_id, "", UNUSABLE, "", "", str(fault))
    return TwinListed(
        twin_id,
        standing.version,
        standing.status,
        standing.line_id,
        standing.title,
        "" if standing.status == TwinStatus.APPROVED else standing.why,
    )


def _judged(folder: Path) -> tuple[tuple[Outcome, int], ...]:
    try:
        record = read_validation(folder)
    except UnusableInput:
        return ()
    outcomes = [result.outcome for result in record.criteria] if record else []
    return tuple((outcome, outcomes.count(outcome)) for outcome in Outcome if outcome in outcomes)
