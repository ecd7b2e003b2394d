"""Units of the published film-coated-tablet data (Žagar & Mihelič, Sci. Data 9:99, 2022).

The files of doi 10.1038/s41597-022-01203-x name their columns and state no units. A table is known
to be of this set by its columns. Where a unit comes from:

- `data note`: `produced` counts thousands of tablets, `waste` tablets, `tbl_speed` thousand
  tablets an hour; `size` is in tablets, as `Normalization.csv` says.
- `computed`: hardness in N with thickness and diameter in mm gives `tbl_tensile` in MPa, by
  2F/(πtd).
- `assumed`: the unit in which such a quantity is reported by custom and that its values fit; said
  as an assumption of every reading.
- The press's own figures (`fom`, `SREL`, `stiffness`, `ejection`) are left without unit.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from investigator.domain.import_profile import ColumnUse
from investigator.evidence.tables.columns import UNUSED


class UnitFrom(StrEnum):
    """What the unit of a column rests on."""

    NOTE = "data note"
    COMPUTED = "computed"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class PublishedColumn:
    """A column: its unit and what that rests on, and what the column holds, in words."""

    unit: str
    rests_on: UnitFrom
    description: str


def _columns(
    rests_on: UnitFrom, unit: str, described: dict[str, str]
) -> dict[str, PublishedColumn]:
    return {name: PublishedColumn(unit, rests_on, words) for name, words in described.items()}


LABORATORY = {
    **_columns(UnitFrom.NOTE, "tablets", {"size": "batch size"}),
    **_columns(
        UnitFrom.COMPUTED,
        "N",
        {f"{kind}_{which}_hardness": f"hardness, {words} ({which})"
         for kind, words in (("tbl", "core"), ("fct", "coated tablet"))
         for which in ("min", "max", "av")},
    ),
    **_columns(
        UnitFrom.COMPUTED,
        "mm",
        {"tbl_min_thickness": "thickness, core (min)", "tbl_max_thickness": "thickness, core (max)",
         "fct_min_thickness": "thickness, coated tablet (min)",
         "fct_max_thickness": "thickness, coated tablet (max)",
         "tbl_max_diameter": "diameter, core (max)",
         "fct_max_diameter": "diameter, coated tablet (max)"},
    ),
    **_columns(
        UnitFrom.COMPUTED,
        "MPa",
        {"tbl_tensile": "tensile strength, core", "fct_tensile": "tensile strength, coated tablet"},
    ),
    **_columns(
        UnitFrom.ASSUMED,
        "mg",
        {"tbl_min_weight": "weight, core (min)", "tbl_max_weight": "weight, core (max)"},
    ),
    **_columns(
        UnitFrom.ASSUMED,
        "%",
        {"tbl_rsd_weight": "weight, core (rsd)", "fct_rsd_weight": "weight, coated tablet (rsd)",
         "tbl_yield": "yield of compression", "batch_yield": "yield of the batch",
         "dissolution_av": "dissolution (mean)", "dissolution_min": "dissolution (min)",
         "resodual_solvent": "residual solvent", "impurities_total": "total impurities",
         "impurity_o": "impurity O", "impurity_l": "impurity L", "api_water": "water, API",
         "api_total_impurities": "total impurities, API", "api_l_impurity": "impurity L, API",
         "api_content": "content, API", "lactose_water": "water, lactose",
         "lactose_sieve0045": "below 0.045 mm, lactose",
         "lactose_sieve015": "below 0.15 mm, lactose", "lactose_sieve025": "below 0.25 mm, lactose",
         "smcc_water": "water, SMCC", "starch_water": "water, starch"},
    ),
    **_columns(
        UnitFrom.ASSUMED,
        "µm",
        {f"{material}_ps{part}": f"particle size d{words}, {material.upper()}"
         for material in ("api", "smcc")
         for part, words in (("01", "10"), ("05", "50"), ("09", "90"))},
    ),
    **_columns(
        UnitFrom.ASSUMED,
        "g/ml",
        {"smcc_td": "tapped density, SMCC", "smcc_bd": "bulk density, SMCC"},
    ),
    **_columns(UnitFrom.ASSUMED, "pH", {"starch_ph": "pH, starch"}),
}  # fmt: skip
"""Columns of `Laboratory.csv` that hold numbers; identifiers have no unit."""

SERIES = {
    **_columns(UnitFrom.NOTE, "1000 tablets/h", {"tbl_speed": "press speed"}),
    **_columns(UnitFrom.NOTE, "1000 tablets", {"produced": "tablets produced"}),
    **_columns(UnitFrom.NOTE, "tablets", {"waste": "tablets rejected"}),
    **_columns(
        UnitFrom.ASSUMED,
        "kN",
        {"main_comp": "main compression force", "pre_comp": "pre-compression force"},
    ),
    **_columns(
        UnitFrom.ASSUMED,
        "mm",
        {"tbl_fill": "fill depth", "cyl_main": "cylindrical height, main compression",
         "cyl_pre": "cylindrical height, pre-compression"},
    ),
}  # fmt: skip
"""Columns of `Process/N.csv`."""

IDENTIFIERS = frozenset({"campaign", "code"})
"""Numbers of `Process/N.csv` that name something and measure nothing."""

TELLING = (
    frozenset({"smcc_batch", "lactose_batch", "starch_batch", "tbl_tensile", "resodual_solvent"}),
    frozenset({"campaign", "tbl_speed", "fom", "main_comp", "SREL", "cyl_main"}),
)
"""Columns that together stand in no other data."""


def published_columns(names: Collection[str]) -> dict[str, PublishedColumn]:
    """The columns with known units of a table of the published set; empty for any other table."""
    if not any(telling <= set(names) for telling in TELLING):
        return {}
    known = LABORATORY | SERIES
    return {name: known[name] for name in names if name in known}


def as_published(columns: Sequence[ColumnUse]) -> tuple[ColumnUse, ...]:
    """The columns of a press series with units, words and identifiers; of any other as they are."""
    known = published_columns([use.name for use in columns])
    if not known:
        return tuple(columns)
    return tuple(_as_published(use, known.get(use.name)) for use in columns)


def _as_published(use: ColumnUse, known: PublishedColumn | None) -> ColumnUse:
    if use.name in IDENTIFIERS:
        return replace(use, role=UNUSED)
    if known is None:
        return use
    return replace(use, unit=known.unit, description=known.description)


def units_assumed(columns: dict[str, PublishedColumn], file: str) -> tuple[str, ...]:
    """The sentence about units that are assumed; empty where none is."""
    names = [name for name, c in columns.items() if c.rests_on is UnitFrom.ASSUMED]
    if not names:
        return ()
    return (
        f"{file}: the file states no units; those of {len(names)} columns are assumed"
        f" as customary for such results ({', '.join(names[:3])}, …)",
    )
