"""Lots in a hopper: shares that add up to one and pass from lot to lot as the hopper turns over."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import LOT_CONNECTED_MIN, STEPS_PER_MIN, record

from investigator.twin.hopper_lots import lots_of, share_of_lots


def flow(level=4.0):
    return np.full(record().grid_ms.size, level)


@pytest.mark.requirement("TWN-047")
def test_shares_add_up_and_the_new_lot_comes_in_after_its_connection():
    first, second = share_of_lots(record(), "api", flow())
    assert first + second == pytest.approx(np.ones(first.size))
    entered = record().index(lots_of(record(), "api")[1].start_ms)
    assert entered >= LOT_CONNECTED_MIN * STEPS_PER_MIN
    assert np.all(second[:entered] == 0.0)
    assert np.all(np.diff(second) >= -1e-12)
    assert second[-1] > 0.1


@pytest.mark.requirement("TWN-047")
def test_a_refill_brings_the_share_that_its_weight_shows():
    told = record()
    entered = told.index(lots_of(told, "api")[1].start_ms)
    weight = np.full(told.grid_ms.size, 1.5)
    weight[entered + 1 :] = 3.0
    run = replace(told, roles={**told.roles, "api.net_weight": weight})
    _, second = share_of_lots(run, "api", flow(0.0))
    assert second[entered] == 0.0
    assert second[entered + 1 :] == pytest.approx(0.5)


@pytest.mark.requirement("TWN-047")
def test_without_the_weight_what_leaves_is_made_up_for():
    told = record()
    run = replace(told, roles={**told.roles, "api.net_weight": np.full(told.grid_ms.size, np.nan)})
    _, second = share_of_lots(run, "api", flow())
    entered = told.index(lots_of(told, "api")[1].start_ms)
    passed_s = 10.0 * np.arange(1, told.grid_ms.size - entered + 1)
    expected = 1.0 - np.exp(-passed_s * 4.0 / 3600.0 / 2.35)
    assert second[entered:] == pytest.approx(expected, abs=2e-3)


def test_a_feeder_without_lots_has_no_shares():
    assert share_of_lots(replace(record(), lots=()), "api", flow()) == ()
