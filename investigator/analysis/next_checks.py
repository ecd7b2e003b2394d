"""Which of the twin's checks to make next, the most telling first.

- Each is valued by the bits that its outcome is expected to bring about all hypotheses together,
  "none of these" and "no assignable cause" included; a measurement in the container or lot where
  the likely hypotheses differ most.
- What would confirm a cause that is more likely than not is always named, however sure the ranking
  is of it: only a check on site confirms.
- Where something on no list is likely, to explain the loudest channel is named, with the most that
  it could tell: whether something on no list is at work.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from investigator.analysis.check_information import entropy_bits, information_bits
from investigator.analysis.check_outlook import (
    Model,
    Outlook,
    Runs,
    inspection,
    measurement,
    places,
    runs_of,
)
from investigator.analysis.comparison import Comparison
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.domain.ranking import WORTH_SAYING, NextCheck
from investigator.twin.checks import Check, CheckKind

LEAST_MODEL = 0.002
LEAST_BITS = 0.05
# What two predictions about one and a quarter standard deviations apart bring at even odds.
TELLING_BITS = 0.2
CONFIRMS = LEADS = 0.5
MOST = 10
NONE_WORTH_A_CHECK = 0.2


@dataclass(frozen=True, slots=True)
class _Beliefs:
    """What is open: probabilities of the models, the causes that are likely, and which lead."""

    models: Mapping[Model, float]
    likely: tuple[str, ...]
    leading: tuple[str, ...]


def next_checks(
    c: Comparison,
    checks: tuple[Check, ...],
    hypotheses: Hypotheses,
    believed: Posterior,
    loudest: str,
) -> tuple[NextCheck, ...]:
    """The checks worth making, in falling order of expected information.

    Args:
        c: the run compared with the twin.
        checks: of the twin.
        hypotheses: as fitted.
        believed: their probabilities.
        loudest: title of the channel that the undisturbed line explains worst.
    """
    open_to = _open(hypotheses, believed)
    alone = ((), (UNLISTED,), *((cause,) for cause in open_to.likely))
    compared = dict.fromkeys([*open_to.models, *alone])
    models = tuple(model for model in compared if model in hypotheses.scores)
    runs = runs_of(c, hypotheses, models)
    expected = [_expected(check, c, runs, models, open_to) for check in checks]
    rows = [(o, _row(o, open_to)) for o in expected if o is not None]
    telling = [row for _, row in rows if row.expected_information_bits >= LEAST_BITS]
    worth = _in_order(telling)[:MOST]
    confirming = [row for o, row in rows if _confirms(o, open_to) and row not in worth]
    return _in_order([*_unexplained(believed, loudest), *worth, *confirming])


def _in_order(rows: Iterable[NextCheck]) -> tuple[NextCheck, ...]:
    return tuple(sorted(rows, key=lambda r: (-r.expected_information_bits, r.check)))


def _open(hypotheses: Hypotheses, believed: Posterior) -> _Beliefs:
    models = {
        m: p for m, p in believed.models.items() if p >= LEAST_MODEL and m in hypotheses.scores
    }
    likely = [k for k, p in believed.causes.items() if p >= WORTH_SAYING]
    likely.sort(key=lambda cause: (-believed.causes[cause], cause))
    leading = tuple(cause for cause in likely if believed.causes[cause] >= LEADS)
    return _Beliefs(models, tuple(likely), leading)


def _expected(
    check: Check, c: Comparison, runs: Runs, models: tuple[Model, ...], open_to: _Beliefs
) -> Outlook | None:
    """What the check would find, in its most telling place; None where it can be made nowhere."""
    if check.kind is CheckKind.INSPECTION:
        return inspection(check, models)
    made_in = [measurement(check, c, runs, place) for place in places(check, c)]
    return max(made_in, key=lambda o: _contrast(o, open_to), default=None)


def _contrast(expected: Outlook, open_to: _Beliefs) -> float:
    """Variance between the predictions of the models over that within them.

    That nothing is at work stays among them: a cause that is sure is measured where it shows.
    """
    models = {(): LEAST_MODEL, **open_to.models}
    p = np.array(list(models.values()))
    values = [expected.values[m] for m in models]
    mean = np.array([v.mean for v in values])
    within = np.array([v.sd for v in values]) ** 2 + expected.check.uncertainty**2
    centre = float((p * mean).sum() / p.sum())
    return float((p * (mean - centre) ** 2 / within).sum())


def _row(expected: Outlook, open_to: _Beliefs) -> NextCheck:
    check = expected.check
    pairs = tuple(
        (a, b)
        for a, b in combinations(open_to.likely, 2)
        if _told_apart(expected, (a,), (b,)) >= TELLING_BITS
    )
    beside = {cause for pair in pairs for cause in pair}
    beside |= {
        cause
        for cause in open_to.likely
        for rest in ((), (UNLISTED,))
        if _told_apart(expected, (cause,), rest) >= TELLING_BITS
    }
    singled_out = Counter(cause for pair in pairs for cause in pair)
    return NextCheck(
        check=_named(expected),
        separates=tuple(
            sorted((k for k in open_to.likely if k in beside), key=lambda k: -singled_out[k])
        ),
        expected_information_bits=information_bits(expected, open_to.models),
        check_id=check.check_id,
        effort=f"{check.effort_h:g} h: {check.effort}",
        place=expected.place,
        tells=pairs,
    )


def _named(expected: Outlook) -> str:
    """The check with the place where it is made."""
    if not expected.place:
        return expected.check.title
    kind = "lot" if expected.check.of_lot else "container"
    return f"{expected.check.title} ({kind} {expected.place})"


def _told_apart(expected: Outlook, one: Model, other: Model) -> float:
    """Bits that the outcome brings between two models at even odds."""
    told = expected.fails or expected.values
    if one not in told or other not in told:
        return 0.0
    return information_bits(expected, {one: 0.5, other: 0.5})


def _confirms(expected: Outlook, open_to: _Beliefs) -> bool:
    """An inspection that fails with a leading cause, or a lot that is not as usual with it."""
    check = expected.check
    if check.of_lot:
        return any(_told_apart(expected, (k,), ()) >= TELLING_BITS for k in open_to.leading)
    return any(check.fails_with.get(k, 0.0) >= CONFIRMS for k in open_to.leading)


def _unexplained(believed: Posterior, loudest: str) -> tuple[NextCheck, ...]:
    none = min(max(believed.none_of_the_above, 0.0), 1.0)
    if none < NONE_WORTH_A_CHECK:
        return ()
    bits = entropy_bits(np.array([none, 1.0 - none]))
    check = f"Find out what changed in: {loudest}; the listed causes do not explain it."
    return (NextCheck(check, ("none_of_the_above",), bits),)
