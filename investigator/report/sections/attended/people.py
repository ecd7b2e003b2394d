"""Who did what: the words in which a report names people, their acts, and how these stand."""

from collections.abc import Sequence
from typing import Any, Protocol

from reportlab.platypus import Flowable

from investigator.domain.acts.act import Act, Actor, Recorded
from investigator.domain.case_record import CaseRecord
from investigator.domain.dossier import Dossier
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import moment
from investigator.report.paper import para

NOT_RECORDED = "Not recorded."
ENTRY_BY = "Entry · by"


class Entered(Protocol):
    """What an entry of the log tells of an act: its number, the person, the time."""

    @property
    def sequence(self) -> int:
        """Number of the entry."""

    @property
    def who(self) -> Actor:
        """The person."""

    @property
    def t_ms(self) -> int:
        """When."""


def record_of(dossier: Dossier) -> CaseRecord:
    """What people did in the case; raises ValueError for a dossier of an unattended run."""
    if dossier.record is None:
        raise ValueError("the dossier of an unattended run has no record of a case")
    return dossier.record


def by(entered: Entered) -> str:
    """The entry and the person, for a column headed `ENTRY_BY`: e.g. `12 · Ann Weber`."""
    return f"{entered.sequence} · {entered.who.full_name}"


def in_full(entered: Entered, zone: str) -> str:
    """The person with id and role, the time, and the entry."""
    who = entered.who
    when = moment(entered.t_ms, zone)
    return f"{who.full_name} ({who.user_id}), {who.role}, {when}, entry {entered.sequence}"


def recorded_by(entered: Entered, zone: str) -> Flowable:
    """A line beneath a text: who recorded it and when."""
    return para(f"Recorded by {in_full(entered, zone)}.", "note")


def as_it_stands(case: Investigation, recorded: Recorded[Any], words: str) -> str:
    """The words for an act, marked where something that it rests on changed after it."""
    return f"STALE, no longer current: {words}" if case.is_stale(recorded) else words


def title_of(case: Investigation, cause: str) -> str:
    """The title of a hypothesis with its id."""
    titles = {r.act.cause: r.act.title for r in case.hypotheses}
    return f"{titles[cause]} ({cause})" if cause in titles else cause


def all_acts(record: CaseRecord, *kinds: type[Act]) -> Sequence[Recorded[Act]]:
    """Every act of these kinds that was not withdrawn, in the order of the log."""
    return [r for r in record.history if isinstance(r.act, kinds)]
