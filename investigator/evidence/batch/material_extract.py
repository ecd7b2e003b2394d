"""Extracts of the material master, the warehouse and the schedule, from a table.

- One table may hold materials, lots or orders, or several of them side by side: a row gives what
  its columns name.
- Where an extract has no column for the lot, its `batch` is the lot, as some systems call it; a
  table of orders keeps it as the batch that is made.
- Dates are days. Their order is decided from all dates of the table; where it stays open, the
  reading says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from investigator.domain.import_profile import ColumnUse, ImportProfile, Kind, TimeOrder
from investigator.domain.materials import (
    LotStatus,
    Material,
    MaterialExtracts,
    ProductionOrder,
    together,
)
from investigator.evidence.batch.material import in_kg, potency_pct
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.below_header import below_header
from investigator.evidence.tables.by_names import profile_by_names
from investigator.evidence.tables.columns import Vocabulary, assign_roles
from investigator.evidence.tables.dialect import Dialect
from investigator.evidence.tables.table import Table, read_table
from investigator.evidence.times.record_times import record_day
from investigator.evidence.times.time_order import decide_order

COLUMNS: Vocabulary = {
    "material": (
        "material", "material number", "material no", "material id", "materialnumber", "item no",
        "item number", "materialnummer", "material-nr", "artikelnummer", "artikel",
    ),
    "description": (
        "description", "material description", "material name", "bezeichnung", "materialkurztext",
        "beschreibung",
    ),
    "kind": ("material type", "type", "materialart", "art"),
    "unit": ("unit", "uom", "base unit", "base unit of measure", "einheit", "mengeneinheit"),
    "supplier": ("supplier", "vendor", "manufacturer", "lieferant", "hersteller"),
    "supplier_lot": (
        "supplier lot", "vendor batch", "supplier batch", "vendor lot", "manufacturer lot",
        "lieferantencharge", "herstellercharge",
    ),
    "order": (
        "order", "order no", "order number", "process order", "production order", "auftrag",
        "auftragsnummer", "prozessauftrag",
    ),
    "lot": ("lot", "lot no", "lot number", "lot id", "material lot", "los", "materialcharge"),
    "batch": ("batch", "batch no", "batch number", "batch id", "charge", "chargennummer"),
    "manufactured": (
        "manufactured", "date of manufacture", "manufacturing date", "manufacture date",
        "production date", "herstelldatum",
    ),
    "expires": (
        "expires", "expiry", "expiry date", "expiration date", "exp date", "sled/bbd", "sled",
        "shelf life expiration date", "verfallsdatum", "verfalldatum", "mhd",
    ),
    "retest": ("retest", "retest date", "next inspection", "next inspection date", "retestdatum"),
    "status": (
        "status", "lot status", "batch status", "stock status", "stock type", "bestandsart",
    ),
    "potency": ("potency", "potency as is", "potency %", "gehalt"),
    "stock": ("stock", "quantity on hand", "stock quantity", "unrestricted", "bestand"),
    "planned": (
        "planned quantity", "target quantity", "order quantity", "batch size", "total quantity",
        "quantity planned", "planned", "sollmenge", "auftragsmenge",
    ),
    "start": (
        "start", "planned start", "basic start date", "scheduled start", "start date",
        "eckstarttermin", "geplanter start",
    ),
}  # fmt: skip
"""Columns of an extract."""

LOT_WORDS = frozenset({"manufactured", "expires", "retest", "status", "supplier", "supplier_lot"})
DATES = ("manufactured", "expires", "retest")


@dataclass(frozen=True, slots=True)
class MaterialReading:
    """What one extract or message says; `assumptions` are sentences."""

    extracts: MaterialExtracts
    ledger: LossLedger
    assumptions: tuple[str, ...] = ()


def extract_columns(dialect: Dialect) -> tuple[ColumnUse, ...] | None:
    """The uses of the columns when the table is a material or scheduling extract."""
    uses = assign_roles(dialect.names, COLUMNS)
    roles = {use.role for use in uses}
    lots = {"material"} <= roles and bool({"lot", "batch"} & roles and LOT_WORDS & roles)
    orders = {"order", "planned"} <= roles and bool({"batch", "material"} & roles)
    master = {"material", "description"} <= roles and bool({"kind", "supplier"} & roles)
    return uses if dialect.header_line and (lots or orders or master) else None


def read_extract(
    content: bytes, file: str, *, profile: ImportProfile | None = None
) -> MaterialReading:
    """The materials, lots and orders of an extract.

    Args:
        content: delimited text or a workbook.
        file: its name, for messages.
        profile: how it is read; by the names of its columns where None.

    Raises:
        UnusableInput: it has no column for the material, or more than half of its rows are
            unusable.
    """
    how = below_header(
        profile
        or profile_by_names(
            content, file, kind=Kind.MATERIALS, vocabulary=COLUMNS, needed=("material",)
        )
    )
    ledger = LossLedger()
    table = read_table(content, how, ledger, file=file)
    order, assumptions = _order(table, file)
    found = []
    for row, cells in enumerate(_cells(table, how)):
        try:
            found.append(_said(cells, how, order))
        except ValueError as why:
            ledger.note(int(table.lines[row]), table.row_text(row), str(why))
    ledger.refuse_if_ruined(file)
    return MaterialReading(together(found), ledger, assumptions)


def _cells(table: Table, profile: ImportProfile) -> list[dict[str, str]]:
    held = {use.role: table.role(use.role) or [] for use in profile.columns if use.role != "unused"}
    return [dict(zip(held, texts, strict=True)) for texts in zip(*held.values(), strict=True)]


def _order(table: Table, file: str) -> tuple[TimeOrder, tuple[str, ...]]:
    """How the dates of the table are written, and what is not certain about it."""
    texts = [text for role in DATES for text in table.role(role) or () if text]
    if not texts:
        return TimeOrder.ISO, ()
    decision = decide_order(list(dict.fromkeys(texts)))
    return decision.order, () if decision.certain else (f"{file}: {decision.why}",)


def _said(cells: Mapping[str, str], profile: ImportProfile, order: TimeOrder) -> MaterialExtracts:
    """What a row says; ValueError when it says nothing, or a figure or date of it is none."""
    ordered = cells.get("order", "")
    lot_id = cells.get("lot", "") or ("" if ordered else cells.get("batch", ""))
    material_id = cells.get("material", "")
    found = MaterialExtracts(
        materials=(_material(cells),) if material_id and cells.get("description") else (),
        lots=(_lot(cells, lot_id, profile, order),) if lot_id else (),
        orders=(_ordered(cells, profile),) if ordered else (),
    )
    if not found:
        raise ValueError("names no lot, no order and no material with its description")
    return found


def _material(cells: Mapping[str, str]) -> Material:
    return Material(
        material_id=cells["material"],
        description=cells["description"],
        kind=cells.get("kind", ""),
        unit=cells.get("unit", ""),
        supplier="" if "lot" in cells or "batch" in cells else cells.get("supplier", ""),
    )


def _lot(
    cells: Mapping[str, str], lot_id: str, profile: ImportProfile, order: TimeOrder
) -> LotStatus:
    potency = _pointed(cells.get("potency", "").strip(), profile)
    return LotStatus(
        lot_id=lot_id,
        material_id=cells.get("material", ""),
        status=cells.get("status", ""),
        supplier=cells.get("supplier", ""),
        supplier_lot=cells.get("supplier_lot", ""),
        manufactured=record_day(cells.get("manufactured", ""), order),
        expires=record_day(cells.get("expires", ""), order),
        retest=record_day(cells.get("retest", ""), order),
        potency_pct=potency_pct(potency) if potency else None,
        stock_kg=in_kg(_pointed(cells.get("stock", ""), profile), cells.get("unit", "")),
    )


def _ordered(cells: Mapping[str, str], profile: ImportProfile) -> ProductionOrder:
    return ProductionOrder(
        order_id=cells["order"],
        batch_id=cells.get("batch", ""),
        material_id=cells.get("material", ""),
        planned_kg=in_kg(_pointed(cells.get("planned", ""), profile), cells.get("unit", "")),
        planned_start=cells.get("start", ""),
    )


def _pointed(text: str, profile: ImportProfile) -> str:
    bare = text.replace(profile.thousands, "") if profile.thousands else text
    return bare.replace(profile.decimal, ".")
