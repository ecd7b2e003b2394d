"""Numbers as people write them in laboratory reports, exactly: no digit is lost or made up."""

import math
import re
from decimal import Decimal

NUMERAL = r"[+-]?\s?(?:\d[\d.,]*|[.,]\d+)(?:[eE][+-]?\d{1,3})?"
"""What may be a number; `numeral` decides."""

GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}
PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
LONGEST = 60
"""More characters than this are no number that a person wrote."""


def numeral(text: str, decimal: str = ".") -> Decimal | None:
    """The number that a text is, with the decimal places in which it is written.

    Args:
        text: with point or comma as decimal mark, with or without groups of three digits.
        decimal: which mark is meant where both readings are possible (`1,500`).

    Returns:
        None where the text is no number, or one too large for a double.
    """
    bare = text.replace("−", "-").replace(" ", "").replace("\u00a0", "").replace("'", "")
    if len(bare) > LONGEST:
        return None
    other = "," if decimal == "." else "."
    if GROUPED[decimal].fullmatch(bare) and not re.match(r"[+-]?0", bare):
        bare = bare.replace(other, "")
    bare = bare.replace(",", ".")
    if not PLAIN.fullmatch(bare) or not math.isfinite(float(bare)):
        return None
    return Decimal(bare)
