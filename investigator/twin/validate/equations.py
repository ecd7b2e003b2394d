"""The equations of the line written out once more, for an adaptive solver.

The simulation solves them by closed forms and fixed steps; here they stand as they are written
down, and nothing of the simulation is used, so that both agree only where both are right.

- Blender: in each of K cells dm/dt = F_in - F_out with F_out = F_ref (m / m_cell)^(1/b) and
  m_cell = M_ref/K (N/N_ref)^-a; a shaft below 5 rpm conveys nothing. The active share of the
  content lies before and after the side port in a fixed proportion.
- Chute: dM/dt = F_in - F_press + (M_level - M)/T while the press takes powder, else F_in.
- Tanks k = 1..n of a vessel, each of mass m = M/n: m dc_k/dt = F_{k-1} (c_{k-1} - c_k) + m s with
  F_k = F_in - (k/n) dM/dt.
- Solver: Dormand and Prince 8(5,3), Hairer, Norsett, Wanner, Solving Ordinary Differential
  Equations I (1993), restarted wherever an input changes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.process.line import LineInputs, LineParameters

Floats = NDArray[np.float64]

RELATIVE, ABSOLUTE = 1e-11, 1e-13
_ACTIVE, _MCC, _MGST, _AGE, _BLENDER, _PADDLE = range(6)
_PROPERTIES = 6
_LEAST_RPM = 5.0


@dataclass(frozen=True, slots=True)
class Solution:
    """What the solver found at the start of every step, shape (n,) each, named as `LineOutputs`."""

    blender_holdup_kg: Floats
    nir_api_pct: Floats
    api_fraction: Floats
    mcc_fraction: Floats
    mgst_fraction: Floats
    exposure: Floats
    transit_s: Floats


@dataclass(frozen=True, slots=True)
class _Held:
    """The inputs while they hold: flows kg/s, contents kg, rates 1/s, properties (k,)."""

    main: float
    port: float
    cell_kg: float
    conveys: bool
    pressed: float
    level_kg: float
    inlet: Floats
    lubricant: Floats
    blender_rate: float
    paddle_rate: float


def solve(inputs: LineInputs, parameters: LineParameters) -> Solution:
    """The course of the line by an adaptive solver; inputs hold over each step.

    Raises ValueError where the solver gives up: contents that would become negative.
    """
    from scipy.integrate import solve_ivp

    n = inputs.blender_rpm.size
    changes = [i for i in range(1, n) if _changed(inputs, i)]
    state = _start(inputs, parameters)
    states = np.empty((n, state.size))
    states[0] = state
    for first, last in zip([0, *changes], [*changes, n - 1], strict=True):
        if last <= first:
            continue
        held = _held(inputs, first, parameters)
        times = inputs.step_s * np.arange(first, last + 1, dtype=np.float64)
        found = solve_ivp(
            _slope,
            (float(times[0]), float(times[-1])),
            state,
            method="DOP853",
            t_eval=times,
            rtol=RELATIVE,
            atol=ABSOLUTE,
            args=(held, parameters),
        )
        if not found.success:
            raise ValueError(f"the adaptive solver gave up at {found.t[-1]:g} s: {found.message}")
        states[first : last + 1] = found.y.T
        state = found.y[:, -1]
    return _solution(states, parameters)


def _changed(inputs: LineInputs, i: int) -> bool:
    rows = (
        *inputs.feed_kg_h,
        inputs.api_potency,
        inputs.mcc_lod_pct,
        inputs.blender_rpm,
        inputs.paddle_rpm,
        inputs.turret_rpm,
        inputs.chute_level_pct,
        inputs.main_force_kn,
        inputs.main_gap_mm,
    )
    return any(row[i] != row[i - 1] for row in rows)


def _tanks(p: LineParameters) -> tuple[int, ...]:
    return (
        int(p.blender.tanks_before_port),
        int(p.blender.tanks_after_port),
        int(p.chute.tanks),
        int(p.feed_frame.tanks),
    )


def _held(inputs: LineInputs, i: int, p: LineParameters) -> _Held:
    api, mcc, lactose, mgst = inputs.feed_kg_h[:, i] / 3600.0
    main = api + mcc + lactose
    inlet, lubricant = np.zeros(_PROPERTIES), np.zeros(_PROPERTIES)
    if main > 0.0:
        inlet[_ACTIVE] = api / main * inputs.api_potency[i]
        inlet[_MCC] = mcc / main
    lubricant[_MGST] = 1.0
    speed = float(inputs.blender_rpm[i]) / p.blender.speed_ref_rpm
    least = max(float(inputs.blender_rpm[i]), _LEAST_RPM) / p.blender.speed_ref_rpm
    after_kg = (1.0 - p.blender.port_position) * p.blender.active_share * p.blender.holdup_ref_kg
    return _Held(
        main=float(main),
        port=float(mgst),
        cell_kg=p.blender.holdup_ref_kg / p.blender.holdup_cells * least**-p.blender.speed_exponent,
        conveys=bool(inputs.blender_rpm[i] >= _LEAST_RPM),
        pressed=_pressed(inputs, i, p),
        level_kg=p.chute.full_kg * float(inputs.chute_level_pct[i]) / 100.0,
        inlet=inlet,
        lubricant=lubricant,
        blender_rate=speed * p.blender.flow_ref_kg_h / 3600.0 / after_kg,
        paddle_rate=float(inputs.paddle_rpm[i])
        / p.feed_frame.paddle_ref_rpm
        * p.feed_frame.flow_ref_kg_h
        / 3600.0
        / p.feed_frame.content_kg,
    )


def _pressed(inputs: LineInputs, i: int, p: LineParameters) -> float:
    """What the press takes, kg/s: tablets of nominal blend at this force and gap (Heckel)."""
    force, turret = float(inputs.main_force_kn[i]), float(inputs.turret_rpm[i])
    volume = (
        p.blend.api_nominal / p.blend.api_density
        + p.blend.mcc_nominal / p.blend.mcc_density
        + p.blend.mgst_nominal / p.blend.mgst_density
        + (1.0 - p.blend.api_nominal - p.blend.mcc_nominal - p.blend.mgst_nominal)
        / p.blend.lactose_density
    )
    area = np.pi / 4.0 * p.press.die_diameter_mm**2
    speed = np.log(max(turret, _LEAST_RPM) / p.press.turret_ref_rpm)
    yields = p.press.yield_pressure_mpa * (1.0 + p.press.yield_speed * speed)
    solid = 1.0 - np.exp(-(1000.0 * force / area / yields + p.press.initial_densification))
    height = float(inputs.main_gap_mm[i]) + force / p.press.stiffness_kn_mm
    return float(solid / volume * area * height * 1e-6 * p.press.stations * turret / 60.0)


def _start(inputs: LineInputs, p: LineParameters) -> Floats:
    """Nominal blend of the first lots in every tank, at the steady state of the first inputs."""
    b = p.blender
    flow = float(inputs.feed_kg_h[:, 0].sum())
    content = b.holdup_ref_kg * (flow / b.flow_ref_kg_h) ** b.flow_exponent
    content *= (float(inputs.blender_rpm[0]) / b.speed_ref_rpm) ** -b.speed_exponent
    cells = int(b.holdup_cells)
    chute = p.chute.full_kg * float(inputs.chute_level_pct[0]) / 100.0
    active = b.active_share * content
    contents = (
        b.port_position * active,
        (1.0 - b.port_position) * active,
        chute,
        p.feed_frame.content_kg,
    )
    ages = np.cumsum(contents) / (b.flow_ref_kg_h / 3600.0)
    powder = 1.0 - p.blend.mgst_nominal
    rows = []
    for v, tanks in enumerate(_tanks(p)):
        properties = np.zeros(_PROPERTIES)
        share = 1.0 if v else 1.0 / powder
        properties[_ACTIVE] = p.blend.api_nominal * float(inputs.api_potency[0]) * share
        properties[_MCC] = p.blend.mcc_nominal * share
        properties[_AGE] = ages[v]
        if v:
            properties[_MGST] = p.blend.mgst_nominal
            properties[_BLENDER] = 1.0
        if v == 3:
            properties[_PADDLE] = float(inputs.paddle_rpm[0]) / p.feed_frame.paddle_ref_rpm
        rows.append(np.tile(properties, tanks))
    return np.concatenate([np.full(cells, content / cells), [chute], *rows])


def _slope(t_s: float, y: Floats, held: _Held, p: LineParameters) -> Floats:
    """Rate of change of the whole state; the time does not matter while the inputs hold."""
    del t_s
    b, cells = p.blender, int(p.blender.holdup_cells)
    leaving = np.zeros(cells)
    if held.conveys:
        filled = np.maximum(y[:cells], 0.0) / held.cell_kg
        leaving = b.flow_ref_kg_h / 3600.0 * filled ** (1.0 / b.flow_exponent)
    entering = np.concatenate([[held.main + held.port], leaving[:-1]])
    chute_kg = y[cells]
    growth = b.active_share * (held.main + held.port - leaving[-1])
    into_chute = held.main + held.port - growth
    standing = held.pressed <= 0.0
    pull = 0.0 if standing else (held.level_kg - chute_kg) / p.chute.level_time_s
    chute_growth = into_chute - held.pressed + pull
    active = b.active_share * float(y[:cells].sum())
    before = b.port_position
    flows = (held.main, held.main - before * growth + held.port, into_chute, held.pressed - pull)
    growths = (before * growth, (1.0 - before) * growth, chute_growth, 0.0)
    contents = (before * active, (1.0 - before) * active, chute_kg, p.feed_frame.content_kg)
    tanks = y[cells + 1 :].reshape(-1, _PROPERTIES)
    slope, first, inlet = np.empty_like(tanks), 0, held.inlet
    for v, count in enumerate(_tanks(p)):
        own = tanks[first : first + count]
        if v == 1 and flows[1] > 0.0:
            inlet = ((flows[1] - held.port) * inlet + held.port * held.lubricant) / flows[1]
        passing = flows[v] - np.arange(count) / count * growths[v]
        upstream = np.vstack([inlet, own[:-1]])
        into = slope[first : first + count]
        into[:] = (passing * count / contents[v])[:, None] * (upstream - own)
        into[:, _AGE] += 1.0
        into[:, _BLENDER] += held.blender_rate if v == 1 else 0.0
        into[:, _PADDLE] += held.paddle_rate if v == 3 else 0.0
        inlet, first = own[-1], first + count
    return np.concatenate([entering - leaving, [chute_growth], slope.ravel()])


def _solution(states: Floats, p: LineParameters) -> Solution:
    cells = int(p.blender.holdup_cells)
    tanks = states[:, cells + 1 :].reshape(states.shape[0], -1, _PROPERTIES)
    probe, die = tanks[:, sum(_tanks(p)[:2]) - 1], tanks[:, -1]
    return Solution(
        blender_holdup_kg=states[:, :cells].sum(axis=1),
        nir_api_pct=100.0 * probe[:, _ACTIVE],
        api_fraction=die[:, _ACTIVE],
        mcc_fraction=die[:, _MCC],
        mgst_fraction=die[:, _MGST],
        exposure=p.feed_frame.blender_exposure * die[:, _BLENDER] + die[:, _PADDLE],
        transit_s=die[:, _AGE],
    )
