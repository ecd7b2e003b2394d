"""How often the intervals of an estimate hold the truth, by causes put into the run on paper.

- A cause of random onset, end and size is put into the run with its noise. It acts through a plant
  that is not the twin: parameters of the line, and gain, lag and wander of each channel that
  follows from the process, are drawn anew, as for the simulated deviations.
- What an instrument says of itself, and what defines a size, is exact but for its noise.
- The cause is given to the diagnosis; in which time shape and window it was is not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from investigator.analysis.comparison import Comparison
from investigator.domain.ranking import HypothesisAssessment
from investigator.twin.channels import GRID_S, POINTS, SERIES
from investigator.twin.failure_mode import Anchor, FailureMode
from investigator.twin.predicted import predict
from investigator.twin.record import STEP_S, Array, LineRecord
from investigator.twin.scenario import UNPERTURBED, Perturbation, Window, perturbation
from support.line_run import (
    FEEDERS_OFF_MIN,
    at_min,
    diagnosed,
    mode_of,
    noisy,
    package,
    with_values,
)
from support.simulated.causes import SIZES
from support.simulated.mismatch import Mismatch

CAUSES = (
    "paddle_overspeed",
    "mgst_overfeed",
    "nir_fouling",
    "api_loadcell_drift",
    "hardness_tester_bias",
    "api_lot_psd_change",
)
ANSWERS = frozenset(
    {"holdup", "nir_api", "nir_water", "fill_depth", "force_srel", "pre_force", "ejection"}
)
"""Series whose change follows from the process, and whose gain and lag the twin does not know."""
KNOWN_BY = {"ipc_weight": "weight", "lab_weight": "weight", "lab_assay": "assay"}
"""Point channels that follow from a balance of mass, by what the mismatch calls them."""
ENTERED = frozenset({"potency_entry", "lot_mcc_lod", "lot_api_d50", "lot_api_density"})
SEVERITY = (0.2, 1.0)
EARLIEST_MIN, LEAST_MIN, LEFT_MIN = 12.0, 20.0, 10.0
LONGEST_RISE_S = 3600.0


@dataclass(frozen=True, slots=True)
class Truth:
    """What was put in: a cause, its window, its sizes; and the run."""

    cause: str
    window: Window
    sizes: tuple[float, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Held:
    """Whether an interval held the truth, and how wide it was: in min, or as a share of the size.

    `shape`: the time shape that the cause was put in.
    """

    cause: str
    shape: str
    estimate: str
    held: bool
    width: float


def put_in(cause: str, seed: int) -> Truth:
    """The run of a seed with the cause at work, in its usual time shape."""
    draw = np.random.default_rng([seed, *cause.encode()])
    c, by, mode = noisy(seed), Mismatch(seed), mode_of(cause)
    window, sizes = _window(mode, c.record, draw), _sizes(mode, draw)
    own = perturbation(mode, window, sizes, c.record, c.departures)
    return Truth(cause, window, sizes, _answered(c, own, by))


def _window(mode: FailureMode, record: LineRecord, draw: np.random.Generator) -> Window:
    tau_s = min(float(draw.choice(mode.tau_s)) * float(draw.uniform(0.7, 1.4)), LONGEST_RISE_S)
    if mode.anchor is Anchor.LOT:
        feeder = record.named.feeder_of(mode.unit)
        begun = next(t.start_ms for t in record.lots if t.feeder == feeder and not t.first)
        return Window(begun, record.span.end_ms, tau_s)
    last = FEEDERS_OFF_MIN - LEFT_MIN
    least = max(LEAST_MIN, mode.length_min[0], 1.5 * tau_s / 60.0)
    onset = draw.uniform(EARLIEST_MIN, last - least)
    return Window(at_min(onset), at_min(draw.uniform(onset + least, last)), tau_s)


def _sizes(mode: FailureMode, draw: np.random.Generator) -> tuple[float, ...]:
    side = float(draw.choice([-1.0, 1.0]))
    sizes = []
    for magnitude, (low, high) in zip(mode.magnitudes, SIZES[mode.cause], strict=True):
        size = low + draw.uniform(*SEVERITY) * (high - low)
        sizes.append(size * (magnitude.sign or side))
    return tuple(map(float, sizes))


def judged(truth: Truth) -> Iterator[Held]:
    """Every interval that the diagnosis gives of the cause, beside the truth."""
    (found,) = diagnosed(truth.comparison, causes=(truth.cause,)).ranking.hypotheses
    shape = mode_of(truth.cause).shape.value
    for estimate, held, width in (*of_window(truth.window, found), *of_sizes(truth.sizes, found)):
        yield Held(truth.cause, shape, estimate, held, width)


def of_window(window: Window, found: HypothesisAssessment) -> Iterator[tuple[str, bool, float]]:
    """Onset, end and duration: whether their interval holds the truth, and its width, min."""
    onset, end, lasted = found.onset_interval, found.end_interval, found.duration_s
    if onset is None or lasted is None:
        raise ValueError(f"{found.cause}: nothing is said of when it was at work")
    yield "onset", onset.start_ms <= window.onset_ms <= onset.end_ms, onset.seconds / 60.0
    if end is not None:
        ended = end.start_ms <= window.end_ms and (window.end_ms <= end.end_ms or found.ends_open)
        yield "end", ended, end.seconds / 60.0
    length_s = (window.end_ms - window.onset_ms) / 1000.0
    held = lasted.lo95 <= length_s and (length_s <= lasted.hi95 or found.ends_open)
    yield "duration", held, (lasted.hi95 - lasted.lo95) / 60.0


def of_sizes(
    sizes: Iterable[float], found: HypothesisAssessment
) -> Iterator[tuple[str, bool, float]]:
    """The first sizes: whether their interval holds the truth, and its width as a share of it."""
    for true, told in zip(sizes, found.sizes, strict=False):
        held = told.size.lo95 <= true <= told.size.hi95
        width = (told.size.hi95 - told.size.lo95) / abs(true) if true else float("nan")
        yield told.name, held, width


def covered(held: int, tried: int) -> tuple[float, float, float]:
    """Share that was held, with its 95 % interval (Clopper and Pearson 1934)."""
    low = float(beta.ppf(0.025, held, tried - held + 1)) if held else 0.0
    high = float(beta.ppf(0.975, held + 1, tried - held)) if held < tried else 1.0
    return held / tried, low, high


def told(rows: Sequence[Held]) -> str:
    """The coverage by cause and estimate, and over all causes, as a table of text."""
    lines = [f"{'cause':22} {'shape':6} {'estimate':42} {'held':>9}  share (95 %)        width"]
    for key in dict.fromkeys((r.cause, r.shape, r.estimate) for r in rows):
        own = [r for r in rows if (r.cause, r.shape, r.estimate) == key]
        lines.append(f"{key[0]:22} {key[1]:6} {key[2]:42} {_counted(own)}")
    for kind in ("onset", "end", "duration", "size"):
        own = [r for r in rows if kind_of(r) == kind]
        lines.append(f"{'all':22} {'':6} {kind:42} {_counted(own)}")
    return "\n".join(lines)


def kind_of(row: Held) -> str:
    """The estimate, all sizes as one."""
    return row.estimate if row.estimate in ("onset", "end", "duration") else "size"


def _counted(rows: Iterable[Held]) -> str:
    own = list(rows)
    share, low, high = covered(sum(r.held for r in own), len(own))
    widths = [r.width for r in own if np.isfinite(r.width)]
    width = f"{float(np.median(widths)):10.2f}" if widths else ""
    held = f"{sum(r.held for r in own)} of {len(own)}"
    return f"{held:>9}  {share:.2f} ({low:.2f} to {high:.2f}) {width}"


def _answered(c: Comparison, own: Perturbation, by: Mismatch) -> Comparison:
    """The run as the other plant would have been measured under a perturbation."""
    line = by.line(package().parameters)
    without = predict(c.frame, UNPERTURBED, line, c.nominals)
    under = predict(c.frame, own, line, c.nominals)
    series = under.series - without.series
    steps = int(GRID_S / STEP_S)
    for row, channel in enumerate(SERIES):
        if channel.channel in ANSWERS:
            fine = np.repeat(series[row], steps)
            series[row] = by.answered(channel.channel, fine)[steps - 1 :: steps]
    values = np.array([p.value for p in c.measured.points])
    points = _points(c, under.points - without.points, by)
    return with_values(c, c.measured.series + series, values + points)


def _points(c: Comparison, change: Array, by: Mismatch) -> Array:
    still = np.ones(c.record.grid_ms.size)
    gains = {
        channel.channel: by.answered(KNOWN_BY.get(channel.channel, channel.channel), still)
        for channel in POINTS
    }
    answered = [
        value if p.channel in ENTERED else value * gains[p.channel][c.record.index(p.span.start_ms)]
        for p, value in zip(c.measured.points, change, strict=True)
    ]
    return np.array(answered)
