"""Control limits that normal batches set, each left out of the model in turn.

- A limit is what 99 % of the windows of all left-out batches stay below. Windows follow one upon
  the other and batches differ, so theoretical limits alarm too often.
- How often it alarms falsely is measured the same way: a batch against a model without it and the
  limits that the other batches set.
- They are kept with the model and read strictly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.analysis.multivariate.kept_model import impossible, rounded
from investigator.analysis.multivariate.monitoring import Statistics, empirical_limit
from investigator.analysis.multivariate.pca import Array
from investigator.analysis.multivariate.runs import runs_beyond
from investigator.domain.multivariate import Statistic

CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit of a statistic and how often it alarms falsely.

    `false_alarm_rate`: share of windows of left-out batches beyond. `false_alarm_batches`: left-out
    batches with a span out of control.
    """

    value: float
    theoretical: float
    false_alarm_rate: float
    false_alarm_batches: int


def limits_of(
    left_out: Sequence[Statistics], theoretical: Mapping[Statistic, float]
) -> dict[str, Any]:
    """The limits as they are kept.

    Args:
        left_out: T2 and SPE of each batch against the model of the others.
        theoretical: limit of independent normal rows, of each statistic.
    """
    return {
        str(statistic): _limit([getattr(s, statistic.lower()) for s in left_out], of_theory)
        for statistic, of_theory in theoretical.items()
    }


def _limit(values: Sequence[Array], theoretical: float) -> dict[str, float]:
    beyond, batches = 0, 0
    for place, own in enumerate(values):
        others = np.concatenate([v for i, v in enumerate(values) if i != place])
        limit = empirical_limit(others, CONFIDENCE)
        beyond += int((own > limit).sum())
        batches += bool(runs_beyond(own, limit))
    together = np.concatenate(values)
    return {
        "value": rounded(empirical_limit(together, CONFIDENCE)),
        "theoretical": rounded(theoretical),
        "false_alarm_rate": rounded(beyond / together.size),
        "false_alarm_batches": batches,
    }


def fault_in_limits(document: Mapping[str, Any]) -> str | None:
    """What is wrong with the limits, the confidence or the batches of a kept model; None where
    nothing is.

    Raises:
        KeyError, TypeError, ValueError: something is missing or of another kind.
    """
    unlike = sorted(set(document["limits"]) - set(Statistic))
    if unlike:
        return f"has an unknown limit {unlike[0]}"
    told = [document["limits"][s] for s in Statistic]
    limits = [float(limit[name]) for limit in told for name in ("value", "theoretical")]
    rates = [float(limit["false_alarm_rate"]) for limit in told]
    batches, alarms = document["batches"], [limit["false_alarm_batches"] for limit in told]
    return impossible(
        {
            "batches": isinstance(batches, list) and bool(batches),
            "confidence": 0.0 < float(document["confidence"]) < 1.0,
            "limits": all(0.0 < limit < np.inf for limit in limits),
            "false alarms": all(0.0 <= rate <= 1.0 for rate in rates)
            and all(alarmed in range(len(batches) + 1) for alarmed in alarms),
        }
    )


def read_limits(document: Mapping[str, Any]) -> dict[Statistic, Limit]:
    """The limits of a kept model in which no fault was found."""
    return {
        s: Limit(
            value=float(found["value"]),
            theoretical=float(found["theoretical"]),
            false_alarm_rate=float(found["false_alarm_rate"]),
            false_alarm_batches=int(found["false_alarm_batches"]),
        )
        for s in Statistic
        for found in (document["limits"][s],)
    }
