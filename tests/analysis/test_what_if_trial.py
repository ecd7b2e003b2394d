"""Parts at work together, parameters changed, and sizes that the twin cannot simulate."""

import numpy as np
import pytest
from support.line_run import at_min, package, quiet
from support.supposed import bench, part, scenario

from investigator.analysis.what_if_trial import Trial, trial
from investigator.domain.errors import UnusableRequest
from investigator.domain.scenario import Course, Scenario, TargetKind


def tried(supposed: Scenario) -> Trial:
    known = package()
    return trial(supposed, quiet(), known.parameters, known.failure_modes, bench(quiet()).targets)


@pytest.mark.requirement("DIA-037")
def test_two_parts_on_one_quantity_multiply_their_factors() -> None:
    two = tried(scenario(part("feed.api", 10.0), part("feed.api", -20.0)))
    one = tried(scenario(part("feed.api", -12.0)))
    together = two.predicted(two.sizes)
    assert np.allclose(together.series, one.predicted(one.sizes).series, equal_nan=True)


@pytest.mark.requirement("DIA-037")
def test_two_parts_on_one_quantity_add_their_offsets() -> None:
    two = tried(scenario(part("api.d50", 10.0), part("api.d50", -4.0)))
    one = tried(scenario(part("api.d50", 6.0)))
    together = two.predicted(two.sizes)
    assert np.allclose(together.series, one.predicted(one.sizes).series, equal_nan=True)


@pytest.mark.requirement("DIA-036")
def test_a_parameter_is_changed_for_the_whole_batch_by_what_is_added() -> None:
    whole = part("blender.holdup_ref_kg", 0.1, kind=TargetKind.PARAMETER, course=Course.WHOLE_BATCH)
    changed = tried(scenario(whole))
    more = changed.predicted(changed.sizes).outputs.blender_holdup_kg
    usual = quiet().null.outputs.blender_holdup_kg
    filled = usual > 0.5
    ratio = 1.0 + 0.1 / package().parameters["blender.holdup_ref_kg"].value
    assert float(np.median(more[filled] / usual[filled])) == pytest.approx(ratio, rel=0.01)
    twice = tried(scenario(whole, whole))
    assert np.array_equal(twice.predicted(np.array([0.1, 0.0])).outputs.blender_holdup_kg, more)


@pytest.mark.requirement("DIA-037")
def test_sizes_stand_in_one_row_and_are_told_apart_by_part() -> None:
    mode = part(
        "nir_fouling",
        5.0,
        1.0,
        kind=TargetKind.FAILURE_MODE,
        course=Course.RAMP,
        tau_s=600.0,
    )
    both = tried(scenario(part("feed.api", 3.0), mode))
    assert both.by_part(both.sizes) == ((3.0,), (5.0, 1.0))
    assert [p.sizes for p in both.with_sizes(np.array([1.0, 2.0, 3.0])).parts] == [
        (1.0,),
        (2.0, 3.0),
    ]


@pytest.mark.requirement("DIA-036")
def test_what_the_twin_cannot_simulate_is_told_in_one_sentence(monkeypatch) -> None:
    def no_numbers(*given):
        found = quiet().null
        return type(found)(found.series * np.nan, found.points, found.inputs, found.outputs)

    monkeypatch.setattr("investigator.analysis.what_if_trial.predict", no_numbers)
    with pytest.raises(UnusableRequest, match="gives no numbers for the scenario S"):
        tried(scenario(part("feed.api", 3.0))).predicted(np.array([3.0]))


def test_the_scenarios_of_these_tests_lie_within_the_run() -> None:
    run = bench(quiet()).run_span
    assert run.start_ms <= at_min(60) < at_min(100) <= run.end_ms
