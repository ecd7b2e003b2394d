"""What columns are used for."""

import pytest

from investigator.domain.import_profile import Arrangement
from investigator.evidence.tables.columns import (
    HISTORIAN,
    assign_roles,
    fits,
    roles_by_content,
    unit_in,
)


def roles(*names: str) -> list[str]:
    return [use.role for use in assign_roles(names, HISTORIAN)]


@pytest.mark.requirement("EVD-122")
@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Tag,Timestamp,Value,Status", "tag time value status"),
        ("Tagname,TimeStamp,Value,DataQuality", "tag time value status"),
        ("TagName,DateTime,Value,OpcQuality", "tag time value status"),
        ("VarName,TimeString,VarValue,Validity,Time_ms", "tag time value status unused"),
        ("NAME,IP_TREND_TIME,IP_TREND_VALUE,IP_TREND_QSTATUS", "tag time value status"),
        ("series name,ts,value", "tag time value"),
        ("Messstelle;Zeitstempel;Wert [kg];Einheit", "tag time value unit"),
        ("time stamp,TAG_NAME, value ,Units", "time tag value unit"),
        ("Value;Timestamp;Parameter Status;IsGood", "value time status unused"),
    ],
)
def test_roles_by_vendors_words(names: str, expected: str) -> None:
    cut = names.split(";" if ";" in names else ",")
    assert roles(*cut) == expected.split()


def test_a_role_goes_to_one_column_unless_several_are_wanted() -> None:
    vocabulary = {"time": ("time", "start"), "lot": ("lot",)}
    assert [u.role for u in assign_roles(("start", "time", "lot"), vocabulary)] == [
        "unused",
        "time",
        "lot",
    ]
    both = assign_roles(("start", "time"), vocabulary, several={"time"})
    assert [u.role for u in both] == ["time", "time"]
    assert fits(("LOT", "Start"), vocabulary, {"time", "lot"})
    assert not fits(("LOT",), vocabulary, {"time", "lot"})


def test_the_unit_of_a_name() -> None:
    assert unit_in("Temperature [°C]") == "°C"
    assert unit_in("Flow (kg/h)") == "kg/h"
    assert unit_in("[x]") == ""
    assert unit_in("Flow") == ""


@pytest.mark.parametrize(
    ("rows", "arrangement", "expected"),
    [
        (["2026-01-01,1", "2026-01-02,2"], Arrangement.SINGLE, "time value"),
        (["2026-01-01,A", "2026-01-02,B"], Arrangement.SINGLE, "time value"),
        (["2026-01-01,1,192", "2026-01-02,2,3", "2026-01-02,2,192"], Arrangement.SINGLE,
         "time value status"),
        (["T1,2026-01-01,1", "T1,2026-01-02,2"], Arrangement.LONG, "tag time value"),
        (["T1,2026-01-01,1,Good", "T1,2026-01-02,2,Bad"], Arrangement.LONG,
         "tag time value status"),
        (["2026-01-01,1,2,3.5", "2026-01-02,1,2,3"], Arrangement.WIDE,
         "time signal signal signal"),
    ],
)  # fmt: skip
def test_roles_without_names(rows: list[str], arrangement: Arrangement, expected: str) -> None:
    found = roles_by_content([row.split(",") for row in rows])
    assert found is not None
    assert found[0] is arrangement
    assert [use.role for use in found[1]] == expected.split()


def test_no_time_no_historian_export() -> None:
    assert roles_by_content([("0", "OFF"), ("1", "ON")]) is None
