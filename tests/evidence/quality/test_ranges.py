"""Values that the instrument cannot give."""

import numpy as np
import pytest
from support.signals import FACTS, TAG, course, facts_of, lively

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.trajectory import Signal
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.quality.ranges import range_findings


def told(value: np.ndarray, facts: TagFacts | None = FACTS[TAG]) -> list[Finding]:
    return range_findings(course(TAG, lively()[0], value), facts)


@pytest.mark.requirement("EVD-266")
@pytest.mark.parametrize("signalled", [-3.0, 107.0])
def test_a_transmitter_that_signals_its_failure_is_dropped(signalled: float) -> None:
    _, value = lively()
    value[300:304] = signalled
    (found,) = told(value)
    assert (found.kind, found.treatment) == ("out_of_range", Treatment.DROP)
    assert found.severity is Severity.MAJOR
    assert found.span is not None
    assert (found.span.start_ms, found.span.end_ms) == (6_000_000, 6_060_001)


@pytest.mark.parametrize("shown", [-2.0, 105.0])
def test_noise_about_an_end_of_the_range_is_no_doubt(shown: float) -> None:
    _, value = lively()
    value[300] = shown
    assert told(value) == []


def test_before_and_after_the_run_it_is_minor() -> None:
    _, value = lively()
    value[:50] = value[-50:] = -5.0
    assert {f.severity for f in told(value)} == {Severity.MINOR}


@pytest.mark.requirement("EVD-266")
@pytest.mark.parametrize("facts", [FACTS[TAG], TagFacts(Signal(TAG))])
def test_an_impossible_magnitude_is_dropped_with_a_range_or_without(facts: TagFacts) -> None:
    _, value = lively()
    value[300] = 6e30
    (found,) = told(value, facts)
    assert (found.kind, found.treatment) == ("impossible_value", Treatment.DROP)


@pytest.mark.requirement("EVD-266")
def test_a_signal_at_the_end_of_its_range_is_censored_not_dropped() -> None:
    _, value = lively()
    value[300:310] = 100.0
    (found,) = told(value)
    assert (found.kind, found.treatment) == ("saturated", Treatment.WIDEN)
    assert found.sd_factor >= 3.0


def test_zero_is_a_rest_and_no_saturation() -> None:
    _, value = lively()
    value[300:310] = 0.0
    assert told(value) == []
    assert told(value, facts_of(TAG)) == []
