"""The links between documents and hypotheses as a table, seen from the one or from the other."""

from investigator.desktop.view_models.document_links import LinkRow
from investigator.desktop.widgets.table import Cell, Column, Table

_BEARING: Column[LinkRow] = Column("Bearing", lambda r: Cell(r.bearing.value, tone=r.tone))
_HYPOTHESIS: Column[LinkRow] = Column(
    "Hypothesis", lambda r: Cell(r.hypothesis, tip=r.cause), width=-1
)
_DOCUMENT: Column[LinkRow] = Column(
    "Document", lambda r: Cell(f"{r.document_id}  {r.document}", tip=r.document), width=-1
)
_REASON: Column[LinkRow] = Column("Remark", lambda r: Cell(r.why or "–", tip=r.why), width=260)
_WHO: Column[LinkRow] = Column("Linked by", lambda r: r.recorded.who.full_name)


def links_of_document() -> Table[LinkRow]:
    """The hypotheses that a document is linked to."""
    made: Table[LinkRow] = Table((_BEARING, _HYPOTHESIS, _REASON, _WHO))
    made.setObjectName("document.links")
    return made


def links_of_hypothesis() -> Table[LinkRow]:
    """The documents that are linked to a hypothesis."""
    made: Table[LinkRow] = Table((_BEARING, _DOCUMENT))
    made.setObjectName("hypothesis.links")
    return made
