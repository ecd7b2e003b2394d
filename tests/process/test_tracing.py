"""Marked material through the line: against closed forms, particles, and its own transpose."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from process.conftest import PACKAGE, steady_inputs
from scipy.linalg import expm
from scipy.special import gammainc

from investigator.process.chain import PLUG, Chain, chain_of, cut_into, parts_needed
from investigator.process.contents import line_flows
from investigator.process.residence import steady_flows
from investigator.process.stretches import stretches_of
from investigator.process.trace import Entry, marked_share
from investigator.process.tracing import came_from, passed
from investigator.process.tracing_members import by_fours
from investigator.twin.package import package_parameters


def chain(entered, holdup, tanks):
    """Vessels of one member, through which everything comes from the first inlet."""
    entered, holdup = np.asarray(entered, float), np.asarray(holdup, float)
    n, count = entered.size, len(tanks)
    all_in = np.zeros((n, count, 1))
    all_in[:, 0, 0] = entered
    if holdup.ndim == 1:
        holdup = np.tile(holdup, (n + 1, 1))
    return Chain(
        all_in, holdup[:, :, None], np.array(tanks), np.ones((n, 1)), np.ones((count, 1)),
        alone=True, cut=np.ones(n, dtype=np.int64),
    )  # fmt: skip


def mean_of_gamma(edges, tanks, mean):
    """Mean of the cumulative gamma distribution between edges: tanks in series."""
    x = tanks * edges / mean
    whole = edges * gammainc(tanks, x) - mean * gammainc(tanks + 1, x)
    return np.diff(whole) / np.diff(edges)


def moving(n, step_s=1.0):
    """A surge of the active, a stop with a refill behind it, other speeds and levels."""
    t = np.arange(n) * step_s
    inputs = steady_inputs(n, step_s)
    runs = np.where((t >= 500) & (t < 760), 0.0, 1.0)
    feeds = inputs.feed_kg_h * (1.0 + 0.05 * np.sin(t / 40.0 + np.arange(4)[:, None])) * runs
    feeds[0] *= np.where((t >= 800) & (t < 840), 1.35, 1.0)
    return replace(
        inputs,
        feed_kg_h=feeds,
        blender_rpm=np.where(t < 900, 220.0, 240.0) * runs,
        turret_rpm=inputs.turret_rpm * runs,
        chute_level_pct=60.0 + 8.0 * np.sin(t / 300.0),
    )


@pytest.fixture(scope="module")
def line():
    return package_parameters(PACKAGE).line()


@pytest.mark.requirement("IMP-002")
@pytest.mark.parametrize("tanks", [1, 2, 12, 25])
def test_tanks_in_series_at_constant_flow_are_the_gamma_distribution(tanks):
    n, mean = 1200, 90.0
    c = chain(np.full(n, 0.005), [0.005 * mean], [tanks])
    share = passed(c, np.ones((n, 1))).share[-1, 0, 0]
    assert np.abs(share - mean_of_gamma(np.arange(n + 1.0), tanks, mean)).max() < 1e-11


@pytest.mark.requirement("IMP-002")
def test_the_whole_line_at_constant_flow_is_the_exponential_of_its_matrix(line):
    """Four vessels at 1 s: handing on mean and change costs less than 1e-8 of the peak."""
    n, width = 1500, 60
    flows = steady_flows(line, 1.0, n, flow_kg_h=20.0, blender_rpm=220.0, level_pct=60.0)
    marked = (np.arange(n) < width).astype(float)
    share = passed(chain_of([flows], Entry.BLENDER), marked[:, None]).share[-1, 0, 0]
    flow = np.cumsum(flows.entered_kg[0])
    rates = np.repeat(flow / flows.holdup_kg[0] * flows.tank_counts, flows.tank_counts)
    size = rates.size
    matrix = np.zeros((size + 2, size + 2))
    matrix[:size, :size] = np.diag(-rates) + np.diag(rates[1:], -1)
    matrix[0, size], matrix[size + 1, size - 1] = rates[0], 1.0
    second, state, expected = expm(matrix), np.zeros(size + 2), []
    for i in range(n):
        state[size], before = marked[i], state[size + 1]
        state = second @ state
        expected.append(state[size + 1] - before)
    assert np.abs(share - expected).max() < 1e-8 * max(expected)


@pytest.mark.requirement("IMP-002")
def test_halving_the_flow_is_a_matter_of_the_mass_that_passed():
    """Halved for 200 s: exact in the coordinate of mass, far off with the residence time fixed."""
    n, tanks, mean = 900, 5, 120.0
    kg = np.where((np.arange(n) >= 100) & (np.arange(n) < 300), 0.0025, 0.005)
    marked = (np.arange(n) < 60).astype(float)
    c = chain(kg, [0.005 * mean], [tanks])
    share = passed(c, marked[:, None]).share[-1, 0, 0]
    by_mass = np.concatenate([[0.0], np.cumsum(kg)]) / 0.005
    since = np.maximum(by_mass - by_mass[60], 0.0)
    later = np.concatenate([np.zeros(60), mean_of_gamma(since[60:], tanks, mean)])
    expected = mean_of_gamma(by_mass, tanks, mean) - later
    fixed = mean_of_gamma(np.arange(n + 1.0), tanks, mean)
    fixed[60:] -= fixed[:-60].copy()
    assert np.abs(share - expected).max() < 1e-11
    assert np.abs(share - fixed).max() > 0.2 * expected.max()


@pytest.mark.requirement("IMP-002")
def test_particles_take_as_long_under_surge_stop_and_refill(line):
    """20,000 particles, each leaving its tank by the flow and content of the time it is there."""
    n, particles = 2400, 20_000
    flows = line_flows(moving(n), line)
    marked = ((np.arange(n) >= 420) & (np.arange(n) < 520)).astype(float)
    c = chain_of([flows], Entry.BLENDER)
    out = np.cumsum(passed(c, marked[:, None]).marked_kg()[-1, 0, 0])
    rng = np.random.default_rng(11)
    begun = np.concatenate([[0.0], np.cumsum(c.stream_kg()[:, 0] * marked)])
    t = np.interp(rng.uniform(0.0, begun[-1], particles), begun, np.arange(n + 1.0))
    leaving, seconds = c.leaving_kg()[:, :, 0], np.arange(n + 1.0)
    for v, tanks in enumerate(c.tanks):
        each = c.holdup_kg[:, v, 0] / tanks
        growth = np.diff(each)
        for tank in range(1, tanks + 1):
            flow = leaving[:, v] + growth * (tanks - tank)
            grows, at_first = np.abs(growth) > 1e-12, 1.0 / each[:-1]
            stay = np.log(each[1:] * at_first) / np.where(grows, growth, 1.0)
            stay = np.where(grows, stay, at_first)
            hazard = np.concatenate([[0.0], np.cumsum(np.maximum(flow * stay, 0.0))])
            hazard += 1e-9 * np.arange(n + 1)
            leaves = np.interp(t, seconds, hazard) + rng.exponential(size=particles)
            t = np.interp(leaves, hazard, seconds, right=np.inf)
    found = np.searchsorted(np.sort(t), np.arange(1.0, n + 1.0)) / particles
    assert np.abs(found - out / begun[-1]).max() < 1.63 / np.sqrt(particles)
    assert out[-1] > 0.999 * begun[-1]


def any_run(seed, step_s, n=240):
    """Stops, starts, surges, emptying and filling, all at random."""
    rng = np.random.default_rng(seed)

    def piecewise(low, high, stops):
        course = np.repeat(rng.uniform(low, high, n // 20), 20)
        return course * np.repeat(rng.random(n // 20) > stops, 20)

    inputs = steady_inputs(n, step_s)
    return replace(
        inputs,
        feed_kg_h=inputs.feed_kg_h * piecewise(0.2, 1.8, 0.2),
        blender_rpm=piecewise(60.0, 300.0, 0.2),
        turret_rpm=piecewise(10.0, 60.0, 0.2),
        chute_level_pct=piecewise(20.0, 90.0, 0.0),
    )


def cut(c):
    return cut_into(c, parts_needed(c))


@pytest.mark.requirement("IMP-003")
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), step_s=st.sampled_from([1.0, 5.0, 10.0]),
       entry=st.sampled_from(list(Entry)))  # fmt: skip
def test_whatever_flows_mass_closes_and_shares_are_shares(line, seed, step_s, entry):
    rng = np.random.default_rng(seed)
    c = cut(chain_of([line_flows(any_run(seed, step_s), line)], entry))
    begin, end, more = np.sort(rng.integers(0, 240, 3))
    steps = np.arange(240)
    marked = np.array([(steps >= begin) & (steps < last) for last in (end, more, 240)]).T * 1.0
    through = passed(c, marked)
    assert through.share.min() >= 0.0
    assert through.share.max() <= 1.0
    assert (np.diff(through.share, axis=1) > -1e-9).all()
    came = came_from(c, np.ones((240, 1)))
    fed = (np.add.reduceat(c.stream_kg(), np.cumsum(c.cut) - c.cut) * marked).sum(axis=0)
    left = through.marked_kg()[-1, :, 0].sum(axis=1)
    back = (came.fed_kg[:, 0] * marked).sum(axis=0)
    assert (left <= fed + 1e-9).all()
    assert np.abs(left - back).max() < 1e-9 * max(1.0, c.stream_kg().sum())


@pytest.mark.requirement("IMP-003")
def test_what_is_marked_leaves_or_stays(line):
    """A run that goes on for long: everything that was marked has left, to 1e-9 of it."""
    n = 6000
    flows = line_flows(moving(n), line)
    marked = ((np.arange(n) >= 300) & (np.arange(n) < 1200)).astype(float)
    for entry in Entry:
        c = chain_of([flows], entry)
        fed = float((c.stream_kg()[:, 0] * marked).sum())
        left = passed(c, marked[:, None]).marked_kg().sum(axis=3)
        assert np.abs(left / fed - 1.0).max() < 1e-9


@pytest.mark.requirement("IMP-003")
def test_one_component_of_what_a_place_brings_leaves_or_stays(line):
    """The active alone, in a surge of it and after: not as much as of all powders."""
    n = 6000
    inputs = moving(n)
    own = inputs.feed_kg_h[0] / 3600.0
    c = chain_of([line_flows(inputs, line)], Entry.BLENDER, own)
    marked = ((np.arange(n) >= 300) & (np.arange(n) < 1200)).astype(float)
    left = passed(c, marked[:, None]).marked_kg().sum(axis=3)
    assert np.abs(left / (own * marked).sum() - 1.0).max() < 1e-9


@pytest.mark.requirement("IMP-002")
def test_what_comes_down_the_chute_is_told_apart_from_powder_that_enters_behind_it(line):
    n = 3000
    flows = steady_flows(line, 1.0, n, flow_kg_h=20.0, blender_rpm=220.0, level_pct=60.0)
    entered = flows.entered_kg.copy()
    entered[:, -1] += 0.001
    c = chain_of([replace(flows, entered_kg=entered)], Entry.CHUTE)
    through = passed(c, (np.arange(n) >= 10).astype(float)[:, None])
    assert through.share[-1, 0, 0, -1] == pytest.approx(1.0, abs=1e-9)
    assert through.stream_share[-1, 0, 0, -1] < 0.9


@pytest.mark.requirement("IMP-002")
def test_a_vessel_that_only_fills_is_cut_by_what_enters():
    """Half a kilogram into 0.2 kg in a step, and nothing leaves: 7.5 times each of 3 tanks."""
    c = chain([0.5, 0.0], np.array([[0.2], [0.7], [0.7]]), [3])
    assert parts_needed(c).tolist() == [15, 1]


@pytest.mark.requirement("IMP-003")
@pytest.mark.parametrize("entry", list(Entry))
def test_backward_is_the_transpose_of_forward(line, entry):
    """What interval i brings to portion j, asked from either end."""
    n = 1800
    rng = np.random.default_rng(3)
    c = chain_of([line_flows(moving(n), line)], entry)
    marked, taken = rng.random((n, 3)), rng.random((n, 4))
    raw = replace(c, alone=True)
    carried = passed(replace(raw, stream=np.ones_like(c.stream)), marked * c.stream)
    forward = carried.share[-1, :, 0] * carried.leaving_kg()[-1, 0, 0] @ taken
    came = came_from(c, taken)
    backward = marked.T @ came.fed_kg[:, :, 0]
    assert np.abs(forward / backward - 1.0).max() < 1e-12
    leaving = (c.leaving_kg()[:, -1] * taken).sum(axis=0)
    if c.alone:
        assert came.fed_kg.sum(axis=0)[:, 0] + came.start_kg[:, 0] == pytest.approx(
            leaving, rel=1e-12
        )


@pytest.mark.requirement("IMP-003")
def test_one_tablet_comes_from_when_the_residence_time_says():
    """At constant flow the time of feeding is spread as the residence time, looked at backwards."""
    n, mean = 900, 120.0
    c = chain(np.full(n, 0.005), [0.005 * mean], [4])
    taken = np.zeros((n, 1))
    taken[800] = 1.0
    fed = came_from(c, taken).fed_kg[:, 0, 0] / 0.005
    edges = mean_of_gamma(np.arange(n + 1.0), 4, mean)
    assert np.abs(np.cumsum(fed[800::-1]) - edges[:801]).max() < 1e-11


@pytest.mark.requirement("IMP-002")
def test_a_stop_moves_nothing_and_ages_nothing(line):
    """With a stop of 300 s put in, everything leaves 300 s later and as before."""
    n, at = 1500, 400
    flows = steady_flows(line, 1.0, n, flow_kg_h=20.0, blender_rpm=220.0, level_pct=60.0)
    marked = ((np.arange(n) >= 300) & (np.arange(n) < 380)).astype(float)
    went_on = passed(chain_of([flows], Entry.BLENDER), marked[:, None]).share[:, 0, 0]
    standing = (np.arange(n) >= at) & (np.arange(n) < at + 300)
    stopped = replace(flows, entered_kg=np.where(standing[:, None], 0.0, flows.entered_kg))
    share = passed(chain_of([stopped], Entry.BLENDER), marked[:, None]).share[:, 0, 0]
    assert np.abs(share[:, :at] - went_on[:, :at]).max() < 1e-12
    assert np.abs(share[:, at + 300 :] - went_on[:, at : n - 300]).max() < 1e-12


@pytest.mark.requirement("IMP-002")
@pytest.mark.parametrize("step_s", [5.0, 10.0, 30.0])
def test_long_steps_are_cut_until_they_cost_nothing(line, step_s):
    """The grid of a record, against the same run in much finer steps."""
    n = int(1800 / step_s)
    coarse = line_flows(any_run(7, step_s, n=n - n % 20), line)
    c = chain_of([coarse], Entry.BLENDER)
    marked = np.zeros((c.cut.size, 1))
    marked[2:6] = 1.0
    finest = passed(cut_into(c, np.full(c.cut.size, int(80 * step_s))), marked)
    found = passed(cut(c), marked)
    kg = finest.marked_kg()
    assert np.abs(found.marked_kg() - kg).max() < 5e-7 * kg.max()
    assert np.abs(found.share[-1] - finest.share[-1]).max() < 1e-7


@pytest.mark.requirement("IMP-002")
def test_dead_time_is_a_shift_in_mass():
    """A plug between two tanks: what would leave at z leaves at z plus its content."""
    n = 1200
    kg = np.where((np.arange(n) >= 200) & (np.arange(n) < 350), 0.0, 0.004)
    marked = np.zeros((n, 1))
    marked[60:90] = 1.0
    mixed = passed(chain(kg, [0.3, 0.2], [3, 2]), marked).share[-1, 0, 0]
    c = chain(kg, [0.3, 0.4, 0.2], [3, PLUG, 2])
    delayed = passed(c, marked).share[-1, 0, 0]
    flowing = kg > 0
    assert np.abs(delayed[flowing][100:] - mixed[flowing][:-100]).max() < 2e-4
    taken = np.random.default_rng(5).random((n, 2))
    came = came_from(c, taken)
    back = marked.T @ came.fed_kg[:, :, 0]
    assert np.abs(back / ((delayed * kg) @ taken) - 1.0).max() < 1e-12
    everything = came.fed_kg.sum(axis=0)[:, 0] + came.start_kg[:, 0]
    assert everything == pytest.approx(kg @ taken, rel=1e-12)


@pytest.mark.requirement("IMP-003")
def test_powder_that_enters_behind_or_into_dead_time_thins_both_ways():
    """Beside 4 g/s come 1 g/s into the plug and 3 g/s into the tanks behind it, of which none is
    marked: in the end half is, and the transpose says the same."""
    n = 2400
    c = chain(np.full(n, 0.004), [0.3, 0.4, 0.2], [3, PLUG, 2])
    entered = c.entered_kg.copy()
    entered[:, 1], entered[:, 2] = 0.001, 0.003
    beside = replace(c, entered_kg=entered)
    marked, taken = np.zeros((n, 1)), np.random.default_rng(6).random((n, 2))
    marked[100:] = 1.0
    share = passed(beside, marked).share[-1, 0, 0]
    assert share[-1] == pytest.approx(0.5, abs=1e-12)
    back = marked.T @ came_from(beside, taken).fed_kg[:, :, 0]
    assert np.abs(back / ((share * 0.008) @ taken) - 1.0).max() < 1e-12
    stream = passed(replace(c, alone=False), marked).stream_share
    assert np.abs(stream - 1.0).max() < 1e-12


@pytest.mark.requirement("IMP-004")
def test_members_are_the_same_alone_in_fours_and_with_any_number_of_workers(line):
    """Seven draws of the parameters; the last group is filled up."""
    package = package_parameters(PACKAGE)
    lines = [package.line_with(draw) for draw in package.draw(4, 7)]
    inputs, marked = moving(1500), np.zeros((1500, 1))
    marked[100:200] = 1.0

    def work(flows):
        return list(passed(chain_of(flows, Entry.BLENDER), marked).share[-1, 0])

    found = []
    for workers in (1, 3):
        with ThreadPoolExecutor(workers) as executor:
            found.append(np.array(by_fours(inputs, lines, work, executor)))
    alone = np.array([work([line_flows(inputs, one)])[0] for one in lines])
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], alone)
    assert np.ptp(found[0].max(axis=1)) > 1e-3


@pytest.mark.requirement("IMP-004")
def test_members_whose_cells_differ_in_number_are_followed_one_by_one(line):
    other = replace(line, blender=line.blender._replace(holdup_cells=line.blender.holdup_cells + 1))
    inputs, marked = moving(600), np.zeros((600, 1))
    marked[100:200] = 1.0

    def work(flows):
        return list(passed(chain_of(flows, Entry.BLENDER), marked).share[-1, 0])

    with ThreadPoolExecutor(1) as executor:
        found = by_fours(inputs, [line, other], work, executor)
    alone = [work([line_flows(inputs, one)])[0] for one in (line, other)]
    assert np.array_equal(found, alone)
    assert not np.array_equal(alone[0], alone[1])


def test_it_agrees_with_the_transport_of_the_simulation(line):
    """Its shares at the borders of the steps lie on the course of the means over them."""
    flows = line_flows(moving(1500), line)
    for entry in Entry:
        at_border = marked_share(flows, 1.0, entry, [(100.0, 300.0)])[:, 0]
        marked = ((np.arange(1500) >= 100) & (np.arange(1500) < 300)).astype(float)
        mean = passed(chain_of([flows], entry), marked[:, None]).share[-1, 0, 0]
        assert np.abs(mean[:-1] - 0.5 * (at_border[1:] + at_border[:-1])).max() < 5e-5


@pytest.mark.requirement("IMP-002")
@pytest.mark.parametrize("entry", list(Entry))
def test_a_long_run_in_four_stretches_is_the_run(line, entry):
    """Of what was before a stretch less than 1e-12 is left: also with a stop in the run."""
    n = 12_000
    chain_of_one = chain_of([line_flows(moving(n), line)], entry)
    assert stretches_of(chain_of_one.entered_kg, chain_of_one.holdup_kg, chain_of_one.tanks)
    twice = chain_of([line_flows(moving(n), line)] * 2, entry)
    marked = np.random.default_rng(2).random((n, 2))
    alone, other = passed(chain_of_one, marked).share, passed(twice, marked).share
    assert np.abs(alone[:, :, 0] - other[:, :, 0]).max() < 1e-12


def test_a_run_that_forgets_too_late_is_carried_as_it_is(line):
    """Too little flows in 2,400 s for a stretch to forget what was before it."""
    c = chain_of([line_flows(moving(2400), line)], Entry.BLENDER)
    assert stretches_of(c.entered_kg, c.holdup_kg, c.tanks) is None


def test_a_run_of_which_nearly_all_passed_early_is_carried_as_it_is():
    """A stretch would have to begin so early that nothing were gained."""
    kg = np.where(np.arange(2400) < 10, 10.0, 0.0)
    c = chain(kg, [0.3], [2])
    assert stretches_of(c.entered_kg, c.holdup_kg, c.tanks) is None
