"""Balances as they are read: what asks for a person first, figures with their sources."""

from dataclasses import replace

import pytest
from support.material_scenes import material_scene
from support.scenes import no_case

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.reconciliation import (
    balances,
    balances_note,
    inspected_balance,
    outside,
)


@pytest.mark.requirement("WIN-120")
def test_what_is_outside_stands_first_then_what_cannot_be_computed() -> None:
    rows = balances(material_scene())
    assert [row.line_id for row in rows] == ["api", "mass", "yield"]
    assert [row.tone for row in rows] == [Tone.BAD, Tone.WARN, Tone.PLAIN]
    assert balances_note(rows) == "3 balances, 1 outside its limit, 1 cannot be computed"
    assert outside(rows) == 1
    assert balances_note(rows[2:]) == "1 balance, all within their limits"


@pytest.mark.requirement("WIN-120")
def test_values_have_the_digits_that_their_limit_calls_for() -> None:
    api, mass, yielded = balances(material_scene())
    assert (api.value, api.limits) == ("2.04 %", "−2 to 2 %")
    assert (yielded.value, yielded.limits) == ("98.34 %", "97 to 102 %")
    assert (mass.value, mass.reason) == ("–", "No rejects recorded.")
    assert api.formula == "consumed / totaliser − 1"


@pytest.mark.requirement("WIN-120")
def test_every_figure_says_where_it_stands_also_one_that_is_missing() -> None:
    api, mass, yielded = balances(material_scene())
    (consumed,), (rejects,), (tablets,) = api.inputs, mass.inputs, yielded.inputs
    assert (consumed.value, consumed.unit, consumed.source) == (
        "32.64",
        "kg",
        "batch record, lot A1",
    )
    assert tablets.value == "627761"
    assert (rejects.value, rejects.unit) == ("not recorded", "")


@pytest.mark.requirement("WIN-120")
def test_the_inspector_tells_who_set_the_limit_and_where_the_evidence_came_from() -> None:
    scene = material_scene()
    told = inspected_balance(scene, balances(scene)[0])
    assert ("Set by", "usual limit") in told.facts
    assert ("consumed", "32.64 kg") in told.facts
    assert told.source.startswith("Entry ")


def test_without_evidence_there_are_no_balances() -> None:
    assert balances(no_case()) == ()
    assert balances(replace(material_scene(), reconciliation=None)) == ()
