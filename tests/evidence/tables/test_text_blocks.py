"""Delimited text block by block: what a row is, where it stands, and what is refused."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.domain.errors import UnusableInput
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.text_blocks import TORN, text_blocks

NAMES = ("a", "b", "c")
Rows = list[tuple[int, list[str]]]


def read(
    content: bytes,
    *,
    encoding: str = "utf-8",
    block_bytes: int = 1 << 16,
    first_line: int = 1,
    quote: str = '"',
    delimiter: str = ",",
    names: tuple[str, ...] = NAMES,
) -> tuple[Rows, LossLedger, set[str]]:
    ledger, rows, encodings = LossLedger(), [], set()
    for block in text_blocks(
        io.BytesIO(content),
        encoding=encoding,
        delimiter=delimiter,
        quote=quote,
        first_line=first_line,
        names=names,
        file="h.csv",
        ledger=ledger,
        block_bytes=block_bytes,
    ):
        encodings.add(block.encoding)
        cells = zip(*(column.to_pylist() for column in block.cells.columns), strict=True)
        rows += [(n, list(row)) for n, row in zip(block.lines.tolist(), cells, strict=True)]
    return rows, ledger, encodings


cells = st.text(st.sampled_from('x1,"\n é;'), max_size=6)


@pytest.mark.requirement("EVD-102")
@settings(max_examples=150, deadline=None)
@given(
    table=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=30),
    block_bytes=st.integers(64, 400),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]),
)
def test_every_row_comes_back_with_its_line_wherever_blocks_end(
    table: list[list[str]], block_bytes: int, end: str, encoding: str
) -> None:
    written, expected, line = io.StringIO(), [], 1
    for row in table:
        one = io.StringIO()
        csv.writer(one, quoting=csv.QUOTE_ALL, lineterminator=end).writerow(row)
        written.write(one.getvalue())
        if any(row):
            expected.append((line, row))
        line += one.getvalue().count("\n")
    rows, ledger, _ = read(
        written.getvalue().encode(encoding), encoding=encoding, block_bytes=block_bytes
    )
    assert rows == expected
    assert (ledger.rows_read, ledger.rows_reported) == (len(expected), 0)


@pytest.mark.requirement("EVD-102")
@given(
    lines=st.lists(
        st.sampled_from(["1,2,3", "1,2", "1,2,3,4", "", ",,", '1,"2', '1,2",3', '"x",2,3']),
        max_size=60,
    ),
    block_bytes=st.integers(64, 400),
)
@settings(max_examples=300, deadline=None)
def test_no_row_is_lost_in_silence_whatever_quotes_do(lines: list[str], block_bytes: int) -> None:
    rows, ledger, _ = read("\n".join(lines).encode(), block_bytes=block_bytes)
    whole = sum(1 + "\n".join(row).count("\n") for _, row in rows)
    written = sum(1 for line in lines if line.strip() and line != ",,")
    inside = sum("\n".join(row).count("\n") for _, row in rows)
    assert len(rows) + ledger.rows_reported == ledger.rows_read
    assert whole + ledger.rows_reported >= written - inside
    for line, row in rows:
        assert lines[line - 1].lstrip('"').startswith(row[0].split("\n")[0].strip('"'))


def test_empty_lines_are_no_rows_and_torn_ones_are_reported() -> None:
    rows, ledger, _ = read(b"# note\na,b,c\n\n1,2,3\n4,5\n\n6,7,8,9\n7,8,9", first_line=3)
    assert rows == [(4, ["1", "2", "3"]), (8, ["7", "8", "9"])]
    assert [(p.line, p.text, p.reason) for p in ledger.problems] == [
        (5, "4,5", TORN),
        (7, "6,7,8,9", TORN),
    ]
    assert ledger.rows_read == 4


def test_one_column_has_rows_and_empty_lines_too() -> None:
    assert read(b"1\n\n2\n", names=("only",))[0] == [(1, ["1"]), (3, ["2"])]


@pytest.mark.requirement("EVD-102")
def test_a_stray_quote_swallows_no_rows() -> None:
    lines = [f"{n},x,y" for n in range(40)]
    lines[10] = '10,"x,y'
    rows, ledger, _ = read("\n".join(lines).encode())
    assert [line for line, _ in rows] == list(range(1, 41))
    assert rows[10] == (11, ["10", "x", "y"])
    assert ledger.rows_reported == 0


def test_bytes_that_are_no_utf8_are_read_as_latin_and_that_is_said() -> None:
    rows, _, encodings = read("20,°C,x\n".encode("cp1252"))
    assert (rows, encodings) == ([(1, ["20", "°C", "x"])], {"cp1252"})


def test_lines_that_end_in_a_bare_return_are_lines() -> None:
    assert [line for line, _ in read(b"1,2,3\r4,5,6\r")[0]] == [1, 2]


def test_a_bare_return_among_line_feeds_ends_a_line_too() -> None:
    assert [line for line, _ in read(b"1,2,3\n4,5,6\r7,8,9\r\n1,1,1\n")[0]] == [1, 2, 3, 4]


class Endless(io.RawIOBase):
    """A line without end, of which as much is made as is asked for."""

    def __init__(self, text: bytes) -> None:
        self.text, self.given = text, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        self.given += size
        return (self.text * (size // len(self.text) + 1))[:size]


@pytest.mark.requirement("EVD-103")
@pytest.mark.parametrize("text", [b"1,2", b'"', b"\0"])
def test_a_line_without_end_is_refused_before_it_fills_memory(text: bytes) -> None:
    stream = Endless(text)
    with pytest.raises(UnusableInput, match=r"h\.csv: line \d+ is longer than 64 kB"):
        list(blocks_of(stream, quote=""))
    assert stream.given < 1 << 20


@pytest.mark.requirement("EVD-103")
def test_an_endless_quoted_cell_does_not_fill_memory() -> None:
    lines = ['"1,2,3'] + ["4,5,6"] * 50_000
    rows, ledger, _ = read("\n".join(lines).encode(), block_bytes=1 << 14)
    assert len(rows) + ledger.rows_reported == len(lines)


@pytest.mark.requirement("EVD-103")
def test_what_is_no_text_or_has_too_many_columns_is_refused() -> None:
    with pytest.raises(UnusableInput, match="is no text"):
        read(b"1,2,3\n" + bytes(3000) + b"\n")
    with pytest.raises(UnusableInput, match="more than 20,000 columns"):
        read(b"1\n", names=tuple(str(n) for n in range(20_001)))
    with pytest.raises(UnusableInput, match="has no columns"):
        read(b"1\n", names=())


def test_one_binary_zero_spoils_its_cell_and_no_more() -> None:
    rows, _, _ = read(b"1,2,3\n4,\0,6\n" + b"7,8,9\n" * 40)
    assert rows[1] == (2, ["4", "\0", "6"])
    assert len(rows) == 42


def blocks_of(stream: BinaryIO | io.RawIOBase, *, quote: str) -> Iterator[object]:
    return text_blocks(
        stream,  # type: ignore[arg-type]
        encoding="utf-8",
        delimiter=",",
        quote=quote,
        first_line=1,
        names=NAMES,
        file="h.csv",
        ledger=LossLedger(),
        block_bytes=1 << 16,
    )
