"""Alarms and operator actions as evidence: bounded, they may raise a prior and carry nothing.

- Under a hypothesis an alarm is expected where the twin's prediction of its channel passes the
  limit, within the noise of the channel. It came if it stood in that time in the journal.
- Without the hypothesis it comes as often as in normal batches (Poisson). So an alarm that should
  have come and did not speaks against, one that came where none was expected speaks for nothing,
  and one that stood before it was expected could not come: nothing is said of it.
- A cause that is weighed behind another is told what it adds: an alarm that comes by the other one
  is no evidence for it.
- An action of an operator speaks of the causes that the line declares, from shortly before their
  onset on.
- All together add at most `MOST` to the log prior of a hypothesis, to either side: an alarm follows
  from signals that are weighed themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Fit
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import UNLISTED, Posterior, reweighted
from investigator.analysis.preference import chosen_model
from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.alarm_evidence import ExpectedAlarm, OperatorAction
from investigator.domain.batch import BatchRecord
from investigator.domain.instant import Span
from investigator.domain.ranking import HypothesisAssessment
from investigator.twin.alarm_rules import ActionRule, AlarmRule, AlarmRules, Side
from investigator.twin.channels import GRID_S, SERIES_INDEX
from investigator.twin.noise import lasting_variance
from investigator.twin.record import Array

MOST = 1.0
"""Bound of what alarms and actions together add to the log prior of a model, natural."""

STANDS = 0.95
"""Chance that an alarm whose limit is passed stands in the journal."""

EXPECTED = 0.05
"""An alarm that is less likely than this at every time is not expected."""

EARLY_MS = 120_000
BEFORE_ONSET_MS = 600_000

Model = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """What came: `standing`, when alarms stood, by tag and message; `written`, comments.

    `tags`: of all its entries; where none is named as the line names them, an alarm that is not in
    it is not known to be absent.
    """

    standing: Mapping[tuple[str, str], tuple[Span, ...]]
    written: tuple[OperatorAction, ...]
    tags: frozenset[str]


NOTHING_CAME = Journal({}, (), frozenset())


@dataclass(frozen=True, slots=True)
class Told:
    """What alarms and actions say of a model, worst and best first, and the bounded sum."""

    alarms: tuple[ExpectedAlarm, ...]
    actions: tuple[OperatorAction, ...]
    gain: float


def journal_of(alarms: Iterable[AlarmEvent], batch: BatchRecord, end_ms: int) -> Journal:
    """The alarm journal and the comments of a record, both on the historian's clock.

    Args:
        alarms: entries of the journal. batch: the record.
        end_ms: of the run; an alarm that did not return stood until then.
    """
    events = sorted(alarms, key=lambda a: (a.t_ms, a.alarm_id))
    returned = {a.alarm_id: a.t_ms for a in events if a.transition is AlarmTransition.RETURNED}
    standing: dict[tuple[str, str], list[Span]] = {}
    for event in events:
        if event.transition is AlarmTransition.ANNUNCIATED:
            end = max(returned.get(event.alarm_id, end_ms), event.t_ms + 1)
            standing.setdefault((event.tag, event.message), []).append(Span(event.t_ms, end))
    written = tuple(OperatorAction(c.t_ms, c.person_id, c.text) for c in batch.comments)
    stood = {key: tuple(spans) for key, spans in standing.items()}
    return Journal(stood, written, frozenset(event.tag for event in events))


def alarm_gains(
    journal: Journal, rules: AlarmRules, c: Comparison, hypotheses: Hypotheses
) -> dict[Model, Told]:
    """What alarms and actions say of every fitted model.

    Args:
        journal: what came. rules: the alarms and actions of the line.
        c: the run compared with the unperturbed twin.
        hypotheses: the fits; of a model it is told what the last of its modes adds to the others.
    """
    return {
        model: told_of(fits, journal, rules, c) for model, fits in hypotheses.fits.items() if fits
    }


def raised(believed: Posterior, told: Mapping[Model, Told]) -> Posterior:
    """The probabilities with the prior of every model raised or lowered by what came.

    Args:
        believed: by the signals. told: of every fitted model.
    """
    return reweighted(believed, {m: float(np.exp(_gain(m, told))) for m in believed.models})


def _gain(model: Model, told: Mapping[Model, Told]) -> float:
    """Of all its modes: each says what it adds to those before it; something unlisted, nothing."""
    fitted = tuple(cause for cause in model if cause != UNLISTED)
    parts = (told[fitted[: k + 1]].gain for k in range(len(fitted)) if fitted[: k + 1] in told)
    return float(np.clip(sum(parts), -MOST, MOST))


def with_told(
    assessed: Iterable[HypothesisAssessment],
    told: Mapping[Model, Told],
    hypotheses: Hypotheses,
    believed: Posterior,
) -> tuple[HypothesisAssessment, ...]:
    """The assessments, each with the alarms that it expects and the actions that speak of it."""

    def of(row: HypothesisAssessment) -> HypothesisAssessment:
        model = chosen_model(row.cause, hypotheses, believed) or ()
        found = told.get(model[: model.index(row.cause) + 1] if model else ())
        if found is None:
            return row
        return replace(row, alarms=found.alarms, actions=found.actions, told_gain=found.gain)

    return tuple(of(row) for row in assessed)


def told_of(fits: tuple[Fit, ...], journal: Journal, rules: AlarmRules, c: Comparison) -> Told:
    """What alarms and actions say of the last of the modes, which is fitted behind the others."""
    own, behind = fits[-1], fits[-2] if len(fits) > 1 else None
    alarms: list[ExpectedAlarm] = []
    if any(tag.startswith(rules.tags_begin) for tag in journal.tags):
        found = (_expected(alarm, own, behind, journal, rules, c) for alarm in rules.alarms)
        alarms = [told for told in found if told is not None]
    of_own = [rule for rule in rules.actions if _of_the_last(rule, fits)]
    actions = [
        told for rule in of_own for told in _spoken(rule, own, journal, rules.usual_chance(rule))
    ]
    silent = sum(
        np.log1p(-rule.chance)
        for rule in of_own
        if journal.written and not _done(rule, own, journal)
    )
    total = sum(a.gain for a in alarms) + sum(a.gain for a in actions) + float(silent)
    return Told(
        tuple(sorted(alarms, key=lambda a: (a.gain, a.expected.start_ms, a.alarm))),
        tuple(actions),
        MOST * float(np.tanh(total / MOST)),
    )


def _expected(
    alarm: AlarmRule,
    fit: Fit,
    behind: Fit | None,
    journal: Journal,
    rules: AlarmRules,
    c: Comparison,
) -> ExpectedAlarm | None:
    """The alarm under a hypothesis; None where it does not change whether the alarm comes."""
    row = SERIES_INDEX[alarm.channel]
    usual = c.null.series[row] + c.series_noise[row, 0]
    before = usual if behind is None else usual + behind.added.raw_series[row]
    sd, known = _sd(c.series_noise[row], alarm.mean_s), c.series_known[row]
    chance = _passed(usual + fit.added.raw_series[row], alarm, sd, known)
    without = _passed(before, alarm, sd, known)
    more = chance - without
    if more.max() < EXPECTED:
        return None
    when = np.flatnonzero(more >= 0.5 * more.max())
    half = int(GRID_S * 500)
    times = c.measured.bin_ms
    span = Span(int(times[when[0]]) - half, int(times[when[-1]]) + half)
    stood = _stood(alarm, span, journal)
    came = min((s.start_ms for s in stood if s.start_ms >= span.start_ms - EARLY_MS), default=None)
    if stood and came is None:
        return None
    quiet = np.exp(-rules.nuisance_per_h(alarm) * span.seconds / 3600.0)
    yes = 1.0 - (1.0 - STANDS * float(chance[when].max())) * quiet
    no_cause = 1.0 - (1.0 - STANDS * float(without[when].max())) * quiet
    gain = np.log(yes / no_cause) if came is not None else np.log((1.0 - yes) / (1.0 - no_cause))
    return ExpectedAlarm(alarm.message, span, came, float(gain))


def _sd(noise: Array, mean_s: float) -> float:
    """Of plant minus twin for a mean over so long, from the noise model of a bin of the grid."""
    return float(np.sqrt(lasting_variance(noise) + noise[5] ** 2 * GRID_S / mean_s))


def _passed(course: Array, alarm: AlarmRule, sd: float, known: Array) -> Array:
    """Chance that the limit is passed, by bin; 0 where the channel says nothing."""
    beyond = alarm.limit - course if alarm.side is Side.LOW else course - alarm.limit
    return np.where(known & np.isfinite(beyond), ndtr(beyond / max(sd, 1e-9)), 0.0)


def _stood(alarm: AlarmRule, expected: Span, journal: Journal) -> list[Span]:
    """When it stood in the time in which it was expected, with its delay."""
    late = expected.end_ms + int(alarm.delay_s * 1000)
    around = Span(expected.start_ms - EARLY_MS, late)
    stood = journal.standing.get((alarm.tag, alarm.message), ())
    return [span for span in stood if span.overlaps(around)]


def _of_the_last(rule: ActionRule, fits: tuple[Fit, ...]) -> bool:
    """Whether a rule speaks of the last of the modes; that it does is told once."""
    *before, own = (fit.mode.cause in rule.speaks_of for fit in fits)
    return own and not any(before)


def _done(rule: ActionRule, fit: Fit, journal: Journal) -> list[OperatorAction]:
    """The actions of a rule that may answer a cause: not before its onset was near."""
    return [
        action
        for action in journal.written
        if rule.matches(action.text) and action.t_ms >= fit.window.onset_ms - BEFORE_ONSET_MS
    ]


def _spoken(rule: ActionRule, fit: Fit, journal: Journal, usual: float) -> list[OperatorAction]:
    """The first action of a rule that speaks of the mode, with what it adds."""
    gain = float(np.log((rule.chance + (1.0 - rule.chance) * usual) / usual))
    return [
        OperatorAction(action.t_ms, action.person_id, action.text, gain)
        for action in _done(rule, fit, journal)[:1]
    ]
