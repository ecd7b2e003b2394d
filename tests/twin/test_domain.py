"""The applicability domain: what is inside is never reported, farther out is never nearer, and
short returns to the inside do not cut an excursion in two."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import package

from investigator.domain.applicability import DomainLimit
from investigator.domain.errors import UnusableInput
from investigator.twin.calibrate.applicability import applicability
from investigator.twin.domain import (
    JOINT,
    ApplicabilityDomain,
    excursions,
    extrapolated,
    quantity_courses,
)
from investigator.twin.domain_file import FILE, domain_toml, read_domain
from investigator.twin.predicted import frame, predict
from investigator.twin.scenario import UNPERTURBED

SHIPPED = Path(__file__).parents[2] / "models" / "cdc_line_3"
SPEED = DomainLimit("speed", "Speed", "rpm", 10.0, 30.0, 10.0, "test")
ONE = ApplicabilityDomain((SPEED,))
STEP_MS = 30_000
N = 240


def times(n=N):
    return np.arange(n, dtype=np.int64) * STEP_MS


def leaving(course, producing=None):
    """The excursions of one speed; producing throughout if nothing else is said."""
    on = np.ones(len(course), dtype=np.bool_) if producing is None else producing
    return excursions(ONE, times(len(course)), {"speed": np.asarray(course, dtype=float)}, on)


def raised(first, last, value, base=20.0):
    course = np.full(N, base)
    course[first:last] = value
    return course


@pytest.mark.requirement("TWN-060")
@given(st.lists(st.floats(10.0, 30.0), min_size=2, max_size=300))
def test_what_is_inside_is_never_reported(values):
    assert leaving(values) == ()


@pytest.mark.requirement("TWN-060")
@given(st.floats(30.5, 200.0), st.floats(0.0, 100.0), st.integers(40, 120), st.integers(20, 80))
def test_farther_out_is_a_larger_distance(value, more, first, width):
    (near,) = leaving(raised(first, first + width, value))
    (far,) = leaving(raised(first, first + width, value + more))
    assert far.distance >= near.distance > 0.0
    assert far.farthest >= near.farthest > SPEED.high
    assert near.distance == pytest.approx((near.farthest - SPEED.high) / SPEED.scale)
    assert far.span.start_ms <= near.span.start_ms and near.span.end_ms <= far.span.end_ms


@pytest.mark.requirement("TWN-060")
def test_an_excursion_has_its_time_its_quantity_and_how_far_out_it_was():
    (found,) = leaving(raised(100, 140, 5.0))
    assert found.limit is SPEED
    assert found.farthest == pytest.approx(5.0)
    assert found.distance == pytest.approx(0.5)
    assert abs(found.span.start_ms - 100 * STEP_MS) <= 150_000
    assert abs(found.span.end_ms - 140 * STEP_MS) <= 150_000


@pytest.mark.requirement("TWN-060")
def test_flicker_over_a_bound_is_one_excursion_and_a_spike_is_none():
    flicker = raised(100, 140, 40.0)
    flicker[115:125] = 20.0
    (found,) = leaving(flicker)
    assert found.span.end_ms - found.span.start_ms >= 39 * STEP_MS
    apart = raised(40, 60, 40.0)
    apart[120:140] = 40.0
    assert len(leaving(apart)) == 2
    assert leaving(raised(100, 101, 45.0)) == ()


@pytest.mark.requirement("TWN-060")
@pytest.mark.parametrize(("width", "value", "reported"), [(9, 33.0, 0), (8, 34.5, 1)])
def test_less_than_two_minutes_outside_are_no_excursion(width, value, reported):
    """The mean of eleven steps lies outside while it holds the whole block: 12 - width steps."""
    assert len(leaving(raised(100, 100 + width, value))) == reported


@pytest.mark.requirement("TWN-060")
def test_a_line_that_stands_makes_no_excursion():
    producing = np.ones(N, dtype=np.bool_)
    producing[90:150] = False
    assert leaving(raised(90, 150, 0.0), producing) == ()
    assert leaving(np.zeros(N), np.zeros(N, dtype=np.bool_)) == ()


@pytest.mark.requirement("TWN-061")
def test_a_combination_can_be_outside_while_no_quantity_is():
    domain = package().domain
    assert domain.joint is not None
    bounds = {limit.quantity: limit for limit in domain.limits}
    middle = dict(zip(domain.joint.quantities, domain.joint.mean, strict=True))
    corner = {
        q: 0.95 * bounds[q].high + 0.05 * bounds[q].low
        for q in ("turret_speed", "paddle_speed", "main_force", "mgst_fraction")
    }

    def found(point):
        courses = {q: np.full(N, point.get(q, 0.5 * (b.low + b.high))) for q, b in bounds.items()}
        return excursions(domain, times(), courses, np.ones(N, dtype=np.bool_))

    assert found(middle) == ()
    (outside,) = found(middle | corner)
    assert outside.limit.quantity == JOINT
    assert outside.farthest > domain.joint.limit.high
    assert all(found(middle | {q: corner[q]}) == () for q in corner)


@pytest.mark.requirement("TWN-061")
def test_the_distance_is_that_of_mahalanobis():
    joint = package().domain.joint
    assert joint is not None
    mean, sd = np.array(joint.mean), np.sqrt(np.diag(joint.covariance))
    z = np.random.default_rng(0).standard_normal((len(mean), 50))
    points = mean[:, None] + sd[:, None] * z
    found = joint.distance(dict(zip(joint.quantities, points, strict=True)))
    off = points - mean[:, None]
    expected = [np.sqrt(o @ np.linalg.solve(np.array(joint.covariance), o)) for o in off.T]
    assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.requirement("TWN-062")
def test_the_shipped_domain_is_that_of_the_shipped_data():
    assert applicability(SHIPPED) == read_domain(SHIPPED) == package().domain
    assert domain_toml(package().domain) == (SHIPPED / FILE).read_text(encoding="utf-8")
    assert all(limit.origin for limit in package().domain.all_limits)


def test_every_limit_names_a_quantity_of_the_line():
    from support.line_run import record, reference

    nominals = reference().nominals
    ready = frame(record(), (), nominals, coarse=True)
    found = predict(ready, UNPERTURBED, package().parameters.line(), nominals)
    courses = quantity_courses(found.inputs, found.outputs)
    assert {limit.quantity for limit in package().domain.limits} == set(courses)


def test_product_is_extrapolated_as_long_as_material_of_the_excursion_comes():
    found = leaving(raised(100, 140, 40.0))
    transit = np.full(N, 600.0)
    outside = extrapolated(found, times(), transit)
    assert not outside[:95].any()
    end = found[0].span.end_ms // STEP_MS
    assert outside[100 : end + 39].all()
    assert not outside[end + 41 :].any()
    assert not extrapolated((), times(), transit).any()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("low = 15.0", "low = 35.0"),
        ("scale = 5.0", "scale = 0.0"),
        ("high = 25.0", "high = nan"),
        ("high = 25.0", ""),
        ("[throughput]", "[throughput"),
        ("mean = [37.8444, ", "mean = ["),
    ],
)
def test_an_unusable_limit_is_named(tmp_path, wrong, said):
    text = (SHIPPED / FILE).read_text(encoding="utf-8")
    assert wrong in text
    (tmp_path / FILE).write_text(text.replace(wrong, said, 1), encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"applicability\.toml.*calibrate it again"):
        read_domain(tmp_path)


def test_a_missing_domain_is_named(tmp_path):
    with pytest.raises(UnusableInput, match=r"applicability\.toml"):
        read_domain(tmp_path)


def test_a_domain_without_joint_limit_is_read_back(tmp_path):
    domain = replace(package().domain, joint=None)
    (tmp_path / FILE).write_text(domain_toml(domain), encoding="utf-8")
    assert read_domain(tmp_path) == domain
