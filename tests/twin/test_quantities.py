"""The quantities that can be perturbed: each changes what is predicted, and nothing else does."""

import numpy as np
import pytest
from support.line_run import evidence, package, reference

from investigator.analysis.comparison import compare
from investigator.twin.channels import BY_ID, SERIES_INDEX
from investigator.twin.predicted import LINE_QUANTITIES, predict
from investigator.twin.quantities import FACTORS, LABORATORY_RUN, OFFSETS, READINGS, RECORDED
from investigator.twin.record import line_record
from investigator.twin.scenario import Perturbation


@pytest.fixture(scope="module")
def compared():
    record = line_record(evidence(), package().tag_map, package().record_map)
    return compare(record, package().parameters.line(), reference())


@pytest.mark.requirement("TWN-164")
@pytest.mark.parametrize("quantity", sorted((FACTORS | set(OFFSETS)) - {LABORATORY_RUN}))
def test_every_quantity_changes_what_is_predicted(compared, quantity):
    c, n = compared, compared.record.grid_ms.size
    size = 0.02 if quantity == "api.potency" else 1.0
    change = (
        Perturbation(factors={quantity: np.full(n, 1.2)})
        if quantity in FACTORS
        else Perturbation(offsets={quantity: np.full(n, size)})
    )
    if quantity == "press.gate_failure":
        assert c.frame.commanded.any()
    under = predict(c.frame, change, c.parameters, c.nominals, c.null)
    same_series = np.array_equal(under.series, c.null.series, equal_nan=True)
    same_points = np.array_equal(under.points, c.null.points, equal_nan=True)
    assert not (same_series and same_points)


@pytest.mark.requirement("DIA-036")
@pytest.mark.parametrize("channel", READINGS)
def test_an_instrument_that_reads_otherwise_shows_it_in_its_own_channel_alone(compared, channel):
    """By what is added, in the unit of the channel, and nothing on the line changes with it."""
    c, n = compared, compared.record.grid_ms.size
    wrong = Perturbation(offsets={f"reading.{channel}": np.full(n, 0.5)})
    under = predict(c.frame, wrong, c.parameters, c.nominals, c.null)
    assert under.outputs is c.null.outputs
    series = under.series - c.null.series
    points = under.points - c.null.points
    in_series = channel in SERIES_INDEX
    own = series[SERIES_INDEX[channel]] if in_series else points[of_channel(c, channel)]
    known = own[np.isfinite(own)]
    assert known.size
    assert known * BY_ID[channel].to_unit == pytest.approx(0.5)
    rest = np.delete(series, SERIES_INDEX[channel], axis=0) if in_series else series
    others = points if in_series else points[~of_channel(c, channel)]
    assert not np.nan_to_num(rest).any()
    assert not np.nan_to_num(others).any()


def of_channel(c, channel):
    return np.array([point.channel == channel for point in c.measured.points])


@pytest.mark.requirement("TWN-164")
def test_the_lists_agree_with_what_is_predicted_and_recorded(compared):
    assert set(LINE_QUANTITIES) <= FACTORS | set(OFFSETS)
    assert not FACTORS & set(OFFSETS)
    assert not {f"reading.{channel}" for channel in READINGS} & (FACTORS | set(OFFSETS))
    assert set(compared.departures) == RECORDED
