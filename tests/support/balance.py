"""Whether the rows of a file add up: what was read and what was reported is what it holds."""

from collections.abc import Iterator, Sequence

from investigator.domain.import_profile import Arrangement, ImportProfile
from investigator.evidence.historian.reading import HistorianReading
from investigator.evidence.reading import FileReading

BLANKS = b" \t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\xc2"
PACKED = (b"PK", b"\x1f\x8b")


def imbalance(readings: Sequence[FileReading], content: bytes) -> Iterator[str]:
    """What does not add up, a sentence each; `content` is the file as it lies."""
    for one in readings:
        item = one.item
        if not 0 <= item.rows_reported <= item.rows_read:
            yield f"{item.rows_reported} rows reported of {item.rows_read}"
        if item.profile is None:
            continue
        if (
            isinstance(one.reading, HistorianReading)
            and item.profile.arrangement is Arrangement.LONG
        ):
            taken = sum(course.t_ms.size for course in one.reading.trajectories.values())
            if taken < item.rows_read - item.rows_reported:
                yield f"{item.rows_read} rows gave {taken} samples and {item.rows_reported} reports"
        if not item.member and not content.startswith(PACKED):
            yield from _rows_lost(content, item.profile, item.rows_read)


def _rows_lost(content: bytes, profile: ImportProfile, rows_read: int) -> Iterator[str]:
    """Rows counted by line ends, in files where nothing but these parts them."""
    if profile.encoding not in {"utf-8", "cp1252"} or not profile.delimiter:
        return
    text = content.replace(b"\r\n", b"\n")
    if any(mark in text for mark in (b"\r", b"\0", b'"', b"\xef\xbb\xbf")):
        return
    lines = text.split(b"\n")[profile.first_line - 1 :]
    blanks = profile.delimiter.encode() + BLANKS
    least, most = sum(bool(line.strip(blanks)) for line in lines), sum(map(bool, lines))
    if not least <= rows_read <= most:
        yield f"{rows_read} rows read where the file has {least} to {most}"
