"""Properties of the powders over a run: what the certificates of the lots say, through the hoppers.

- A property that no certificate gives has the usual value of its kind, with the spread that lots
  have; it is said which.
- Of an API lot, the laboratory's potency counts; where there is none, the potency entered in the
  batch record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from investigator.twin.bridging import Bridged
from investigator.twin.channels import POINTS
from investigator.twin.hopper_lots import lots_of, share_of_lots
from investigator.twin.parameters import Parameters
from investigator.twin.record import Array, LineRecord, LotInUse
from investigator.twin.record_map import RecordMap
from investigator.twin.reference import Reference

POTENCY_LOT_SD = 0.003
# Between lots of MCC: what hardness differs by between batches of the same settings, relative.
COMPACTABILITY_SD = 0.03
# Between certificates of the lots of 24 normal batches, relative. What a certificate is off by is
# in the spread of the fill depth between batches, as the exponent was estimated on certificates.
MCC_BULK_SD, LACTOSE_BULK_SD = 0.016, 0.017
SURE = 0.0


POWDERS = {"api": "API", "mcc": "MCC", "lactose": "lactose"}


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the lots of a feeder: usual value, spread between lots, error of its test."""

    quantity: str
    feeder: str
    title: str
    usual: float
    lot_sd: float
    test_sd: float
    stated: Callable[[LotInUse], float | None]


def lot_courses(
    record: LineRecord,
    reference: Reference,
    parameters: Parameters,
    flows_kg_h: Mapping[str, Array],
) -> tuple[dict[str, Bridged], tuple[str, ...]]:
    """Courses of the six lot properties by quantity, and a sentence for everything supposed."""
    shares = {f: share_of_lots(record, f, flows_kg_h[f]) for f in POWDERS}
    courses: dict[str, Bridged] = {}
    said: list[str] = []
    for kind in _properties(record.named, reference, parameters):
        lots = lots_of(record, kind.feeder)
        courses[kind.quantity] = _course(kind, lots, shares[kind.feeder], record.grid_ms.size)
        unknown = [lot.lot_id for lot in lots if kind.stated(lot) is None]
        if not lots:
            said.append(
                f"{kind.title}: no lot of {POWDERS[kind.feeder]} is recorded; the usual "
                f"{kind.usual:.4g} stands in, with the spread between lots."
            )
        if unknown:
            said.append(
                f"{kind.title} of lot {', '.join(unknown)} is on no certificate; the usual "
                f"{kind.usual:.4g} stands in, with the spread between lots."
            )
    return courses, tuple(said)


def _properties(
    named: RecordMap, reference: Reference, parameters: Parameters
) -> tuple[Property, ...]:
    nominals = reference.nominals
    between = {
        c.channel: noise.sd_between for c, noise in zip(POINTS, reference.points, strict=True)
    }
    assay = parameters["method.assay_repeatability"].value / 100.0
    water = parameters["method.water_repeatability"].value
    return (
        Property(
            "api.potency",
            "api",
            "Potency",
            named.usual["api_potency"],
            POTENCY_LOT_SD,
            assay,
            _potency(named.certificates["api"]["potency_entry"]),
        ),
        Property(
            "api.d50",
            "api",
            "Particle size d50",
            nominals.api_d50_um,
            between["lot_api_d50"],
            0.5,
            _value_of(named.certificates["api"]["lot_api_d50"]),
        ),
        Property(
            "mcc.lod",
            "mcc",
            "Loss on drying",
            nominals.mcc_lod_pct,
            between["lot_mcc_lod"],
            water,
            _value_of(named.certificates["mcc"]["lot_mcc_lod"]),
        ),
        Property(
            "mcc.compactability",
            "mcc",
            "Compactability",
            1.0,
            COMPACTABILITY_SD,
            COMPACTABILITY_SD,
            lambda _: None,
        ),
        _bulk("mcc", MCC_BULK_SD, named, parameters),
        _bulk("lactose", LACTOSE_BULK_SD, named, parameters),
    )


def _bulk(powder: str, lot_sd: float, named: RecordMap, parameters: Parameters) -> Property:
    """Bulk density of the lots of a filler, over the usual one."""
    usual = parameters[f"blend.{powder}_bulk_density"].value
    stated = _value_of(named.certificates[powder][f"{powder}_bulk"])

    def over_usual(lot: LotInUse) -> float | None:
        density = stated(lot)
        return None if density is None else density / usual

    title = f"Bulk density of {POWDERS[powder]}, 1 = usual,"
    return Property(f"{powder}.bulk", powder, title, 1.0, lot_sd, SURE, over_usual)


def _potency(test: str) -> Callable[[LotInUse], float | None]:
    def stated(lot: LotInUse) -> float | None:
        value = lot.certificate.get(test, lot.potency_entered_pct)
        return None if value is None else value / 100.0

    return stated


def _value_of(test: str) -> Callable[[LotInUse], float | None]:
    return lambda lot: lot.certificate.get(test)


def _course(
    kind: Property, lots: tuple[LotInUse, ...], shares: tuple[Array, ...], n: int
) -> Bridged:
    """Mean over the lots by their shares; errors of different lots are independent."""
    if not lots:
        sure = np.full(n, kind.test_sd)
        unknown = np.ones(n, dtype=np.bool_)
        return Bridged(np.full(n, kind.usual), np.full(n, kind.lot_sd), sure, unknown)
    value, var, sure_var, filled = (np.zeros(n) for _ in range(4))
    for lot, share in zip(lots, shares, strict=True):
        stated = kind.stated(lot)
        value += share * (kind.usual if stated is None else stated)
        var += (share * (kind.lot_sd if stated is None else kind.test_sd)) ** 2
        sure_var += (share * kind.test_sd) ** 2
        filled += share * (stated is None)
    return Bridged(value, np.sqrt(var), np.sqrt(sure_var), filled > 0.5)
