"""A validation record made up for tests: small, complete, every kind of outcome in it."""

from investigator.domain.validation import (
    AttributeFigures,
    Check,
    Coverage,
    Criterion,
    CriterionResult,
    DeviationFigures,
    Figure,
    Outcome,
    PredictedContainer,
    Relation,
    SensitivityIndex,
    TagFigures,
    ValidationBatch,
    ValidationRecord,
)

COVERED = tuple(
    Coverage(level, Figure(level, level - 0.05, min(level + 0.04, 1.0)))
    for level in (0.5, 0.8, 0.95)
)


def criterion(name: str = "rmsep.hardness", limit: float = 0.75) -> Criterion:
    return Criterion(name, f"Title of {name}", Relation.AT_MOST, limit, "-", "A reason.")


def made_record(*outcomes: Outcome) -> ValidationRecord:
    """A record with one criterion for each outcome (none: a passed and a failed one)."""
    results = tuple(
        CriterionResult(criterion(f"rmsep.{i}"), Figure(0.7, 0.7, 0.7), outcome)
        for i, outcome in enumerate(outcomes or (Outcome.PASSED, Outcome.FAILED))
    )
    return ValidationRecord(
        twin_id="cdc_line_3",
        version="0.1.0",
        risk_class="medium",
        context_of_use="Support of investigations.",
        subject="sha256:" + "a" * 64,
        process="sha256:" + "b" * 64,
        software="investigator 0.1.0",
        seed=2**60 + 1,
        batches=(ValidationBatch("TA50-26-0101", "sha256:" + "c" * 64),),
        criteria=results,
        attributes=(
            AttributeFigures(
                "hardness", "N", 12, 1, 1.5, 2.5, Figure(0.1234567891, -0.2, 0.3), 0.64, COVERED,
                8.0, 2.4, 1.5, predictable=True,
            ),
        ),
        containers=(PredictedContainer("B1", "D1", "hardness", 110.0, 111.25, 106.0, 116.0),),
        tags=(
            TagFigures(
                "nir_api", "NIR API content", "% w/w", 900, 1, 0.1, Figure(0.0, -0.1, 0.1), 0.1,
                COVERED, 1.02, 0.9, 1.1,
            ),
        ),
        deviations=(DeviationFigures("PAST-01", "mcc_lot_moisture", ("nir_water",), 90, 0.9, 0.2),),
        sensitivity=(
            SensitivityIndex(
                "hardness", "main_force", "input", Figure(0.5, 0.45, 0.55), Figure(0.6, 0.5, 0.7)
            ),
        ),
        numerics=(Check("mass", "Mass balance", "at most 1e-9", "3e-12", passed=True),),
        edges=(Check("dry", "No water", "finite", "finite", passed=True),),
        limitations=("Segregation in the chute is not modelled.",),
    )  # fmt: skip
