"""Laboratory results, one value a row, with limits as reported."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabResult:
    """One reported value. `container_id` is empty for raw material and batch results.

    `result` is in `unit`; limits are None where there is none. `analysed` is the text of the
    laboratory system (date, or date and hour, without zone): it orders runs, it places nothing.
    """

    sample_id: str
    batch_id: str
    container_id: str
    stage: str
    test: str
    replicate: int
    result: float
    unit: str
    spec_low: float | None
    spec_high: float | None
    evaluation: str
    analyst: str
    instrument: str
    run_id: str
    analysed: str
    material_lot: str
