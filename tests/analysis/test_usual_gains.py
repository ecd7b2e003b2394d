"""What a search finds in runs in which nothing is wrong."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from support.line_run import noisy_record, package

from investigator.analysis.comparison import CHANNELS
from investigator.analysis.usual_gains import LEAST_GAIN, _by_channel, usual_gains
from investigator.twin.reference import FILE, estimate_reference, read_reference


@pytest.fixture(scope="module")
def runs():
    return [(f"N{seed}", noisy_record(seed)) for seed in (1, 2, 3)]


def test_the_second_largest_over_batches_counts():
    gains = np.full((3, len(CHANNELS)), 1.0)
    gains[:, 0] = [90.0, 7.0, 8.0]
    found = _by_channel(gains)
    assert found[CHANNELS[0]] == pytest.approx(8.0)
    assert found[CHANNELS[1]] == LEAST_GAIN
    assert list(found) == list(CHANNELS)


def test_estimates_with_their_usual_gains_are_a_whole_reference(runs):
    line = package().parameters.line()
    with ThreadPoolExecutor(1) as executor:
        statistics = estimate_reference(runs, line, executor)
        found = usual_gains([record for _, record in runs], line, statistics, executor)
    assert all(gain >= LEAST_GAIN for gain in found.values())
    whole = read_reference({FILE: {**statistics, "usual_gains": found}})
    assert whole.gains == pytest.approx([found[channel] for channel in CHANNELS])
    assert np.median(whole.gains) < 20.0
