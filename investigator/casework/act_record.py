"""An act of an investigation as an entry of the log, and back.

- The object of an entry is the case, or the case and the thing in it: `DEV-1/container D03`.
- `new` holds the act, `old` the act that it takes the place of.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from investigator.domain.acts.act import Act, Actor, Recorded
from investigator.domain.acts.analysis import (
    ImpactRecorded,
    RankingRecorded,
    RemedyRecorded,
    ReplayRecorded,
)
from investigator.domain.acts.catalogue import BY_WORD
from investigator.domain.acts.closing import ReportIssued, ReportSigned
from investigator.domain.acts.evidence import DocumentAdmitted, EvidenceAdmitted
from investigator.domain.acts.scenarios import ScenarioRun
from investigator.domain.acts.twin import TWIN_ACTS, TwinAct, TwinValidated
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.records.entry import Draft, Entry

A = TypeVar("A", bound=Act)

_CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def refuse_case_id(case_id: str) -> None:
    """Raise UnusableRequest unless the text can be the number of a case."""
    if not _CASE_ID.fullmatch(case_id):
        raise UnusableRequest(
            f'"{case_id}" cannot be the number of a case: use letters, digits, ".", "_" and "-", '
            "at most 64."
        )


def object_of(case_id: str, act: Act) -> str:
    """What the entry of an act is about."""
    return f"{case_id}/{act.about()}" if act.about() else case_id


def case_of(entry: Entry) -> str | None:
    """The case that an entry belongs to; None if it is no act of an investigation."""
    return entry.object.split("/", 1)[0] if entry.act in BY_WORD else None


def drafted(case_id: str, act: Act, *, old: Act | None, why: str) -> Draft:
    """The act as it is handed to the log."""
    return Draft(
        act.WORD,
        object_of(case_id, act),
        new=_plain(act),
        old=None if old is None else _plain(old),
        why=why,
        blobs=_blobs(act),
    )


def recorded(entry: Entry) -> Recorded[Act]:
    """The act that an entry holds.

    Raises:
        AlteredRecord: it holds none.
    """
    act = _read(entry, BY_WORD)
    return Recorded(
        entry.sequence,
        Actor(entry.who.user_id, entry.who.full_name, entry.who.role),
        entry.when.t_ms,
        entry.when.zone,
        act,
        entry.why,
    )


def drafted_of_twin(act: TwinAct, *, why: str) -> Draft:
    """The act on a twin as it is handed to the log."""
    blobs = (act.record,) if isinstance(act, TwinValidated) else ()
    return Draft(act.WORD, act.about(), new=_plain(act), why=why, blobs=blobs)


def recorded_twin_act(entry: Entry) -> TwinAct:
    """The act on a twin that an entry holds.

    Raises:
        AlteredRecord: it holds none.
    """
    return _read(entry, TWIN_ACTS)


def _read(entry: Entry, kinds: Mapping[str, type[A]]) -> A:
    try:
        act: A = msgspec.convert(entry.new, kinds[entry.act])
    except (KeyError, msgspec.ValidationError) as fault:
        raise AlteredRecord(
            f"Entry {entry.sequence} holds no act of this program ({fault})."
        ) from None
    return act


def _plain(act: Act) -> Mapping[str, Any]:
    plain: Mapping[str, Any] = msgspec.to_builtins(act)
    return plain


def _blobs(act: Act) -> tuple[str, ...]:
    match act:
        case EvidenceAdmitted():
            return (*(file.sha256 for file in act.files), act.reading, act.samples)
        case DocumentAdmitted():
            return (act.sha256,)
        case (
            ReplayRecorded()
            | RankingRecorded()
            | ScenarioRun()
            | ImpactRecorded()
            | RemedyRecorded()
        ):
            return (act.result,)
        case ReportIssued():
            return (act.dossier, act.pdf)
        case ReportSigned():
            return (act.pdf,)
        case _:
            return ()
