"""Rooms and utilities by column mapping."""

import io

import numpy as np
import pytest
from openpyxl import Workbook

from investigator.domain.evidence import Severity
from investigator.domain.instant import iso
from investigator.evidence.monitoring.environment import read_environment

UTILITIES = (
    "Zeitstempel;Anlage;Messpunkt;Messwert;Einheit;Warngrenze unten;Warngrenze oben;"
    "Alarmgrenze unten;Alarmgrenze oben\n"
    "04.03.2026 10:00:00;Druckluft;PI-01;6,1;bar;5,8;7,0;5,5;7,5\n"
    "04.03.2026 10:05:00;Druckluft;PI-01;5,7;bar;5,8;7,0;5,5;7,5\n"
    "04.03.2026 10:10:00;Druckluft;PI-01;540;kPa;5,8;7,0;5,5;7,5\n"
    "04.03.2026 10:00:00;Kaltwasser;TI-07;6,8;°C;;9,0;;\n"
)
ROOMS = (
    "Timestamp,Room,Parameter,Reading,Unit,Alert Low,Alert High\n"
    "2026-03-04T10:00:00Z,P-112,RH,40.0,%RH,30,55\n"
    "2026-03-04T10:00:00Z,P-114,RH,44.0,%RH,30,55\n"
    "2026-03-04T10:00:00Z,P-114,DP,12.0,Pa,5,35\n"
)


@pytest.mark.requirement("EVD-210")
def test_utilities_are_points_with_units_and_limits() -> None:
    reading = read_environment(UTILITIES.encode(), "u.csv", site_zone="Europe/Berlin")
    air, water = reading.points["PI-01"], reading.points["TI-07"]
    np.testing.assert_allclose(air.value, [6.1, 5.7, 5.4])
    assert (air.signal.unit, air.signal.description) == ("bar", "room Druckluft")
    assert iso(int(water.t_ms[0]), "Europe/Berlin") == "2026-03-04T10:00:00+01:00"
    assert reading.ledger.rows_reported == 0


@pytest.mark.requirement("EVD-210")
def test_alert_and_action_limits_give_findings_of_their_own() -> None:
    alert, action = read_environment(UTILITIES.encode(), "u.csv").findings
    assert (alert.kind, alert.severity) == ("alert_limit", Severity.MINOR)
    assert alert.detail == "2 readings outside the alert limits 5.8…7.0 bar"
    assert (action.kind, action.severity) == ("action_limit", Severity.MAJOR)
    assert action.span is not None
    assert action.span.seconds == 0.0


def test_points_of_one_name_are_told_apart_by_their_room() -> None:
    reading = read_environment(ROOMS.encode(), "r.csv")
    assert sorted(reading.points) == ["DP", "P-112 RH", "P-114 RH"]


def test_a_unit_that_does_not_convert_is_reported() -> None:
    text = UTILITIES.replace("540;kPa", "540;K")
    reading = read_environment(text.encode(), "u.csv")
    assert reading.points["PI-01"].value.size == 2
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (4, 1)


def test_a_limit_may_change_within_the_export() -> None:
    text = ROOMS + "2026-03-04T10:05:00Z,P-114,DP,12.0,Pa,15,35\n"
    (finding,) = read_environment(text.encode(), "r.csv").findings
    assert (finding.subject, "15.0…35.0" in finding.detail) == ("DP", True)


def test_an_export_without_readings_holds_none() -> None:
    reading = read_environment(ROOMS.splitlines()[0].encode(), "r.csv")
    assert (reading.points, reading.ledger.rows_read) == ({}, 0)


def test_a_workbook_is_read_like_the_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ROOMS.splitlines():
        sheet.append(line.split(","))
    stream = io.BytesIO()
    book.save(stream)
    read = read_environment(stream.getvalue(), "r.xlsx").points
    assert {name: t.value.tolist() for name, t in read.items()} == {
        "DP": [12.0],
        "P-112 RH": [40.0],
        "P-114 RH": [44.0],
    }
