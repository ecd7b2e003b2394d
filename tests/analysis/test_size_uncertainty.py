"""How sure sizes are: with the window unknown, the twin not exact, and channels that disagree."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import at_min, mode_of, noisy, planted, quiet

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import (
    DISCREPANCY,
    Fit,
    as_background,
    fit_sizes,
    no_background,
)
from investigator.analysis.size_uncertainty import sizes_sd
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.scenario import Window

WINDOW = Window(at_min(60), at_min(140), 900.0)


def fitted(cause: str, sizes: tuple[float, ...], seed: int | None = None) -> tuple[Comparison, Fit]:
    """The run with a cause at work, and its fit in the true window."""
    run = quiet() if seed is None else noisy(seed)
    c = planted(run, cause, WINDOW, sizes).comparison
    return c, fit_sizes(c, mode_of(cause), WINDOW, no_background(c))


@pytest.mark.requirement("DIA-069")
def test_one_channel_alone_is_believed_no_further_than_the_twin() -> None:
    c, fit = fitted("hardness_tester_bias", (15.0,))
    (sd,) = sizes_sd(c, fit, no_background(c))
    alone = fit.sizes_sd[0]
    assert sd == pytest.approx(np.hypot(alone, DISCREPANCY * 15.0), rel=0.2)


@pytest.mark.requirement("DIA-069")
def test_what_is_not_known_of_the_time_constant_is_not_known_of_the_size() -> None:
    c, fit = fitted("nir_fouling", (6.0, 2.0), seed=1)
    tied = replace(fit, mode=replace(fit.mode, taken=2), window=replace(fit.window, tau_s=0.0))
    free, known = (sizes_sd(c, f, no_background(c)) for f in (fit, tied))
    assert (free > np.array(fit.sizes_sd)).all()
    assert free.shape == known.shape == (2,)


@pytest.mark.requirement("DIA-069")
def test_channels_that_disagree_make_the_size_less_sure() -> None:
    c, fit = fitted("api_loadcell_drift", (-6.0,))
    agreed = sizes_sd(c, fit, no_background(c))[0]
    raw = c.residual.series.copy()
    raw[SERIES_INDEX["nir_api"]] *= 0.5
    apart = replace(c, residual=replace(c.residual, series=raw))
    again = fit_sizes(apart, fit.mode, fit.window, no_background(apart))
    assert sizes_sd(apart, again, no_background(apart))[0] > 1.2 * agreed


@pytest.mark.requirement("DIA-069")
def test_behind_another_cause_only_what_it_adds_is_in_doubt() -> None:
    c, fit = fitted("hardness_tester_bias", (15.0,))
    louder = planted(c, "paddle_overspeed", WINDOW, (120.0,)).comparison
    paddle = fit_sizes(louder, mode_of("paddle_overspeed"), WINDOW, no_background(louder))
    behind = as_background(paddle, louder)
    beside = fit_sizes(louder, fit.mode, WINDOW, behind)
    assert sizes_sd(louder, beside, behind)[0] == pytest.approx(
        sizes_sd(c, fit, no_background(c))[0], rel=0.3
    )
