"""Movement of powder through mixed vessels in series, exact in flow.

Every vessel of the line is described as a number of equal, ideally mixed tanks. Over a time step in
which inflow and inlet composition are constant, the composition of such a cascade has a closed
solution (Poisson weights in the mass that has passed), so residence-time distributions do not
depend on the step.

- What enters a vessel leaves it or stays in it: mass closes to rounding.
- When the content of a vessel changes, the change is spread evenly over its tanks.
- A vessel hands the mean composition of its outflow over the step to the next one.
- When nothing flows, nothing moves; only sources (age, paddle work) go on.

Equations: tank balance m dc_k/dt = F (c_{k-1} - c_k) + m s; c_k(t+h) = sum_j P(j) c_{k-j}
+ P(>k) c_in + (m s/F) sum_{i<=k} P(>i) with P the Poisson distribution of mean F h/m
(Levenspiel, Chemical Reaction Engineering, 3rd ed., ch. 14; closed form by variation of constants).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _expand(tanks: Floats, mass: float, delta: float, inlet: Floats) -> None:
    """Each tank grows by `delta` kg: the inlet fills the first, each fills the next."""
    n, k = tanks.shape
    for tank in range(n):
        inflow = (n - tank) * delta
        total = mass + inflow
        for s in range(k):
            upstream = inlet[s] if tank == 0 else tanks[tank - 1, s]
            tanks[tank, s] = (mass * tanks[tank, s] + inflow * upstream) / total


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _shrink(tanks: Floats, mass: float, delta: float) -> None:
    """Each tank shrinks by `delta` kg, all of it leaving through the last."""
    n, k = tanks.shape
    for tank in range(n):
        inflow = tank * delta
        total = mass + inflow
        for s in range(k):
            upstream = 0.0 if tank == 0 else tanks[tank - 1, s]
            tanks[tank, s] = (mass * tanks[tank, s] + inflow * upstream) / total


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _exchange(
    tanks: Floats, weights: Floats, mass: float, passed: float, inlet: Floats, grown: Floats
) -> None:
    """`passed` kg go through tanks of `mass` kg; `grown` is what a source adds in the step."""
    n, k = tanks.shape
    if passed <= 1e-12 * mass:
        for tank in range(n):
            for s in range(k):
                tanks[tank, s] += grown[s]
        return
    mean = passed / mass
    weights[0] = np.exp(-mean)
    for j in range(1, n):
        weights[j] = weights[j - 1] * mean / j
    for tank in range(n - 1, -1, -1):
        beyond = 1.0
        sourced = 0.0
        for j in range(tank + 1):
            beyond -= weights[j]
            sourced += beyond
        for s in range(k):
            value = beyond * inlet[s] + sourced / mean * grown[s]
            for j in range(tank + 1):
                value += weights[j] * tanks[tank - j, s]
            tanks[tank, s] = value


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def advance(
    tanks: Floats,
    weights: Floats,
    before_kg: float,
    after_kg: float,
    passed_kg: float,
    inlet: Floats,
    grown: Floats,
    outlet: Floats,
) -> None:
    """Advance one vessel by one step; `outlet` receives the mean composition of what left.

    `tanks` (n, k) is changed in place. `passed_kg` is what went through beside the change of
    content: min(mass in, mass out). `grown` (k,) is what a source adds to resident material.
    """
    n, k = tanks.shape
    delta = (after_kg - before_kg) / (2.0 * n)
    for s in range(k):
        outlet[s] = 0.0
        for tank in range(n):
            outlet[s] += tanks[tank, s] * before_kg / n
    half = before_kg / n
    if delta > 0.0:
        _expand(tanks, half, delta, inlet)
    elif delta < 0.0:
        _shrink(tanks, half, -delta)
    half += delta
    _exchange(tanks, weights, half, passed_kg, inlet, grown)
    if delta > 0.0:
        _expand(tanks, half, delta, inlet)
    elif delta < 0.0:
        _shrink(tanks, half, -delta)
    left = passed_kg + max(0.0, before_kg - after_kg)
    entered = passed_kg + max(0.0, after_kg - before_kg)
    if left <= 1e-9 * before_kg:
        for s in range(k):
            outlet[s] = tanks[n - 1, s]
        return
    for s in range(k):
        stays = 0.0
        for tank in range(n):
            stays += tanks[tank, s] * after_kg / n
        source = grown[s] * half * n
        outlet[s] = (outlet[s] + entered * inlet[s] + source - stays) / left


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def carry(
    step_kg: Floats,
    port_kg: Floats,
    holdup_kg: Floats,
    tank_counts: NDArray[np.int64],
    main: Floats,
    port: Floats,
    override: Floats,
    override_at: int,
    grown: Floats,
    start: Floats,
) -> tuple[Floats, Floats]:
    """Carry k intensive properties through four vessels in series with a side port before the second.

    Args:
        step_kg: (n,) kg that enter the first vessel in each step.
        port_kg: (n,) kg that enter through the side port in each step.
        holdup_kg: (n + 1, 4) content of each vessel at the steps' borders.
        tank_counts: (4,) tanks of each vessel.
        main, port: (n, k) properties of the streams at the inlet and at the port.
        override: (n, k) properties given to all material entering vessel `override_at`
            (2 or 3; -1 for none): the label of a tracer put in there.
        grown: (n, 4, k) what a source adds to resident material of each vessel in a step.
        start: (4, k) properties of each vessel's content at the start.

    Returns:
        (n, k) properties at the outlet of the second vessel (the probe) and of the fourth (the
        die), at the start of each step.
    """
    n, k = main.shape
    widest = 0
    for v in range(4):
        widest = max(widest, tank_counts[v])
    state = np.zeros((4, widest, k))
    for v in range(4):
        for tank in range(tank_counts[v]):
            state[v, tank, :] = start[v]
    weights = np.zeros(widest + 1)
    inlet = np.zeros(k)
    outlet = np.zeros(k)
    probe = np.zeros((n, k))
    die = np.zeros((n, k))
    for i in range(n):
        probe[i] = state[1, tank_counts[1] - 1]
        die[i] = state[3, tank_counts[3] - 1]
        flowing = step_kg[i]
        inlet[:] = main[i]
        for v in range(4):
            if v == 1:
                total = flowing + port_kg[i]
                if total > 0.0:
                    for s in range(k):
                        inlet[s] = (flowing * inlet[s] + port_kg[i] * port[i, s]) / total
                flowing = total
            if v == override_at:
                inlet[:] = override[i]
            before = holdup_kg[i, v]
            after = holdup_kg[i + 1, v]
            leaving = max(0.0, flowing - (after - before))
            advance(
                state[v, : tank_counts[v]],
                weights,
                before,
                after,
                min(flowing, leaving),
                inlet,
                grown[i, v],
                outlet,
            )
            flowing = leaving
            inlet[:] = outlet
    return probe, die
