"""Residence time of blender, chute and feed frame from tracer, step and lubricant tests, together.

- All tests go through the same transport code that the simulation uses.
- Numbers of tanks are whole: blender, then chute and feed frame, are searched in fixed lists for
  the least sum of squares, in turn until none gets better; shares and contents are then estimated.
  Numbers that the data do not tell from the best (chi-square(1), 95 %) are told with it.
- Tests differ in how much else went on in them (in two the feed wandered): each weighs by its own
  scatter, found by fitting and weighing in turn, and the uncertainty is that between tests.
"""

from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

import numpy as np

from investigator.twin.calibrate.blender_holdup import law
from investigator.twin.calibrate.by_run import uncertain_by_run
from investigator.twin.calibrate.fit import (
    Calibration,
    Estimate,
    FitReport,
    Response,
    Unknown,
    estimate,
    origin_of,
)
from investigator.twin.calibrate.identifiability import RISE
from investigator.twin.calibrate.residence_tests import (
    LUBRICANT,
    NOISE,
    PULSE,
    STEP,
    Counts,
    ResidenceTest,
    Values,
    residence_tests,
    residuals,
)
from investigator.twin.calibrate.table import Floats
from investigator.twin.parameters import Parameter

BLENDER_TANKS = tuple(product((5, 6, 8, 10, 12, 16), (1, 2, 3)))
TANKS = (
    "blender.tanks_before_port",
    "blender.tanks_after_port",
    "chute.tanks",
    "feed_frame.tanks",
)
RESPONSES = {
    "pulse": (PULSE, "NIR API after a pulse"),
    "nir": (STEP, "NIR API after a step"),
    "tablet": (STEP, "tablet API after a step"),
    "mgst": (LUBRICANT, "tablet MgSt after a step"),
}
CHUTE_TANKS = (8, 12, 16, 24, 30)
FEED_FRAME_TANKS = (1, 2)
REWEIGHTINGS = 3
DISTURBED = 1.5

Residuals = Callable[[Values, Counts], Floats]

UNKNOWNS = (
    Unknown("blender.active_share", "-", 0.95, 0.6, 1.0),
    Unknown("blender.port_position", "-", 0.52, 0.2, 0.8),
    Unknown("feed_frame.content_kg", "kg", 0.37, 0.1, 1.0),
)


def calibrate_residence(folder: Path, holdup: Values, chute_full_kg: float) -> Calibration:
    """Active share, port position, contents and tank numbers.

    `holdup` holds the hold-up law's estimates, `chute_full_kg` the content at 100 % level.
    """
    tests = residence_tests(folder)
    blender = law(holdup)

    def residuals_by(scales: Floats) -> Residuals:
        def weighed(values: Values, counts: Counts) -> Floats:
            left = residuals(tests, blender, values, counts, chute_full_kg)
            return np.concatenate([rows / scale for rows, scale in zip(left, scales, strict=True)])

        return weighed

    first = (*BLENDER_TANKS[0], CHUTE_TANKS[0], FEED_FRAME_TANKS[0])
    counts, _ = _search(residuals_by(np.ones(len(tests))), first)
    scales = _scales(tests, residuals_by, counts)
    weighed = residuals_by(scales)
    counts, sums = _search(weighed, counts)
    fit = uncertain_by_run(_fit(weighed, counts), [t.name for t in tests for _ in t.time_s])
    responses = tuple(_response(kind, tests, scales, fit, counts) for kind in RESPONSES)
    origin = origin_of(f"{PULSE}, {STEP}, {LUBRICANT}", sum(t.time_s.size for t in tests))
    found = fit.calibration(origin, responses)
    return found.joined_by(_whole_numbers(counts, sums, fit.variance, origin))


def _fit(weighed: Residuals, counts: Counts) -> Estimate:
    return estimate(UNKNOWNS, lambda v: weighed(v, counts), relative_step=1e-3)


