"""Two signals that measure the same and drift apart.

- Which signals measure the same the tag list says; else those are taken of which unit, level and
  course agree in the first part of the export, and then the mismatch is only reported.
- The difference is compared, in medians of half an hour, with what it was at the start. Beyond
  three standard deviations of both signals together it is a mismatch.
- Which of the two is wrong the pair does not say: both are widened by their distance, as a uniform
  doubt (divide by sqrt(3)).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.quality.stretches import measured, noise_sd, runs

STEP_S = 60.0
BLOCK = 30
FEWEST_BLOCKS = 2
SIGMAS = 3.0
DEVIATIONS = 4.0
CORRELATED = 0.98
SAME_LEVEL = 0.03
LIVELY = 10.0
"""A found pair moves by so many noise standard deviations: noise alone correlates with nothing."""

LEAST_SD, MOST_SD = 1.5, 100.0

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Pair:
    one: str
    other: str
    declared: bool


def redundancy_findings(
    trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts]
) -> list[Finding]:
    """Findings for all pairs of signals that measure the same and drift apart."""
    judged = measured(trajectories)
    if not judged:
        return []
    first = min(int(t.t_ms[0]) for t in judged.values())
    last = max(int(t.t_ms[-1]) for t in judged.values())
    grid_ms = np.arange(first, last + 1, round(1000 * STEP_S), dtype=np.int64)
    courses = {tag: t.at(grid_ms) for tag, t in judged.items()}
    pairs = _declared(judged, tags)
    known = {frozenset((p.one, p.other)) for p in pairs}
    pairs += [p for p in _found(judged, courses) if frozenset((p.one, p.other)) not in known]
    return [f for pair in pairs for f in _mismatch(pair, judged, tags, courses, grid_ms)]


def _declared(judged: Mapping[str, Trajectory], tags: Mapping[str, TagFacts]) -> list[_Pair]:
    pairs = {
        tuple(sorted((tag, tags[tag].redundant_with)))
        for tag in judged
        if tag in tags and tags[tag].redundant_with in judged
    }
    return [_Pair(one, other, True) for one, other in sorted(pairs)]


def _found(judged: Mapping[str, Trajectory], courses: Mapping[str, Array]) -> list[_Pair]:
    names = sorted(judged)
    return [
        _Pair(one, other, False)
        for n, one in enumerate(names)
        for other in names[n + 1 :]
        if judged[one].signal.unit
        and judged[one].signal.unit == judged[other].signal.unit
        and _agree(judged[one], judged[other], courses[one], courses[other])
    ]


def _agree(one: Trajectory, other: Trajectory, a: Array, b: Array) -> bool:
    half = a.size // 3
    both = np.isfinite(a[:half]) & np.isfinite(b[:half])
    if both.sum() < 2 * BLOCK:
        return False
    a, b = a[:half][both], b[:half][both]
    moving = min(float(np.std(a)) / noise_sd(one), float(np.std(b)) / noise_sd(other))
    if moving < LIVELY:
        return False
    level = float(np.median(np.abs(a - b)))
    size = float(np.median(np.abs(a)))
    return level <= SAME_LEVEL * size and float(np.corrcoef(a, b)[0, 1]) >= CORRELATED


def _mismatch(
    pair: _Pair,
    judged: Mapping[str, Trajectory],
    tags: Mapping[str, TagFacts],
    courses: Mapping[str, Array],
    grid_ms: NDArray[np.int64],
) -> list[Finding]:
    apart = courses[pair.one] - courses[pair.other]
    blocks = apart.size // BLOCK
    if blocks < FEWEST_BLOCKS + 1:
        return []
    rows = apart[: blocks * BLOCK].reshape(blocks, BLOCK)
    enough = np.isfinite(rows).sum(axis=1) >= BLOCK // 2
    medians = np.array(
        [np.nanmedian(row) if ok else np.nan for row, ok in zip(rows, enough, strict=True)]
    )
    if not enough.any():
        return []
    noise = np.hypot(noise_sd(judged[pair.one]), noise_sd(judged[pair.other]))
    known = np.array([(tags[t].compression_deviation if t in tags else None) or 0.0
                      for t in (pair.one, pair.other)])  # fmt: skip
    least = max(SIGMAS * float(noise), DEVIATIONS * float(known.sum()))
    start = float(medians[np.flatnonzero(enough)[0]])
    found = []
    with np.errstate(invalid="ignore"):
        far = np.abs(medians - start) > least
    for first, last in runs(far):
        if last - first + 1 >= FEWEST_BLOCKS:
            span = Span(int(grid_ms[first * BLOCK]), int(grid_ms[(last + 1) * BLOCK - 1]) + 1)
            size = float(np.nanmax(np.abs(medians[first : last + 1] - start)))
            found += _findings(pair, judged, span, size)
    return found


def _findings(
    pair: _Pair, judged: Mapping[str, Trajectory], span: Span, size: float
) -> list[Finding]:
    found = []
    for tag, other in ((pair.one, pair.other), (pair.other, pair.one)):
        doubt = size / np.sqrt(3.0) / noise_sd(judged[tag])
        factor = float(f"{np.clip(np.hypot(1.0, doubt), LEAST_SD, MOST_SD):.3g}")
        unit = judged[tag].signal.unit
        found.append(
            Finding(
                subject=tag,
                kind="redundancy",
                span=span,
                action=f"standard deviation taken {factor:g} times: which of the two is wrong is"
                " not known"
                if pair.declared
                else "kept: that both measure the same is only a guess from their courses",
                severity=Severity.MAJOR,
                treatment=Treatment.WIDEN if pair.declared else Treatment.IGNORE,
                sd_factor=factor if pair.declared else 1.0,
                detail=f"up to {size:.3g} {unit} away from {other}, against the start",
            )
        )
        if not pair.declared:
            break
    return found
