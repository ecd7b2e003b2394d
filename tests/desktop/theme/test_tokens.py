"""Both designs can be read: contrast after WCAG 2, and colours that can be told apart."""

from itertools import combinations

import numpy as np
import pytest

from investigator.desktop.theme.diverging import oklab
from investigator.desktop.theme.tokens import DARK, GRID, LIGHT, Theme
from investigator.desktop.tone import Tone

OKABE_ITO = {
    "#000000", "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7",
}  # fmt: skip
BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.requirement("WIN-005")
@BOTH
@pytest.mark.parametrize("ground", ["paper", "panel", "raised"])
@pytest.mark.parametrize("text", ["ink", "ink_soft", "ink_faint", "accent", "good", "warn", "bad"])
def test_text_can_be_read_on_every_ground(theme: Theme, ground: str, text: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@pytest.mark.requirement("WIN-005")
@BOTH
def test_text_can_be_read_where_something_is_selected_or_stands_out(theme: Theme) -> None:
    for tone in Tone:
        assert contrast(theme.tone(tone), theme.wash(tone)) >= 4.5
        assert contrast(theme.ink, theme.wash(tone)) >= 4.5
        assert contrast(theme.tone(tone), theme.accent_wash) >= 4.5
    assert contrast(theme.ink, theme.accent_wash) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@pytest.mark.requirement("WIN-005")
@BOTH
def test_lines_of_data_are_of_the_palette_and_can_be_told_apart(theme: Theme) -> None:
    assert set(theme.series) <= OKABE_ITO
    for one, other in combinations((theme.ink, *theme.series), 2):
        assert np.linalg.norm(oklab(one) - oklab(other)) > 0.1
    for colour in theme.series[:3]:
        assert contrast(colour, theme.paper) >= 3.0


@pytest.mark.requirement("WIN-005")
def test_a_tone_is_never_colour_alone() -> None:
    glyphs = [tone.glyph for tone in Tone if tone is not Tone.PLAIN]
    assert all(glyphs)
    assert len(set(glyphs)) == len(glyphs)
    assert Tone.BAD.said("rejected") == "✗ rejected"
    assert Tone.PLAIN.said("rejected") == "rejected"
    assert Tone.WARN.said("◐ stale") == "◐ stale"


def test_dark_is_its_own_design() -> None:
    def inverted(colour: str) -> str:
        return "#" + "".join(f"{255 - int(colour[k : k + 2], 16):02x}" for k in (1, 3, 5))

    for name in ("paper", "panel", "ink", "accent", "good", "warn", "bad"):
        assert getattr(DARK, name) != inverted(getattr(LIGHT, name))
    assert luminance(DARK.paper) < luminance(DARK.panel) < luminance(DARK.raised)
    assert GRID == 8
