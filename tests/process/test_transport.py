import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.special import gammainc

from investigator.process.transport import carry


def run(step_kg, holdup, counts, main, start=None, grown=None, port_kg=None):
    n, k = main.shape
    nothing = np.zeros((n, k))
    return carry(
        step_kg,
        np.zeros(n) if port_kg is None else port_kg,
        holdup,
        np.array(counts, dtype=np.int64),
        main,
        nothing,
        np.zeros((n, 4, k)) if grown is None else grown,
        np.zeros((4, k)) if start is None else start,
    )


def test_one_cascade_is_exact_at_any_step():
    flow, tank_kg = 0.005, 0.1
    for step_s in (1.0, 10.0, 60.0):
        n = int(1200 / step_s)
        holdup = np.tile([1e-6, 5 * tank_kg, 1.0, 1.0], (n + 1, 1))
        label = np.ones((n, 1))
        nothing = np.zeros((n, 1))
        probe, _ = carry(
            np.zeros(n),
            np.full(n, flow * step_s),
            holdup,
            np.array([1, 5, 1, 1]),
            nothing,
            label,
            np.zeros((n, 4, 1)),
            np.zeros((4, 1)),
        )
        expected = gammainc(5, np.arange(n) * step_s * flow / tank_kg)
        assert np.abs(probe[:, 0] - expected).max() < 1e-8


def test_agrees_with_an_adaptive_solver_under_varying_flow_and_inlet():
    rng = np.random.default_rng(3)
    n, step_s, tank_kg = 60, 10.0, 0.08
    flow = 0.0055 * (1.0 + 0.3 * rng.standard_normal(n)).clip(0.1)
    inlet = 0.2 + 0.05 * rng.standard_normal(n)
    holdup = np.tile([1e-6, 4 * tank_kg, 1.0, 1.0], (n + 1, 1))
    nothing = np.zeros((n, 1))
    probe, _ = carry(
        np.zeros(n),
        flow * step_s,
        holdup,
        np.array([1, 4, 1, 1]),
        nothing,
        inlet[:, None],
        np.zeros((n, 4, 1)),
        np.full((4, 1), 0.2),
    )
    c = np.full(4, 0.2)
    for i in range(n - 1):
        rate = flow[i] / tank_kg

        def slope(_, y, rate=rate, inlet=inlet[i]):
            return rate * (np.concatenate([[inlet], y[:-1]]) - y)

        c = solve_ivp(slope, (0.0, step_s), c, method="DOP853", rtol=1e-11, atol=1e-13).y[:, -1]
        assert abs(probe[i + 1, 0] - c[-1]) < 1e-6


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_mass_closes_whatever_flows_and_contents_do(seed):
    rng = np.random.default_rng(seed)
    n = 50
    step_kg = rng.uniform(0.0, 0.1, n) * (rng.random(n) > 0.2)
    port_kg = 0.01 * step_kg
    holdup = np.empty((n + 1, 4))
    holdup[0] = [0.4, 0.3, 0.5, 0.37]
    left = np.empty(n)
    for i in range(n):
        flowing = step_kg[i]
        for v in range(4):
            flowing += port_kg[i] if v == 1 else 0.0
            change = rng.uniform(-0.05, 0.9 * flowing) if v < 3 else 0.0
            holdup[i + 1, v] = max(holdup[i, v] + change, 0.05)
            if holdup[i + 1, v] - holdup[i, v] > flowing:
                holdup[i + 1, v] = holdup[i, v]
            flowing -= holdup[i + 1, v] - holdup[i, v]
        left[i] = flowing
    one = np.ones((n, 1))
    _, die = carry(
        step_kg,
        port_kg,
        holdup,
        np.array([6, 2, 12, 1]),
        one,
        one,
        np.zeros((n, 4, 1)),
        np.ones((4, 1)),
    )
    # A uniform tracer stays uniform only if every balance closes.
    assert np.abs(die - 1.0).max() < 1e-9
    assert abs(holdup[0].sum() + (step_kg + port_kg).sum() - left.sum() - holdup[-1].sum()) < 1e-9


def test_a_source_in_one_tank_settles_at_residence_time_times_rate():
    n, step_s = 400, 10.0
    holdup = np.tile([0.2, 0.2, 0.2, 0.37], (n + 1, 1))
    grown = np.zeros((n, 4, 1))
    grown[:, 3] = step_s
    _, die = run(np.full(n, 0.05), holdup, [2, 2, 2, 1], np.zeros((n, 1)), grown=grown)
    assert abs(die[-1, 0] - 0.37 / 0.005) < 1e-6
