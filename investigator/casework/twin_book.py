"""The life of every version of every twin in a workspace, read entry by entry from the log."""

from collections.abc import Iterable, Sequence

from investigator.casework.act_record import recorded_twin_act
from investigator.domain.acts.act import Actor
from investigator.domain.acts.twin import (
    TWIN_ACTS,
    TwinRetired,
    TwinSuperseded,
    TwinValidated,
    named_version,
)
from investigator.domain.investigation import Investigation
from investigator.domain.twin_life import TwinLife, TwinStep
from investigator.domain.twin_status import TwinStatus
from investigator.records import acts as words
from investigator.records.entry import Entry
from investigator.records.log import withdrawn_number
from investigator.trust.policy import Meaning
from investigator.trust.signature import signature_from_record

SHA256 = "sha256:"
_STATUS = {
    TwinValidated: TwinStatus.VALIDATED,
    TwinSuperseded: TwinStatus.SUPERSEDED,
    TwinRetired: TwinStatus.RETIRED,
}


class TwinBook:
    """The versions as the entries taken in so far make them."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._steps: dict[str, tuple[TwinStep, ...]] = {}
        self._digest_of_entry: dict[int, str] = {}
        for entry in entries:
            self.take_in(entry)

    def life(self, digest: str) -> TwinLife:
        """The life of one content; without steps where the log does not know it."""
        return TwinLife(digest, self._steps.get(digest, ()))

    def lives(self, twin_id: str) -> tuple[TwinLife, ...]:
        """All versions of a twin that the log knows, in the order of their first entries."""
        found = (TwinLife(digest, steps) for digest, steps in self._steps.items())
        return tuple(life for life in found if any(s.twin_id == twin_id for s in life.steps))

    def history(self, twin_id: str) -> tuple[TwinStep, ...]:
        """Every step of every version of a twin, in the order of the log."""
        steps = (step for life in self.lives(twin_id) for step in life.steps)
        return tuple(sorted(steps, key=lambda step: step.sequence))

    def digest_of(self, entry: Entry) -> str | None:
        """The content that an entry is about, or whose step it withdraws; None if none."""
        if entry.act == words.WITHDRAWN:
            return self._digest_of_entry.get(withdrawn_number(entry))
        found = _step_in(entry)
        return found[0] if found else None

    def take_in(self, entry: Entry) -> None:
        """Read the next entry of the log.

        Raises:
            AlteredRecord: it should hold an act on a twin or a signature, and holds none.
        """
        if entry.act == words.WITHDRAWN:
            self._withdraw(withdrawn_number(entry))
            return
        if (found := _step_in(entry)) is not None:
            digest, step = found
            self._steps[digest] = (*self._steps.get(digest, ()), step)
            self._digest_of_entry[entry.sequence] = digest

    def _withdraw(self, sequence: int) -> None:
        digest = self._digest_of_entry.get(sequence)
        if digest is None:
            return
        self._steps[digest] = tuple(
            step
            for step in self._steps[digest]
            # An end is never taken back: what was replaced cannot come back unnoticed.
            if step.sequence != sequence or step.status is not TwinStatus.APPROVED
        )


def numbers_on_twin(case: Investigation, entries: Sequence[Entry]) -> frozenset[int]:
    """The entries that say how the twin of a case stands: the approval that its choice names, the
    withdrawal of it, and the end of the version."""
    if case.twin is None:
        return frozenset()
    act = case.twin.act
    end, own = TwinBook(entries).life(act.digest).end, f"entry {act.approval}"
    withdrawn = [e.sequence for e in entries if e.act == words.WITHDRAWN and e.object == own]
    said = (act.approval, end.sequence if end else None, *withdrawn)
    return frozenset(number for number in said if number is not None)


def _step_in(entry: Entry) -> tuple[str, TwinStep] | None:
    if entry.act == words.SIGNED:
        return _approval_in(entry)
    if entry.act not in TWIN_ACTS:
        return None
    act = recorded_twin_act(entry)
    by = f"{act.by_twin} {act.by_version}" if isinstance(act, TwinSuperseded) else ""
    return act.digest, _step(entry, _STATUS[type(act)], act.twin_id, act.version, by)


def _approval_in(entry: Entry) -> tuple[str, TwinStep] | None:
    said = signature_from_record(entry.new).statement
    named = named_version(said.object)
    if said.meaning is not Meaning.TWIN_APPROVED or named is None:
        return None
    return SHA256 + said.digest, _step(entry, TwinStatus.APPROVED, *named)


def _step(entry: Entry, status: TwinStatus, twin_id: str, version: str, by: str = "") -> TwinStep:
    who = Actor(entry.who.user_id, entry.who.full_name, entry.who.role)
    when = entry.when
    return TwinStep(
        entry.sequence, status, twin_id, version, who, when.t_ms, when.zone, entry.why, by
    )
