"""Calibration of a twin at hand, and what the doors need to tell of it."""

from collections.abc import Callable

from investigator.casework.twins import folder_of
from investigator.twin.calibrate.assess import AssessedResponse
from investigator.twin.calibrate.identifiability import Identified, Verdict
from investigator.twin.calibrate.run import SEED, CalibrationReport, calibrate

__all__ = [
    "SEED",
    "AssessedResponse",
    "CalibrationReport",
    "Identified",
    "Verdict",
    "calibrate_twin",
]


def calibrate_twin(
    twin_id: str, *, progress: Callable[[str], None], seed: int = SEED
) -> CalibrationReport:
    """Estimate the parameters of a twin from its characterisation data and write them into it.

    `seed` deals rows into the folds of the hold-out figures; no estimate depends on it.

    Raises:
        UnusableRequest: there is no twin of that id.
        UnusableInput: its characterisation data cannot be used.
    """
    return calibrate(folder_of(twin_id), progress, seed=seed)
