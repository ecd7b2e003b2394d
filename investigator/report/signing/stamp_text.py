"""Reads the text of a stamp back from the appearance of its field.

- A stamp is a background and, on it, lines of text; an appearance that draws anything else, or the
  background over the text, has no text that could be compared.
- Text is read as any reader of PDF does: codes of the font through its map to Unicode.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pyhanko.pdf_utils.content_stream_parser import GraphicsOperator, parse_content_stream
from pyhanko.pdf_utils.generic import DictionaryObject

_BACKGROUND = frozenset({"re", "B*"})
_SILENT = frozenset({"cm", "rg", "RG", "w", "n", "Tm", "TL", "T*"})
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


def text_lines(field: DictionaryObject) -> tuple[str, ...]:
    """The lines of text that a field shows, in the order in which they are drawn.

    Raises:
        ValueError: it draws something else than lines of text on a background.
        LookupError: it shows nothing, or uses a font that it does not bring along.
    """
    look = field["/AP"]["/N"]
    brought = look["/Resources"]["/Font"]
    fonts = {name: _letters(font.get_object()) for name, font in brought.items()}
    return tuple(_lines(parse_content_stream([look]), fonts))


def _lines(
    operators: Iterator[GraphicsOperator], fonts: Mapping[Any, Mapping[int, str]]
) -> Iterator[str]:
    letters: Mapping[int, str] = {}
    line, allowed = "", _SILENT | _BACKGROUND
    for operator in operators:
        match operator.op:
            case "BT":
                line, allowed = "", _SILENT
            case "Tf":
                letters = fonts[operator.args[0]]
            case "Tj":
                line += "".join(letters[code] for code in _codes(operator.args[0]))
            case "ET":
                yield line
            case other if other not in allowed:
                raise ValueError(f"a stamp does not draw with {other}")


def _codes(shown: Any) -> bytes:
    codes: bytes = shown.original_bytes
    return codes


def _letters(font: DictionaryObject) -> dict[int, str]:
    """What each code of a font stands for."""
    table = font["/ToUnicode"].data
    return {
        int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be")
        for block in _BLOCK.findall(table)
        for code, letter in _PAIR.findall(block)
    }
