"""Loss-in-weight feeding: what the loop holds, what it cannot see, and that mass closes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from investigator.process.feeder import FeederParameters, feed_factor
from investigator.process.feeding import FeederCourse, FeederInputs, feed
from investigator.process.hopper import emptied, factor_at
from investigator.process.naming import named_tuple_of
from investigator.process.weigh_feeding import FeederMode, FeedingParameters, steady_feeding
from investigator.twin.package import package_parameters

PACKAGE = Path(__file__).parents[2] / "models" / "cdc_line_3"

# The API feeder of the dossier; its controller as of the characterisation run.
SCREW = FeederParameters(1.11329, 0.946904, 1.14943)
LOOP = FeedingParameters(
    screw_limit_rpm=105.0,
    refill_start_kg=1.5,
    refill_end_kg=3.2,
    refill_kg_s=0.09,
    refill_gain=0.04,
    refill_fading_s=40.0,
    settle_s=13.0,
    window_s=40.0,
    gain=0.3,
    integral_rate_per_s=0.008,
)
SET_POINT = 4.032


def inputs(seconds: int = 3600, step_s: float = 1.0) -> FeederInputs:
    return FeederInputs.sound(step_s, np.full(round(seconds / step_s), SET_POINT))


def run(
    given_: FeederInputs, *, loop: FeedingParameters = LOOP, content_kg: float = 3.0
) -> FeederCourse:
    return feed(SCREW, loop, given_, steady_feeding(SCREW, loop, SET_POINT, content_kg))


def gravimetric(course: FeederCourse, after: int = 0) -> np.ndarray:
    """Where the loop is closed and has settled for three minutes."""
    on = course.mode == FeederMode.GRAVIMETRIC
    settled = np.convolve(on, np.ones(180), mode="full")[: on.size] >= 180
    settled[:after] = False
    return settled


@pytest.mark.requirement("TWN-014")
@given(
    content_kg=st.floats(0.1, 5.0),
    speed=st.floats(0.0, 130.0),
    share=st.floats(0.0, 2.0),
    inflow=st.sampled_from([0.0, 0.05, 0.2]),
    decay=st.sampled_from([0.0, 1e-10, 0.02, 1.1, 8.8]),
)
def test_the_content_of_the_hopper_is_exact(
    content_kg: float, speed: float, share: float, inflow: float, decay: float
) -> None:
    screw = SCREW._replace(fill_rate_per_kg=decay)

    def slope(_t: float, w: np.ndarray) -> np.ndarray:
        return np.array([inflow - speed / 60_000.0 * share * factor_at(screw, float(w[0]))])

    found = emptied(screw, content_kg, speed, share, inflow, 10.0)
    solved = solve_ivp(slope, (0.0, 10.0), [content_kg], rtol=1e-11, atol=1e-12, method="DOP853")
    assert found == pytest.approx(float(solved.y[0, -1]), abs=1e-9)
    parts = content_kg
    for _ in range(10):
        parts = emptied(screw, parts, speed, share, inflow, 1.0)
    assert found == pytest.approx(parts, abs=1e-12)


@pytest.mark.requirement("TWN-014")
def test_a_hopper_never_falls_below_nothing() -> None:
    assert emptied(SCREW, 0.001, 100.0, 1.0, 0.0, 60.0) == 0.0


@pytest.mark.requirement("TWN-014")
def test_the_feed_factor_is_that_of_the_characterisation() -> None:
    content = np.linspace(0.0, 4.0, 9)
    assert [factor_at(SCREW, w) for w in content] == pytest.approx(feed_factor(SCREW, content))


@pytest.mark.requirement("TWN-014")
@settings(max_examples=25)
@given(
    density=st.floats(0.7, 1.3),
    span=st.floats(-0.05, 0.05),
    noise=st.floats(0.0, 0.05),
    seed=st.integers(0, 2**31),
)
def test_what_is_delivered_is_what_the_hopper_lost(
    density: float, span: float, noise: float, seed: int
) -> None:
    generator = np.random.Generator(np.random.PCG64(seed))
    sound = inputs(2400)
    one = np.ones_like(sound.set_point_kg_h)
    given_ = replace(
        sound,
        density=density * one,
        span_error=span * one,
        factor_noise=noise * generator.standard_normal(one.size),
        weight_noise_kg=2e-4 * generator.standard_normal(one.size),
    )
    course = run(given_, content_kg=1.8)
    refilling = np.concatenate([[False], course.mode[:-1] == FeederMode.REFILL])
    fed = refilling.sum() * LOOP.refill_kg_s
    lost = 1.8 + fed - course.content_kg[-1]
    assert course.flow_kg_h.sum() / 3600.0 == pytest.approx(lost, rel=1e-9)
    assert np.array_equal(course.flow_kg_h, run(given_, content_kg=1.8).flow_kg_h)


@pytest.mark.requirement("TWN-015")
def test_gravimetric_control_holds_the_set_point_as_the_hopper_empties() -> None:
    course = run(inputs())
    held = gravimetric(course)
    assert held.sum() > 2000
    assert np.abs(course.flow_kg_h[held] / SET_POINT - 1.0).max() < 0.015
    assert course.flow_kg_h[held].mean() == pytest.approx(SET_POINT, rel=0.004)
    assert course.screw_rpm[held][-1] != course.screw_rpm[held][0]


@pytest.mark.requirement("TWN-015")
def test_volumetric_operation_drifts_as_the_feed_factor_does() -> None:
    sound = inputs(1200)
    given_ = replace(sound, volumetric=np.ones(1200, dtype=bool))
    course = run(given_, content_kg=3.1)
    assert set(course.mode) == {FeederMode.VOLUMETRIC}
    assert np.ptp(course.screw_rpm) == 0.0
    expected = feed_factor(SCREW, course.content_kg) * course.screw_rpm * 0.06
    assert course.flow_kg_h[1:] == pytest.approx(expected[1:], rel=1e-3)
    assert course.flow_kg_h[-1] < 0.99 * course.flow_kg_h[0]
    assert np.ptp(course.shown_kg_h) == 0.0


@pytest.mark.requirement("TWN-015")
def test_a_refill_runs_between_the_levels_and_settles() -> None:
    course = run(inputs(7200))
    changes = np.flatnonzero(np.diff(course.mode)) + 1
    into = {FeederMode(int(mode)): [] for mode in np.unique(course.mode)}
    for i in changes:
        into[FeederMode(int(course.mode[i]))].append(i)
    assert len(into[FeederMode.REFILL]) >= 4
    assert course.net_weight_kg[into[FeederMode.REFILL]] == pytest.approx(1.5, abs=0.002)
    assert course.net_weight_kg[into[FeederMode.SETTLE]] == pytest.approx(3.2, abs=0.09)
    settled = np.array(into[FeederMode.GRAVIMETRIC]) - np.array(into[FeederMode.SETTLE])
    assert settled == pytest.approx(LOOP.settle_s, abs=1.0)
    assert np.array(into[FeederMode.SETTLE]) - into[FeederMode.REFILL] == pytest.approx(20, abs=1)


@pytest.mark.requirement("TWN-015")
def test_a_surge_after_refill_is_seen_only_when_it_is_nearly_over() -> None:
    loop = LOOP._replace(refill_gain=0.35)
    course = run(inputs(1200), loop=loop, content_kg=1.6)
    peak = int(np.argmax(course.flow_kg_h))
    frozen = course.mode != FeederMode.GRAVIMETRIC
    assert frozen[peak]
    assert np.ptp(course.shown_kg_h[frozen]) < 1e-9
    assert course.flow_kg_h[peak] > 1.3 * SET_POINT
    seen = int(np.argmax(course.shown_kg_h))
    assert seen >= peak + LOOP.settle_s
    assert course.shown_kg_h.max() < course.flow_kg_h.max()


@pytest.mark.requirement("TWN-016")
@pytest.mark.parametrize("span", [0.04, -0.03])
def test_a_wrong_scale_shows_the_set_point_over_a_wrong_flow(span: float) -> None:
    sound = inputs(1500)
    wrong = run(replace(sound, span_error=np.full(1500, span)))
    right = run(sound)
    held = gravimetric(wrong, after=600)
    assert wrong.shown_kg_h[held] == pytest.approx(SET_POINT, rel=0.01)
    relative = wrong.flow_kg_h[held].mean() / right.flow_kg_h[held].mean()
    assert relative == pytest.approx(1.0 / (1.0 + span), rel=0.003)
    speed = wrong.screw_rpm[held].mean() / right.screw_rpm[held].mean()
    assert speed == pytest.approx(1.0 / (1.0 + span), rel=0.01)
    apparent = wrong.factor_shown_g_rev()[held].mean() / right.factor_shown_g_rev()[held].mean()
    assert apparent == pytest.approx(1.0 + span, rel=0.01)


@pytest.mark.requirement("TWN-016")
def test_thin_powder_is_made_up_for_by_speed() -> None:
    sound = inputs(1500)
    light = run(replace(sound, density=np.full(1500, 0.85)))
    held = gravimetric(light, after=600)
    assert light.flow_kg_h[held].mean() == pytest.approx(SET_POINT, rel=0.005)
    assert light.screw_rpm[held].mean() / run(sound).screw_rpm[held].mean() == pytest.approx(
        1.0 / 0.85, rel=0.01
    )


@pytest.mark.requirement("TWN-016")
def test_a_bridge_drives_the_screw_to_its_limit() -> None:
    sound = inputs(2400)
    blocked = run(replace(sound, blockage=np.where(np.arange(2400) >= 300, 0.5, 0.0)))
    assert blocked.screw_rpm[1500] == LOOP.screw_limit_rpm
    assert blocked.shown_kg_h[1500] < 0.9 * SET_POINT
    assert blocked.factor_shown_g_rev()[1500] == pytest.approx(
        0.5 * factor_at(SCREW, blocked.content_kg[1500]), rel=0.01
    )


@pytest.mark.requirement("TWN-017")
@pytest.mark.parametrize("name", ["set_point_kg_h", "density", "span_error", "weight_noise_kg"])
def test_what_is_no_number_is_refused_by_name(name: str) -> None:
    course = np.full(100, SET_POINT)
    course[7] = np.nan
    with pytest.raises(ValueError, match=f"{name} holds values that are no numbers"):
        replace(inputs(100), **{name: course})
    with pytest.raises(ValueError, match="differs in length"):
        replace(inputs(100), **{name: np.ones(99)})


@pytest.mark.requirement("TWN-014")
def test_the_step_hardly_matters() -> None:
    fine = run(inputs(900, 0.5), content_kg=2.9)
    coarse = run(inputs(900, 1.0), content_kg=2.9)
    assert coarse.content_kg[-1] == pytest.approx(fine.content_kg[-1], rel=2e-4)
    assert coarse.flow_kg_h[-1] == pytest.approx(fine.flow_kg_h[-1], rel=2e-3)


@pytest.mark.requirement("TWN-015")
@pytest.mark.parametrize(
    ("feeder", "unit"),
    [("LW-311", "api"), ("LW-312", "mcc"), ("LW-313", "lactose"), ("LW-314", "mgst")],
)
def test_the_loop_lives_like_the_recorded_one(feeder: str, unit: str) -> None:
    values = package_parameters(PACKAGE).values_by_name()
    screw = named_tuple_of(FeederParameters, f"feeder_{unit}", values)
    loop = named_tuple_of(FeedingParameters, f"feeder_{unit}", values)
    table = pd.read_csv(PACKAGE / "characterisation" / "feeder_gravimetric_refill.csv.gz")
    rows = table[table["feeder"] == feeder]
    closed = (rows["mode_code"] == FeederMode.GRAVIMETRIC).to_numpy()
    flow = float(np.median(rows["controller_mass_flow_kg_per_h"][closed]))
    start = steady_feeding(screw, loop, flow, float(rows["net_weight_kg"].iloc[0]))
    course = feed(screw, loop, FeederInputs.sound(2.0, np.full(len(rows), flow)), start)
    held = course.mode == FeederMode.GRAVIMETRIC
    speed = rows["screw_speed_rpm"].to_numpy()[closed].mean()
    assert course.screw_rpm[held].mean() == pytest.approx(speed, rel=0.06)
    recorded, simulated = refills(rows["mode_code"].to_numpy()), refills(course.mode)
    assert simulated.size == recorded.size
    assert np.diff(simulated) == pytest.approx(np.diff(recorded), rel=0.1)


def refills(mode: np.ndarray) -> np.ndarray:
    return np.flatnonzero((mode[1:] == FeederMode.REFILL) & (mode[:-1] != FeederMode.REFILL))
