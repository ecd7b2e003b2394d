"""The validation of a twin: criteria fixed beforehand, figures measured, and what follows.

- A criterion is fixed in the manifest of the package; a result never changes it.
- A twin is validated when every criterion passed; one that failed or was not assessed leaves it a
  draft.
- Everything that the report shows of a validation is in the record; nothing is computed for a page.

Terms: ASME V&V 40 (credibility factors); RMSEP, bias and R2pred as in ICH Q2(R2)/Q14; NIS, the
normalised innovation squared, Bar-Shalom et al., Estimation with Applications (2001), ch. 5.4.
"""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What came of a criterion."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ASSESSED = "not assessed"


class Relation(StrEnum):
    """How a figure must stand to the limit of its criterion."""

    AT_MOST = "at most"
    AT_LEAST = "at least"
    CONTAINS = "interval contains"


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a validation must reach.

    `criterion_id`: kind and subject with a point between, such as `rmsep.hardness`. `limit` in
    `unit`; `why`: its source and what it protects.
    """

    criterion_id: str
    title: str
    relation: Relation
    limit: float
    unit: str
    why: str

    def met_by(self, low: float, high: float) -> bool:
        """Whether a figure (low = high) or an interval meets the limit."""
        if self.relation is Relation.AT_MOST:
            return high <= self.limit
        if self.relation is Relation.AT_LEAST:
            return low >= self.limit
        return low <= self.limit <= high


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure with its 95 % interval; without one, low and high are the value."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion with what was measured for it; `figure` None where it was not assessed."""

    criterion: Criterion
    figure: Figure | None
    outcome: Outcome
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of values inside the prediction interval of `level` (0 to 1), with its interval."""

    level: float
    share: Figure


@dataclass(frozen=True, slots=True)
class AttributeFigures:
    """How container means of one quality attribute are predicted, left out batch by batch.

    Attributes:
        attribute, unit: as in the list of specifications.
        containers, batches: how many were predicted.
        rmsep: of the twin. rmsep_of_mean: of the mean of the other batches.
        bias: mean of predicted minus measured, with its batch-bootstrap interval.
        r2_pred: 1 - PRESS / sum of squares about the mean of the other batches.
        coverage: at 50, 80 and 95 %. width95: mean full width of the 95 % interval.
        history_sd: sd of container means over all batches. repeatability_sd: of the method.
        predictable: False where the attribute varies less between batches than the method repeats.
    """

    attribute: str
    unit: str
    containers: int
    batches: int
    rmsep: float
    rmsep_of_mean: float
    bias: Figure
    r2_pred: float
    coverage: tuple[Coverage, ...]
    width95: float
    history_sd: float
    repeatability_sd: float
    predictable: bool


@dataclass(frozen=True, slots=True)
class PredictedContainer:
    """One container: an attribute as measured by the laboratory and as predicted without it."""

    batch_id: str
    container_id: str
    attribute: str
    measured: float
    predicted: float
    low95: float
    high95: float


@dataclass(frozen=True, slots=True)
class TagFigures:
    """How one measured channel is predicted in normal production, left out batch by batch.

    `nis`: mean normalised innovation squared, `nis_low` to `nis_high` its 95 % band; `values`: how
    many innovations; the rest as in `AttributeFigures`.
    """

    channel: str
    title: str
    unit: str
    values: int
    batches: int
    rmsep: float
    bias: Figure
    r2_pred: float
    coverage: tuple[Coverage, ...]
    nis: float
    nis_low: float
    nis_high: float


@dataclass(frozen=True, slots=True)
class DeviationFigures:
    """An earlier deviation, replayed with its confirmed cause.

    `channels`: those that the cause moves and the twin predicts. `inside95`: share of their values
    inside the 95 % band with the cause, `inside95_without`: without it. `driving`: channels that
    the cause moves and that drive the replay, so that nothing is predicted of them.
    """

    case: str
    cause: str
    channels: tuple[str, ...]
    values: int
    inside95: float
    inside95_without: float
    driving: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SensitivityIndex:
    """Sobol index of an output to a factor, first order and total, each with its 95 % interval."""

    output: str
    factor: str
    kind: str
    first: Figure
    total: Figure


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the numerics or of behaviour at an edge: what was expected and what was found."""

    check_id: str
    title: str
    expected: str
    found: str
    passed: bool


@dataclass(frozen=True, slots=True)
class ValidationBatch:
    """A batch that the validation used, with the digest of its evidence."""

    batch_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class ValidationRecord:
    """Everything that a validation found.

    `subject`: digest of the package without its validation; `process`: digest of the equations;
    `limitations`: what the twin cannot represent.
    """

    twin_id: str
    version: str
    risk_class: str
    context_of_use: str
    subject: str
    process: str
    software: str
    seed: int
    batches: tuple[ValidationBatch, ...]
    criteria: tuple[CriterionResult, ...]
    attributes: tuple[AttributeFigures, ...]
    containers: tuple[PredictedContainer, ...]
    tags: tuple[TagFigures, ...]
    deviations: tuple[DeviationFigures, ...]
    sensitivity: tuple[SensitivityIndex, ...]
    numerics: tuple[Check, ...]
    edges: tuple[Check, ...]
    limitations: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every criterion passed; without any, nothing was validated."""
        return bool(self.criteria) and all(r.outcome is Outcome.PASSED for r in self.criteria)
