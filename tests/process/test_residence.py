import pytest

from investigator.process.residence import residence_of, residence_time, steady_flows, up_to
from investigator.process.trace import Entry


def test_mean_residence_time_is_content_over_flow(parameters):
    p = parameters
    found = residence_time(p, Entry.CHUTE, horizon_s=3000.0)
    content = 0.6 * p.chute.full_kg + p.feed_frame.content_kg
    assert found.mean_s == pytest.approx(content / (20.0 / 3600.0), rel=1e-2)
    feed_frame = p.feed_frame.content_kg * 180.0
    chute = 0.6 * p.chute.full_kg * 180.0
    expected = feed_frame**2 / p.feed_frame.tanks + chute**2 / p.chute.tanks
    assert found.variance_s2 == pytest.approx(expected, rel=1e-2)


def test_distribution_is_a_distribution(parameters):
    found = residence_time(parameters, Entry.BLENDER, horizon_s=3000.0)
    assert found.cumulative[0] == 0.0
    assert found.cumulative[-1] == pytest.approx(1.0, abs=1e-6)
    assert found.quantile_s(0.05) < found.quantile_s(0.5) < found.quantile_s(0.95)


def test_the_port_is_nearer_to_the_press_than_the_feeders(parameters):
    feeders = residence_time(parameters, Entry.BLENDER)
    port = residence_time(parameters, Entry.PORT)
    assert port.mean_s < feeders.mean_s


@pytest.mark.requirement("IMP-066")
def test_the_way_to_the_analyser_and_from_it_add_up_to_the_whole_way(parameters):
    n, step_s = 3001, 1.0
    flows = steady_flows(parameters, step_s, n, flow_kg_h=20.0, blender_rpm=220.0, level_pct=60.0)
    whole = residence_of(flows, step_s, Entry.BLENDER)
    before = residence_of(up_to(flows, parameters.route.probe), step_s, Entry.BLENDER)
    after = residence_of(flows, step_s, Entry.CHUTE)
    assert before.mean_s + after.mean_s == pytest.approx(whole.mean_s, rel=1e-3)
    assert before.variance_s2 + after.variance_s2 == pytest.approx(whole.variance_s2, rel=1e-2)
