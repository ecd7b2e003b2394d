"""Where a value lies on its slider, and which value a place of the slider is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.investigations import ZONE
from support.scenario_scenes import FEED, GROUND, MODE, RUN

from investigator.desktop.view_models.own_finding import time_meant
from investigator.desktop.view_models.scenario_draft import number_meant
from investigator.desktop.view_models.scenario_scales import size_scale, time_scale
from investigator.domain.scenario import SizeRange

pytestmark = pytest.mark.requirement("WIN-178")


@given(share=st.floats(0.0, 1.0), low=st.floats(-1e4, 1e4), width=st.floats(1e-3, 1e4))
def test_a_place_is_a_size_within_its_bounds_and_lies_there(
    share: float, low: float, width: float
) -> None:
    allowed = SizeRange("size", "%", low, low + width, low)
    scale = size_scale(allowed)
    value = number_meant(scale.text_at(share))
    assert value is not None
    assert allowed.low <= value <= allowed.high
    back = scale.share_of(scale.text_at(share))
    assert back == pytest.approx(share, abs=0.01)


@given(share=st.floats(0.0, 1.0))
def test_a_place_is_a_time_of_the_run(share: float) -> None:
    scale = time_scale(GROUND)
    t_ms = time_meant(scale.text_at(share), ZONE)
    assert RUN.start_ms <= t_ms <= RUN.end_ms
    assert scale.share_of(scale.text_at(share)) == pytest.approx(share, abs=0.002)


def test_what_cannot_be_read_lies_nowhere() -> None:
    assert time_scale(GROUND).share_of("noon") is None
    for text in ("much", "nan", "inf", ""):
        assert size_scale(FEED.ranges()[0]).share_of(text) is None
    assert size_scale(MODE.ranges()[1]).share_of("30") == 0.5
