"""What composes and can be simulated: vessels in any order, feeders that join anywhere."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from investigator.process.line import LineParameters, line_flows, simulate
from investigator.process.residence import residence_time
from investigator.process.route import Route, Vessel, VesselKind
from investigator.process.trace import Entry, marked_share, vessel_of

BLENDER = (
    Vessel("blender", VesselKind.BLENDER_BEFORE_PORT),
    Vessel("blender", VesselKind.BLENDER_AFTER_PORT),
)
CHUTE = (Vessel("chute", VesselKind.CHUTE),)
FRAME = (Vessel("feed_frame", VesselKind.FEED_FRAME),)
ORDERS = [sum(order, ()) for order in permutations((BLENDER, CHUTE, FRAME))]


def routed(parameters: LineParameters, order: tuple[Vessel, ...], lubricant: int) -> LineParameters:
    return replace(parameters, route=Route(order, (0, 0, 0, lubricant), probe=len(order) - 1))


@pytest.mark.requirement("TWN-021")
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("lubricant", [0, 1, 3])
def test_any_order_makes_the_same_product_at_rest(
    parameters: LineParameters, steady, order: tuple[Vessel, ...], lubricant: int
) -> None:
    line = routed(parameters, order, lubricant)
    out, known = simulate(steady, line), simulate(steady, parameters)
    for name in ("api_fraction", "mgst_fraction", "mcc_fraction", "water_pct"):
        assert getattr(out, name)[-1] == pytest.approx(getattr(known, name)[-1], rel=1e-3)
    assert out.nir_api_pct[-1] == pytest.approx(100.0 * out.api_fraction[-1], rel=1e-3)


@pytest.mark.requirement("TWN-021")
@pytest.mark.parametrize("order", ORDERS)
def test_the_mean_stay_is_content_over_flow_in_any_order(
    parameters: LineParameters, order: tuple[Vessel, ...]
) -> None:
    line = routed(parameters, order, order.index(BLENDER[1]))
    whole = residence_time(line, Entry.BLENDER, horizon_s=3000.0)
    known = residence_time(parameters, Entry.BLENDER, horizon_s=3000.0)
    lag = 180.0 * parameters.blend.mgst_nominal
    assert whole.mean_s == pytest.approx(known.mean_s, abs=2.0 * lag)
    at = vessel_of(line.route, Entry.CHUTE)
    assert line.route.vessels[at].kind is VesselKind.CHUTE
    later = [vessel.kind for vessel in order[at:]]
    stay = {
        VesselKind.CHUTE: 0.6 * parameters.chute.full_kg,
        VesselKind.FEED_FRAME: parameters.feed_frame.content_kg,
    }
    if set(later) <= set(stay):
        expected = 180.0 * sum(stay[kind] for kind in later)
        found = residence_time(line, Entry.CHUTE, horizon_s=3000.0)
        assert found.mean_s == pytest.approx(expected, rel=0.01)


@pytest.mark.requirement("TWN-021")
def test_marked_lubricant_is_followed_from_where_it_enters(
    parameters: LineParameters, steady
) -> None:
    for lubricant in range(4):
        line = routed(parameters, (*BLENDER, *CHUTE, *FRAME), lubricant)
        assert vessel_of(line.route, Entry.PORT) == lubricant
        share = marked_share(line_flows(steady, line), 10.0, Entry.PORT, [(600.0, 1800.0)])[:, 0]
        assert share[59] == pytest.approx(0.0, abs=1e-9)
        assert share[170] == pytest.approx(1.0, abs=0.02)
        assert np.argmax(share > 0.5) - 60 < 60
