"""Ways to damage a file: bytes flipped, cut, doubled, rows and cells moved, marks set wrong.

Every choice is drawn from the given generator, so a seed names a damaged file for good.
"""

import gzip
import io
import random
import zipfile
from collections.abc import Callable

Change = Callable[[random.Random, bytes], bytes]

ODD_CELLS = (
    b"", b" ", b'"', b'""', b"'", b"NaN", b"inf", b"-1e999", b"9" * 400, b"0x1F", b"1.234,5", b"-",
    b"Bad Input", b"31.02.2026 25:61:00", b"2026-03-29 02:30:00", b"2026-10-25 02:30:00", b"1e18",
    b"0001-01-01T00:00:00", b"9999-12-31T23:59:59Z", b"\xff\xfe", b"\xc3", b"\xe2\x80\xae", b"\x00",
    b"=1+1", b"NULL", b"#N/A", b'{"Name": "No Data", "Value": 248, "IsSystem": true}', b"\xc2\xa0",
    b"0" * 5000, b"<a>", b"&lol;", b"]]>", b"2147483648", b"-9223372036854775809", b"\xef\xbb\xbf",
)  # fmt: skip
SEPARATORS = (b",", b";", b"\t", b"|", b" ")


def _place(rng: random.Random, content: bytes) -> int:
    return rng.randint(0, len(content))


def _stretch(rng: random.Random, content: bytes) -> tuple[int, int]:
    start = _place(rng, content)
    return start, min(len(content), start + int(rng.expovariate(1 / 40)) + 1)


def flip(rng: random.Random, content: bytes) -> bytes:
    """Some bits are other than they were."""
    out = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 30))):
        if out:
            out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def delete(rng: random.Random, content: bytes) -> bytes:
    """A stretch is gone."""
    start, end = _stretch(rng, content)
    return content[:start] + content[end:]


def insert(rng: random.Random, content: bytes) -> bytes:
    """Bytes of no meaning stand somewhere."""
    at = _place(rng, content)
    return content[:at] + rng.randbytes(rng.choice((1, 4, 60))) + content[at:]


def double(rng: random.Random, content: bytes) -> bytes:
    """A stretch stands twice, or very often."""
    start, end = _stretch(rng, content)
    return content[:end] + content[start:end] * rng.choice((1, 2, 200)) + content[end:]


def truncate(rng: random.Random, content: bytes) -> bytes:
    """The end is missing."""
    return content[: _place(rng, content)]


def zeros(rng: random.Random, content: bytes) -> bytes:
    """Zeros in the middle, as a crash of a disk leaves them."""
    start, end = _stretch(rng, content)
    return content[:start] + bytes((end - start) * rng.choice((1, 50))) + content[end:]


def odd_cell(rng: random.Random, content: bytes) -> bytes:
    """Cells hold something that no one expects there."""
    separator = max(SEPARATORS[:4], key=content[:4000].count)
    lines = content.split(b"\n")
    for _ in range(rng.choice((1, 1, 5, 50))):
        at = rng.randrange(len(lines))
        cells = lines[at].split(separator)
        cells[rng.randrange(len(cells))] = rng.choice(ODD_CELLS)
        lines[at] = separator.join(cells)
    return b"\n".join(lines)


def move_rows(rng: random.Random, content: bytes) -> bytes:
    """Lines stand elsewhere, twice, or not at all."""
    lines = content.split(b"\n")
    for _ in range(rng.choice((1, 5, 40))):
        line = lines[rng.randrange(len(lines))]
        if rng.random() < 0.4 and len(lines) > 1:
            lines.remove(line)
        lines.insert(rng.randint(0, len(lines)), line)
    return b"\n".join(lines)


def column_gone(rng: random.Random, content: bytes) -> bytes:
    """A column is missing in all lines, or all columns stand in another order."""
    separator = max(SEPARATORS[:4], key=content[:4000].count)
    rows = [line.split(separator) for line in content.split(b"\n")]
    width = max(len(row) for row in rows)
    order = list(range(width))
    if rng.random() < 0.5:
        order.remove(rng.randrange(width))
    else:
        rng.shuffle(order)
    return b"\n".join(separator.join(row[n] for n in order if n < len(row)) for row in rows)


