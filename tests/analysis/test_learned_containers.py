"""What is learned of containers under a hypothesis: laboratory, cause, inputs in their place."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, bare, drums, mode_of, package, record

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Fit, fit_sizes, no_background
from investigator.analysis.learned_containers import Learned, Supposed, learned, supposed
from investigator.analysis.material import Draw, Limits, Product, fine_frame, products
from investigator.twin.record import LineRecord
from investigator.twin.scenario import Window

OPEN = Limits({"hardness_individual": (80.0, 140.0), "weight_individual": (237.5, 262.5)})
WINDOW = Window(at_min(60), at_min(100), 60.0)


def under(c: Comparison, fits: tuple[Fit, ...] = ()) -> Supposed:
    with ThreadPoolExecutor(1) as executor:
        return supposed(c, fits, package(), executor, seed=3)


def draws(fits: tuple[tuple[Fit, ...], ...]) -> tuple[Product, ...]:
    line = package().parameters.line()
    made = tuple(Draw(some, line, 0.0) for some in fits)
    with ThreadPoolExecutor(1) as executor:
        return tuple(products(bare(), fine_frame(bare()), made, {}, OPEN, executor))


@cache
def nothing() -> Learned:
    return learned(under(bare()), draws(((),)))


def fit_of(cause: str, window: Window, sizes: tuple[float, ...]) -> Fit:
    found = fit_sizes(bare(), mode_of(cause), window, no_background(bare()))
    return replace(found, sizes=sizes)


def run_with(changed: LineRecord) -> Comparison:
    return replace(bare(), record=changed)


def moved_assay(by: float) -> LineRecord:
    results = tuple(
        replace(r, result=r.result + by) if r.test == "Assay (HPLC)" else r
        for r in record().laboratory
    )
    return replace(record(), laboratory=results)


@pytest.mark.requirement("IMP-010")
def test_every_container_and_attribute_is_told():
    found = nothing()
    assert found.containers == tuple(d.container_id for d in drums())
    for name, sd in found.sd.items():
        assert found.mean[name].shape == sd.shape == found.departure[name].shape == (5,)
        if name not in ("api_fraction", "mgst_fraction"):
            assert (sd > 0.0).all(), name


@pytest.mark.requirement("IMP-012")
def test_a_laboratory_result_draws_the_mean_by_less_than_it_moved():
    higher = learned(under(run_with(moved_assay(1.0))), draws(((),)))
    moved = higher.mean["assay"] - nothing().mean["assay"]
    assert (moved > 0.0).all()
    assert (moved < 0.5).all()


@pytest.mark.requirement("IMP-012")
def test_a_result_of_a_run_that_is_held_for_wrong_is_left_out():
    run = next(p.group for p in bare().measured.points if p.channel == "lab_assay")
    window = Window(at_min(10), at_min(170), 0.0, ("lab_assay", run))
    wrong = fit_of("lab_analytical_error", window, (3.0,))
    s = under(run_with(moved_assay(3.0)), (wrong,))
    assert not s.trusted["assay"].any()
    assert s.trusted["hardness"].all()
    told = learned(s, draws(((wrong,),)))
    without = learned(under(run_with(without_assay())), draws(((),)))
    assert told.mean["assay"] == pytest.approx(without.mean["assay"])
    assert told.sd["assay"] == pytest.approx(without.sd["assay"])


def without_assay() -> LineRecord:
    return replace(
        record(), laboratory=tuple(r for r in record().laboratory if r.test != "Assay (HPLC)")
    )


@pytest.mark.requirement("IMP-010")
def test_what_the_cause_leaves_open_is_in_its_containers_only():
    """API 6 % to 12 % high from minute 60 to 100: drums 2 (44-80) and 3 (80-116)."""
    sizes = (6.0, 9.0, 12.0)
    fits = tuple((fit_of("api_loadcell_drift", WINDOW, (size,)),) for size in sizes)
    s = under(bare(), fits[1])
    sure, open_ = learned(s, draws((fits[1],))), learned(s, draws(fits))
    wider = open_.sd["assay"] / sure.sd["assay"]
    assert (wider[[1, 2]] > 1.5).all()
    assert wider[[0, 4]] == pytest.approx(1.0, abs=0.02)
    assert (open_.sd["api_fraction"][[1, 2]] > 0.001).all()


@pytest.mark.requirement("IMP-013")
def test_a_feed_that_was_not_recorded_leaves_the_composition_open():
    gone = record().roles["mgst.flow"].copy()
    gone[360:720] = np.nan
    roles = {**record().roles, "mgst.flow": gone, "mgst.screw_speed": np.full_like(gone, np.nan)}
    found = learned(under(run_with(replace(record(), roles=roles))), draws(((),)))
    assert (found.sd["mgst_fraction"][[2]] > nothing().sd["mgst_fraction"][[2]]).all()


def test_tensile_strength_goes_with_hardness():
    """Flat tablet of 9 mm: 2 F / (pi D h), h near 3.25 mm."""
    found = nothing()
    per_newton = found.mean["tensile_strength"] / found.mean["hardness"]
    assert per_newton == pytest.approx(2.0 / (np.pi * 9.0 * 3.25), rel=0.03)
    assert found.sd["tensile_strength"] == pytest.approx(per_newton * found.sd["hardness"])
