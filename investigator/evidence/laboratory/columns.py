"""What laboratory systems call the columns of their exports, and what a table of results is.

- Long: a result a row, with a column for the test and one for the result.
- Wide: a sample or a batch a row and a test a column; a column that holds numbers or results below
  the reach of a method, and that no other role claims, is a test.
"""

from collections.abc import Sequence
from dataclasses import replace

from investigator.domain.import_profile import ColumnUse
from investigator.evidence.laboratory.reported import read_reported
from investigator.evidence.tables.columns import UNUSED, Vocabulary, assign_roles

SAMPLE_WORDS: Vocabulary = {
    "sample": (
        "sampleid", "sample id", "sample number", "sample no", "sample no.", "sample name",
        "sample", "lims id", "lims no", "lims sample", "inspection lot", "probenid", "proben-id",
        "probennummer", "proben-nr", "proben-nr.", "probe", "prüflos", "prüflosnummer",
    ),
    "batch": (
        "batchid", "batch id", "batch number", "batch no", "batch no.", "batch", "lot number",
        "lot no", "lot no.", "lot", "chargennummer", "chargen-nr", "chargen-nr.", "charge",
    ),
    "product": (
        "product", "product code", "product id", "material", "material code", "code", "item",
        "produkt", "produktcode", "artikel", "artikelnummer",
    ),
    "container": (
        "containerid", "container id", "container", "drum", "drum no", "drum id", "gebinde",
        "gebindenummer", "behälter", "fass",
    ),
    "stage": (
        "stage", "sample type", "sampletype", "material type", "probenart", "probentyp", "stufe",
    ),
    "replicate": (
        "replicate", "rep", "rep no", "replicate no", "determination", "injection", "unit no",
        "tablet no", "wiederholung", "einzelwert nr", "bestimmung nr", "messung nr",
    ),
    "analyst": (
        "analyst", "analysed by", "analyzed by", "tested by", "entered by", "operator",
        "analytiker", "prüfer", "bearbeiter", "laborant",
    ),
    "instrument": (
        "instrument", "instrument id", "equipment", "system", "gerät", "geräte-id", "prüfmittel",
    ),
    "run": ("runid", "run id", "run", "sequence", "sample set", "worklist", "sequenz", "lauf"),
    "analysed": (
        "analysisdate", "analysis date", "date analysed", "date analyzed", "analysed on",
        "analyzed on", "test date", "tested on", "result date", "result time", "date completed",
        "entered on", "analysendatum", "prüfdatum", "ergebnisdatum", "analysiert am",
    ),
    "sampled": (
        "sampled", "sampled on", "sample date", "sampling date", "sample time", "sampling time",
        "sampled date", "login date", "probenahme", "probenahmezeit", "probenahmedatum",
        "probenzug", "entnommen am",
    ),
    "method": (
        "method", "test method", "method id", "analytical method", "methode", "prüfmethode",
        "prüfvorschrift",
    ),
    "material_lot": (
        "materiallot", "material lot", "raw material lot", "vendor lot", "rohstoffcharge",
        "materialcharge",
    ),
    "standing": (
        "result status", "validity", "valid", "sample status", "ergebnisstatus", "gültigkeit",
        "gültig",
    ),
    "reason": (
        "reason", "invalidation reason", "comment", "comments", "remark", "remarks", "grund",
        "begründung", "bemerkung", "kommentar",
    ),
    "retest": (
        "retest", "retest no", "re-test", "test type", "result type", "nachprüfung",
        "wiederholungsprüfung",
    ),
}  # fmt: skip

LABORATORY: Vocabulary = {
    "test": (
        "test", "test name", "testname", "analysis", "analyte", "parameter", "component",
        "component name", "characteristic", "attribute", "prüfmerkmal", "merkmal", "prüfung",
        "prüfparameter", "bestimmung", "analyse",
    ),
    "result": (
        "result", "reported result", "formatted result", "formatted entry", "result value",
        "numeric result", "entry", "value", "ergebnis", "messwert", "prüfergebnis", "istwert",
        "wert",
    ),
    "unit": ("unit", "units", "result unit", "uom", "einheit", "maßeinheit"),
    "spec_low": (
        "speclow", "spec low", "lower limit", "low limit", "limit low", "lsl", "lower spec",
        "spec min", "min limit", "minimum", "min", "untere grenze", "untergrenze", "ug",
        "sollwert min",
    ),
    "spec_high": (
        "spechigh", "spec high", "upper limit", "high limit", "limit high", "usl", "upper spec",
        "spec max", "max limit", "maximum", "max", "obere grenze", "obergrenze", "og",
        "sollwert max",
    ),
    "spec_unit": ("spec unit", "limit unit", "specification unit", "einheit spezifikation"),
    "criterion": (
        "specification", "spec", "acceptance criteria", "acceptance criterion", "requirement",
        "limits", "limit", "spezifikation", "akzeptanzkriterium", "akzeptanzkriterien",
        "anforderung", "sollwert", "grenzwert", "grenzwerte", "vorgabe",
    ),
    "evaluation": (
        "evaluation", "pass/fail", "pass fail", "conclusion", "in spec", "verdict", "status",
        "conformity", "bewertung", "beurteilung", "entscheid", "konformität",
    ),
    **SAMPLE_WORDS,
}  # fmt: skip
"""Columns of an export with a result a row."""

NEEDED = ("test", "result")

LIMIT_ROWS = frozenset(
    {
        "specification", "spec", "limit", "limits", "acceptance criteria", "acceptance criterion",
        "spezifikation", "grenzwert", "grenzwerte", "anforderung",
    }
)  # fmt: skip
"""What stands in the sample column of a wide table's row of limits."""


def wide_roles(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[ColumnUse, ...]:
    """The uses of the columns of a table with a test a column; empty where it is no such table.

    Args:
        names: of the columns.
        rows: the first rows of data, all as wide as `names`.
    """
    uses = assign_roles(names, SAMPLE_WORDS)
    identity = next((use for use in uses if use.role in {"sample", "batch"}), None)
    if identity is None:
        return ()
    data = [row for row in rows if row[identity.position].casefold() not in LIMIT_ROWS]
    found = tuple(
        replace(use, role="result")
        if use.role == UNUSED and use.name and _holds_results([r[use.position] for r in data])
        else use
        for use in uses
    )
    return found if any(use.role == "result" for use in found) else ()


def _holds_results(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(read_reported(cell) is not None for cell in filled)
