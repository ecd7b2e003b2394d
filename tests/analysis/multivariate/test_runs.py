"""What counts as a span out of control."""

import numpy as np
import pytest

from investigator.analysis.multivariate.runs import runs_beyond


@pytest.mark.parametrize(
    ("pattern", "spans"),
    [
        ("....", []),
        ("##..##", []),
        (".###.", [(1, 4)]),
        ("####", [(0, 4)]),
        ("###.###", [(0, 7)]),
        ("###..###", [(0, 8)]),
        ("###...###", [(0, 3), (6, 9)]),
        ("###.##", [(0, 3)]),
    ],
)
def test_three_in_a_row_count_and_near_spans_are_one(pattern, spans):
    values = np.array([2.0 if mark == "#" else 1.0 for mark in pattern])
    assert runs_beyond(values, 1.5) == spans


def test_what_is_unknown_is_not_beyond():
    values = np.array([2.0, 2.0, np.nan, 2.0, 2.0, 2.0])
    assert runs_beyond(values, 1.5) == [(3, 6)]