def header_changed(rng: random.Random, content: bytes) -> bytes:
    """The first line is gone, doubled, of odd names, or has another above it."""
    first, _, rest = content.partition(b"\n")
    what = rng.randrange(4)
    if what == 0:
        return rest
    if what == 1:
        return first + b"\n" + content
    if what == 2:
        return b"# exported by hand\n" * rng.choice((1, 3)) + content
    return rng.choice(ODD_CELLS) + b"," + first + b"\n" + rest


def other_marks(rng: random.Random, content: bytes) -> bytes:
    """Another delimiter, line end or decimal mark throughout."""
    old, new = rng.choice(
        ((b",", b";"), (b";", b","), (b",", b"\t"), (b"\n", b"\r\n"), (b"\n", b"\r"), (b".", b","),
         (b'"', b""), (b",", b'","'), (b"\r\n", b"\n"), (b":", b"."), (b"-", b"/"), (b"T", b" "))
    )  # fmt: skip
    return content.replace(old, new)


def other_encoding(rng: random.Random, content: bytes) -> bytes:
    """The same text in another encoding."""
    text = content.decode("utf-8", errors="replace")
    return text.encode(
        rng.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "utf-32")), errors="replace"
    )


def no_offsets(rng: random.Random, content: bytes) -> bytes:
    """Times lose their offset, or move to a night when the clock changes."""
    content = content.replace(rng.choice((b"+01:00", b"+02:00", b"Z")), b"")
    return content.replace(content[20:30] or b"-", rng.choice((b"2026-03-29", b"2026-10-25")))


def deep(rng: random.Random, content: bytes) -> bytes:
    """Elements, brackets or quotes without end."""
    at = _place(rng, content)
    what = rng.choice((b"<a>", b"[", b'{"a":', b'"', b'""', b"(", b"\t", b","))
    return content[:at] + what * rng.choice((3, 1000, 20_000)) + content[at:]


def entities(rng: random.Random, content: bytes) -> bytes:
    """A document type that wants files of this machine or of others, or that grows without end."""
    body = content[content.find(b"?>") + 2 :] if content.startswith(b"<?xml") else content
    kind = rng.choice(
        (
            b'<!ENTITY x SYSTEM "file:///etc/passwd">',
            b'<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
            b'<!ENTITY y "ha"><!ENTITY x "&y;&y;&y;&y;&y;&y;&y;&y;">',
            b'<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;',
        )
    )
    return b"<?xml version='1.0'?><!DOCTYPE a [" + kind + b"]>" + body.replace(b"><", b">&x;<", 2)


CHANGES: tuple[Change, ...] = (
    flip, delete, insert, double, truncate, zeros, odd_cell, odd_cell, move_rows, column_gone,
    header_changed, other_marks, other_encoding, no_offsets, deep, entities,
)  # fmt: skip


def damaged(
    rng: random.Random, name: str, content: bytes, others: list[bytes]
) -> tuple[str, bytes, list[str]]:
    """A damaged file: its name, its bytes, what was done to it.

    Args:
        rng: where the choices come from.
        name, content: the file as it was; zip and workbook are damaged in one of their parts.
        others: files of which a piece may be put in.
    """
    done: list[str] = []
    inner, rewrap = content, None
    if rng.random() < 0.7 and (opened := _opened(rng, content)):
        inner, rewrap = opened
        done.append("inside")
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        if rng.random() < 0.06:
            other = rng.choice(others)
            at, (start, end) = _place(rng, inner), _stretch(rng, other)
            inner = inner[:at] + other[start : end + 400] + inner[at:]
            done.append("splice")
            continue
        change = rng.choice(CHANGES)
        inner = change(rng, inner)
        done.append(change.__name__)
    out = rewrap(inner) if rewrap else inner
    if rng.random() < 0.05:
        out, name = _wrapped(rng, name, out)
        done.append(f"wrapped as {name}")
    return name, out, done


Rewrap = Callable[[bytes], bytes]


def _opened(rng: random.Random, content: bytes) -> tuple[bytes, Rewrap] | None:
    """What a packed file holds, and how to pack it again."""
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content), lambda inner: gzip.compress(inner, mtime=0)
    if not content.startswith(b"PK\x03\x04"):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = rng.choice(sorted(parts))

    def packed(inner: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(zipfile.ZipInfo(name), inner if name == chosen else part)
        return out.getvalue()

    return parts[chosen], packed


def _wrapped(rng: random.Random, name: str, content: bytes) -> tuple[bytes, str]:
    if rng.random() < 0.5:
        return gzip.compress(content, mtime=0), name + ".gz"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue(), name + ".zip"
