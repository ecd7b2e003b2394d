"""The thousands point where the beginning of a file shows none: told by all of it.

With a decimal comma a point is read as a decimal mark as well, unless it is known to part
thousands. A counter passes 999 long after the first rows: only the whole file tells what its
`1.234` is.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.marks import marks_of
from investigator.evidence.tables.proposal import Proposal
from investigator.evidence.tables.table_blocks import table_blocks

POINTED = re.compile(rb"(?<![0-9.:,])[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9.:])")
"""What a number with a thousands point looks like in bytes; dates and clocks do not."""

LONGEST = 64
"""Bytes of a block that are looked at again with the next: a number may lie across the seam."""

BLOCK_BYTES = 1 << 20
MARKED = "^[^0-9]?[0-9]+[.,]"
MOST_TEXTS = 10_000


def with_whole_marks(source: Source, proposal: Proposal) -> Proposal:
    """The proposal with its thousands mark decided from the whole file, with the doubt if any.

    Nothing is read again where the marks are decided or no number with such a point is there.
    """
    profile = proposal.profile
    if not profile.delimiter or (profile.decimal, profile.thousands) != (",", ""):
        return proposal
    if not profile.encoding.startswith("utf-16") and not _pointed(source):
        return proposal
    marks = marks_of(_numbers(source, proposal), delimiter=profile.delimiter)
    decided = replace(profile, decimal=marks.decimal, thousands=marks.thousands)
    doubts = dict.fromkeys((*proposal.doubts, *filter(None, [marks.doubt])))
    return replace(proposal, profile=decided, doubts=tuple(doubts))


def _pointed(source: Source) -> bool:
    """Whether anything in the bytes looks like a number with a thousands point."""
    before = b""
    with source.open() as stream:
        while block := stream.read(BLOCK_BYTES):
            if POINTED.search(before + block):
                return True
            before = block[-LONGEST:]
    return False


def _numbers(source: Source, proposal: Proposal) -> Iterator[str]:
    """Different numbers with a mark, in order of first appearance in their block."""
    import pyarrow.compute as pc

    uses = [use for use in proposal.profile.columns if use.role in {"value", "signal"}]
    for block in table_blocks(source, proposal.profile, LossLedger()):
        for use in uses:
            texts = pc.utf8_trim_whitespace(block.cells.column(use.position))
            marked = texts.filter(pc.match_substring_regex(texts, MARKED)).unique()
            yield from marked.slice(0, MOST_TEXTS).to_pylist()
