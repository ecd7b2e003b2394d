"""Every act goes into an entry of the log and comes back as what it was."""

from dataclasses import replace

import pytest
from support.investigations import (
    CASE,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    EVIDENCE,
    FOLLOWED,
    ISSUED,
    OFF_THE_WALK,
    OPENED,
    RAISED,
    RANKED,
    RELATED,
    REPLAYED,
    REVIEWED,
    SCOPED,
    TWIN,
    WALK,
    WHY,
)

from investigator.casework.act_record import (
    case_of,
    drafted,
    object_of,
    recorded,
    refuse_case_id,
)
from investigator.domain.acts.act import Act
from investigator.domain.distribution import DistributionStatus
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.records.entry import Entry, Person, entry_from_bytes, entry_of
from investigator.trust.clock import Moment

ANN = Person("ann", "Ann of Testing", "investigator")
ACTS = tuple(dict.fromkeys((*WALK, *OFF_THE_WALK)))


def entry_with(act: Act, *, old: Act | None = None) -> Entry:
    """The act as the log gives it back: through its bytes."""
    entry = entry_of(
        drafted(CASE, act, old=old, why=WHY),
        sequence=7,
        who=ANN,
        when=Moment(1_760_000_000_000, "Europe/Zurich", 8),
        software="investigator 0.0.test",
        previous="ab" * 32,
    )
    return entry_from_bytes(entry.as_bytes())


@pytest.mark.requirement("CAS-061", "REC-001")
@pytest.mark.parametrize("act", ACTS, ids=[f"{act.WORD} {act.about()}" for act in ACTS])
def test_an_act_reads_back_as_what_it_was(act: Act) -> None:
    entry = entry_with(act, old=act)
    found = recorded(entry)
    assert found.act == act
    assert type(found.act) is type(act)
    assert (found.sequence, found.t_ms, found.zone) == (7, 1_760_000_000_000, "Europe/Zurich")
    assert (found.who.user_id, found.who.full_name, found.who.role) == (
        ANN.user_id,
        ANN.full_name,
        ANN.role,
    )
    assert found.why == WHY
    assert entry.old == entry.new
    assert case_of(entry) == CASE


def test_texts_of_any_language_come_back() -> None:
    act = replace(CONTAINED, measures="Trommel D2 → Sperrlager; 隔離, größer als 5 °C\n\t„ok“")
    assert recorded(entry_with(act)).act == act


def test_the_object_names_case_and_thing() -> None:
    assert object_of(CASE, OPENED) == CASE
    assert object_of(CASE, DECIDED[0]) == f"{CASE}/container D1"


def test_an_entry_names_the_bytes_that_the_act_speaks_of() -> None:
    named = {
        EVIDENCE: (EVIDENCE.files[0].sha256, EVIDENCE.reading, EVIDENCE.samples),
        DOCUMENT: (DOCUMENT.sha256,),
        REPLAYED: (REPLAYED.result,),
        RANKED: (RANKED.result,),
        FOLLOWED: (FOLLOWED.result,),
        ISSUED: (ISSUED.dossier, ISSUED.pdf),
        REVIEWED: (REVIEWED.pdf,),
        TWIN: (),
        OPENED: (),
    }
    for act, blobs in named.items():
        assert drafted(CASE, act, old=None, why="").blobs == blobs


def test_entries_of_others_belong_to_no_case() -> None:
    assert case_of(replace(entry_with(OPENED), act="signed in", object="account ann")) is None


@pytest.mark.requirement("REC-021")
@pytest.mark.parametrize(
    ("act", "new"),
    [
        ("case opened", {"number": "DEV-1"}),
        ("containment recorded", {"measures": 5}),
        ("containment recorded", None),
        ("verdict given", {"cause": "x", "verdict": "perhaps"}),
        ("due date extended", {"due": "2026-13-01"}),
        ("something else", {}),
    ],
)
def test_an_entry_that_holds_no_act_is_said_so(act: str, new: object) -> None:
    strange = replace(entry_with(OPENED), act=act, new=new)  # type: ignore[arg-type]
    with pytest.raises(AlteredRecord, match="Entry 7 holds no act of this program"):
        recorded(strange)


@pytest.mark.requirement("CAS-058")
@pytest.mark.parametrize("number", ["DEV-2026-0540", "a", "0", "A.b_c-9", "x" * 64])
def test_a_number_of_a_case(number: str) -> None:
    refuse_case_id(number)


@pytest.mark.requirement("CAS-058")
@pytest.mark.parametrize("number", ["", ".", "_x", "a/b", "a b", "ä", "x" * 65, "DEV-1\n"])
def test_no_number_of_a_case(number: str) -> None:
    with pytest.raises(UnusableRequest, match="cannot be the number of a case"):
        refuse_case_id(number)


@pytest.mark.requirement("CAS-164")
def test_decisions_of_before_there_was_a_status_read_as_not_known() -> None:
    """The bytes of both acts as they were written before."""
    body = entry_with(RELATED).as_bytes()
    old = body.replace(b'"distribution":"in quarantine",', b"", 1)
    assert old != body
    found = recorded(entry_from_bytes(old)).act
    assert found == replace(RELATED, distribution=DistributionStatus.UNKNOWN)
    body = entry_with(SCOPED).as_bytes()
    old = body.replace(b'{"found":[]}', b"{}", 1)
    assert old != body
    assert recorded(entry_from_bytes(old)).act == SCOPED


@pytest.mark.requirement("CAS-198")
def test_acts_of_before_there_were_checks_read_as_they_were() -> None:
    """The bytes of a conclusion and of a hypothesis as they were written before."""
    body = entry_with(CONCLUDED).as_bytes()
    old = body.replace(b'"confirmed_by":["own check O-1"],', b"", 1)
    assert old != body
    assert recorded(entry_from_bytes(old)).act == replace(CONCLUDED, confirmed_by=None)
    body = entry_with(RAISED[0]).as_bytes()
    old = body.replace(b'"laboratory":false,', b"", 1)
    assert old != body
    assert recorded(entry_from_bytes(old)).act == replace(RAISED[0], laboratory=None)
