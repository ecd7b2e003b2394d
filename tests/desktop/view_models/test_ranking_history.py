"""The history of the rankings as the window shows it."""

import pytest
from support.on_site_scenes import with_checks
from support.scenes import no_case

from investigator.desktop.view_models.ranking_history import about_ranking, ranking_rows


@pytest.mark.requirement("WIN-174")
def test_rankings_stand_latest_first_with_their_leading_causes() -> None:
    second, first = ranking_rows(with_checks())
    assert (second.past.number, first.past.number) == (2, 1)
    assert second.leading == "Filter blocked 90 %; Feeder drift 10.0 %; Gate stuck 0.1 %"
    assert second.before == "Check weight: failed (entry 40)"
    assert second.standing == "holds"
    assert first.standing == "◐ stale: Check weight: failed (entry 40)"
    assert first.before == "–"
    assert second.by == "Ann of Testing"
    assert ranking_rows(no_case()) == ()


@pytest.mark.requirement("WIN-174")
def test_a_ranking_is_told_with_every_probability_beside_the_one_before() -> None:
    scene = with_checks()
    second, first = (about_ranking(scene, row) for row in ranking_rows(scene))
    facts = dict(second.facts)
    assert facts["Filter blocked"] == "90 %, before 40 %"
    assert "Gate stuck" not in facts
    assert facts["None of these (a cause that is on no list)"] == "4.0 %, before 2.0 %"
    assert facts["No assignable cause"] == "1.5 %, before 3.0 %"
    assert facts["Takes in"] == "Check weight: failed"
    assert second.findings == ()
    assert dict(first.facts)["Filter blocked"] == "40 %"
    assert dict(first.facts)["Takes in"] == "no result of a check"
    assert first.findings[0].text == "◐ stale: ended by Check weight: failed (entry 40)"
