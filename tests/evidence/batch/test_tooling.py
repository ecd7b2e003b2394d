"""The tooling of the press as the record names it: listed as used, or in the words of the press."""

import pytest
from support.evidence_files import LINE, batch_record

from investigator.domain.batch import BatchRecord
from investigator.evidence.batch.record import read_batch_record

PRESS = (
    b"<EquipmentRequirement><ID>TP-1</ID><Description>%s</Description></EquipmentRequirement>"
    b"<Formula>"
)
USED = (
    b"<EquipmentActual><EquipmentClassID>%s</EquipmentClassID>"
    b"<EquipmentID>%s</EquipmentID></EquipmentActual>"
)


def read(content: bytes) -> tuple[BatchRecord, tuple[str, ...]]:
    reading = read_batch_record(content, "record.xml", line_id=LINE, site_zone="UTC")
    return reading.batch, reading.assumptions


@pytest.mark.requirement("CAS-162")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (b"Tablet press, 36 stations, die set DS-B-07", ("DS-B-07",)),
        (b"Press; punch set PS-12, die set DS-4.", ("PS-12", "DS-4")),
        (b"Presse, Stempelsatz ST-9", ("ST-9",)),
        (b"Tablet press with a die set of steel", ()),
        (b"Die Presse", ()),
    ],
)
def test_a_set_in_the_words_of_the_press_is_read_and_told_as_an_assumption(
    words: bytes, found: tuple[str, ...]
) -> None:
    batch, assumptions = read(batch_record().replace(b"<Formula>", PRESS % words, 1))
    assert batch.tooling == found
    assert [s for s in assumptions if "tooling" in s] == [
        f"record.xml: tooling {name} is read out of the description of TP-1" for name in found
    ]


@pytest.mark.requirement("CAS-162")
def test_a_set_that_is_listed_as_used_is_no_assumption() -> None:
    used = USED % (b"DieSet", b"DS-4") + USED % (b"Scale", b"SC-1")
    content = batch_record().replace(b"<ID>FEEDING</ID>", b"<ID>FEEDING</ID>" + used, 1)
    batch, assumptions = read(content)
    assert batch.tooling == ("DS-4",)
    assert not [s for s in assumptions if "tooling" in s]
    told_too = content.replace(b"<Formula>", PRESS % b"Press, die set DS-4", 1)
    batch, assumptions = read(told_too)
    assert batch.tooling == ("DS-4",)
    assert not [s for s in assumptions if "tooling" in s]


@pytest.mark.requirement("CAS-162")
def test_a_record_that_names_none_has_none() -> None:
    assert read(batch_record())[0].tooling == ()
