"""An import profile as fields and back."""

from dataclasses import replace

import pytest
from support.previews import PROFILE

from investigator.desktop.view_models.profile_editor import (
    choice_fields,
    column_name,
    entered_profile,
    role_options,
    with_column,
    with_known_uses,
)
from investigator.domain.errors import UnusableRequest
from investigator.domain.import_profile import ColumnUse, ImportProfile, Kind


def entered(profile: ImportProfile) -> dict[str, str]:
    values = {field.name: field.value for field in choice_fields(profile)}
    return {
        **values,
        "header_line": str(profile.header_line),
        "first_line": str(profile.first_line),
    }


@pytest.mark.requirement("WIN-108")
@pytest.mark.parametrize(
    "profile",
    [PROFILE, replace(PROFILE, delimiter="", sheet="Export", quote=""), replace(PROFILE, quote="")],
)
def test_the_fields_of_a_profile_give_it_back(profile: ImportProfile) -> None:
    assert entered_profile(profile, entered(profile)) == profile
    assert all(field.value in dict(field.options) for field in choice_fields(profile))


@pytest.mark.requirement("WIN-108")
def test_what_is_entered_is_taken_and_a_line_that_is_none_refused() -> None:
    values = {**entered(PROFILE), "zone": "UTC", "thousands": ".", "header_line": "0"}
    made = entered_profile(PROFILE, values)
    assert (made.zone, made.thousands, made.header_line) == ("UTC", ".", 0)
    with pytest.raises(UnusableRequest, match="is no line"):
        entered_profile(PROFILE, {**values, "first_line": "two"})


@pytest.mark.requirement("WIN-108")
def test_a_column_gets_another_use() -> None:
    made = with_column(PROFILE, 2, role="unused", name="Wert", unit="kg")
    assert made.columns[2] == ColumnUse(2, "unused", "Wert", "kg")
    assert made.columns[:2] == PROFILE.columns[:2]
    assert column_name(ColumnUse(3, "unused")) == "column 4"


def test_roles_are_those_of_the_kind_and_those_in_use() -> None:
    words = [key for key, _ in role_options(with_column(PROFILE, 0, role="odd", name="", unit=""))]
    assert {"time", "tag", "value", "status", "signal", "unused", "odd"} <= set(words)
    of_alarms = [key for key, _ in role_options(replace(PROFILE, kind=Kind.ALARMS))]
    assert "priority" in of_alarms


@pytest.mark.requirement("WIN-108")
def test_columns_that_were_cut_anew_get_the_uses_they_were_proposed_with() -> None:
    uses = (
        ColumnUse(0, "unused", "Wert"),
        ColumnUse(1, "time", "Tag"),
        ColumnUse(2, "unused", "X"),
    )
    made = with_known_uses(replace(PROFILE, columns=uses), PROFILE)
    assert [use.role for use in made.columns] == ["value", "time", "unused"]
    assert [use.position for use in made.columns] == [0, 1, 2]
    assert with_known_uses(PROFILE, None) == PROFILE