def _scales(
    tests: list[ResidenceTest], residuals_by: Callable[[Floats], Residuals], counts: Counts
) -> Floats:
    """Scatter of each test over the usual one, shape (tests,): disturbed tests weigh less."""
    ends = np.cumsum([test.time_s.size for test in tests])[:-1]
    scales = np.ones(len(tests))
    for _ in range(REWEIGHTINGS):
        left = np.split(_fit(residuals_by(scales), counts).residuals, ends)
        scales = scales * [np.sqrt(np.mean(rows**2)) for rows in left]
    return np.asarray(scales)


def _search(weighed: Residuals, first: Counts) -> tuple[Counts, Mapping[Counts, float]]:
    """The best numbers of tanks, from `first` on, and the sum of squares of all that were tried."""
    sums: dict[Counts, float] = {}

    def best(candidates: list[Counts]) -> Counts:
        for tried in candidates:
            if tried not in sums:
                sums[tried] = _least(weighed, tried)
        return min(candidates, key=lambda c: sums[c])

    counts, before = first, None
    while counts != before:
        before = counts
        counts = best([(*pair, counts[2], counts[3]) for pair in BLENDER_TANKS])
        counts = best([(counts[0], counts[1], c, f) for c in CHUTE_TANKS for f in FEED_FRAME_TANKS])
    return counts, sums


def _whole_numbers(
    counts: Counts, sums: Mapping[Counts, float], variance: float, origin: str
) -> dict[str, Parameter]:
    """The numbers of tanks as parameters, each with those that the data do not tell from it."""
    found = {}
    for place, name in enumerate(TANKS):
        near = sorted(
            tried[place]
            for tried, total in sums.items()
            if total - sums[counts] < RISE * variance and tried[place] != counts[place]
        )
        others = ", ".join(str(n) for n in dict.fromkeys(near))
        told = f"not told from it: {others}" if near else "the others of the list excluded"
        text = f"least squares over whole numbers ({told}), {origin}"
        found[name] = Parameter(float(counts[place]), 0.0, "-", text, 1.0, 99.0)
    return found


def _least(weighed: Residuals, counts: Counts) -> float:
    """Sum of squares after a short fit of the continuous unknowns."""
    fit = estimate(UNKNOWNS, lambda v: weighed(v, counts), relative_step=1e-3, evaluations=5)
    return float(fit.residuals @ fit.residuals)


def _response(
    kind: str, tests: list[ResidenceTest], scales: Floats, fit: Estimate, counts: Counts
) -> Response:
    """The rows of one kind of reading; residuals are in order of tests."""
    noise = NOISE[kind]
    ends = np.cumsum([test.time_s.size for test in tests])
    chosen = [i for i, test in enumerate(tests) if test.kind == kind]
    sizes = [tests[i].time_s.size for i in chosen]
    part = np.concatenate([np.arange(ends[i] - tests[i].time_s.size, ends[i]) for i in chosen])
    unit = noise * np.repeat(scales[chosen], sizes)
    residual = unit * fit.residuals[part]
    centred = np.concatenate([tests[i].reading - tests[i].reading.mean() for i in chosen])
    experiment, name = RESPONSES[kind]
    report = FitReport(
        experiment=experiment,
        response=name,
        n=int(residual.size),
        residual_sd=float(np.sqrt(residual @ residual / residual.size)),
        unit="% w/w",
        r_squared=1.0 - float(residual @ residual) / float(centred @ centred),
        note=f"tanks {counts}{_disturbed([(tests[i].name, scales[i]) for i in chosen])}",
    )
    reading = np.concatenate([tests[i].reading for i in chosen])
    labels = tuple(np.repeat([tests[i].name for i in chosen], sizes).tolist())
    times = np.concatenate([tests[i].time_s for i in chosen])
    return Response(
        report=report,
        part=part,
        fitted=reading - residual,
        unit_per_residual=unit,
        rows=tuple(f"{label} at {time:g} s" for label, time in zip(labels, times, strict=True)),
        together=labels,
        series=labels,
    )


def _disturbed(scales: list[tuple[str, float]]) -> str:
    """The tests that scatter far more than the instrument does, in words."""
    named = [f"{name} ({scale:.2f} times)" for name, scale in scales if scale > DISTURBED]
    return f"; scatter more than usual: {', '.join(named)}" if named else ""
