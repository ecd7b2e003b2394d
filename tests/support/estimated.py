"""A hypothesis with intervals of everything that was estimated of it."""

from dataclasses import replace

from investigator.domain.ranking import HypothesisAssessment, Interval, NamedSize
from support.dossiers import a_hypothesis, a_span

SIZES = (
    NamedSize("over-feed", "%", Interval(-12.5, -14.0, -11.0)),
    NamedSize("lag", "s", Interval(7.0, 2.0, 12.0)),
)


def an_estimated(cause: str, probability: float = 0.93) -> HypothesisAssessment:
    """At work from 10:12 to 10:30, for some 18 min, with two sizes."""
    return replace(
        a_hypothesis(cause, probability),
        end_interval=a_span(28, 34),
        duration_s=Interval(1080.0, 940.0, 1330.0),
        sizes=SIZES,
    )
