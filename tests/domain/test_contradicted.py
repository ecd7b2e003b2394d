"""Of each rejected hypothesis the panel of the channel that speaks worst against it."""

from dataclasses import replace

import pytest
from domain.test_elimination import LEFT
from support.dossiers import a_curve, a_dossier, a_ranking

from investigator.domain.contradicted import contradicted_panels
from investigator.domain.results import HypothesisFit


@pytest.mark.requirement("DIA-044")
def test_only_what_is_rejected_is_drawn_and_with_its_own_fit() -> None:
    panels = a_dossier().panels
    leading, other = a_ranking().hypotheses
    elimination = replace(LEFT, channel=panels[0].title)
    ranking = replace(a_ranking(), hypotheses=(leading, replace(other, elimination=elimination)))
    fits = tuple(
        HypothesisFit(h.cause, (a_curve(panels[0].title, 17.0),)) for h in (leading, other)
    )
    ((cause, panel),) = contradicted_panels(ranking, panels, fits)
    assert cause == other.cause
    assert panel.title == panels[0].title
    assert panel.fitted is not None
    assert panel.fitted.value[0] == 17.0
    assert contradicted_panels(ranking, panels, ()) == ()
    assert contradicted_panels(ranking, (), fits) == ()
