"""What rejects an improbable hypothesis: the channels that are implausible under it.

Under the best fit of the cause alone, the largest change that is left in a channel is looked for.
Over its span, with m the shift of the run and e that of the prediction from the undisturbed line,
both by generalised least squares,

    I^2 = (m - e)^2 / (k V + (DISCREPANCY m)^2 + (DOUBT e)^2 + (e sd / size)^2)

- V: variance of a shift over that span under the noise model of the channel, which holds what is
  correlated in time: level of the batch, slow wander, autoregression, white noise.
- k: so that the largest change that the same search finds in normal batches stands at I = 3; it
  pays for the search over all spans, and is 1 at least.
- DISCREPANCY m, DOUBT e: what the twin is not believed beyond, of the excursion and of its own
  prediction. sd / size: uncertainty of the fitted size.

A channel counts where I > 3 and, with a listed cause or "no assignable cause" leading, where the
leading hypothesis itself is plausible. Two channels reject a hypothesis, one does not: the second
largest implausibility is robust to one bad channel.

Means over the span tell the sentence. Where what is contradicted lies before the span (a prediction
that rose, did not come, and went back), they show nothing of it: another channel is told first.

Source: history matching, Craig et al. (1997), Vernon, Goldstein and Bower (2010, Bayesian Analysis
5, 619-670); the three sigma rule, Pukelsheim (1994, Am. Stat. 48, 88-91).
"""

from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import CHANNELS, DOUBT, Comparison, Innovations, left_over
from investigator.analysis.contradicted import effect_of
from investigator.analysis.fitting import DISCREPANCY, Fit, no_background
from investigator.analysis.hypotheses import Hypotheses, Searches
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.analysis.preference import leading_hypothesis
from investigator.analysis.statements import cannot_be_judged
from investigator.analysis.unexplained import Change, ChangeSearch, best_changes
from investigator.analysis.views import course, leading_model, read_from, title_read
from investigator.domain.elimination import IMPLAUSIBLE
from investigator.domain.instant import Span
from investigator.domain.ranking import WORTH_SAYING, Elimination
from investigator.twin.channels import BY_ID, GRID_S
from investigator.twin.record import Array

SHOWN = 0.5
"""Share of a contradiction that means over its span show, for a sentence to rest on them."""


@dataclass(frozen=True, slots=True)
class _Implausible:
    """A channel, by its place, that is implausible under a hypothesis over a change of it.

    `apart`: between the shift of the run and that of the prediction, in the unit of the channel.
    """

    row: int
    change: Change
    implausibility: float
    apart: float


@dataclass(frozen=True, slots=True)
class _Leader:
    """The leading hypothesis: what it adds, None for "none of these"; titles of its causes."""

    added: Innovations | None
    title: str


def eliminations(
    c: Comparison, hypotheses: Hypotheses, searches: Searches, believed: Posterior
) -> dict[str, Elimination]:
    """What rejects the causes below `WORTH_SAYING`, by cause; the others are retained.

    So is one that nothing measured would show: what was not measured refutes nothing.
    """
    leader = _leader(c, hypotheses, believed)
    found = {}
    for model in sorted(m for m in hypotheses.fits if len(m) == 1):
        if believed.causes.get(model[0], 0.0) >= WORTH_SAYING:
            continue
        (fit,) = hypotheses.fits[model]
        if cannot_be_judged(c, fit):
            continue
        worst = _implausible(c, fit, hypotheses.unexplained[model], searches, leader)
        if len(worst) >= 2:
            found[model[0]] = _told(c, fit, worst, leader)
    return found


def _leader(c: Comparison, hypotheses: Hypotheses, believed: Posterior) -> _Leader:
    if leading_hypothesis(believed) == UNLISTED:
        return _Leader(None, "")
    model = leading_model(hypotheses, believed)
    if not model:
        return _Leader(no_background(c).added, "")
    fits = hypotheses.fits[model]
    return _Leader(fits[-1].added, " with ".join(fit.mode.title for fit in fits))


def _implausible(
    c: Comparison, fit: Fit, unexplained: Array, searches: Searches, leader: _Leader
) -> list[_Implausible]:
    """Channels that speak against the fit and not against the leader, worst first."""
    left = left_over(c, fit.added)
    size = abs(fit.sizes[0])
    # A size of nought has no effect that could be doubted.
    doubt = fit.sizes_sd[0] / size if size > 0.0 else 0.0
    rows = []
    for row in np.flatnonzero(unexplained > c.usual_gains):
        search = searches.of(int(row))
        found = best_changes(search, left.of(int(row)))
        if not found:
            continue
        much = implausibility(c, int(row), search, found[0], fit.added, size_doubt=doubt)
        if much <= IMPLAUSIBLE or not _explained(c, int(row), search, found[0], leader):
            continue
        measured, effect, _ = _shifts(c, int(row), search, found[0], fit.added)
        rows.append(_Implausible(int(row), found[0], much, abs(measured - effect)))
    return sorted(rows, key=lambda r: (-r.implausibility, r.row))


