"""Whether the leading hypothesis is borne out by the data, in one sentence."""

from investigator.domain.quantities import fixed, probability
from investigator.domain.ranking import NO_CAUSE, PredictiveCheck, Ranking

BORNE_OUT = 0.05
"""From this p-value on the data bear the model out."""
MOSTLY = 0.8
"""From this explained share on a model that is not exact is still borne out on the whole."""


def borne_out(ranking: Ranking) -> str:
    """The sentence that stands beside "none of these"; empty where there was no such check."""
    check = ranking.predictive
    if check is None:
        return ""
    leading, share = _model(ranking, check), f"{fixed(100.0 * check.p_value, 1)} %"
    if not check.model and _none_of_these_leads(ranking):
        return _beside_none_of_these(check, share)
    if check.p_value >= BORNE_OUT:
        return (
            f"The data bear this out: where {leading}, as much is left unexplained in {share} of "
            "simulated batches."
        )
    rest = (
        f"as much as here is left unexplained in only {share} of simulated batches; most is left "
        f"in {check.channel}"
    )
    if check.explained is None:
        return f"The data do not bear this out: where {leading}, {rest}."
    much = f"{probability(check.explained)} of what departs from normal batches is explained"
    if check.explained >= MOSTLY:
        return (
            f"The data bear this out but not in everything: where {leading}, {much}, but {rest}. "
            "Something smaller may be at work as well, or the twin is not exact there."
        )
    return (
        f"The data do not bear this out: where {leading}, only {much}, and {rest}. Something else "
        "may be at work as well."
    )


def _none_of_these_leads(ranking: Ranking) -> bool:
    rest = [ranking.no_deviation, *(h.probability for h in ranking.hypotheses)]
    return ranking.none_of_the_above > max(rest)


def _beside_none_of_these(check: PredictiveCheck, share: str) -> str:
    """What is checked there is the run without any cause: "none of these" predicts nothing."""
    where = f"where there is {NO_CAUSE}, as much as here is left unexplained in"
    if check.p_value >= BORNE_OUT:
        return f"The data do not ask for a cause: {where} {share} of simulated batches."
    return (
        f"The data ask for a cause: {where} only {share} of simulated batches; most is left in "
        f"{check.channel}."
    )


def _model(ranking: Ranking, check: PredictiveCheck) -> str:
    titles = {h.cause: h.title for h in ranking.hypotheses}
    if not check.model:
        return f"there is {NO_CAUSE}"
    names = " and ".join(titles.get(cause, cause) for cause in check.model)
    return f"{names} {'is' if len(check.model) == 1 else 'are'} at work"
