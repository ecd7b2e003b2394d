"""What a twin's line is made of, as a person is told."""

import pytest

from investigator.casework.line_shown import line_shown
from investigator.casework.twin_listing import shown
from investigator.casework.twins import choose_twin


@pytest.mark.requirement("TWN-010", "TWN-011")
def test_a_person_is_told_what_the_line_is_made_of() -> None:
    line = line_shown(choose_twin("cdc_line_3"))
    assert ("chute", "transfer_chute") in line.units
    assert line.way == ("blender", "chute", "feed_frame")
    assert line.probe_after == "blender"
    tanks = 12 + 2 + 12 + 1
    assert line.states > 3 * tanks
    assert line.parameters > 150
    assert shown("cdc_line_3", None).line == line
