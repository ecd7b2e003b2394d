"""What the remedies come to, in a sentence: of filled containers, and of a line that runs."""

from dataclasses import replace

import pytest
from support import much_impact
from support.dossiers import an_impact

from investigator.domain.remedy import outcome_of, verdict_on

FOUND = much_impact.remedies(an_impact().containers)
OF_CONTAINERS = "For the containers as filled, the cheapest registered remedy that conforms with"


@pytest.mark.requirement("IMP-062")
def test_the_best_is_named_and_the_line_that_runs_only_where_acting_on_it_does() -> None:
    said = verdict_on(FOUND)
    assert said.startswith(f"{OF_CONTAINERS} the 95 % asked for: Divert a window (chance")
    assert "Acting on the line" not in said
    running = verdict_on(replace(FOUND, best_running="set_points"))
    assert running.startswith(said)
    assert "the cheapest that conforms so: Changed set-points (chance 31 %" in running


@pytest.mark.requirement("IMP-060")
def test_where_none_conforms_so_the_nearest_is_named() -> None:
    none = replace(FOUND, best="")
    assert "no registered remedy conforms with the 95 % asked for. The nearest: " in verdict_on(
        none
    )
    assert "The nearest" not in verdict_on(replace(none, nearest=""))


def test_an_outcome_is_found_by_its_id() -> None:
    assert outcome_of(FOUND, "set_points").title == "Changed set-points"
    with pytest.raises(KeyError):
        outcome_of(FOUND, "pray")
