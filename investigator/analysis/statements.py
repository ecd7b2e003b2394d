"""The ranking in words: why each hypothesis stands or falls, with its numbers.

- Every sentence names channels, sizes and sigmas that were computed; none is a stock phrase.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from investigator.analysis.comparison import CHANNELS, Comparison, left_over
from investigator.analysis.contradicted import effect_of
from investigator.analysis.fitting import Fit, as_background, no_background, with_rare_stop
from investigator.analysis.hypotheses import Hypotheses, Searches
from investigator.analysis.posterior import Posterior
from investigator.analysis.preference import chosen_model
from investigator.analysis.size_uncertainty import LEAST_SHARE, sizes_sd
from investigator.analysis.unexplained import best_changes
from investigator.analysis.views import course, read_from, title_read
from investigator.analysis.window_intervals import window_estimate
from investigator.analysis.windows import nothing_would_show
from investigator.domain.instant import Span
from investigator.domain.ranking import (
    NO_CAUSE,
    WORTH_SAYING,
    Contradiction,
    HypothesisAssessment,
    Interval,
    NamedSize,
)
from investigator.twin.channels import BY_ID, GRID_S
from investigator.twin.failure_mode import TIMED, FailureMode
from investigator.twin.record import Array

SUPPORT = 2.0
CONTRADICTION = 3.0
UNJUDGED = "Cannot be judged in this run: nothing that it is looked for in was measured."
IMPOSSIBLE = (
    "Not possible in this run: the evidence holds no occasion for it (no such lot change, stop, "
    "refill or rejection)."
)


def assessments(
    c: Comparison,
    modes: tuple[FailureMode, ...],
    hypotheses: Hypotheses,
    believed: Posterior,
    searches: Searches,
) -> tuple[HypothesisAssessment, ...]:
    """Every failure mode with its fate, most probable first."""
    rows = []
    for mode in modes:
        fit, behind = _fit_of(mode.cause, hypotheses, believed)
        probability = min(max(believed.causes.get(mode.cause, 0.0), 0.0), 1.0)
        told = _assessment(c, mode, fit, behind, probability, searches)
        alone = hypotheses.scores.get((mode.cause,), 0.0)
        rows.append(replace(told, log_bayes_factor=alone))
    return tuple(sorted(rows, key=lambda a: (-a.probability, a.cause)))


def cannot_be_judged(c: Comparison, fit: Fit) -> bool:
    """Whether a mode shows in nothing that was measured, for want of what it is looked for in."""
    return nothing_would_show(fit.mode, c) and not fit.gains.any()


def _fit_of(
    cause: str, hypotheses: Hypotheses, believed: Posterior
) -> tuple[Fit | None, Fit | None]:
    """The fit of a cause in the most probable model that it is part of, and what it is behind."""
    model = chosen_model(cause, hypotheses, believed)
    if model is None:
        return None, None
    fits, place = hypotheses.fits[model], model.index(cause)
    return fits[place], fits[place - 1] if place else None


def _assessment(
    c: Comparison,
    mode: FailureMode,
    fit: Fit | None,
    behind: Fit | None,
    probability: float,
    searches: Searches,
) -> HypothesisAssessment:
    assessment = HypothesisAssessment(
        cause=mode.cause,
        title=mode.title,
        category=mode.category,
        probability=probability,
        onset_ms=None,
        end_ms=None,
        onset_interval=None,
        magnitude=None,
        magnitude_unit=mode.magnitudes[0].unit,
        log_bayes_factor=0.0,
        why="",
        supports=(),
        contradictions=(),
        confirm_by=mode.confirm_by,
    )
    if fit is None or cannot_be_judged(c, fit):
        return replace(assessment, why=UNJUDGED if fit else IMPOSSIBLE)
    begin = max(fit.window.onset_ms, c.record.span.start_ms)
    end = min(fit.window.end_ms, c.record.span.end_ms)
    supports = _supports(c, fit)
    fitted = replace(
        assessment,
        onset_ms=begin,
        end_ms=max(end, begin),
        time_shape=fit.mode.shape.value,
        time_constant_s=fit.window.tau_s if fit.mode.shape in TIMED else 0.0,
        why=_why(c, fit, behind, supports),
        supports=supports,
    )
    if probability < WORTH_SAYING:
        return _with_sizes(fitted, fit, np.array(fit.sizes_sd))
    beside = no_background(c) if behind is None else as_background(behind, c)
    window = window_estimate(c, fit, beside)
    return replace(
        _with_sizes(fitted, fit, sizes_sd(c, fit, beside)),
        onset_interval=window.onset_interval,
        end_interval=window.end_interval,
        ends_open=window.ends_open,
        duration_s=window.duration_s,
        contradictions=_contradictions(c, fit, searches),
    )


def _with_sizes(assessment: HypothesisAssessment, fit: Fit, sds: Array) -> HypothesisAssessment:
    """All sizes with their intervals, none surer than by a share of it."""
    sizes = tuple(_sizes(fit, np.maximum(sds, LEAST_SHARE * np.abs(fit.sizes))))
    return replace(assessment, magnitude=sizes[0].size, sizes=sizes)


def _sizes(fit: Fit, sds: Array) -> Iterator[NamedSize]:
    for magnitude, size, sd in zip(fit.mode.magnitudes, fit.sizes, sds, strict=True):
        reach = 1.96 * float(sd)
        # A size of one sign is nowhere on the other side.
        low = max(size - reach, 0.0) if magnitude.sign > 0 else size - reach
        high = min(size + reach, 0.0) if magnitude.sign < 0 else size + reach
        yield NamedSize(magnitude.name, magnitude.unit, Interval(size, low, high))


def _supports(c: Comparison, fit: Fit) -> tuple[str, ...]:
    order = np.argsort(-fit.gains, kind="stable")
    return tuple(
        f"{_title(c, i)} (log likelihood +{fit.gains[i]:.0f})"
        for i in order[:6]
        if fit.gains[i] > SUPPORT
    )


def _why(c: Comparison, fit: Fit, behind: Fit | None, supports: tuple[str, ...]) -> str:
    magnitude = fit.mode.magnitudes[0]
    size = f"{magnitude.name} {fit.sizes[0]:.3g} {magnitude.unit}".rstrip(" -")
    against = [
        _title(c, i) for i in np.argsort(fit.gains, kind="stable")[:2] if fit.gains[i] < -SUPPORT
    ]
    words = f"Best with {size}: "
    if supports:
        words += "it explains " + ", ".join(s.split(" (")[0] for s in supports[:3])
    else:
        without = f"{behind.mode.title} alone" if behind else "the undisturbed line"
        words += f"it explains no channel better than {without}"
    if against:
        words += "; it speaks against " + " and ".join(against)
    over = f"{behind.mode.title} alone" if behind else NO_CAUSE
    return f"{words} (log evidence {fit.score:+.1f} over {over})."


def _contradictions(c: Comparison, fit: Fit, searches: Searches) -> tuple[Contradiction, ...]:
    """Changes that stay in a channel under the hypothesis and what it is behind, worst first."""
    rows: list[Contradiction] = []
    left = left_over(c, fit.added)
    changes = [best_changes(searches.of(i), left.of(i)) for i in range(len(CHANNELS))]
    gains = with_rare_stop(c, np.array([found[0].gain if found else 0.0 for found in changes]))
    for i, (channel, found) in enumerate(zip(CHANNELS, changes, strict=True)):
        if not found or gains[i] < c.usual_gains[i] + CONTRADICTION:
            continue
        measured, undisturbed, noise, times = course(c, channel, c.null)
        expected = undisturbed + effect_of(c, channel, fit.added)
        begin, end = found[0].begin, max(found[0].end, found[0].begin + 1)
        chosen = slice(begin, end)
        known = np.isfinite(measured[chosen]) & np.isfinite(expected[chosen])
        if not known.any():
            continue
        half = int(GRID_S * 500)
        unit = BY_ID[channel]
        inside = times[chosen][known]
        title, origin = read_from(c.record.named, unit, undisturbed + noise[0])
        rows.append(
            Contradiction(
                channel=title,
                span=Span(int(inside[0]) - half, int(inside[-1]) + half),
                predicted=float(expected[chosen][known].mean() + noise[0] - origin) * unit.to_unit,
                measured=float(measured[chosen][known].mean() - origin) * unit.to_unit,
                unit=unit.unit,
                sigma=float(np.sqrt(2.0 * gains[i])),
            )
        )
    return tuple(sorted(rows, key=lambda r: (-r.sigma, r.channel))[:6])


def unexplained_spans(
    c: Comparison, hypotheses: Hypotheses, searches: Searches
) -> tuple[Span, ...]:
    """When the undisturbed line leaves most unexplained, loudest channels first, at most three."""
    excess = hypotheses.unexplained[()] - c.usual_gains
    spans = []
    left = left_over(c, no_background(c).added)
    for i in np.argsort(-excess, kind="stable")[:3]:
        if excess[i] < CONTRADICTION:
            break
        _, _, _, times = course(c, CHANNELS[i], c.null)
        for change in best_changes(searches.of(i), left.of(i), 1):
            begin = int(times[min(change.begin, times.size - 1)])
            end = int(times[min(max(change.end, change.begin + 1), times.size - 1)])
            spans.append(Span(begin - 60_000, max(end, begin) + 600_000))
    return tuple(spans)


def loudest_channel(c: Comparison, hypotheses: Hypotheses) -> str:
    """Title of the channel that the undisturbed line explains worst."""
    excess = hypotheses.unexplained[()] - c.usual_gains
    return _title(c, int(np.argmax(excess)))


def _title(c: Comparison, row: int) -> str:
    return title_read(c.record.named, BY_ID[CHANNELS[row]])
