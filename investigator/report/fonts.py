"""The typefaces of the report, carried with the program (`investigator/fonts`) and embedded.

- One family, two weights: DejaVu Sans Condensed, regular and bold (licence beside the files).
- A character that the typeface cannot show, or that would be invisible or reorder its neighbours,
  is printed by its code point, e.g. `[U+3042]`: nothing in the evidence becomes an empty box.
- So is a character beyond U+FFFF: reportlab writes it so that no reader could find or copy it.
"""

import unicodedata
from functools import cache
from importlib.resources import files

from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "ReportSans"
BOLD = "ReportSans-Bold"
_FILES = {REGULAR: "DejaVuSansCondensed.ttf", BOLD: "DejaVuSansCondensed-Bold.ttf"}
_LAST_FINDABLE = 0xFFFF
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@cache
def register_fonts() -> frozenset[int]:
    """Make both weights known to reportlab; returns the code points that both can show."""
    folder = files("investigator") / "fonts"
    fonts = [TTFont(name, str(folder / file)) for name, file in _FILES.items()]
    for font in fonts:
        registerFont(font)
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    both = frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))
    return frozenset(code for code in both if code <= _LAST_FINDABLE)


def printable(text: str) -> str:
    """The text with white space as single blanks and unprintable characters by code point.

    Line breaks and tabs become blanks; use one call for each paragraph.
    """
    glyphs = register_fonts()
    return "".join(_shown(c, glyphs) for c in " ".join(text.split()))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width in points of one line of text."""
    register_fonts()
    return float(stringWidth(text, BOLD if bold else REGULAR, size))


def fitted(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """One printable line, cut with an ellipsis where it is wider than `width` points."""
    line = printable(text)
    if width_of(line, size, bold=bold) <= width:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(line[:middle] + "…", size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return line[:low] + "…"


def _shown(character: str, glyphs: frozenset[int]) -> str:
    if ord(character) in glyphs and unicodedata.category(character) not in _HIDDEN_CATEGORIES:
        return character
    return f"[U+{ord(character):04X}]"
