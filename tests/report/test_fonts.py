"""What cannot be shown is shown as its code point; nothing vanishes and nothing is reordered."""

from hypothesis import given
from hypothesis import strategies as st

from investigator.report.fonts import fitted, printable, register_fonts, width_of


def test_signs_of_the_trade_have_glyphs() -> None:
    assert printable("± – ≤ ≥ σ ° µ μ Δ χ² ½ → × ‰ äöüß Ž") == "± – ≤ ≥ σ ° µ μ Δ χ² ½ → × ‰ äöüß Ž"


def test_missing_hidden_and_reordering_characters_become_code_points() -> None:
    assert printable("錠剤 3") == "[U+9320][U+5264] 3"
    assert printable("batch\u202edesrever") == "batch[U+202E]desrever"
    assert printable("zero\u200bwidth\x00") == "zero[U+200B]width[U+0000]"
    assert printable("lone\ud800") == "lone[U+D800]"
    assert printable("old \U00010300") == "old [U+10300]"


def test_white_space_becomes_single_blanks() -> None:
    assert printable(" a\tb\r\n\u00a0c ") == "a b c"


@given(st.text())
def test_only_characters_with_glyphs_are_left(text: str) -> None:
    assert {ord(c) for c in printable(text)} <= register_fonts()


@given(st.text(min_size=1, max_size=200), st.floats(20, 300))
def test_a_fitted_line_fits(text: str, width: float) -> None:
    assert width_of(fitted(text, 8, width), 8) <= width


def test_a_cut_line_says_so() -> None:
    assert fitted("abc", 8, 100) == "abc"
    assert fitted("a" * 100, 8, 50).endswith("…")
