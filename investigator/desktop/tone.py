"""How a thing stands, in four tones; colour is never alone, a glyph always stands beside it.

No Qt in here: view-models use it as well.
"""

from enum import StrEnum


class Tone(StrEnum):
    """How a thing stands."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"

    @property
    def glyph(self) -> str:
        """The sign beside the colour; nothing for plain."""
        return _GLYPHS[self]

    def said(self, text: str) -> str:
        """The text with the tone's sign before it; one that has a sign of its own keeps that."""
        return f"{self.glyph} {text}" if self.glyph and not text.startswith(_OWN) else text


_OWN = ("◐", "●", "✓", "▲", "✗")
_GLYPHS = {Tone.PLAIN: "", Tone.GOOD: "✓", Tone.WARN: "▲", Tone.BAD: "✗"}
