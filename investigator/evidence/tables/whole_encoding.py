"""The encoding of a whole text: a file that begins in ASCII may be Latin-1 further on."""

import codecs

from investigator.evidence.sources.source import HEAD_BYTES, Source
from investigator.evidence.tables.dialect import encoding_of

BLOCK_BYTES = 1 << 20
LOOKED_AT_BYTES = 1 << 26
"""How far into a text its encoding is looked for."""


def whole_encoding(head: bytes, source: Source) -> str:
    """The encoding of a text as `encoding_of` names it.

    Args:
        head: its beginning, up to `HEAD_BYTES`.
        source: the text.
    """
    told = encoding_of(head, cut=len(head) == HEAD_BYTES)
    if told != "utf-8" or len(head) < HEAD_BYTES:
        return told
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as stream:
        looked_at = 0
        while (block := stream.read(BLOCK_BYTES)) and looked_at < LOOKED_AT_BYTES:
            looked_at += len(block)
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return "cp1252"
    return told
