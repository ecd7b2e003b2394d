"""Alarm journals of several systems by column mapping."""

import io

import pytest
from openpyxl import Workbook

from investigator.domain.alarm import AlarmTransition
from investigator.domain.errors import UnusableInput
from investigator.domain.instant import iso
from investigator.evidence.monitoring.alarm_words import EVENTS, priority_of, transition_of
from investigator.evidence.monitoring.alarms import read_alarms

ISA = (
    "Date/Time,Alarm Number,Source,Alarm State,Description,Severity,Value,Limit,User\n"
    "2026-03-04 10:00:00,17,FIC-101,Active,Flow low,High,3.1,3.5 kg/h,\n"
    "2026-03-04 10:01:00,17,FIC-101,Acknowledged,Flow low,High,,3.5 kg/h,OP-1\n"
    "2026-03-04 10:02:00,17,FIC-101,Return to normal,Flow low,High,3.6,3.5 kg/h,\n"
)
WINCC = (
    "Datum;Uhrzeit;Meldenummer;Quelle;Meldezustand;Meldetext;Klasse;Wert;Benutzer\n"
    "04.03.2026;10:00:00;17;FIC-101;+;Durchfluss zu klein;2;3,1;\n"
    "04.03.2026;10:01:00;17;FIC-101;*;Durchfluss zu klein;2;;huber\n"
    "04.03.2026;10:02:00;17;FIC-101;-;Durchfluss zu klein;2;3,6;\n"
)
STATES = [AlarmTransition.ANNUNCIATED, AlarmTransition.ACKNOWLEDGED, AlarmTransition.RETURNED]


@pytest.mark.requirement("EVD-209")
@pytest.mark.parametrize("text", [ISA, WINCC])
def test_a_journal_is_read_in_the_words_of_its_system(text: str) -> None:
    reading = read_alarms(text.encode("cp1252"), "a.csv", site_zone="Europe/Berlin")
    first, second, third = reading.alarms
    assert [a.transition for a in reading.alarms] == STATES
    assert iso(first.t_ms, "Europe/Berlin") == "2026-03-04T10:00:00+01:00"
    assert (first.alarm_id, first.tag, first.priority, first.value) == ("17", "FIC-101", 2, 3.1)
    assert (second.value, bool(second.operator), third.value) == (None, True, 3.6)
    assert "a.csv: times without offset are local times of Europe/Berlin" in reading.assumptions


def test_priorities_in_words_are_an_assumption() -> None:
    reading = read_alarms(ISA.encode(), "a.csv", site_zone="UTC")
    assert "a.csv: priorities in words are read as high as 2" in reading.assumptions


def test_a_workbook_is_read_like_the_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ISA.splitlines():
        sheet.append([cell or None for cell in line.split(",")])
    stream = io.BytesIO()
    book.save(stream)
    read = read_alarms(stream.getvalue(), "a.xlsx", site_zone="UTC").alarms
    assert read == read_alarms(ISA.encode(), "a.csv", site_zone="UTC").alarms


def test_every_row_that_is_not_understood_is_listed() -> None:
    text = ISA.replace("Acknowledged", "Shelved?").replace("2026-03-04 10:02:00", "later")
    with pytest.raises(UnusableInput, match="2 of 3 rows cannot be used"):
        read_alarms(text.encode(), "a.csv", site_zone="UTC")
    text = ISA.replace("Acknowledged", "Shelved?")
    ledger = read_alarms(text.encode(), "a.csv", site_zone="UTC").ledger
    assert [(p.line, "Shelved?" in p.reason) for p in ledger.problems] == [(3, True)]


def test_an_alarm_without_number_is_called_after_its_tag() -> None:
    text = "Time,Tag,Event,Message\n2026-03-04T10:00:00Z,FIC-101,ALM,Flow low\n"
    (alarm,) = read_alarms(text.encode(), "a.csv", site_zone="UTC").alarms
    assert (alarm.alarm_id, alarm.priority) == ("FIC-101", 0)


@pytest.mark.requirement("EVD-209")
def test_a_row_may_hold_an_alarm_from_its_coming_to_its_going() -> None:
    text = (
        "In time,Ack time,Out time,Tag,Message,Priority,Value\n"
        "2026-03-04T10:00:00Z,2026-03-04T10:01:00Z,2026-03-04T10:05:00Z,FIC-101,Flow low,2,3.1\n"
        "2026-03-04T10:03:00Z,,,LI-7,Level high,3,92\n"
    )
    reading = read_alarms(text.encode(), "a.csv", site_zone="UTC")
    assert [(a.tag, str(a.transition), a.value) for a in reading.alarms] == [
        ("FIC-101", "ALM", 3.1),
        ("FIC-101", "ACK", None),
        ("LI-7", "ALM", 92.0),
        ("FIC-101", "RTN", None),
    ]
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (2, 0)


def test_no_word_means_two_things() -> None:
    words = [word for group in EVENTS.values() for word in group]
    assert len(words) == len(set(words))
    with pytest.raises(ValueError, match="no event"):
        transition_of("perhaps")
    with pytest.raises(ValueError, match="no priority"):
        priority_of("very")
