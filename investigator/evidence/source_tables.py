"""The table that a source holds, whatever it is stored as, at once."""

from investigator.domain.import_profile import ImportProfile
from investigator.evidence.ledger import LossLedger
from investigator.evidence.source import Source
from investigator.evidence.table import Table, header_by
from investigator.evidence.table_blocks import table_blocks


def table_of(source: Source, profile: ImportProfile, ledger: LossLedger) -> Table:
    """All rows of a source as text, read as the profile says.

    Raises:
        UnusableInput: it is damaged, is no text, or lacks the sheet or the columns.
    """
    import numpy as np
    import pyarrow as pa

    header = header_by(profile)
    blocks = list(table_blocks(source, profile, ledger))
    if not blocks:
        none = pa.table({name: pa.array([], pa.string()) for name in header.names})
        return Table(header, none, np.zeros(0, np.int64), profile.encoding, profile.columns)
    cells = pa.concat_tables(block.cells for block in blocks).rename_columns(list(header.names))
    lines = np.concatenate([block.lines for block in blocks])
    encodings = {block.encoding for block in blocks}
    encoding = "cp1252" if "cp1252" in encodings else profile.encoding
    return Table(header, cells, lines, encoding, profile.columns)
