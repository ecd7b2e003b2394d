"""Recorded feeds: the scale where it sees, the screw where a refill blinds it, no step between."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import FLOWS, package, record

from investigator.process.feeder import FeederParameters, feed_factor
from investigator.process.naming import named_tuple_of
from investigator.twin.measured import refill_mask
from investigator.twin.record import STEP_S
from investigator.twin.recorded_feeds import recorded_feed

PARAMETERS = package().parameters
HALF_WINDOW = 2
"""Steps by which the weight slope of API, MCC and lactose is late."""


def with_roles(**roles):
    told = record()
    return replace(
        told, roles={**told.roles, **{k.replace("_", ".", 1): v for k, v in roles.items()}}
    )


def feed(run, feeder="api"):
    return recorded_feed(run, feeder, PARAMETERS)


@pytest.mark.requirement("TWN-045")
def test_the_reading_counts_where_the_scale_sees():
    told = record()
    reading = told.roles["api.flow"] * np.linspace(0.98, 1.02, told.grid_ms.size)
    found = feed(with_roles(api_flow=reading))
    sees = np.flatnonzero(~refill_mask(told, "api") & (reading > 0.0))
    sees = sees[(sees > 20) & (sees < sees[-1] - 2)] - 2
    shown = 0.5 * (reading[sees + 2] + reading[sees + 3])
    assert found.value[sees] == pytest.approx(shown, rel=1e-9)
    assert not found.filled.any()


@pytest.mark.requirement("TWN-127")
@pytest.mark.parametrize(("feeder", "window_s"), [("mcc", 40.0), ("mgst", 60.0)])
def test_a_swing_is_where_it_was_and_not_where_the_slope_of_the_weight_shows_it(feeder, window_s):
    told = record()
    seconds = np.arange(told.grid_ms.size) * STEP_S
    level, period = FLOWS[feeder], 2.0 * np.pi / 600.0
    middle = seconds - window_s / 2.0
    shown = np.where(told.roles[f"{feeder}.flow"] > 0.0, level + level * np.sin(period * middle), 0)
    found = feed(with_roles(**{f"{feeder}_flow": shown}), feeder)
    true = level + level * np.sin(period * (seconds + STEP_S / 2.0))
    quiet = (told.roles[f"{feeder}.mode"] == 1.0) & ~refill_mask(told, feeder)
    far = np.convolve(~quiet, np.ones(21), mode="same") == 0
    assert far.sum() > 200
    assert found.value[far] == pytest.approx(true[far], abs=0.02 * level)


@pytest.mark.requirement("TWN-127")
def test_a_feeder_that_stops_delivers_until_then_and_nothing_after():
    told = record()
    found = feed(told)
    fed = told.roles["api.flow_set_point"] > 0.0
    assert found.value[fed].min() > 0.9 * FLOWS["api"]
    assert (found.value[~fed] == 0.0).all()


@pytest.mark.requirement("TWN-045")
def test_in_a_refill_the_flow_follows_screw_and_content():
    """The hopper fills, the screw stands still, the shown flow is frozen: the true flow rises."""
    told = record()
    start = told.index(told.refills["api"][2])
    content = np.full(told.grid_ms.size, 1.5)
    content[start + 2 :] = 3.2
    found = feed(with_roles(api_net_weight=content))
    p = named_tuple_of(FeederParameters, "feeder_api", PARAMETERS.values_by_name())
    rise = feed_factor(p, np.array([3.2])) / feed_factor(p, np.array([1.5]))
    blind = np.flatnonzero(refill_mask(told, "api"))
    inside = blind[(blind >= start) & (blind < start + 12)] - HALF_WINDOW
    assert found.value[inside].max() > FLOWS["api"] * 1.005
    assert found.value[inside].max() < FLOWS["api"] * rise[0]
    scatter = PARAMETERS["feeder_api.factor_scatter"].value
    assert found.sd[inside] == pytest.approx(FLOWS["api"] * scatter)


@pytest.mark.requirement("TWN-045")
def test_the_course_has_no_step_at_the_edges_of_a_refill():
    found = feed(record(), "mcc")
    fed = found.value > 0.5 * FLOWS["mcc"]
    steps = np.abs(np.diff(found.value))[fed[1:] & fed[:-1]] / FLOWS["mcc"]
    assert steps.max() < 0.005


@pytest.mark.requirement("TWN-046")
def test_without_scale_and_screw_the_set_point_stands_in_and_says_so():
    told = record()
    gap = slice(400, 460)
    flow, screw = told.roles["api.flow"].copy(), told.roles["api.screw_speed"].copy()
    flow[gap] = screw[gap] = np.nan
    found = feed(with_roles(api_flow=flow, api_screw_speed=screw))
    late = HALF_WINDOW + 1
    assert found.filled[400 : 460 - late].all()
    assert found.filled.sum() == 60 - late
    assert found.value[430] == pytest.approx(FLOWS["api"], rel=1e-3)
    assert found.sd[430] > 4.0 * found.sd[390]


@pytest.mark.requirement("TWN-046")
def test_without_the_scale_alone_the_screw_tells():
    told = record()
    flow = told.roles["api.flow"].copy()
    flow[400:460] = np.nan
    found = feed(with_roles(api_flow=flow))
    assert not found.filled.any()
    assert found.value[430] == pytest.approx(FLOWS["api"], rel=0.02)


def test_while_no_set_point_was_recorded_the_last_one_holds():
    told = record()
    roles = {f"{f}.flow_set_point": told.roles[f"{f}.flow_set_point"].copy() for f in FLOWS}
    for values in roles.values():
        values[400:460] = np.nan
    flow = np.full(told.grid_ms.size, np.nan)
    screw = np.full(told.grid_ms.size, np.nan)
    roles |= {"api.flow": flow, "api.screw_speed": screw}
    found = feed(replace(told, roles={**told.roles, **roles}))
    assert found.value[430] == pytest.approx(FLOWS["api"])
    assert found.filled.all()


RECIPE = {
    "throughput": 20.0,
    "api_share": 20.16,
    "mcc_share": 48.84,
    "lactose_share": 30.0,
    "mgst_share": 1.0,
}


@pytest.mark.requirement("TWN-122")
def test_without_any_set_point_the_flow_of_the_recipe_stands_in_never_nothing():
    told = record()
    unknown = np.full(told.grid_ms.size, np.nan)
    what = ("flow_set_point", "flow", "screw_speed")
    roles = {f"{feeder}.{name}": unknown for feeder in FLOWS for name in what}
    found = feed(
        replace(told, roles={**told.roles, **roles}, set_points={**told.set_points, **RECIPE})
    )
    assert found.filled.all()
    assert found.value[told.producing] == pytest.approx(FLOWS["api"], rel=1e-3)
    assert (found.sd[told.producing] > 0.01 * FLOWS["api"]).all()


@pytest.mark.requirement("TWN-122")
def test_a_feeder_blind_for_longer_than_a_refill_is_less_certain_than_a_usual_run():
    told = record()
    mode = told.roles["api.mode"].copy()
    mode[400:700] = told.named.refill
    blind = np.zeros(mode.size, dtype=bool)
    blind[410:690] = True
    usual, long = feed(told), feed(with_roles(api_mode=mode))
    assert (long.sd[blind] > 3.0 * long.sure_sd[blind]).all()
    outside = np.r_[0:380, 720 : mode.size]
    assert np.array_equal(long.sure_sd[outside], usual.sure_sd[outside])
    assert np.array_equal(usual.sd, usual.sure_sd)
