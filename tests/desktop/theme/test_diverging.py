"""The map of residuals: zero is the paper, steps look even, both arms are equally strong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.desktop.theme.diverging import LEVELS, diverging, oklab, srgb_bytes
from investigator.desktop.theme.tokens import DARK, LIGHT, Theme

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def as_hex(colour: np.ndarray) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)


@given(st.integers(0, 0xFFFFFF))
def test_colours_go_there_and_back(number: int) -> None:
    colour = f"#{number:06x}"
    assert as_hex(srgb_bytes(oklab(colour)[None, :])[0]) == colour


@BOTH
def test_zero_is_the_paper(theme: Theme) -> None:
    colours = diverging(theme)
    assert colours.shape == (LEVELS, 3)
    assert as_hex(colours[LEVELS // 2]) == theme.paper


@BOTH
def test_steps_look_even_and_arms_equally_long(theme: Theme) -> None:
    colours = np.array([oklab(as_hex(colour)) for colour in diverging(theme)])
    middle = colours[LEVELS // 2]
    away = np.linalg.norm(colours - middle, axis=1)
    assert away[0] == pytest.approx(away[-1], rel=0.01)
    assert away[0] > 0.25
    even = np.abs(np.linspace(-1, 1, LEVELS)) * away[-1]
    assert np.abs(away - even).max() < 0.01


@BOTH
def test_the_arms_differ_for_eyes_that_do_not_tell_red_from_green(theme: Theme) -> None:
    cold, hot = (oklab(as_hex(colour)) for colour in diverging(theme)[[0, -1]])
    assert cold[2] < -0.05 < 0.05 < hot[2]
