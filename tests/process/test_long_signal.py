"""A whole batch as a signal, steps carried at once, against the exact trace."""

import numpy as np
import pytest
from benchmarks.test_simulation import batch
from process.conftest import PACKAGE

from investigator.process.chain import chain_of
from investigator.process.contents import line_flows
from investigator.process.long_signal import _places, _told_apart, prepared
from investigator.process.trace import Entry
from investigator.process.tracing import passed
from investigator.twin.package import package_parameters

STEPS = 14_400


@pytest.fixture(scope="module")
def chain():
    """Four hours in which feeds, speeds and level move all the time."""
    return chain_of([line_flows(batch(STEPS), package_parameters(PACKAGE).line())], Entry.BLENDER)


def exact(chain, marked):
    return passed(chain, marked[:, None], outlet_only=True, of_everything=True).share[0, 0, 0]


@pytest.mark.parametrize(("joined", "error"), [(1, 1e-12), (2, 1e-4), (4, 3e-4)])
def test_joined_steps_cost_little(chain, joined, error):
    """A new share in every second, the hardest signal, and an edge."""
    noise, edge = np.random.default_rng(0).random(STEPS), np.zeros(STEPS)
    edge[5000:5061] = 1.0
    run = prepared(chain, joined)
    for signal in (noise, edge):
        assert np.abs(run.share(signal) - exact(chain, signal)).max() < error


def test_what_is_marked_comes_out_whole(chain):
    marked = np.zeros(STEPS)
    marked[4001:4400] = 1.0
    kg = (chain.stream_kg()[:, 0] * marked).sum()
    out = prepared(chain, 4).share(marked) * chain.leaving_kg()[:, -1, 0]
    assert out.sum() == pytest.approx(kg, rel=1e-4)


def test_a_run_too_short_for_stretches_is_not_prepared(chain):
    flows = line_flows(batch(1200), package_parameters(PACKAGE).line())
    assert prepared(chain_of([flows], Entry.BLENDER), 4) is None


def test_a_parabola_is_told_apart_exactly():
    """Means over single steps from means over four, but for the ends, where a neighbour lacks."""
    edges = np.linspace(0.1, 0.9, 401)
    single = np.diff(edges**3) / np.diff(edges) / 3.0
    found = _told_apart(single.reshape(-1, 4).mean(axis=1), _places(4))
    assert np.abs(found - single)[4:-4].max() < 1e-13
