"""Where the numbers of a run lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.process.cascade import _side_by_side


@pytest.mark.requirement("TWN-171")
@given(sizes=st.lists(st.integers(1, 200), min_size=1, max_size=7))
def test_parts_lie_side_by_side_from_the_border_of_a_cache_line(sizes):
    parts = [np.full((size, 1), float(i)) for i, size in enumerate(sizes)]
    rooms = _side_by_side(*parts)
    places = [room.ctypes.data for room in rooms]
    assert places[0] % 64 == 0
    assert list(np.diff(places)) == [8 * size for size in sizes[:-1]]
    assert [room.tolist() for room in rooms] == [part.ravel().tolist() for part in parts]
