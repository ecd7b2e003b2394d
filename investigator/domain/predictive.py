"""Whether the leading hypothesis is borne out by the data, in one sentence."""

from investigator.domain.quantities import fixed
from investigator.domain.ranking import NO_CAUSE, PredictiveCheck, Ranking

BORNE_OUT = 0.05
"""From this p-value on the data bear the model out."""


def borne_out(ranking: Ranking) -> str:
    """The sentence that stands beside "none of these"; empty where there was no such check."""
    check = ranking.predictive
    if check is None:
        return ""
    leading = _model(ranking, check)
    if check.p_value >= BORNE_OUT:
        return (
            f"The data bear this out: where {leading}, as much is left unexplained in "
            f"{_share(check)} of simulated batches."
        )
    return (
        f"The data do not bear this out: where {leading}, as much as here is left unexplained in "
        f"only {_share(check)} of simulated batches; most is left in {check.channel}. Something "
        "else may be at work as well, or the twin does not hold there."
    )


def _model(ranking: Ranking, check: PredictiveCheck) -> str:
    titles = {h.cause: h.title for h in ranking.hypotheses}
    if not check.model:
        return f"there is {NO_CAUSE}"
    names = " and ".join(titles.get(cause, cause) for cause in check.model)
    return f"{names} {'is' if len(check.model) == 1 else 'are'} at work"


def _share(check: PredictiveCheck) -> str:
    return f"{fixed(100.0 * check.p_value, 1)} %"
