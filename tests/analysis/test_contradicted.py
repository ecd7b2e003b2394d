"""The prediction of the channel that speaks worst against a rejected hypothesis."""

import numpy as np
import pytest
from analysis.test_elimination import paddles

from investigator.analysis.contradicted import contradicted_fits
from investigator.analysis.views import hypothesis_fits, replay_panels


@pytest.mark.requirement("DIA-044")
def test_each_rejected_one_has_its_curve_as_a_simulation_draws_it():
    found = paddles()
    c = found.replay.comparison
    drawn = contradicted_fits(c, found.hypotheses, found.ranking)
    rejected = {h.cause: h.elimination for h in found.ranking.hypotheses if h.elimination}
    assert {fit.cause for fit in drawn} == set(rejected)
    whole = {fit.cause: fit.curves for fit in hypothesis_fits(c, found.hypotheses)}
    panels = {panel.title: panel for panel in replay_panels(c)}
    for fit in drawn:
        (curve,) = fit.curves
        assert curve.label == rejected[fit.cause].channel
        same = next(w for w in whole[fit.cause] if w.label == curve.label)
        known = np.isfinite(same.value) & np.isfinite(panels[curve.label].measured.value)
        assert np.allclose(curve.value[known], same.value[known], atol=1e-9)
        assert np.array_equal(curve.t_ms, panels[curve.label].measured.t_ms)


@pytest.mark.requirement("DIA-044")
def test_the_numbers_of_the_sentence_are_those_of_the_picture():
    found = paddles()
    c = found.replay.comparison
    curves = {f.cause: f.curves[0] for f in contradicted_fits(c, found.hypotheses, found.ranking)}
    panels = {panel.title: panel for panel in replay_panels(c)}
    for h in found.ranking.hypotheses:
        if h.elimination is None:
            continue
        panel, told = panels[h.elimination.channel], h.elimination
        t_ms = panel.measured.t_ms
        inside = (t_ms >= told.span.start_ms) & (t_ms < told.span.end_ms)
        inside &= np.isfinite(panel.measured.value)
        assert panel.measured.value[inside].mean() == pytest.approx(told.measured)
        assert curves[h.cause].value[inside].mean() == pytest.approx(told.predicted)
        assert panel.predicted.value[inside].mean() == pytest.approx(told.undisturbed)
