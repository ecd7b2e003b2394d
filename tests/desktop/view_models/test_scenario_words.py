"""Changes and sizes of a scenario in words."""

from dataclasses import replace

import pytest
from support.scenario_scenes import (
    FEED,
    GROUND,
    a_fit,
    a_part,
    a_scenario,
    a_what_if,
)

from investigator.desktop.view_models.scenario_words import part_said, sizes_said
from investigator.domain.scenario import Course, TargetKind

pytestmark = pytest.mark.requirement("WIN-177")


def test_what_it_changes_is_said_in_words() -> None:
    zone = GROUND.zone
    assert part_said(a_part(), GROUND, zone).startswith("API feed −8.50 %, step ")
    whole = a_part(course=Course.WHOLE_BATCH, sizes=(8.5,))
    assert part_said(whole, GROUND, zone) == "API feed +8.50 %, whole batch"
    mode = a_part(kind=TargetKind.FAILURE_MODE, target="filter_blocked", sizes=(-5.0, 10.0))
    assert part_said(mode, GROUND, zone).startswith("Filter blocked −5.00 % of set-point, +10.0 s,")
    assert part_said(a_part(), None, zone).startswith("feed.api −8.50, step")


def test_a_pure_number_has_no_unit() -> None:
    ground = replace(GROUND, targets=(replace(FEED, unit="-"),))
    assert part_said(a_part(), ground, GROUND.zone).startswith("API feed −8.50, step ")
    assert sizes_said(a_what_if(), ground) == "−8.50"


def test_fitted_sizes_are_said_with_their_uncertainty() -> None:
    assert sizes_said(a_fit(a_scenario()), GROUND) == "−7.25 ± 0.50 %"
    assert sizes_said(a_what_if(), GROUND) == "−8.50 %"
    close = replace(a_fit(a_scenario()), sizes_sd=((0.0823,),))
    assert sizes_said(close, GROUND) == "−7.250 ± 0.082 %"
