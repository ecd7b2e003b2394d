"""A hypothesis against the evidence: the fit over the data, what speaks for and against it."""

from dataclasses import dataclass

import numpy as np

from investigator.desktop.plots.content import Curve, Floats, MarkedInstant, Plot
from investigator.desktop.view_models.alarms_told import alarms_told, done_around
from investigator.desktop.view_models.hypotheses import HypothesisRow, minus_signs
from investigator.desktop.view_models.replay import plot_of
from investigator.domain.departures import departures, residuals
from investigator.domain.elimination import told_apart
from investigator.domain.instant import Span, to_datetime
from investigator.domain.panel import Panel
from investigator.domain.quantities import (
    fixed,
    probability,
    side_by_side,
)
from investigator.domain.ranking import (
    NO_CAUSE,
    WORTH_SAYING,
    Contradiction,
    HypothesisAssessment,
)
from investigator.domain.results import RankingResult, ReplayResult

MOST = 6
_FITTED = "this cause"
_NOT_RANKED = "It is not ranked, so nothing was worked out for or against it."


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """A channel that speaks against the hypothesis; texts as they are to be read."""

    channel: str
    when: str
    predicted: str
    measured: str
    sigma: str
    contradiction: Contradiction

    @property
    def words(self) -> str:
        """When, what was predicted and what was measured."""
        return f"{self.when}: predicted {self.predicted}, measured {self.measured}"


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A hypothesis over the data.

    `plots`: the channels that it changes most, loudest first. `without`: why there are none; empty
    where there are. `against`: worst first. `supports`: best first. `none_against`, `none_for`:
    what is said where they are empty. `onset`: as estimated. `alarms`: what alarms and operators
    say of it; `around`: what was done around that time.
    """

    plots: tuple[Plot, ...]
    without: str
    against: tuple[AgainstRow, ...]
    supports: tuple[str, ...]
    none_against: str
    none_for: str
    confirm_by: str
    onset: MarkedInstant | None
    alarms: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


def fit_of(
    row: HypothesisRow, replay: ReplayResult | None, ranking: RankingResult | None, zone: str
) -> Fit:
    """The fit of a row of the list."""
    assessed = row.assessed
    plots = _plots(row, replay, ranking)
    return Fit(
        plots=plots,
        without="" if plots else _without(row, replay, ranking),
        against=tuple(_against(c, zone) for c in _speaking_against(assessed)),
        supports=tuple(map(minus_signs, assessed.supports)) if assessed else (),
        none_against=_none_against(row, zone),
        none_for=_none_for(row),
        confirm_by=minus_signs(assessed.confirm_by) if assessed else "",
        onset=_onset(assessed),
        alarms=alarms_told(assessed, zone),
        around=done_around(assessed, ranking.ranking if ranking else None, zone),
    )


def _plots(
    row: HypothesisRow, replay: ReplayResult | None, ranking: RankingResult | None
) -> tuple[Plot, ...]:
    if replay is None or ranking is None:
        return ()
    if row.key == NO_CAUSE:
        left = [d.panel for d in departures(replay.panels) if d.left_ms is not None]
        return tuple(plot_of(panel) for panel in left[:MOST])
    fit = next((f for f in ranking.fits if f.cause == row.key), None)
    if fit is None:
        return ()
    curves = {curve.label: curve for curve in fit.curves}
    fitted = [(p, curves[p.title].value) for p in replay.panels if p.title in curves]
    loudest = sorted(fitted, key=lambda pair: -loudness(*pair))
    rejecting = _rejecting(row)
    first = sorted(loudest, key=lambda pair: pair[0].title != rejecting)
    return tuple(_fitted_plot(panel, value) for panel, value in first[:MOST])


def _rejecting(row: HypothesisRow) -> str:
    """The channel that rejects a hypothesis; empty where none does."""
    found = row.assessed.elimination if row.assessed else None
    return found.channel if found else ""


def loudness(panel: Panel, fitted: Floats) -> float:
    """By how much the sum of squared residuals changes under the hypothesis, in sigma squared."""
    before, after = residuals(panel), residuals(panel, fitted)
    change = before**2 - after**2
    return abs(float(change[np.isfinite(change)].sum()))


def _fitted_plot(panel: Panel, value: Floats) -> Plot:
    return plot_of(panel, fitted=Curve(_FITTED, panel.predicted.t_ms, value, colour=1))


def _without(row: HypothesisRow, replay: ReplayResult | None, ranking: RankingResult | None) -> str:
    if replay is None:
        return "Replay the batch; the fit is then drawn over it."
    if ranking is None:
        return "Rank the hypotheses; each is then fitted through the twin."
    if row.key == NO_CAUSE:
        return "No signal left the band of the twin."
    if row.category is None:
        return "There is no fit: the twin knows no cause that does this."
    if row.assessed is None:
        return "There is no fit: the twin has no failure mode for this cause."
    return f"There is no fit. {row.why}"


def _speaking_against(assessed: HypothesisAssessment | None) -> tuple[Contradiction, ...]:
    """What stays unexplained, worst first; of a rejected hypothesis what rejects it."""
    if assessed is None:
        return ()
    found = assessed.elimination
    if found is None:
        return assessed.contradictions
    worst = Contradiction(
        found.channel,
        found.span,
        found.predicted,
        found.measured,
        found.unit,
        found.implausibility,
    )
    return (worst, *assessed.contradictions)


def _none_against(row: HypothesisRow, zone: str) -> str:
    if row.assessed is None:
        return _of_no_cause(row)
    if row.assessed.probability < WORTH_SAYING:
        least = probability(WORTH_SAYING)
        said = told_apart(row.assessed, zone)
        return said or f"Contradictions are worked out one by one from {least} on. {row.why}"
    return "No channel speaks against it beyond what the twin can be off."


def _of_no_cause(row: HypothesisRow) -> str:
    """Outcomes that are no cause have a probability, but no channel of their own."""
    return _NOT_RANKED if row.probability is None else row.why


def _none_for(row: HypothesisRow) -> str:
    if row.assessed is None:
        return _of_no_cause(row)
    if row.assessed.magnitude is None:
        return row.why
    return "It explains no channel better than the undisturbed line."


def _against(found: Contradiction, zone: str) -> AgainstRow:
    unit = "" if found.unit == "-" else f" {found.unit}"
    start, end = (
        to_datetime(t, zone).strftime("%H:%M") for t in (found.span.start_ms, found.span.end_ms)
    )
    predicted, measured = side_by_side(found.predicted, found.measured)
    return AgainstRow(
        channel=found.channel,
        when=f"{start}–{end}",
        predicted=f"{predicted}{unit}",
        measured=f"{measured}{unit}",
        sigma=f"{fixed(found.sigma, 1)}",
        contradiction=found,
    )


def _onset(assessed: HypothesisAssessment | None) -> MarkedInstant | None:
    if assessed is None or assessed.onset_ms is None:
        return None
    onset, interval = (
        assessed.onset_ms,
        assessed.onset_interval or Span(assessed.onset_ms, assessed.onset_ms),
    )
    return MarkedInstant(onset, interval.start_ms, interval.end_ms, "onset")
