"""Everything that is told of a calibration beside its estimates, gathered fit by fit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.twin.calibrate.diagnostics import Diagnostics, diagnose
from investigator.twin.calibrate.fit import Calibration, Estimate, FitReport, Response
from investigator.twin.calibrate.holdout import held_out
from investigator.twin.calibrate.identifiability import (
    Identifiability,
    Identified,
    Verdict,
    identifiability,
)


@dataclass(frozen=True, slots=True)
class AssessedResponse:
    """How well the form fits a response, and what its residuals say."""

    report: FitReport
    diagnostics: Diagnostics


@dataclass(frozen=True, slots=True)
class AssessedFit:
    """One fit: its responses, and what its data determine."""

    responses: tuple[AssessedResponse, ...]
    identifiability: Identifiability


@dataclass(frozen=True, slots=True)
class Assessment:
    """All fits of a calibration; `seed` dealt the rows into the folds of the hold-out."""

    fits: tuple[AssessedFit, ...]
    seed: int

    @property
    def responses(self) -> tuple[AssessedResponse, ...]:
        """The responses of all fits."""
        return tuple(response for fit in self.fits for response in fit.responses)

    def parameters(self, verdict: Verdict) -> tuple[Identified, ...]:
        """The parameters of this verdict, in order of estimation."""
        return tuple(
            p for fit in self.fits for p in fit.identifiability.parameters if p.verdict == verdict
        )


def assess(calibrations: Sequence[Calibration], seed: int) -> Assessment:
    """Diagnostics, hold-out and identifiability of all fits."""
    fits = ((c.fit, c.responses) for c in calibrations)
    return Assessment(tuple(_assessed(f, r, seed) for f, r in fits if f is not None), seed)


def _assessed(fit: Estimate, responses: tuple[Response, ...], seed: int) -> AssessedFit:
    together = np.empty(fit.residuals.size, dtype=object)
    for response in responses:
        together[response.part] = response.together
    missed = held_out(fit, [str(label) for label in together], seed)
    assessed = tuple(AssessedResponse(r.report, diagnose(fit, r, missed)) for r in responses)
    return AssessedFit(assessed, identifiability(fit))
