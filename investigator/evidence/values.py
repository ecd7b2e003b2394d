"""What a historian wrote in place of a value, turned into number and quality.

- A number is a number; with a delimiter other than the comma, a decimal comma is read as well.
- The name of a digital state becomes its code, by the tag list.
- `Bad Input`, `I/O Timeout`, `No Data`, `Pt Created` and the like say that there is no value: the
  sample keeps its place, with NaN and quality bad.
- Status bad takes the value away; status questionable leaves it, with quality uncertain.
- Anything else is entered in the loss ledger and gives no sample.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.trajectory import Quality, Signal

SYSTEM_STATES = frozenset(
    {
        "bad input",
        "i/o timeout",
        "no data",
        "pt created",
        "bad",
        "comm fail",
        "configure",
        "scan off",
        "shutdown",
        "intf shut",
        "over range",
        "under range",
        "not connect",
    }
)
"""Words of the PI system digital state set that stand where no value could be had."""

STATUS = {
    "good": Quality.GOOD,
    "bad": Quality.BAD,
    "questionable": Quality.UNCERTAIN,
    "uncertain": Quality.UNCERTAIN,
    "substituted": Quality.UNCERTAIN,
    "annotated": Quality.GOOD,
}

NUMBER = r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"


@dataclass(frozen=True, slots=True)
class Values:
    """Values of many rows, every array of shape (rows,).

    `remark` is 0 where the value was taken as it stood, else 1 + the index into `remarks`;
    `usable` is False where no sample can be made of the row.
    """

    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    usable: NDArray[np.bool_]
    remark: NDArray[np.int16]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    value: float
    quality: Quality
    usable: bool
    remark: str


def _word(text: str, signal: Signal) -> _Word:
    """What a text that is no number says about a tag."""
    for code, name in signal.states:
        if name.casefold() == text.casefold():
            return _Word(float(code), Quality.GOOD, True, "")
    if text.casefold() in SYSTEM_STATES:
        return _Word(np.nan, Quality.BAD, True, f"no value: {text}")
    what = "unknown state" if signal.states else "value cannot be read"
    return _Word(np.nan, Quality.BAD, False, what)


class _Remarks:
    """Numbers the different remarks, in order of first use."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}

    def number(self, remark: str) -> int:
        return self.words.setdefault(remark, len(self.words) + 1) if remark else 0


def read_values(
    texts: Any,
    tag_of_row: NDArray[np.int64],
    signals: Sequence[Signal],
    *,
    decimal_comma: bool,
) -> Values:
    """Values of many rows of several tags.

    Args:
        texts: Arrow array of strings, one a row.
        tag_of_row: shape (rows,), the position of the row's tag in `signals`.
        signals: the tags.
        decimal_comma: whether `2,888` is the number 2.888.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pc.replace_substring(texts, ",", ".") if decimal_comma else texts
    numeric = pc.match_substring_regex(plain, NUMBER)
    cut = pc.utf8_trim_whitespace(pc.if_else(numeric, plain, pa.scalar(None, plain.type)))
    value = pc.fill_null(pc.cast(cut, pa.float64()), np.nan).to_numpy(zero_copy_only=False).copy()
    is_number = numeric.to_numpy(zero_copy_only=False).astype(bool)
    quality = np.full(value.shape, Quality.GOOD, dtype=np.uint8)
    usable = np.ones(value.shape, dtype=bool)
    remark = np.zeros(value.shape, dtype=np.int16)
    remarks = _Remarks()
    rows = np.flatnonzero(~is_number)
    seen: dict[tuple[int, str], _Word] = {}
    for row, text in zip(rows.tolist(), texts.take(pa.array(rows)).to_pylist(), strict=True):
        key = (int(tag_of_row[row]), text.strip())
        if key not in seen:
            seen[key] = _word(key[1], signals[key[0]])
        word = seen[key]
        value[row], quality[row], usable[row] = word.value, word.quality, word.usable
        remark[row] = remarks.number(word.remark)
    _refuse_unknown_codes(value, tag_of_row, signals, usable, remark, remarks)
    return Values(value, quality, usable, remark, tuple(remarks.words))


def _refuse_unknown_codes(
    value: NDArray[np.float64],
    tag_of_row: NDArray[np.int64],
    signals: Sequence[Signal],
    usable: NDArray[np.bool_],
    remark: NDArray[np.int16],
    remarks: _Remarks,
) -> None:
    """A number that is no code of the digital tag is no state."""
    for position, signal in enumerate(signals):
        if not signal.states:
            continue
        known = np.array([code for code, _ in signal.states], dtype=float)
        odd = (tag_of_row == position) & np.isfinite(value) & ~np.isin(value, known)
        usable &= ~odd
        remark[odd] = remarks.number("unknown state") if odd.any() else 0


def with_status(values: Values, status: NDArray[np.int64], words: Sequence[str]) -> Values:
    """The values with the status that the historian wrote beside each taken into account.

    Args:
        values: as read by `read_values`.
        status: shape (rows,), the position of the row's status in `words`.
        words: the different statuses.
    """
    remarks = _Remarks()
    for text in values.remarks:
        remarks.number(text)
    value, quality = values.value.copy(), values.quality.copy()
    usable, remark = values.usable.copy(), values.remark.copy()
    for position, word in enumerate(words):
        grade = STATUS.get(word.casefold())
        if grade is Quality.GOOD:
            continue
        here = status == position
        if grade is None:
            usable &= ~here
            remark[here] = remarks.number(f"unknown status {word!r}")
            continue
        quality[here] = np.minimum(quality[here], grade)
        plain = here & (remark == 0)
        if plain.any():
            remark[plain] = remarks.number(f"status {word}")
        if grade is Quality.BAD:
            value[here] = np.nan
    return Values(value, quality, usable, remark, tuple(remarks.words))
