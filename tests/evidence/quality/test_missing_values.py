"""What was not recorded, and what is done about it."""

from dataclasses import replace

import numpy as np
import pytest
from support.signals import TAG, course, lively

from investigator.domain.evidence import Severity, Treatment
from investigator.domain.trajectory import Quality
from investigator.evidence.decided import treated
from investigator.evidence.quality.missing_values import (
    bad_status,
    gaps,
    mostly_missing,
    uncertain_status,
)


@pytest.mark.requirement("EVD-263")
@pytest.mark.parametrize(("samples", "severity"), [(10, Severity.MINOR), (60, Severity.MAJOR)])
def test_a_stretch_without_value_is_as_grave_as_it_is_long(
    samples: int, severity: Severity
) -> None:
    t_s, value = lively()
    value[300 : 300 + samples] = np.nan
    (found,) = bad_status(course(TAG, t_s, value))
    assert (found.severity, found.treatment) == (severity, Treatment.DROP)
    assert found.span is not None
    assert found.span.seconds == 20.0 * samples


@pytest.mark.requirement("EVD-263")
def test_nothing_is_interpolated_across_a_gap() -> None:
    t_s, value = lively()
    keep = (t_s < 6000.0) | (t_s > 7200.0)
    signal = course(TAG, t_s[keep], value[keep])
    (found,) = gaps(signal)
    grid = np.arange(5_980_000, 7_260_000, 20_000)
    assert np.isfinite(signal.at(grid)).all()
    inside = (grid > 5_980_000) & (grid < 7_220_000)
    assert np.isnan(treated({TAG: signal}, [found])[TAG].at(grid)).tolist() == inside.tolist()


@pytest.mark.requirement("EVD-263")
def test_uncertain_samples_weigh_a_third() -> None:
    t_s, value = lively()
    signal = course(TAG, t_s, value)
    signal.quality[100:103] = Quality.UNCERTAIN
    (found,) = uncertain_status(signal)
    assert (found.treatment, found.sd_factor) == (Treatment.WIDEN, 3.0)
    factor = treated({TAG: signal}, [found])[TAG].sd_factor
    assert factor is not None
    assert np.flatnonzero(factor == 3.0).tolist() == [100, 101, 102]


def test_what_the_reading_has_widened_is_not_widened_again() -> None:
    t_s, value = lively()
    signal = course(TAG, t_s, value)
    signal.quality[100:103] = Quality.UNCERTAIN
    factor = np.ones(600)
    factor[100:103] = 2.0
    (found,) = uncertain_status(replace(signal, sd_factor=factor))
    assert found.treatment is Treatment.IGNORE
    assert found.action == "standard deviation taken 2 times, as its status says"


@pytest.mark.parametrize(("missing", "told"), [(150, 0), (240, 1)])
def test_a_tag_without_value_for_long_is_no_evidence(missing: int, told: int) -> None:
    t_s, value = lively()
    value[100 : 100 + missing] = np.nan
    found = mostly_missing(course(TAG, t_s, value))
    assert [f.severity for f in found] == told * [Severity.CRITICAL]
