"""The tag map of the scene: worked out at the desk, and again only when something has changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.desks import desk_at, home_in
from support.investigations import CASE, CONTAINED
from support.stored_cases import case_at
from support.trust import PASSWORD

from investigator.casework.desk import Desk
from investigator.casework.tag_map import map_reviewed
from investigator.desktop.scene_making import Looking, scene_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with home_in(tmp_path / "home"), desk_at(case_at(tmp_path, "reviewer")) as opened:
        opened.sign_in("ann", PASSWORD)
        yield opened


@pytest.mark.requirement("WIN-105")
def test_the_map_is_worked_out_once_for_the_same_data(desk: Desk) -> None:
    before = scene_of(desk, Looking(CASE), None)
    assert before.tag_map is not None
    desk.do(CASE, CONTAINED)
    after = scene_of(desk, Looking(CASE), before)
    assert after.tag_map is before.tag_map
    desk.do(CASE, map_reviewed(after.tag_map))
    assert scene_of(desk, Looking(CASE), after).tag_map is after.tag_map
    assert scene_of(desk, Looking(None), before).tag_map is None
