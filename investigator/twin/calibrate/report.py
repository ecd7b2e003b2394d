"""What is told of a calibration as the canonical JSON of the package, four significant digits."""

import json
from typing import Any

from investigator.twin.calibrate.assess import AssessedFit, AssessedResponse, Assessment
from investigator.twin.calibrate.holdout import FOLDS
from investigator.twin.calibrate.identifiability import Identified, Verdict


def calibration_json(assessment: Assessment) -> str:
    """What was estimated from what, how well the forms fit, and what the data do not determine."""
    document = {
        "seed": assessment.seed,
        "folds": FOLDS,
        **{
            key: [p.name for p in assessment.parameters(verdict)]
            for key, verdict in (
                ("not_determined", Verdict.UNDETERMINED),
                ("weakly_determined", Verdict.WEAK),
                ("not_told_from_zero", Verdict.NO_EFFECT),
            )
        },
        "fits": [_fit(fit) for fit in assessment.fits],
    }
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _fit(fit: AssessedFit) -> dict[str, Any]:
    return {
        "responses": [_response(response) for response in fit.responses],
        "collinearity_index": _digits(fit.identifiability.collinearity),
        "exchanged": {n: _digits(loading) for n, loading in fit.identifiability.exchanged},
        "parameters": [_parameter(p) for p in fit.identifiability.parameters],
    }


def _response(assessed: AssessedResponse) -> dict[str, Any]:
    fit, found = assessed.report, assessed.diagnostics
    lack = found.lack_of_fit
    return {
        "experiment": fit.experiment,
        "response": fit.response,
        "n": fit.n,
        "unit": fit.unit,
        "residual_sd": _digits(fit.residual_sd),
        "held_out_sd": _digits(found.held_out_sd),
        "r_squared": _share(fit.r_squared),
        "normality_p": _share(found.normality_p),
        "lag1": _share(found.lag1),
        "lag1_p": _share(found.lag1_p),
        "spread_rank": _share(found.spread_rank),
        "spread_p": _share(found.spread_p),
        "lack_of_fit": None
        if lack is None
        else {"f": _digits(lack.f), "df": [lack.between, lack.within], "p": _share(lack.p)},
        "outliers": list(found.outliers),
        "influential": list(found.influential),
        "note": fit.note,
    }


def _parameter(found: Identified) -> dict[str, Any]:
    interval = found.profile
    return {
        "name": found.name,
        "relative_sd": _digits(found.relative_sd),
        "profile95": None if interval is None else [_digits(interval.low), _digits(interval.high)],
        "verdict": str(found.verdict),
    }


def _digits(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def _share(value: float | None) -> float | None:
    """To four places: p-values and correlations."""
    return None if value is None else round(value, 4) + 0.0
