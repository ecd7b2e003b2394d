"""The line in the hands of general solvers: SciPy, CasADi and JAX, each as fast as it goes.

All solve `support.line_equations` for the same inputs and give, at the start of each step, what
leaves the second vessel and the last. Tablets are not worked out: that is left
to our own simulation, in its time.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp
from support.line_equations import Course, packed, rates, unpacked

from investigator.process.line import LineParameters

SEEN = ("after", "frame")


def _slope(course: Course, p: LineParameters, row: Any, u: Any) -> Any:
    found = rates(np, p, course.columns, unpacked(row, course.start), u)
    return packed({name: found[name] for name in course.start})


def _outlets(course: Course, rows: Any) -> np.ndarray:
    """The properties of interest of every row of states."""
    return np.array(
        [np.concatenate([unpacked(row, course.start)[name][-1] for name in SEEN]) for row in rows]
    )


def reference(course: Course, p: LineParameters, step_s: float) -> np.ndarray:
    """DOP853 with the tightest tolerances, anew in every step."""
    rows = [packed(course.start)]
    for u in course.table[:-1]:
        solved = solve_ivp(
            lambda _, row, u=u: _slope(course, p, row, u),
            (0.0, step_s),
            rows[-1],
            method="DOP853",
            rtol=1e-11,
            atol=1e-13,
        )
        rows.append(solved.y[:, -1])
    return _outlets(course, rows)


def scipy_run(
    course: Course, p: LineParameters, step_s: float, method: str
) -> Callable[[], np.ndarray]:
    """`solve_ivp` over the whole span, with inputs that hold and steps no longer than one."""
    times = np.arange(len(course.table)) * step_s

    def slope(t: float, row: np.ndarray) -> np.ndarray:
        return _slope(course, p, row, course.table[min(int(t / step_s), times.size - 1)])

    def run() -> np.ndarray:
        solved = solve_ivp(
            slope,
            (0.0, times[-1]),
            packed(course.start),
            method=method,
            t_eval=times,
            max_step=step_s,
            rtol=1e-6,
            atol=1e-9,
        )
        return _outlets(course, solved.y.T)

    return run


def casadi_run(course: Course, p: LineParameters, step_s: float) -> Callable[[], np.ndarray]:
    """Classical Runge-Kutta, one step an input, as a map that accumulates."""
    import casadi

    start = packed(course.start)
    state, u = casadi.SX.sym("y", start.size), casadi.SX.sym("u", course.table.shape[1])

    def entries(of: Any) -> np.ndarray:
        found = np.empty(of.numel(), dtype=object)
        found[:] = casadi.vertsplit(of)
        return found

    held = entries(u)

    def slope(of: Any) -> Any:
        return casadi.vertcat(*_slope(course, p, entries(of), held))

    k1 = slope(state)
    k2 = slope(state + 0.5 * step_s * k1)
    k3 = slope(state + 0.5 * step_s * k2)
    k4 = slope(state + step_s * k3)
    after = state + step_s / 6.0 * (k1 + 2 * k2 + 2 * k3 + k4)
    step = casadi.Function("step", [state, u], [after])
    whole = step.mapaccum("whole", len(course.table) - 1)

    def run() -> np.ndarray:
        found = np.array(whole(start, course.table[:-1].T))
        return _outlets(course, np.vstack([start, found.T]))

    return run


def jax_run(
    course: Course, p: LineParameters, step_s: float, members: int, order: int
) -> Callable[[], np.ndarray]:
    """Runge-Kutta of order 3 (Kutta) or 4 in a compiled scan, over many members at once.

    The members differ in a hold-up.

    Only the first member's properties are kept, so that memory does not slow it down.
    """
    import jax

    jax.config.update("jax_enable_x64", True)
    xp = jax.numpy
    table = xp.asarray(course.table)
    start = {name: xp.asarray(value) for name, value in course.start.items()}

    def moved(y: Any, k: Any, by: float) -> Any:
        return jax.tree.map(lambda a, b: a + by * b, y, k)

    def run_one(holdup_kg: Any) -> Any:
        q = replace(p, blender=p.blender._replace(holdup_ref_kg=holdup_kg))

        def step(y: Any, u: Any) -> Any:
            k1 = rates(xp, q, course.columns, y, u)
            k2 = rates(xp, q, course.columns, moved(y, k1, 0.5 * step_s), u)
            if order == 3:
                twice = jax.tree.map(lambda a, b: 2.0 * a - b, k2, k1)
                k3 = rates(xp, q, course.columns, moved(y, twice, step_s), u)
                slope = jax.tree.map(lambda b, c, d: (b + 4 * c + d) / 6.0, k1, k2, k3)
            else:
                k3 = rates(xp, q, course.columns, moved(y, k2, 0.5 * step_s), u)
                k4 = rates(xp, q, course.columns, moved(y, k3, step_s), u)
                slope = jax.tree.map(
                    lambda b, c, d, e: (b + 2 * c + 2 * d + e) / 6.0, k1, k2, k3, k4
                )
            after = moved(y, slope, step_s)
            return after, xp.concatenate([y[name][-1] for name in SEEN])

        return jax.lax.scan(step, start, table)[1]

    every = jax.jit(jax.vmap(run_one))
    sizes = p.blender.holdup_ref_kg * (1.0 + 0.05 * np.arange(members) / members)

    def run() -> np.ndarray:
        return np.asarray(jax.block_until_ready(every(sizes))[0])

    return run
