"""What a historian wrote in place of a value, turned into number and quality.

- A number is a number; with a decimal comma `2,888` is read as well, with a thousands mark
  `1.234,5`.
- The name of a digital state becomes its code, by the tag list.
- `Bad Input`, `I/O Timeout`, `No Data`, `Pt Created` and the like say that there is no value: the
  sample keeps its place, with NaN and quality bad.
- Status bad or substituted takes the value away; an uncertain one leaves it, with quality uncertain
  and a wider standard deviation.
- Anything else is entered in the loss ledger and gives no sample.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.trajectory import Quality, Signal
from investigator.evidence.historian.status import StatusMeaning, meanings
from investigator.evidence.historian.system_states import RESERVED, is_system_state, state_object
from investigator.evidence.tables.cells import as_texts
from investigator.evidence.tables.numbers import read_numbers


@dataclass(frozen=True, slots=True)
class Values:
    """Values of many rows, every array of shape (rows,).

    `remark` is 0 where the value was taken as it stood, else 1 + the index into `remarks`;
    `usable` is False where no sample can be made of the row. `sd_factor`, at least 1, is by how
    much the standard deviation of each is larger than the sensor's own; None where no status says
    so.
    """

    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    usable: NDArray[np.bool_]
    remark: NDArray[np.int32]
    remarks: tuple[str, ...]
    sd_factor: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    value: float
    quality: Quality
    usable: bool
    remark: str


UNKNOWN_STATE = _Word(np.nan, Quality.BAD, False, "unknown state")


def _no_value(text: str) -> _Word:
    return _Word(np.nan, Quality.BAD, True, f"no value: {text}")


def _word(text: str, signal: Signal) -> _Word:
    """What a text that is no number says about a tag."""
    name = text
    if said := state_object(text):
        if said.is_system:
            return _no_value(said.name)
        name = said.name
    for code, state in signal.states:
        if state.casefold() == name.casefold():
            return _Word(float(code), Quality.GOOD, True, "")
    if is_system_state(text):
        return _no_value(text)
    what = "unknown state" if signal.states else "value cannot be read"
    return _Word(np.nan, Quality.BAD, False, what if text else NO_VALUE)


NO_VALUE = "no value"
"""What is said of an empty cell."""

FLAGS = ("questionable", "substituted")
"""Roles of columns that hold a flag beside each value; a set one is the status of that name."""

NOT_SET = frozenset({"", "false", "0", "no", "n", "nein", "falsch", "-"})
"""What a flag that is not set says, in small letters."""

DIFFERENT = 100
"""How many different remarks are made about one column; the others say only what kind they are."""

KINDS = ("no value", "unknown status", "status")


class _Remarks:
    """Numbers the different remarks, in order of first use."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = {word: n for n, word in enumerate(words, start=1)}

    def number(self, remark: str) -> int:
        if not remark:
            return 0
        if len(self.words) >= DIFFERENT and remark not in self.words:
            remark = next((kind for kind in KINDS if remark.startswith(kind)), remark)
        return self.words.setdefault(remark, len(self.words) + 1)


@dataclass(slots=True)
class _Reading:
    """The arrays of `Values` while they are filled."""

    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    usable: NDArray[np.bool_]
    remark: NDArray[np.int32]
    remarks: _Remarks = field(default_factory=_Remarks)

    def put(
        self, rows: NDArray[np.int64], words: Sequence[_Word], which: NDArray[np.int64]
    ) -> None:
        """Enter `words[which[k]]` for `rows[k]`."""
        if not rows.size:
            return
        self.value[rows] = np.array([w.value for w in words])[which]
        self.quality[rows] = np.array([w.quality for w in words], np.uint8)[which]
        self.usable[rows] = np.array([w.usable for w in words], bool)[which]
        numbers = [self.remarks.number(w.remark) for w in words]
        self.remark[rows] = np.array(numbers, np.int32)[which]

    def finished(self) -> Values:
        return Values(self.value, self.quality, self.usable, self.remark, tuple(self.remarks.words))


def read_values(
    texts: Any,
    tag_of_row: NDArray[np.int64],
    signals: Sequence[Signal],
    *,
    decimal_comma: bool,
    thousands: str = "",
) -> Values:
    """Values of many rows of several tags.

    Args:
        texts: Arrow array of strings, one a row.
        tag_of_row: shape (rows,), the position of the row's tag in `signals`.
        signals: the tags.
        decimal_comma: whether `2,888` is the number 2.888.
        thousands: mark between groups of three digits; empty for none.
    """
    texts = as_texts(texts)
    value, is_number = read_numbers(texts, decimal_comma=decimal_comma, thousands=thousands)
    reading = _Reading(
        value,
        np.full(value.shape, Quality.GOOD, np.uint8),
        np.ones(value.shape, bool),
        np.zeros(value.shape, np.int32),
    )
    _read_words(texts, np.flatnonzero(~is_number), tag_of_row, signals, reading)
    _check_codes(np.flatnonzero(is_number), tag_of_row, signals, reading)
    return reading.finished()


