"""What the window says of alarms and operators under a hypothesis."""

import pytest
from support.witnessed import a_witnessed_dossier

from investigator.desktop.view_models.alarms_told import alarms_told, done_around

ZONE = "Europe/Berlin"


@pytest.mark.requirement("DIA-055")
def test_alarms_that_did_not_come_stand_first_and_actions_after() -> None:
    first = a_witnessed_dossier().ranking.hypotheses[0]
    absent, came, action = alarms_told(first, ZONE)
    assert absent.startswith("Alarm LW-311 LOW was expected 2026-03-04 10:12:00+01:00 to 10:13:00")
    assert absent.endswith("and it did not come.")
    assert came.endswith("and it came at 2026-03-04 10:12:05+01:00.")
    assert action.endswith("10 min after the onset: low flow acknowledged (OP-1071).")


@pytest.mark.requirement("DIA-055")
def test_what_speaks_of_the_cause_is_not_told_again_as_context() -> None:
    ranking = a_witnessed_dossier().ranking
    (around,) = done_around(ranking.hypotheses[0], ranking, ZONE)
    assert around.endswith("5 min before the onset: Drum liner replaced (OP-1068)")
    other = ranking.hypotheses[1]
    assert len(done_around(other, ranking, ZONE)) == 2
    assert alarms_told(other, ZONE) == ()


def test_without_a_ranked_hypothesis_nothing_is_told() -> None:
    assert alarms_told(None, ZONE) == ()
    assert done_around(None, None, ZONE) == ()
