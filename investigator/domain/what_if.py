"""What a run of a scenario came to, beside the data; apart, since it needs arrays."""

from dataclasses import dataclass

from investigator.domain.instant import Span
from investigator.domain.panel import Curve
from investigator.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a scenario comes to beside the data.

    Attributes:
        scenario: as it was asked for.
        curves: predicted, by channel; labels as the panels of the replay. They and all numbers are
            of the fitted scenario where there is one.
        gains: log likelihood gained over the undisturbed line by channel title, largest first.
        log_evidence: over no assignable cause, on the scale of the ranking.
        fitted: the scenario with its sizes as fitted to the evidence; None where none was asked
            for.
        probability: that it would have in the ranking, were it among the hypotheses; None where
            there is no ranking.
        run: digest of the run of the twin.
        affected: from the first onset to the last end; the run where a part holds throughout.
        sizes_sd: standard uncertainties of the fitted sizes, part by part; empty without a fit.
    """

    scenario: Scenario
    curves: tuple[Curve, ...]
    gains: tuple[tuple[str, float], ...]
    log_evidence: float
    fitted: Scenario | None
    probability: float | None
    run: str
    affected: Span | None = None
    sizes_sd: tuple[tuple[float, ...], ...] = ()
