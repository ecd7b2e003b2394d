"""A size of a failure mode: of which sign it may be, and how small it may be to be named."""

import pytest

from investigator.twin.failure_mode import Magnitude


@pytest.mark.parametrize(
    ("sign", "size", "named"),
    [
        (0, 3.0, 3.0),
        (0, -3.0, -3.0),
        (0, 0.5, 2.0),
        (0, -0.5, -2.0),
        (0, 0.0, 2.0),
        (1, 3.0, 3.0),
        (1, -3.0, 2.0),
        (-1, -3.0, -3.0),
        (-1, 3.0, -2.0),
    ],
)
def test_a_size_worth_naming_is_of_its_sign_and_no_smaller_than_the_least(sign, size, named):
    assert Magnitude("size", "%", 4.0, 2.0, sign, ()).worth_naming(size) == named
