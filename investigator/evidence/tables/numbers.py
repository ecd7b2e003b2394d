"""Numbers as text, by the column and without a guess.

- `2.888`, `-3`, `.5`, `1e-3`, `1.2E+05` are numbers; with a decimal comma `2,888` is one as well.
- A thousands mark is read only where it parts groups of three, `1.234,5`; `1.23` with a thousands
  point is no number.
- `NaN`, `inf`, hexadecimal and whatever is too large for a double are not numbers.
"""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.evidence.tables.cells import cells_of

NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
"""A number with a decimal point."""

BLANKS = "\u0020\u00a0\u202f\u2009"
"""What stands between groups of three where the thousands mark is a blank."""

_ODD = np.ones(256, bool)
_ODD[list(b"0123456789.-eE")] = False


def read_numbers(
    texts: Any, *, decimal_comma: bool = False, thousands: str = ""
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Numbers of an Arrow array of strings without nulls.

    Args:
        texts: n texts.
        decimal_comma: whether `2,888` is the number 2.888; a point is read as well unless it is
            the thousands mark.
        thousands: mark between groups of three digits; empty for none. A blank stands for any
            kind of blank.

    Returns:
        float64 of shape (n,), NaN where a text is no number, and whether it is one.
    """
    import pyarrow.compute as pc

    if thousands:
        texts = _without_marks(texts, "," if decimal_comma else ".", thousands)
    elif decimal_comma:
        texts = pc.replace_substring(texts, ",", ".")
    return _plain(texts)


def _without_marks(texts: Any, decimal: str, thousands: str) -> Any:
    """Numbers with a decimal point; texts with marks in the wrong place become empty."""
    import pyarrow.compute as pc

    marks = f"[{BLANKS}]" if thousands in BLANKS else re.escape(thousands)
    trimmed = pc.utf8_trim_whitespace(texts)
    groups = rf"[0-9]{{1,3}}({marks}[0-9]{{3}})+|[0-9]*"
    right = rf"^[+-]?({groups})({re.escape(decimal)}[0-9]*)?([eE][+-]?[0-9]+)?$"
    kept = pc.if_else(pc.match_substring_regex(trimmed, right), trimmed, "")
    bare = pc.replace_substring_regex(kept, marks, "")
    return pc.replace_substring(bare, decimal, ".")


def _plain(texts: Any) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Numbers with a decimal point."""
    import pyarrow as pa
    import pyarrow.compute as pc

    clean = _clean(texts)
    value = np.full(len(texts), np.nan)
    if clean.all():
        cut = texts
    else:
        cut = texts.filter(pa.array(clean))
        _put_odd(texts, ~clean, value)
    try:
        value[clean] = pc.cast(cut, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        value[clean] = _matched(cut)
    finite = np.isfinite(value)
    value[~finite] = np.nan
    return value, finite


def _clean(texts: Any) -> NDArray[np.bool_]:
    """Which texts hold nothing but what a plain number is made of."""
    cells = cells_of(texts)
    lengths = cells.lengths
    filled = lengths > 0
    if not filled.any():
        return filled
    first = cells.starts[0]
    odd = _ODD[cells.data[first : cells.starts[-1]]]
    clean = np.zeros(lengths.size, bool)
    clean[filled] = ~np.logical_or.reduceat(odd, cells.starts[:-1][filled] - first)
    return clean


def _put_odd(texts: Any, odd: NDArray[np.bool_], value: NDArray[np.float64]) -> None:
    """Numbers with a plus sign or blanks around them, every different text once."""
    import pyarrow as pa

    coded = texts.filter(pa.array(odd)).dictionary_encode()
    read = _matched(coded.dictionary)
    value[odd] = read[coded.indices.to_numpy(zero_copy_only=False)]


def _matched(texts: Any) -> NDArray[np.float64]:
    """Numbers among texts of any kind; NaN for the others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_ltrim(pc.utf8_trim_whitespace(texts), "+")
    once = pc.match_substring_regex(pc.utf8_trim_whitespace(texts), f"^{NUMBER}$")
    cut = pc.if_else(once, trimmed, pa.scalar(None, pa.string()))
    out: NDArray[np.float64] = pc.fill_null(pc.cast(cut, pa.float64()), np.nan).to_numpy(
        zero_copy_only=False
    )
    return out
