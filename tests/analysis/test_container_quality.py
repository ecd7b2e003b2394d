"""Quality of a container: twin, batch and laboratory weighed together as a normal model says."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import noisy, quiet, with_values

from investigator.analysis.comparison import POINT_ROW
from investigator.analysis.container_quality import (
    CHANNELS_OF,
    MODEL_SD,
    UNITS,
    Level,
    batch_levels,
    predicted_quality,
    reported_means,
)
from investigator.analysis.material import Limits

LIMITS = Limits({"assay": (95.0, 105.0)})


def shifted(channel: str, by: float, *, only: str = ""):
    """The quiet run with all values of a channel off by so much, or those of one container."""
    c = quiet()
    values = np.array(
        [
            p.value + (by if p.channel == channel and only in ("", p.container_id) else 0.0)
            for p in c.measured.points
        ]
    )
    return with_values(c, c.measured.series, values)


def usual_of(attribute: str) -> float:
    """Mean of plant minus twin of normal batches, where that is the product's own."""
    if attribute not in ("assay", "weight", "q30"):
        return 0.0
    rows = [quiet().points_noise[POINT_ROW[channel]] for channel in CHANNELS_OF[attribute]]
    return float(np.mean([row[0] for row in rows]))


def test_a_batch_as_the_twin_says_lies_where_normal_batches_lie():
    levels = batch_levels(quiet(), quiet().null)
    for attribute in CHANNELS_OF:
        assert levels[attribute].usual == pytest.approx(usual_of(attribute))
        assert levels[attribute].bias == pytest.approx(usual_of(attribute), abs=1e-9)
        assert levels[attribute].sd > 0.0


def test_tensile_strength_is_as_sure_as_hardness():
    """Round flat tablet: 2 F / (pi D h), D 9 mm, h 3.25 mm."""
    levels = batch_levels(quiet(), quiet().null)
    expected = 2.0 * levels["hardness"].sd / (np.pi * 9.0 * 3.25)
    assert levels["tensile_strength"].sd == pytest.approx(expected)


@pytest.mark.parametrize("attribute", ["assay", "q30", "water"])
def test_the_level_is_the_posterior_of_a_normal_mean(attribute):
    """Prior N(usual, between^2), one summary m of variance v: usual + m b^2 / (b^2 + v)."""
    (channel,) = CHANNELS_OF[attribute]
    between = float(quiet().points_noise[POINT_ROW[channel], 1])
    off = 2.0 * between
    found = batch_levels(shifted(channel, off), quiet().null)[attribute]
    precision = 1.0 / found.sd**2 - 1.0 / between**2
    assert precision > 0.0
    off_usual = off * precision / (precision + 1.0 / between**2)
    assert found.bias == pytest.approx(usual_of(attribute) + off_usual)
    assert found.sd < between


def test_two_channels_tell_more_than_one():
    c = quiet()
    without = replace(
        c,
        measured=replace(
            c.measured,
            points=tuple(
                replace(p, value=float("nan")) if p.channel == "ipc_weight" else p
                for p in c.measured.points
            ),
        ),
    )
    assert batch_levels(c, c.null)["weight"].sd < batch_levels(without, c.null)["weight"].sd


def test_an_attribute_without_results_keeps_the_spread_between_batches():
    c = quiet()
    silent = replace(c, measured=replace(c.measured, points=()))
    found = batch_levels(silent, c.null)["assay"]
    assert found.bias == found.usual == pytest.approx(usual_of("assay"))
    assert found.sd == pytest.approx(float(c.points_noise[POINT_ROW["lab_assay"], 1]))


def predicted(c, container: str, *, attribute: str = "assay", draws=None, level=None):
    values = np.full(20, 100.0) if draws is None else draws
    return predicted_quality(
        c, attribute, container, values, level or Level(0.0, 0.2), c.null, LIMITS
    )


def test_a_laboratory_result_narrows_the_interval_and_draws_the_mean():
    c = quiet()
    seen = next(p for p in c.measured.points if p.channel == "lab_assay")
    expected = seen.value - float(c.points_noise[POINT_ROW["lab_assay"], 0])
    draws = expected + 1.5 + np.linspace(-1.0, 1.0, 41)
    without = predicted(c, "no such container", draws=draws)
    with_result = predicted(c, seen.container_id, draws=draws)
    assert with_result.hi95 - with_result.lo95 < without.hi95 - without.lo95
    assert expected < with_result.mean < without.mean
    assert without.mean == pytest.approx(expected + 1.5)


def test_a_result_is_brought_to_the_scale_of_the_level():
    """The usual distance of the plant is part of the level, so of the result beside it."""
    c = quiet()
    seen = next(p for p in c.measured.points if p.channel == "lab_assay")
    draws = np.linspace(99.0, 101.0, 41)
    means = [
        predicted(c, seen.container_id, draws=draws + usual, level=Level(usual, 0.2, usual)).mean
        for usual in (0.0, 0.7)
    ]
    assert means[1] - means[0] == pytest.approx(0.7)


def test_a_result_that_its_hypothesis_holds_for_wrong_is_not_taken():
    c = shifted("lab_assay", 15.0, only="B1-D02")
    assert predicted(c, "B1-D02").mean == pytest.approx(predicted(c, "none").mean)
    assert predicted(c, "B1-D01").mean != pytest.approx(predicted(c, "none").mean, abs=1e-6)


def test_the_interval_is_that_of_its_parts():
    draws = np.array([99.0, 101.0])
    found = predicted(quiet(), "none", draws=draws, level=Level(0.0, 0.3))
    sd = np.sqrt(1.0 + 0.3**2 + MODEL_SD["assay"] ** 2)
    assert found.mean == pytest.approx(100.0)
    assert found.hi95 - found.lo95 == pytest.approx(2 * 1.96 * sd)


def test_the_chance_to_conform_falls_towards_a_limit():
    chances = [
        predicted(quiet(), "none", draws=np.full(5, value)).p_conform
        for value in (100.0, 104.0, 105.0, 106.0, 109.0)
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.999
    assert chances[2] == pytest.approx(0.5, abs=1e-6)
    assert chances[4] < 0.001


def test_an_attribute_without_limits_has_no_chance_to_conform():
    found = predicted(quiet(), "none", attribute="tensile_strength", draws=np.full(5, 2.0))
    assert found.p_conform is None
    assert found.unit == UNITS["tensile_strength"]


def test_reported_means_are_those_of_the_laboratory():
    c = noisy(1)
    found = reported_means(c)
    for point in c.measured.points:
        if point.channel == "lab_assay":
            assert found[point.container_id]["assay"] == point.value
        if point.channel == "lab_weight":
            assert found[point.container_id]["weight"] == point.value
    assert set(found) == {"B1-D01", "B1-D02", "B1-D03", "B1-D04", "B1-D05"}