def _explained(
    c: Comparison, row: int, search: ChangeSearch, change: Change, leader: _Leader
) -> bool:
    if leader.added is None:
        return True
    return implausibility(c, row, search, change, leader.added, size_doubt=0.0) <= IMPLAUSIBLE


def implausibility(
    c: Comparison,
    row: int,
    search: ChangeSearch,
    change: Change,
    added: Innovations,
    *,
    size_doubt: float,
) -> float:
    """I of a channel over a change found in it, under a signature; see the head of the module.

    Args:
        c: the run.
        row: place of the channel in `CHANNELS`.
        search: prepared of that channel. change: the span.
        added: what the hypothesis adds to the undisturbed line.
        size_doubt: relative standard uncertainty of its size.
    """
    measured, effect, spread = _shifts(c, row, search, change, added)
    searched = max(1.0, 2.0 * float(c.usual_gains[row]) / IMPLAUSIBLE**2)
    variance = searched / spread + (DISCREPANCY * measured) ** 2
    variance += effect**2 * (DOUBT**2 + size_doubt**2)
    return abs(measured - effect) / float(np.sqrt(variance))


def _shifts(
    c: Comparison, row: int, search: ChangeSearch, change: Change, added: Innovations
) -> tuple[float, float, float]:
    """Shift of the run and of a signature over a change, and the precision of either."""
    step = _shift(search, change)
    spread = float((step * step).sum())
    measured = float((step * c.residual.of(row)).sum()) / spread
    return measured, float((step * added.of(row)).sum()) / spread, spread


def _shift(search: ChangeSearch, change: Change) -> Array:
    """Innovations of a unit shift over the span of a change, (n,)."""
    begin, end = change.begin // search.every, change.end // search.every
    if change.end >= search.steps.shape[1]:
        return np.asarray(search.steps[begin])
    return np.asarray(search.steps[begin] - search.steps[end])


def _told(c: Comparison, fit: Fit, worst: list[_Implausible], leader: _Leader) -> Elimination:
    """The channel that shows the contradiction best and the worst other one, as they are read."""
    first = next((found for found in worst if _read(c, fit, found).shows(found)), worst[0])
    second = next(found for found in worst if found is not first)
    channel, means = BY_ID[CHANNELS[first.row]], _read(c, fit, first)

    def told(value: float) -> float:
        return (value - means.origin) * channel.to_unit

    return Elimination(
        channel=means.title,
        span=means.span,
        predicted=told(means.predicted),
        measured=told(means.measured),
        undisturbed=told(means.undisturbed),
        unit=channel.unit,
        implausibility=first.implausibility,
        second=second.implausibility,
        second_channel=title_read(c.record.named, BY_ID[CHANNELS[second.row]]),
        explained_by=leader.title,
    )


@dataclass(frozen=True, slots=True)
class _Means:
    """Means over the span of a change in the unit of the channel, and from where they are read."""

    title: str
    origin: float
    span: Span
    predicted: float
    measured: float
    undisturbed: float

    def shows(self, found: _Implausible) -> bool:
        """Whether the means are apart by most of what makes the channel implausible."""
        return abs(self.measured - self.predicted) >= SHOWN * found.apart


def _read(c: Comparison, fit: Fit, found: _Implausible) -> _Means:
    channel = BY_ID[CHANNELS[found.row]]
    measured, undisturbed, noise, times = course(c, channel.channel, c.null)
    usual = undisturbed + float(noise[0])
    title, origin = read_from(c.record.named, channel, usual[np.isfinite(measured)])
    inside = slice(found.change.begin, max(found.change.end, found.change.begin + 1))
    known = np.isfinite(measured[inside]) & np.isfinite(undisturbed[inside])
    effect = effect_of(c, channel.channel, fit.added)
    predicted, got, null = (
        float(values[inside][known].mean()) for values in (usual + effect, measured, usual)
    )
    seen, half = times[inside][known], int(GRID_S * 500)
    span = Span(int(seen[0]) - half, int(seen[-1]) + half)
    return _Means(title, origin, span, predicted, got, null)
