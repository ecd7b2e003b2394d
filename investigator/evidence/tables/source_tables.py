"""The table that a source holds, whatever it is stored as, at once."""

from investigator.domain.import_profile import ImportProfile
from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.table import Table, joined_blocks
from investigator.evidence.tables.table_blocks import table_blocks


def table_of(source: Source, profile: ImportProfile, ledger: LossLedger) -> Table:
    """All rows of a source as text, read as the profile says.

    Raises:
        UnusableInput: it is damaged, is no text, or lacks the sheet or the columns.
    """
    return joined_blocks(table_blocks(source, profile, ledger), profile)
