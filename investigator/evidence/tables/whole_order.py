"""The order of day and month where the beginning of a file leaves it open: told by all of it."""

from dataclasses import replace

from investigator.domain.import_profile import TimeOrder
from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.coded import joined_texts
from investigator.evidence.tables.proposal import Proposal
from investigator.evidence.tables.table_blocks import table_blocks
from investigator.evidence.times.time_order import decide_order

OPEN = frozenset({TimeOrder.DAY_FIRST, TimeOrder.MONTH_FIRST})
DATE_LETTERS = 10
"""Letters of the longest date, `31/12/2026`: what follows it does not tell the order."""


def with_whole_order(source: Source, proposal: Proposal) -> Proposal:
    """The proposal with its time order decided from the whole column, its doubt kept or lifted.

    Nothing is read again where the beginning was beyond doubt.
    """
    if not proposal.order_doubt or proposal.profile.time_order not in OPEN:
        return proposal
    decision = decide_order(_dates(source, proposal))
    others = tuple(doubt for doubt in proposal.doubts if doubt != proposal.order_doubt)
    why = "" if decision.certain else decision.why
    return Proposal(
        replace(proposal.profile, time_order=decision.order),
        (*others, *filter(None, [why])),
        why,
    )


def _dates(source: Source, proposal: Proposal) -> list[str]:
    """The different dates of a file, in order of first appearance."""
    import pyarrow.compute as pc

    uses = proposal.profile.columns_of("time")[:1]
    found: dict[str, None] = {}
    for block in table_blocks(source, proposal.profile, LossLedger()):
        texts = joined_texts([block.cells.column(use.position) for use in uses], " ")
        dates = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(texts), 0, DATE_LETTERS)
        found.update(dict.fromkeys(dates.unique().to_pylist()))
    return [text.split(" ")[0] for text in found]
