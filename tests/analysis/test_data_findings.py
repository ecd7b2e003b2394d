"""Instruments that drift against the twin: found, not acted on, and told what explains them."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import (
    at_min,
    diagnosed,
    mode_of,
    noisy,
    package,
    perturbed,
    planted,
    record,
    with_values,
)

from investigator.analysis.comparison import Comparison
from investigator.analysis.data_findings import data_findings, departures
from investigator.domain.evidence import Severity, Treatment
from investigator.twin.channels import SERIES, SERIES_INDEX
from investigator.twin.scenario import Window, perturbation

ROOM = SERIES_INDEX["room_rh"]


def drifting(c: Comparison, row: int, size: float, *, begins: float = 0.0) -> Comparison:
    """The run in which one instrument drifts off by `size` until the end."""
    known = np.flatnonzero(c.series_known[row])
    along = np.clip((np.arange(c.series_known.shape[1]) - known[0]) / np.ptp(known), 0.0, 1.0)
    series = c.measured.series.copy()
    series[row] += size * np.maximum(along - begins, 0.0) / (1.0 - begins)
    return with_values(c, series, np.array([p.value for p in c.measured.points]))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.requirement("DIA-005")
def test_a_run_as_the_twin_says_has_no_departure(seed: int) -> None:
    assert departures(noisy(seed)) == ()


@pytest.mark.parametrize("begins", [0.0, 0.5])
@pytest.mark.requirement("DIA-005")
def test_an_instrument_that_drifts_is_found_with_its_size(begins: float) -> None:
    row = SERIES_INDEX["nir_q"]
    size = 12.0 * float(np.hypot(noisy(1).series_noise[row, 5], noisy(1).series_noise[row, 1]))
    (found,) = departures(drifting(noisy(1), row, size, begins=begins))
    assert SERIES[found.row].channel == "nir_q"
    assert found.kind == "drift"
    assert found.size == pytest.approx(size, rel=0.25)


@pytest.mark.requirement("DIA-005")
def test_a_finding_of_the_twin_is_kept_and_left_to_the_hypotheses() -> None:
    row = SERIES_INDEX["nir_q"]
    (found,) = data_findings(drifting(noisy(1), row, 3.0), package().tag_map)
    assert (found.subject, found.kind) == ("NF.CDC3.NIR331.QRES.PV", "drift_against_twin")
    assert (found.treatment, found.severity) == (Treatment.IGNORE, Severity.MAJOR)
    assert "NIR spectral residual drifts by" in found.detail


@pytest.mark.requirement("DIA-005")
@pytest.mark.parametrize(
    ("cause", "sizes", "words"),
    [
        ("nir_fouling", None, "(a fault of the sensor)"),
        ("paddle_overspeed", (60.0,), "(the process)"),
    ],
)
def test_what_a_hypothesis_explains_is_said_so(
    cause: str, sizes: tuple[float, ...] | None, words: str
) -> None:
    window = Window(at_min(30), at_min(172), 3600.0)
    given = sizes or tuple(3.0 * m.prior_sd * (m.sign or 1) for m in mode_of(cause).magnitudes)
    diagnosis = diagnosed(planted(noisy(2), cause, window, given).comparison, among=(cause,))
    told = diagnosis.findings
    assert told
    assert any(f.detail.endswith(words) and f.severity is Severity.MINOR for f in told)
    assert all(f.treatment is Treatment.IGNORE for f in told)


def test_what_no_hypothesis_explains_is_said_so() -> None:
    own = perturbation(
        mode_of("paddle_overspeed"), Window(at_min(30), at_min(172)), (60.0,), record(), {}
    )
    c = drifting(perturbed(noisy(2), own), SERIES_INDEX["nir_q"], 3.0)
    diagnosis = diagnosed(c, among=("paddle_overspeed",))
    (found,) = [f for f in diagnosis.findings if f.subject.endswith("QRES.PV")]
    assert "no leading hypothesis explains it" in found.detail
    assert found.severity is Severity.MAJOR
    assert replace(found, detail="").kind == "drift_against_twin"
