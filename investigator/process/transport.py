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


@njit(nogil=True, cache=True)
def _expand(tanks: Floats, mass: float, delta: float, inlet: Floats) -> None:
    """Each tank grows by `delta` kg: the inlet fills the first, each fills the next."""
    n, k = tanks.shape
    for tank in range(n):
        inflow = (n - tank) * delta
        total = mass + inflow
        for s in range(k):
            upstream = inlet[s] if tank == 0 else tanks[tank - 1, s]
            tanks[tank, s] = (mass * tanks[tank, s] + inflow * upstream) / total


@njit(nogil=True, cache=True)
def _shrink(tanks: Floats, mass: float, delta: float) -> None:
    """Each tank shrinks by `delta` kg, all of it leaving through the last."""
    n, k = tanks.shape
    for tank in range(n):
        inflow = tank * delta
        total = mass + inflow
        for s in range(k):
            upstream = 0.0 if tank == 0 else tanks[tank - 1, s]
            tanks[tank, s] = (mass * tanks[tank, s] + inflow * upstream) / total


@njit(nogil=True, cache=True)
def _exchange(
    tanks: Floats, scratch: Floats, mass: float, passed: float, inlet: Floats, grown: Floats
) -> None:
    """`passed` kg go through tanks of `mass` kg; `grown` is what a source adds in the step.

    Works on the tanks as one row, so that the shifts by whole tanks are long plain loops.
    """
    n, k = tanks.shape
    if passed <= 1e-12 * mass:
        for tank in range(n):
            for s in range(k):
                tanks[tank, s] += grown[s]
        return
    mean = passed / mass
    old = scratch[: n * k]
    new = tanks.reshape(n * k)
    weight = np.exp(-mean)
    beyond = 1.0
    sourced = 0.0
    for q in range(n * k):
        old[q] = new[q]
        new[q] = weight * old[q]
    for tank in range(n):
        beyond -= weight
        sourced += beyond / mean
        for s in range(k):
            new[tank * k + s] += beyond * inlet[s] + sourced * grown[s]
        weight *= mean / (tank + 1)
        ahead = new[(tank + 1) * k :]
        for q in range(ahead.size):
            ahead[q] += weight * old[q]


@njit(nogil=True, cache=True)
def content(tanks: Floats, mass: float, stored: Floats) -> None:
    """Amount of every property in a vessel of `mass` kg, into `stored` (k,)."""
    n, k = tanks.shape
    for s in range(k):
        stored[s] = 0.0
    for tank in range(n):
        for s in range(k):
            stored[s] += tanks[tank, s]
    for s in range(k):
        stored[s] *= mass / n


@njit(nogil=True, cache=True)
def advance(
    tanks: Floats,
    scratch: Floats,
    before_kg: float,
    after_kg: float,
    passed_kg: float,
    inlet: Floats,
    grown: Floats,
    stored: Floats,
    outlet: Floats,
) -> None:
    """Advance one vessel by one step; `outlet` receives the mean composition of what left.

    `stored` (k,) is the amount of every property in the vessel, brought up to date.

    `tanks` (n, k), contiguous, is changed in place; `scratch` has room for n k values.
    `passed_kg` is what went through beside the change of content: min(mass in, mass out).
    `grown` (k,) is what a source adds to resident material.
    """
    n, k = tanks.shape
    delta = (after_kg - before_kg) / (2.0 * n)
    for s in range(k):
        outlet[s] = stored[s]
    half = before_kg / n
    if delta > 0.0:
        _expand(tanks, half, delta, inlet)
    elif delta < 0.0:
        _shrink(tanks, half, -delta)
    half += delta
    _exchange(tanks, scratch, half, passed_kg, inlet, grown)
    if delta > 0.0:
        _expand(tanks, half, delta, inlet)
    elif delta < 0.0:
        _shrink(tanks, half, -delta)
    content(tanks, after_kg, stored)
    left = passed_kg + max(0.0, before_kg - after_kg)
    entered = passed_kg + max(0.0, after_kg - before_kg)
    if left <= 1e-9 * before_kg:
        for s in range(k):
            outlet[s] = tanks[n - 1, s]
        return
    for s in range(k):
        outlet[s] = (outlet[s] + entered * inlet[s] + grown[s] * half * n - stored[s]) / left


@njit(nogil=True, cache=True)
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
    """Carry k intensive properties through four vessels, a side port before the second.

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
    scratch = np.zeros(widest * k)
    stored = np.zeros((4, k))
    for v in range(4):
        content(state[v, : tank_counts[v]], holdup_kg[0, v], stored[v])
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
                scratch,
                before,
                after,
                min(flowing, leaving),
                inlet,
                grown[i, v],
                stored[v],
                outlet,
            )
            flowing = leaving
            inlet[:] = outlet
    return probe, die