def _read_words(
    texts: Any,
    rows: NDArray[np.int64],
    tag_of_row: NDArray[np.int64],
    signals: Sequence[Signal],
    reading: _Reading,
) -> None:
    """Read rows that hold no number, every different text of every tag once."""
    import pyarrow as pa

    if not rows.size:
        return
    coded = texts.take(pa.array(rows)).dictionary_encode()
    words = [text.strip() for text in coded.dictionary.to_pylist()]
    code = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    pairs, which = np.unique(tag_of_row[rows] * len(words) + code, return_inverse=True)
    read = [_word(words[pair % len(words)], signals[pair // len(words)]) for pair in pairs.tolist()]
    reading.put(rows, read, which)


def _check_codes(
    rows: NDArray[np.int64],
    tag_of_row: NDArray[np.int64],
    signals: Sequence[Signal],
    reading: _Reading,
) -> None:
    """A number that is no code of the digital tag is no state, or one of the historian's own."""
    digital = np.array([bool(signal.states) for signal in signals], bool)
    rows = rows[digital[tag_of_row[rows]]]
    rows = rows[np.argsort(tag_of_row[rows], kind="stable")]
    for of_tag in np.split(rows, np.flatnonzero(np.diff(tag_of_row[rows])) + 1):
        if of_tag.size:
            codes = [float(code) for code, _ in signals[tag_of_row[of_tag[0]]].states]
            _put_unknown(of_tag[~np.isin(reading.value[of_tag], codes)], reading)


def _put_unknown(rows: NDArray[np.int64], reading: _Reading) -> None:
    own = np.isin(reading.value[rows], RESERVED)
    codes, which = np.unique(reading.value[rows[own]], return_inverse=True)
    reading.put(rows[own], [_no_value(f"system state {code:g}") for code in codes], which)
    unknown = rows[~own]
    reading.put(unknown, [UNKNOWN_STATE], np.zeros(unknown.size, np.int64))


def with_status(values: Values, status: NDArray[np.int64], words: Sequence[str]) -> Values:
    """The values with the status that the historian wrote beside each taken into account.

    Args:
        values: as read by `read_values`.
        status: shape (rows,), the position of the row's status in `words`.
        words: the different statuses of the file.
    """
    meant = meanings(words)
    remarks = _Remarks(values.remarks)
    present = np.unique(status).tolist()
    numbers = np.zeros(len(words), np.int32)
    for position in present:
        numbers[position] = remarks.number(_remark(words[position], meant[position]))
    quality = np.array([Quality.GOOD if m is None else m.quality for m in meant], np.uint8)[status]
    known = np.array([m is not None for m in meant], bool)[status]
    factor = np.array([1.0 if m is None else m.sd_factor for m in meant])[status]
    said = np.where((values.remark == 0) | ~known, numbers[status], values.remark)
    return Values(
        np.where(quality == Quality.BAD, np.nan, values.value),
        np.minimum(values.quality, quality),
        (values.usable | (_empty(values) & (quality == Quality.BAD))) & known,
        said,
        tuple(remarks.words),
        _wider(values.sd_factor, factor),
    )


def _wider(
    before: NDArray[np.float64] | None, factor: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    wider = factor if before is None else np.maximum(before, factor)
    return wider if (wider > 1.0).any() else None


def with_flag(values: Values, texts: Any, word: str) -> Values:
    """The values with a column of flags taken into account.

    Args:
        values: as read, with their statuses.
        texts: Arrow column, a flag a row; set unless it is empty or says no.
        word: the status that a set flag stands for, `questionable` or `substituted`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    bare = pc.utf8_lower(pc.utf8_trim_whitespace(texts))
    unset = pc.is_in(bare, value_set=pa.array(sorted(NOT_SET), bare.type))
    flagged = ~np.asarray(unset.to_numpy(zero_copy_only=False), dtype=bool)
    if not flagged.any():
        return values
    return with_status(values, flagged.astype(np.int64), ("good", word))


def _empty(values: Values) -> NDArray[np.bool_]:
    """Rows with an empty cell: with a bad status these are samples without value."""
    if NO_VALUE not in values.remarks:
        return np.zeros(values.remark.shape, dtype=bool)
    return np.asarray(values.remark == 1 + values.remarks.index(NO_VALUE))


def _remark(word: str, meaning: StatusMeaning | None) -> str:
    if meaning is None:
        return f"unknown status {word!r}"
    if not meaning.remarkable:
        return ""
    return f"status {word}" if word.strip() else "no status"
