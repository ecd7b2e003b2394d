"""The predicted side: nothing perturbed is nothing changed, and every effect is felt somewhere."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, bare, package, record, reference

from investigator.twin import predicted
from investigator.twin.channels import SERIES, SERIES_INDEX
from investigator.twin.failure_mode import Effect, FailureMode
from investigator.twin.measured import binned
from investigator.twin.predicted import changes_the_line, frame, nominal_inputs, predict
from investigator.twin.record import STEP_S
from investigator.twin.scenario import UNPERTURBED, Perturbation, Window, perturbation

PARAMETERS = package().parameters.line()
NOMINALS = reference().nominals


def under(p: Perturbation):
    c = bare()
    return predict(c.frame, p, c.parameters, c.nominals, c.null)


def constant(value: float) -> np.ndarray:
    return np.full(record().grid_ms.size, value)


def test_nothing_perturbed_is_the_unperturbed_prediction():
    again = predict(bare().frame, UNPERTURBED, PARAMETERS, NOMINALS)
    for found in (again, under(UNPERTURBED)):
        assert np.array_equal(found.series, bare().null.series)
        assert np.array_equal(found.points, bare().null.points, equal_nan=True)


def test_a_factor_of_one_changes_nothing():
    found = under(Perturbation({"feed.api": constant(1.0)}, {"room.rh": constant(0.0)}))
    assert np.array_equal(found.series, bare().null.series)


def test_a_reading_changes_its_channel_without_a_simulation(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("the line was simulated for a reading")

    monkeypatch.setattr(predicted, "simulate", refuse)
    found = under(Perturbation({"reading.nir_api": constant(1.05)}))
    differs = ~np.isclose(found.series, bare().null.series).all(axis=1)
    assert np.flatnonzero(differs).tolist() == [SERIES_INDEX["nir_api"]]
    assert np.array_equal(found.points, bare().null.points, equal_nan=True)


def test_a_quantity_of_the_line_asks_for_a_simulation():
    assert changes_the_line(Perturbation({"feed.api": constant(1.1)}))
    assert changes_the_line(Perturbation({}, {"room.rh": constant(1.0)}))
    assert not changes_the_line(Perturbation({"reading.feed_api": constant(1.1)}))


def test_states_of_a_swinging_line_agree_between_coarse_and_fine_steps():
    """What the blender holds and shows belongs to the samples of a bin, not to its beginning."""
    seconds = STEP_S * np.arange(record().grid_ms.size)
    cause = Perturbation({"feed.mcc": 1.0 + 0.3 * np.sin(2.0 * np.pi * seconds / 300.0)})
    found = [
        predict(frame(record(), (), NOMINALS, coarse=coarse), cause, PARAMETERS, NOMINALS).series
        for coarse in (True, False)
    ]
    for channel in ("holdup", "nir_api"):
        coarse, fine = (series[SERIES_INDEX[channel], 60:-10] for series in found)
        moved = np.isfinite(coarse) & np.isfinite(fine)
        swing = float(np.std(fine[moved]))
        assert np.sqrt(np.mean((coarse - fine)[moved] ** 2)) < 0.1 * swing, channel


@pytest.mark.parametrize("cause", [UNPERTURBED, Perturbation({"feed.api": constant(1.08)})])
def test_coarse_and_fine_steps_agree_on_bins(cause):
    fine = frame(record(), record_points(), NOMINALS, coarse=False)
    slow = predict(fine, cause, PARAMETERS, NOMINALS)
    fast = under(cause)
    settled = slice(60, 340)
    for channel in SERIES:
        i = SERIES_INDEX[channel.channel]
        scale = float(reference().series_table[i, 5]) + 1e-3 * abs(slow.series[i, 100])
        off = np.abs(slow.series[i, settled] - fast.series[i, settled])
        assert np.median(off) < scale, channel.channel
    scale = np.array([reference().points_table[bare().slots[k][0], 5] for k in range(off_size())])
    assert np.nanmax(np.abs(slow.points - fast.points) / scale) < 1.5


def record_points():
    return bare().measured.points


def off_size() -> int:
    return len(record_points())


def test_points_are_means_over_their_span_while_the_press_turns():
    pulse = constant(1.0)
    pulse[400:500] = 1.3
    fine = frame(record(), record_points(), NOMINALS, coarse=False)
    found = predict(fine, Perturbation({"feed.api": pulse}), PARAMETERS, NOMINALS)
    compared = 0
    for point, value in zip(record_points(), found.points, strict=True):
        if point.channel == "lab_assay":
            steps = slice(
                record().index(point.span.start_ms), record().index(point.span.end_ms) + 1
            )
            turning = record().running[steps]
            assert value == pytest.approx(found.outputs.assay_pct[steps][turning].mean())
            compared += 1
    assert compared == 5
    assert np.ptp([v for p, v in zip(record_points(), found.points, strict=True)
                   if p.channel == "lab_assay"]) > 1.0  # fmt: skip


def test_bins_of_a_fine_prediction_are_means_of_its_steps():
    fine = frame(record(), (), NOMINALS, coarse=False)
    found = predict(fine, UNPERTURBED, PARAMETERS, NOMINALS)
    expected = binned(found.outputs.blender_holdup_kg)
    assert found.series[SERIES_INDEX["holdup"]] == pytest.approx(expected)


def test_nominal_inputs_are_the_recorded_set_points_and_the_entered_potency():
    inputs = nominal_inputs(record(), NOMINALS)
    assert inputs.feed_kg_h[:, 600] == pytest.approx([4.032, 9.768, 6.0, 0.2])
    assert inputs.feed_kg_h[:, 0] == pytest.approx(0.0)
    assert inputs.api_potency[599] == pytest.approx(0.992)
    mixed = 0.987 + 0.005 * np.exp(-(1079 - 600) * 10 / 1300.0)
    assert inputs.api_potency[1079] == pytest.approx(mixed, abs=1e-5)
    assert inputs.turret_rpm[600] == pytest.approx(37.04)
    assert inputs.turret_rpm[10] == 0.0
    assert inputs.main_force_kn == pytest.approx(10.35)


def test_every_channel_of_an_undisturbed_run_is_a_number():
    assert np.isfinite(bare().null.series).all()
    assert np.isfinite(bare().null.points).all()


def felt(mode: FailureMode, effect: Effect) -> bool:
    """Whether one effect of a mode, alone, changes any channel of the run."""
    magnitude = next(m for m in mode.magnitudes if effect in m.effects)
    alone = replace(mode, magnitudes=(replace(magnitude, effects=(effect,)),))
    lab = ("lab_assay", "HP1") if effect.quantity == "reading.lab_run" else None
    window = Window(at_min(3), at_min(170), max(mode.tau_s[0], 60.0), lab)
    departure = {effect.quantity: constant(-0.3)}
    size = magnitude.prior_sd * (magnitude.sign or 1)
    p = perturbation(alone, window, (size,), record(), departure)
    found = under(p)
    points = ~np.isclose(found.points, bare().null.points, rtol=1e-6, equal_nan=True)
    series = ~np.isclose(found.series, bare().null.series, rtol=1e-6, atol=1e-9)
    return bool(series.any() or points.any())


def effects() -> list[tuple[FailureMode, Effect]]:
    return [
        (mode, effect)
        for mode in package().failure_modes
        for magnitude in mode.magnitudes
        for effect in magnitude.effects
    ]


@pytest.mark.requirement("DIA-003")
def test_every_effect_of_every_failure_mode_is_felt_in_some_channel():
    silent = [(mode.cause, e.quantity, e.kind) for mode, e in effects() if not felt(mode, e)]
    assert silent == []


@pytest.mark.parametrize(
    ("channel", "quantity"),
    [("potency_entry", "reading.potency_entry"), ("lot_mcc_lod", "mcc.lod")],
)
def test_what_is_wrong_with_a_lot_is_wrong_with_its_own_paper_only(channel, quantity):
    c = bare()
    grid = record().grid_ms
    papers = [k for k, q in enumerate(c.frame.points) if q.channel == channel]
    assert papers
    for paper in papers:
        span = c.frame.points[paper].span
        during = np.where((grid >= span.start_ms) & (grid < span.end_ms), 3.0, 0.0)
        moved = under(Perturbation({}, {quantity: during})).points - c.null.points
        expected = [3.0 if k == paper else 0.0 for k in papers]
        assert moved[papers] == pytest.approx(expected)
