"""How a text is written, told by its bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.evidence.tables.dialect import Row, dialect_of, dialect_of_rows, encoding_of

PLAIN = "Tag;Zeit;Wert\nTIC 1;03.04.2026 10:00;20,5 °C\nTIC 1;03.04.2026 10:01;20,6 °C\n"


@pytest.mark.requirement("EVD-120")
@pytest.mark.parametrize(
    ("codec", "mark", "said"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("cp1252", b"", "cp1252"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_the_encoding_is_told_by_the_bytes(codec: str, mark: bytes, said: str) -> None:
    content = mark + PLAIN.encode(codec)
    assert encoding_of(content) == said
    dialect = dialect_of(content)
    assert dialect.names == ("Tag", "Zeit", "Wert")
    assert dialect.rows[0].cells == ("TIC 1", "03.04.2026 10:00", "20,5 °C")


def test_a_head_may_end_inside_a_character() -> None:
    content = PLAIN.encode()
    cut = content.index("°".encode()) + 1
    assert encoding_of(content[:cut], cut=True) == "utf-8"
    assert encoding_of(content[:cut]) == "cp1252"


cells = st.text(st.characters(codec="utf-8", exclude_characters='\r\n",;\t#\0'), min_size=1).map(
    lambda text: f"x{text.strip()}"
)


@pytest.mark.requirement("EVD-120")
@given(
    delimiter=st.sampled_from([",", ";", "\t"]),
    words=st.lists(st.tuples(cells, cells), min_size=3, max_size=20),
    quoted=st.booleans(),
    comma=st.booleans(),
)
def test_the_delimiter_is_the_one_that_cuts(
    delimiter: str, words: list[tuple[str, str]], quoted: bool, comma: bool
) -> None:
    number = "1,25" if comma else "1.25"
    number = f'"{number}"' if quoted or (comma and delimiter == ",") else number
    lines = [delimiter.join(("when", "what", "who", "number"))]
    lines += [
        delimiter.join((f"2026-04-03 10:00:{n:02}", *pair, number)) for n, pair in enumerate(words)
    ]
    dialect = dialect_of("\n".join(lines).encode())
    assert dialect.delimiter == delimiter
    assert (dialect.header_line, dialect.first_line) == (1, 2)
    assert [row.cells[3] for row in dialect.rows] == ["1,25" if comma else "1.25"] * len(words)


@pytest.mark.parametrize(
    ("text", "header", "first", "names"),
    [
        ("a,b\n1,2\n", 1, 2, ("a", "b")),
        ("2026-01-01,1\n2026-01-02,2\n", 0, 1, ("", "")),
        ("# made by X\n\n# more\nts,v\n2026-01-01,1\n", 4, 5, ("ts", "v")),
        ("Report;;\nFrom;2026-01-01;\n\nZeit;T1;T2\n;°C;kg\n2026-01-01;1;2\n2026-01-02;1;2\n",
         4, 6, ("Zeit", "T1", "T2")),
        ("[Tags]\nTagname,Unit\nA,kg\n[Data]\nTagname,TimeStamp,Value\nA,01/02/26 10:00:00,1\n",
         5, 6, ("Tagname", "TimeStamp", "Value")),
        ("name,remark\nA,one\nB,two\n", 1, 2, ("name", "remark")),
        ('a,b\n"5 o\'clock,1\nx,2\ny,3\n', 1, 2, ("a", "b")),
        ("", 0, 1, ()),
    ],
)  # fmt: skip
def test_where_names_and_data_stand(
    text: str, header: int, first: int, names: tuple[str, ...]
) -> None:
    dialect = dialect_of(text.encode())
    assert (dialect.header_line, dialect.first_line) == (header, first)
    assert dialect.names == names


def test_what_stands_ahead_and_below_is_kept() -> None:
    dialect = dialect_of(b"# Zeitzone Europe/Berlin\nZeit;T1\n;degC\n2026-01-01;1\n2026-01-02;2\n")
    assert dialect.ahead == ("# Zeitzone Europe/Berlin",)
    assert dialect.below == (Row(3, ("", "degC")),)


def test_a_sheet_is_laid_out_the_same_way() -> None:
    rows = [
        Row(1, ("Report of line 3", "", "")),
        Row(3, ("time", "T1", "T2")),
        Row(4, ("", "°C", "kg")),
        Row(5, ("2026-01-01T00:00:00", "1", "2")),
        Row(6, ("2026-01-01T00:01:00", "1", "2")),
    ]
    dialect = dialect_of_rows(rows)
    assert (dialect.header_line, dialect.first_line) == (3, 5)
    assert dialect.ahead == ("Report of line 3",)
