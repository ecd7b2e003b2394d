"""Change points as they are told: signs, units, how long, what their interval is made of."""

from dataclasses import replace

import pytest
from support.compared import compared, compared_scene
from support.toolboxes import NIR, a_change, at

from investigator.desktop.frame.state import Place, Sight
from investigator.desktop.view_models.change_points import (
    about_change,
    change_plot,
    change_ribbon,
    change_rows,
)
from investigator.desktop.view_models.comparison_part import panel_of, whole_span

pytestmark = pytest.mark.requirement("WIN-196")


def test_the_earliest_stands_first() -> None:
    rows = change_rows(compared(), "Europe/Berlin")
    assert [(r.onset, r.interval, r.back) for r in rows] == [
        ("10:12", "10:11–10:14", "10:30"),
        ("10:40", "10:39–10:42", "lasts"),
    ]


def test_a_rise_has_its_sign_and_a_pure_number_no_unit() -> None:
    toolbox = compared().toolbox
    assert toolbox is not None
    rise = replace(a_change("nir_api", NIR, 5, lasts_min=None), size=0.25, unit="-")
    (row,) = change_rows(replace(compared(), toolbox=replace(toolbox, changes=(rise,))), "UTC")
    assert row.size == "+0.250"


def test_it_lasts_to_the_end_of_the_record_where_it_never_went_back() -> None:
    whole = whole_span(compared())
    _, row = change_rows(compared(), "UTC")
    (lasts,) = change_ribbon(row, whole).spans
    assert (lasts.start_ms, lasts.end_ms) == (at(40), whole.end_ms)


def test_only_what_adds_to_the_uncertainty_is_told() -> None:
    row, _ = change_rows(compared(), "UTC")
    told = about_change(compared_scene(), row, whole_span(compared()), lambda _to: None)
    names = [name for name, _ in told.facts if name.startswith("Uncertainty")]
    assert names == ["Uncertainty by search", "Uncertainty by sampling"]


def test_a_logarithm_is_drawn_against_its_usual_level_and_what_has_no_course_not_at_all() -> None:
    panel = panel_of(compared(), "Ejection force (log)")
    assert panel is not None
    assert panel.title == "Ejection force against its usual level"
    assert change_plot(compared(), a_change("lab_assay", "Assay (QC)", 5, lasts_min=None)) is None


def test_it_is_gone_to_with_all_of_the_interval_of_its_onset() -> None:
    toolbox = compared().toolbox
    assert toolbox is not None
    short = a_change("nir_api", NIR, 5, lasts_min=1)
    (row,) = change_rows(replace(compared(), toolbox=replace(toolbox, changes=(short,))), "UTC")
    gone: list[Place | Sight] = []
    told = about_change(compared_scene(), row, whole_span(compared()), gone.append)
    told.rests_on[0].go()
    assert gone == [Sight(Place.TIMELINE, short.onset_95, short.signals)]
