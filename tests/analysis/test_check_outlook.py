"""What a check would find under each hypothesis."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, diagnosed, noisy, package, planted

from investigator.analysis.check_information import CheckFinding, likelihoods
from investigator.analysis.check_outlook import outlook, places, runs_of
from investigator.analysis.comparison import POINT_ROW
from investigator.analysis.diagnosis import Diagnosis
from investigator.analysis.fitting import DISCREPANCY
from investigator.analysis.hypotheses import Hypotheses
from investigator.domain.errors import UnusableInput
from investigator.twin.checks import Check
from investigator.twin.measured import BIN
from investigator.twin.scenario import Window

WINDOW = Window(at_min(60), at_min(150), 900.0)
DRIFT, FOULED, GRAIN = "api_loadcell_drift", "nir_fouling", "api_lot_psd_change"


@cache
def found() -> Diagnosis:
    run = planted(noisy(1), DRIFT, WINDOW, (6.0,)).comparison
    return diagnosed(run, among=(DRIFT, FOULED, "api_lot_psd_change", "mcc_lot_moisture"))


def check(name: str) -> Check:
    return next(c for c in package().checks if c.check_id == name)


def test_product_is_measured_in_containers_and_a_lot_in_lots() -> None:
    c = found().replay.comparison
    assert places(check("retained_assay"), c) == tuple(k.container_id for k in c.record.containers)
    assert places(check("lot_particle_size"), c) == ("A1", "A2")
    assert places(check("lot_loss_on_drying"), c) == ("M1",)
    assert places(check("punch_inspection"), c) == ()


def test_nothing_is_measured_where_nothing_was_made_or_that_was_used_up_before() -> None:
    c = found().replay.comparison
    *made, last = c.record.containers
    stood = np.array(c.frame.running)
    stood[c.record.index(last.filled.start_ms) // BIN :] = False
    idle = replace(c, frame=replace(c.frame, running=stood))
    assert places(check("retained_assay"), idle) == tuple(k.container_id for k in made)
    first = next(lot for lot in c.record.lots if lot.lot_id == "A1")
    before = replace(first, lot_id="A0", start_ms=first.start_ms - 60_000)
    lots = (before, replace(first, start_ms=int(c.record.grid_ms[0])), *c.record.lots[1:])
    earlier = replace(c, record=replace(c.record, lots=lots))
    assert places(check("lot_particle_size"), earlier) == ("A1", "A2")


def test_what_two_causes_do_together_is_as_unsure_as_the_one_that_is_less_sure() -> None:
    d = found()
    (sure,), (vague,) = d.hypotheses.fits[DRIFT,], d.hypotheses.fits[GRAIN,]
    sure = replace(sure, sizes=(6.0,), sizes_sd=(0.6,))
    vague = replace(vague, sizes=(10.0, 5.0, 0.1), sizes_sd=(8.0, 1.0, 0.1))
    both, turned = (DRIFT, GRAIN), (GRAIN, DRIFT)
    among = Hypotheses({both: (sure, vague), turned: (vague, sure)}, {}, {})
    runs = runs_of(d.replay.comparison, among, (both, turned))
    assert runs.unsure[both] == runs.unsure[turned] == pytest.approx(np.hypot(0.8, DISCREPANCY))


@pytest.mark.requirement("DIA-031")
def test_an_assay_is_predicted_high_where_more_api_was_fed_and_usual_where_only_nir_was_wrong() -> (
    None
):
    d = found()
    late = outlook(check("retained_assay"), d.replay.comparison, d.hypotheses, place="B1-D04")
    early = outlook(check("retained_assay"), d.replay.comparison, d.hypotheses, place="B1-D01")
    usual = late.values[()].mean
    assert late.values[DRIFT,].mean > usual + 2.0
    assert late.values[FOULED,].mean == pytest.approx(usual)
    assert early.values[DRIFT,].mean == pytest.approx(early.values[()].mean, abs=0.05)
    assert late.values[DRIFT,].sd > late.values[()].sd
    assert set(late.values) == set(d.hypotheses.scores)
    likely = likelihoods(late, CheckFinding(value=late.values[DRIFT,].mean))
    assert likely[DRIFT,] > 20.0 * likely[FOULED,]
    assert np.isfinite(list(likely.values())).all()


def test_with_nothing_at_work_a_value_spreads_as_in_normal_batches() -> None:
    """Between batches, and within one by what stays of all that came before."""
    d = found()
    c = d.replay.comparison
    told = outlook(check("retained_dissolution"), c, d.hypotheses, place="B1-D02").values[()]
    bias, between, _, phi, drift, _ = c.points_noise[POINT_ROW["lab_q30"]]
    within = sum((phi**k * drift) ** 2 for k in range(500))
    assert within > 0.05
    assert told.sd == pytest.approx(np.sqrt(between**2 + within))
    (sample,) = (
        value
        for value, point in zip(c.null.points, c.measured.points, strict=True)
        if (point.channel, point.container_id) == ("lab_q30", "B1-D02")
    )
    assert told.mean == pytest.approx(sample + bias, abs=0.5)


def test_what_is_on_no_list_may_have_moved_it() -> None:
    d, own = found(), check("retained_assay")
    late = outlook(own, d.replay.comparison, d.hypotheses, place="B1-D04")
    assert late.values["",].mean == late.values[()].mean
    assert late.values["",].moved == own.unlisted_share
    assert late.values["",].moved_sd > own.unlisted_sd


def test_a_lot_is_predicted_as_it_was_fitted() -> None:
    d = found()
    (fit,) = d.hypotheses.fits["api_lot_psd_change",]
    told = outlook(check("lot_particle_size"), d.replay.comparison, d.hypotheses, place="A2").values
    moved = told["api_lot_psd_change",].mean - told[()].mean
    assert np.sign(moved) == np.sign(fit.sizes[0])
    assert abs(moved) <= abs(fit.sizes[0]) + 1e-9


@pytest.mark.requirement("DIA-031")
@pytest.mark.parametrize("lot", ["A1", "A2"])
def test_of_two_lots_the_one_that_is_coarse_is_predicted_so_and_the_other_as_usual(
    lot: str,
) -> None:
    """Wherever its use ends: with the run, or with the next lot within a step of the grid."""
    d = found()
    c = d.replay.comparison
    (fit,) = d.hypotheses.fits[GRAIN,]
    second = next(one.start_ms for one in c.record.lots if one.lot_id == "A2")
    windows = {
        "A1": Window(at_min(-1000), second, 700.0),
        "A2": Window(second, c.record.span.end_ms, 700.0),
    }
    coarse = replace(fit, window=windows[lot], sizes=(10.0, 5.0, 0.1), sizes_sd=(1.0, 1.0, 0.1))
    among = Hypotheses({(GRAIN,): (coarse,)}, {(): 0.0, (GRAIN,): 9.0}, {})
    for place in windows:
        told = outlook(check("lot_particle_size"), c, among, place=place).values
        moved = told[GRAIN,].mean - told[()].mean
        assert moved == pytest.approx(10.0 if place == lot else 0.0, abs=0.02)


@pytest.mark.requirement("DIA-031")
@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("retained_assay", "", "container"),
        ("retained_assay", "B1-D99", "B1-D99"),
        ("lot_loss_on_drying", "A1", "lot"),
    ],
)
def test_a_place_that_the_run_has_not_is_refused(name: str, place: str, said: str) -> None:
    d = found()
    with pytest.raises(UnusableInput) as raised:
        outlook(check(name), d.replay.comparison, d.hypotheses, place=place)
    assert said in str(raised.value)
    assert name in str(raised.value)
