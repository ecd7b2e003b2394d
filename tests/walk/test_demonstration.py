"""The demonstration is a sound case, worked up to the impact, and is found again as it was left."""

from pathlib import Path

import pytest
from support.trust import CHEAP

from investigator.casework import demonstration as demo
from investigator.casework.desk import open_desk
from investigator.casework.installation import HOME
from investigator.casework.verification import verify
from investigator.domain.progress import Mark, Step, progress


@pytest.mark.requirement("SET-004")
def test_the_demonstration_can_be_finished_by_anyone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    told: list[str] = []
    made = demo.demonstration(tmp_path / "w", progress=told.append)
    assert "setting up a workspace for the demonstration" in told
    with open_desk(made.workspace, cost=CHEAP) as desk:
        for user_id, name, role in demo.PEOPLE:
            person = desk.sign_in(user_id, demo.PASSWORD)
            assert (person.full_name, person.roles, person.given) == (name, {role}, False)
        desk.sign_in("ines", demo.PASSWORD)
        marks = progress(desk.case(made.case_id))
        assert marks[Step.IMPACT] is Mark.DONE
        assert marks[Step.HYPOTHESES] is marks[Step.DISPOSITION] is Mark.OPEN
    told.clear()
    assert demo.demonstration(made.workspace, progress=told.append) == made
    assert told == []
    assert verify(made.workspace).faults == ()
