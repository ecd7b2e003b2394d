"""What a twin package holds, for views: the shipped package, with a validation made up for tests.

In the record something failed, something was not assessed, a tag is out of its band, a container
outside its interval, an attribute not predictable.
"""

from dataclasses import replace
from functools import cache

import numpy as np

from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import TwinDetails, twin_details
from investigator.domain.acts.act import Actor
from investigator.domain.twin_life import TwinStep
from investigator.domain.twin_status import TwinStatus
from investigator.domain.validation import (
    AttributeFigures,
    Check,
    CriterionResult,
    DeviationFigures,
    Figure,
    Outcome,
    PredictedContainer,
    SensitivityIndex,
    TagFigures,
    ValidationBatch,
    ValidationRecord,
)
from support.scenes import a_twin
from support.validations import COVERED, made_record

ATTRIBUTES = {
    "assay": ("% LC", 100.0, 0.5),
    "hardness": ("N", 118.0, 2.4),
    "q30": ("% LC", 88.0, 1.7),
    "water": ("%", 2.8, 0.1),
    "weight": ("mg", 250.0, 0.5),
}
BATCHES, CONTAINERS = 14, 6
TOM = Actor("tom", "Tom of Testing", "twin approver")


@cache
def a_content(*, validated: bool = True) -> TwinDetails:
    """The content of the twin of the walk, with its digest."""
    found = replace(twin_details("cdc_line_3"), digest=a_twin().digest)
    if not validated:
        no_validation = "The package holds no validation."
        return replace(found, validation=None, no_validation=no_validation, report=None)
    return replace(found, validation=a_record(found), no_validation="")


def the_record() -> ValidationRecord:
    """The validation in that content."""
    record = a_content().validation
    assert record is not None
    return record


def a_standing() -> TwinStanding:
    """How the twin of the walk stands, with two steps of it and one of the version before."""
    steps = tuple(
        TwinStep(number, status, "cdc_line_3", version, TOM, 1_770_000_000_000, "UTC", why, by)
        for number, status, version, why, by in (
            (1, TwinStatus.APPROVED, "0.0.9", "first version", ""),
            (2, TwinStatus.VALIDATED, "0.1.0", "", ""),
            (3, TwinStatus.APPROVED, "0.1.0", "", ""),
            (4, TwinStatus.SUPERSEDED, "0.0.9", "version 0.1.0 was approved", "cdc_line_3 0.1.0"),
        )
    )
    return replace(a_twin(), why="It was approved.", steps=steps[1:3], history=steps)


def a_record(details: TwinDetails) -> ValidationRecord:
    """A record on the criteria of the shipped manifest."""
    names = [f"TA50-26-{100 + n:04}" for n in range(BATCHES)]
    return replace(
        made_record(),
        criteria=_criteria(details),
        batches=tuple(ValidationBatch(name, f"sha256:{n:064x}") for n, name in enumerate(names)),
        attributes=tuple(_attribute(name) for name in ATTRIBUTES),
        containers=tuple(c for name in ATTRIBUTES for c in _containers(name, names)),
        tags=(_tag("NIR API content", 1.02), _tag("Ejection force", 1.6), _tag("Feed", 0.5)),
        deviations=(
            DeviationFigures("PAST-01", "mcc_lot_moisture", ("nir_water", "water"), 90, 0.94, 0.2),
        ),
        sensitivity=tuple(
            _index(name, factor, value)
            for name in ATTRIBUTES
            for factor, value in (
                ("main force, 8 to 14 kN", 0.55),
                ("water of the blend, 1.7 to 3.8 %", 0.22),
                ("press.strength, press.porosity and 3 estimated with them", 0.08),
                ("room humidity, 20 to 70 %RH", 0.001),
            )
        ),
        numerics=(
            Check("numerics.mass", "Mass balance of the line", "at most 1e-9", "3e-12", True),
            Check("numerics.solver", "Adaptive solver", "at most 1e-6", "2e-7", True),
        ),
        edges=(Check("dry", "No water at all", "finite tablets", "NaN at 3 of 9 edges", False),),
    )


def _criteria(details: TwinDetails) -> tuple[CriterionResult, ...]:
    made = []
    for place, criterion in enumerate(details.manifest.acceptance):
        limit = criterion.limit
        figure: Figure | None = Figure(limit, limit * 0.98, limit * 1.02)
        outcome = Outcome.FAILED if place == 4 else Outcome.PASSED
        remark = "The interval ends above the limit." if place == 4 else ""
        if place == len(details.manifest.acceptance) - 1:
            figure, outcome = None, Outcome.NOT_ASSESSED
        made.append(CriterionResult(criterion, figure, outcome, remark))
    return tuple(made)


def _attribute(name: str) -> AttributeFigures:
    unit, _mean, sd = ATTRIBUTES[name]
    return AttributeFigures(
        attribute=name,
        unit=unit,
        containers=BATCHES * CONTAINERS,
        batches=BATCHES,
        rmsep=0.6 * sd,
        rmsep_of_mean=sd,
        bias=Figure(0.03 * sd, -0.1 * sd, 0.16 * sd),
        r2_pred=0.64,
        coverage=COVERED,
        width95=2.6 * sd,
        history_sd=sd,
        repeatability_sd=0.8 * sd,
        predictable=name != "assay",
    )


def _containers(name: str, batches: list[str]) -> list[PredictedContainer]:
    """Drawn with the spread of the attribute, always the same."""
    _unit, mean, sd = ATTRIBUTES[name]
    draws = np.random.default_rng(len(name)).standard_normal((len(batches), CONTAINERS, 2))
    made = []
    for number, batch in enumerate(batches):
        for drum in range(CONTAINERS):
            true, off = (float(v) for v in draws[number, drum])
            predicted = mean + sd * true + 0.5 * sd * off
            made.append(
                PredictedContainer(
                    batch,
                    f"{batch}-D{drum + 1}",
                    name,
                    mean + sd * true,
                    predicted,
                    predicted - 1.1 * sd,
                    predicted + 1.1 * sd,
                )
            )
    return made


def _tag(title: str, nis: float) -> TagFigures:
    bias = Figure(0.0, -0.1, 0.1)
    return TagFigures(title.lower(), title, "kN", 900, 4, 0.12, bias, 0.4, COVERED, nis, 0.9, 1.1)


def _index(output: str, factor: str, value: float) -> SensitivityIndex:
    first = Figure(value, value - 0.03, value + 0.03)
    return SensitivityIndex(
        output, factor, "input", first, Figure(value + 0.05, value, value + 0.1)
    )
