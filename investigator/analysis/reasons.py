"""What sets each hypothesis apart from the leading one: how strongly, and what rejects it."""

from collections.abc import Mapping
from dataclasses import replace

from investigator.analysis.posterior import UNLISTED
from investigator.analysis.preference import NOTHING
from investigator.domain.evidence_strength import preference
from investigator.domain.ranking import (
    NO_CAUSE,
    NONE_OF_THESE,
    Elimination,
    HypothesisAssessment,
)


def with_reasons(
    assessed: tuple[HypothesisAssessment, ...],
    twice_ln_b: Mapping[str, float],
    rejected: Mapping[str, Elimination],
    *,
    leading: str,
) -> tuple[HypothesisAssessment, ...]:
    """The assessments with strength and elimination filled in, in their order.

    Args:
        assessed: as the ranking has them.
        twice_ln_b: of the leading hypothesis against each, as `preferences` gives it.
        rejected: what rejects each, as `eliminations` gives it.
        leading: as `leading_hypothesis` names it.
    """
    titles = {h.cause: h.title for h in assessed}
    preferred = {**titles, UNLISTED: NONE_OF_THESE, NOTHING: NO_CAUSE}[leading]
    return tuple(
        replace(
            h,
            strength=preference(twice_ln_b[h.cause], preferred=preferred)
            if h.cause in twice_ln_b
            else "",
            elimination=rejected.get(h.cause),
        )
        for h in assessed
    )
