"""How far apart two hypotheses predict the data, each refitted to the other, and which are alike.

- The prediction of one, as it was fitted, is taken for the data; the other is refitted to it, its
  sizes and its window. What stays between them, whitened by the noise filters, is the distance.
- The twin is believed no further than in the fits: a sample is uncertain by `DISCREPANCY` of the
  excursion in it, and a channel as a whole by as much of all its excursion, or a loud one would
  separate what only the twin's own error separates.
- Of both directions the larger holds. A hypothesis with more freedom reproduces a stiffer one, not
  the other way round: they are alike only where neither, as the evidence sizes it, betrays itself.
- Groups are made by complete linkage: every two of a group are alike, not only neighbours.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np

from investigator.analysis.comparison import CHANNELS, Comparison, Innovations
from investigator.analysis.fitting import DISCREPANCY, Fit, nearest
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import UNLISTED, Posterior
from investigator.analysis.views import title_read
from investigator.domain.ranking import ALIKE_SIGMA, WORTH_SAYING, Separation
from investigator.twin.channels import BY_ID
from investigator.twin.failure_mode import Shape
from investigator.twin.record import Array, Mask
from investigator.twin.scenario import Window

# Both windows were fitted to the same data: what the sizes leave farther apart than this no shift
# of a window makes alike, and none is tried.
FAR = 8.0
SHIFTS_S = (-180, 180)
TAU_RATIOS = (0.65, 1.5)
# Six pairs: a fifth rival of 2 % or more is rare, and each pair costs some 30 runs of the twin.
MOST_CAUSES = 4
NOT_RIVALS = 1e9


def separations(
    c: Comparison, hypotheses: Hypotheses, believed: Posterior, executor: Executor
) -> tuple[Separation, ...]:
    """Distances between causes that stand for each other, most probable first.

    These are causes that are likely each on its own, and those that are likely each as the second
    behind the same first one; what is likely together is no alternative.

    Args:
        c: the run compared with the twin.
        hypotheses: as fitted.
        believed: their probabilities; a model below `WORTH_SAYING` is left out.
        executor: runs the pairs; its kind changes nothing but the time.
    """
    rivals: dict[frozenset[str], tuple[Fit, Fit, Fit | None]] = {}
    for family in _families(hypotheses, believed):
        for one, other in combinations(family, 2):
            causes = frozenset((one[-1].mode.cause, other[-1].mode.cause))
            leader = one[0] if len(one) > 1 else None
            rivals.setdefault(causes, (one[-1], other[-1], leader))

    return tuple(executor.map(partial(_apart, c), rivals.values()))


def _apart(c: Comparison, pair: tuple[Fit, Fit, Fit | None]) -> Separation:
    one, other, behind = pair
    return separation(c, one, other, behind=behind)


def _families(hypotheses: Hypotheses, believed: Posterior) -> list[list[tuple[Fit, ...]]]:
    """Fits of likely models that differ in one cause: single ones, then those of each leader."""
    likely = {
        model: believed.models.get(model, 0.0) + believed.models.get((*model, UNLISTED), 0.0)
        for model in hypotheses.fits
    }
    order = sorted((m for m, p in likely.items() if p >= WORTH_SAYING), key=lambda m: -likely[m])
    families: dict[tuple[str, ...], list[tuple[Fit, ...]]] = {(): []}
    for model in order:
        families.setdefault(model[:-1], []).append(hypotheses.fits[model])
    return [family[:MOST_CAUSES] for family in families.values()]


def separation(c: Comparison, one: Fit, other: Fit, *, behind: Fit | None = None) -> Separation:
    """Distance between two fitted causes: the larger of both directions.

    `behind`: the fit of what is at work beside either.
    """
    by_channel = max(
        _betrayed(c, one, other, behind),
        _betrayed(c, other, one, behind),
        key=lambda d: float(d.sum()),
    )
    loudest = int(np.argmax(by_channel))
    return Separation(
        one=one.mode.cause,
        other=other.mode.cause,
        sigma=float(np.sqrt(by_channel.sum())),
        channel=title_read(c.record.named, BY_ID[CHANNELS[loudest]]),
        channel_sigma=float(np.sqrt(by_channel[loudest])),
    )


def _betrayed(c: Comparison, true: Fit, mimic: Fit, behind: Fit | None) -> Array:
    """Squared distance by channel that is left of one at work when the other is fitted to it."""
    near = nearest(c, mimic, true.added, (mimic.window,), behind)
    left = squared_distances(c, true.added, near.added)
    if not ALIKE_SIGMA**2 < left.sum() <= FAR**2:
        return left
    moved = nearest(c, near, true.added, _windows(c, mimic, true.window), behind)
    return min(left, squared_distances(c, true.added, moved.added), key=lambda d: float(d.sum()))


def _windows(c: Comparison, fit: Fit, goal: Window) -> tuple[Window, ...]:
    """Windows about its own and that of the other; what is tied to a record stays there."""
    own = fit.window
    slower = [replace(own, tau_s=own.tau_s * ratio) for ratio in TAU_RATIOS if own.tau_s > 0.0]
    if not fit.mode.window_is_free or fit.mode.shape is Shape.RECORDED:
        return (own, *slower)
    joined = replace(own, onset_ms=goal.onset_ms, end_ms=goal.end_ms)
    tried = [own, *slower, joined, replace(own, onset_ms=goal.onset_ms)]
    tried += [replace(own, end_ms=goal.end_ms)]
    tried += [replace(own, onset_ms=own.onset_ms + 1000 * s) for s in SHIFTS_S]
    tried += [replace(own, end_ms=own.end_ms + 1000 * s) for s in SHIFTS_S]
    tried += [
        replace(own, onset_ms=own.onset_ms + 1000 * s, end_ms=own.end_ms + 1000 * s)
        for s in SHIFTS_S
    ]
    shortest, longest = (int(m * 60_000) for m in fit.mode.length_min)
    end = c.record.span.end_ms + 600_000
    kept = (
        w
        for w in tried
        if shortest <= w.end_ms - w.onset_ms <= longest
        and c.record.span.start_ms <= w.onset_ms
        and w.end_ms <= end
    )
    return tuple(dict.fromkeys((own, *kept)))


def squared_distances(c: Comparison, true: Innovations, other: Innovations) -> Array:
    """Squared distance of two courses of innovations by channel, shape (channels,).

    With r their difference and y the true course, r' S^-1 r for S = diag(1 + (D y)^2) + D^2 y y',
    D = `DISCREPANCY`: the second term lets the channel as a whole be wrong by D.
    """
    return np.concatenate(
        [
            _distances(true.series, other.series, c.series_known),
            _distances(true.points, other.points, c.points_known),
        ]
    )


def _distances(true: Array, other: Array, known: Mask) -> Array:
    weight = np.where(known, 1.0 / (1.0 + (DISCREPANCY * true) ** 2), 0.0)
    left = true - other
    apart = (weight * left * left).sum(axis=1)
    along = (weight * true * left).sum(axis=1)
    size = (weight * true * true).sum(axis=1)
    common = along**2 / (1.0 / DISCREPANCY**2 + size)
    return np.asarray(np.maximum(apart - common, 0.0))


def alike(found: tuple[Separation, ...]) -> tuple[tuple[str, ...], ...]:
    """Groups of causes every two of which lie within `ALIKE_SIGMA`, by complete linkage.

    The causes stand in the order in which the separations name them. A cause that is like no other
    is in no group, nor are two that were not compared: they do not stand for each other.
    """
    order = list(dict.fromkeys(cause for s in found for cause in (s.one, s.other)))
    if len(order) < 2:
        return ()
    # scipy.cluster is slow to import, and most rankings have one likely cause only.
    from scipy.cluster.hierarchy import fcluster, linkage

    apart = _by_pair(found)
    distances = [apart.get(frozenset(pair), NOT_RIVALS) for pair in combinations(order, 2)]
    labels = fcluster(linkage(distances, "complete"), ALIKE_SIGMA, "distance")
    groups: dict[int, list[str]] = {}
    for cause, label in zip(order, labels, strict=True):
        groups.setdefault(int(label), []).append(cause)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _by_pair(found: tuple[Separation, ...]) -> Mapping[frozenset[str], float]:
    return {frozenset((s.one, s.other)): s.sigma for s in found}
