"""Leads and lags: which channel follows which, at a delay that the line allows.

- Both channels are pre-whitened, each by an autoregression of its own (Haugh 1976), so that their
  cross-correlations are those of independent values where the two are unrelated.
- Only couplings that the line has are tried, each with its sign and the places of its two ends; the
  delay must fit the residence time between them, within three standard deviations.
- Loops that are closed may hide or turn a lead: it is a pointer, never evidence for a cause.

Source: Haugh, J. Am. Stat. Assoc. 71 (1976) 378; Benjamini and Hochberg (1995).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.line_paths import OperatingPoint, operating_point
from investigator.domain.toolbox import LeadLag
from investigator.process.line_parameters import LineParameters
from investigator.process.residence import ResidenceTime, residence_of, steady_flows, up_to
from investigator.process.trace import Entry
from investigator.twin.channels import BY_ID, GRID_S, SERIES_INDEX
from investigator.twin.record import Array

LONGEST_LAG_S = 1200.0
MOST_ORDER = 12
FEWEST_PAIRS = 60
FALSE_DISCOVERIES = 0.05
GATE_SD = 3.0
SLOWEST_CONTROL_S = 120.0
_LARGEST_R2 = 1.0 - 1e-12


class Path(StrEnum):
    """From where to where material carries a change."""

    FEED_TO_NIR = "from the feeders to the analyser"
    FEED_TO_PRESS = "from the feeders to the press"
    NIR_TO_PRESS = "from the analyser to the press"
    FORCE_CONTROL = "through the control of the force by the fill depth"
    NONE = "at one place"


@dataclass(frozen=True, slots=True)
class Coupling:
    """A channel that acts on another: ids, sign of the effect, and the path between them."""

    leading: str
    following: str
    sign: int
    path: Path


COUPLINGS: tuple[Coupling, ...] = (
    Coupling("feed_api", "nir_api", 1, Path.FEED_TO_NIR),
    Coupling("feed_mcc", "nir_api", -1, Path.FEED_TO_NIR),
    Coupling("feed_lactose", "nir_api", -1, Path.FEED_TO_NIR),
    Coupling("feed_mcc", "nir_water", 1, Path.FEED_TO_NIR),
    Coupling("blender_speed", "holdup", -1, Path.NONE),
    Coupling("feed_mgst", "ejection", -1, Path.FEED_TO_PRESS),
    Coupling("nir_water", "ejection", -1, Path.NIR_TO_PRESS),
    Coupling("force", "fill_depth", -1, Path.FORCE_CONTROL),
    Coupling("force", "ejection", 1, Path.NONE),
    Coupling("pre_force", "force", 1, Path.NONE),
)
"""Effects by the physics of the line: mass balance, water of the filler, compaction, control."""


def lead_lags(c: Comparison) -> tuple[LeadLag, ...]:
    """Every coupling that both channels were measured for, surest first.

    Channels are taken against the unperturbed twin, where the line makes product.
    """
    point = operating_point(c.record, c.record.producing)
    delays = residence_gates(c.parameters, point)
    white = {name: prewhitened(_course(c, name)) for name in _named()}
    found = [
        told
        for coupling in COUPLINGS
        if (told := _tried(c, coupling, white, delays[coupling.path])) is not None
    ]
    return _after_all(found)


def _named() -> list[str]:
    return sorted({name for k in COUPLINGS for name in (k.leading, k.following)})


def _course(c: Comparison, channel: str) -> Array:
    """Measured minus unperturbed twin, (bins,), NaN where unknown."""
    row = SERIES_INDEX[channel]
    return np.where(c.series_known[row], c.residual.raw_series[row], np.nan)


def residence_gates(line: LineParameters, point: OperatingPoint) -> dict[Path, tuple[float, float]]:
    """Earliest and latest delay, s, of each path: mean residence time -/+ three sd, from 0 on.

    A bin of the grid is left on either side: lags are whole bins.
    """
    flows = steady_flows(
        line,
        5.0,
        int(LONGEST_LAG_S * 2 / 5.0),
        flow_kg_h=point.flow_kg_h,
        blender_rpm=point.blender_rpm,
        level_pct=point.level_pct,
    )
    seen = residence_of(up_to(flows, line.route.probe), 5.0, Entry.BLENDER)
    press = residence_of(flows, 5.0, Entry.BLENDER)
    onward_mean = press.mean_s - seen.mean_s
    onward_sd = max(press.variance_s2 - seen.variance_s2, 0.0) ** 0.5
    return {
        Path.FEED_TO_NIR: _gate(seen.mean_s, _sd(seen)),
        Path.FEED_TO_PRESS: _gate(press.mean_s, _sd(press)),
        Path.NIR_TO_PRESS: _gate(onward_mean, onward_sd),
        Path.FORCE_CONTROL: (0.0, SLOWEST_CONTROL_S),
        Path.NONE: (-GRID_S, GRID_S),
    }


def _sd(found: ResidenceTime) -> float:
    return float(max(found.variance_s2, 0.0) ** 0.5)


def _gate(mean_s: float, sd_s: float) -> tuple[float, float]:
    return max(mean_s - GATE_SD * sd_s, 0.0) - GRID_S, mean_s + GATE_SD * sd_s + GRID_S


def prewhitened(values: Array) -> Array:
    """Standardised errors of one-step prediction, shape (n,), NaN where they are not known.

    By an autoregression whose order, up to `MOST_ORDER`, has the least AIC; its coefficients by
    least squares over the stretches that were measured throughout. All NaN where too few were.
    """
    known = np.isfinite(values)
    unknown = np.full(values.shape, np.nan)
    if int(known.sum()) < FEWEST_PAIRS or float(np.nanstd(values)) == 0.0:
        return unknown
    centred = values - float(np.nanmedian(values))
    lagged = np.full((MOST_ORDER, values.size), np.nan)
    for k in range(1, MOST_ORDER + 1):
        lagged[k - 1, k:] = centred[:-k]
    whole = np.isfinite(lagged).all(axis=0) & known
    if int(whole.sum()) < FEWEST_PAIRS:
        return unknown
    order, weights = _least_aic(lagged[:, whole], centred[whole])
    error = centred - np.sum(weights[:, None] * lagged[:order], axis=0)
    spread = float(np.nanstd(error))
    return error / spread if spread > 0.0 else unknown


def _least_aic(lagged: Array, values: Array) -> tuple[int, Array]:
    best = np.inf
    chosen: tuple[int, Array] = (0, np.zeros(0))
    for order in range(MOST_ORDER + 1):
        weights, *_ = np.linalg.lstsq(lagged[:order].T, values, rcond=None)
        left = values - weights @ lagged[:order]
        variance = max(float(np.mean(left**2)), 1e-300)
        aic = values.size * float(np.log(variance)) + 2.0 * order
        if aic < best:
            best, chosen = aic, (order, np.asarray(weights, dtype=np.float64))
    return chosen


def cross_correlation(leading: Array, following: Array, longest: int) -> tuple[Array, Array]:
    """Correlation by lag from -longest to +longest bins (following later), and pairs at each."""
    lags = range(-longest, longest + 1)
    r, pairs = np.zeros(len(lags)), np.zeros(len(lags))
    n = leading.size
    for i, lag in enumerate(lags):
        a, b = leading[max(0, -lag) : n - max(0, lag)], following[max(0, lag) : n - max(0, -lag)]
        both = np.isfinite(a) & np.isfinite(b)
        pairs[i] = both.sum()
        if pairs[i] >= FEWEST_PAIRS:
            r[i] = float(np.mean(a[both] * b[both]))
    return np.clip(r, -1.0, 1.0), pairs


def _tried(
    c: Comparison, coupling: Coupling, white: dict[str, Array], gate: tuple[float, float]
) -> LeadLag | None:
    longest = int(LONGEST_LAG_S / GRID_S)
    r, pairs = cross_correlation(white[coupling.leading], white[coupling.following], longest)
    if not (pairs >= FEWEST_PAIRS).any():
        return None
    z = r * np.sqrt(pairs)
    at = int(np.argmax(np.abs(z)))
    title = c.record.named.title
    return LeadLag(
        leading=coupling.leading,
        following=coupling.following,
        leading_title=title(BY_ID[coupling.leading]),
        following_title=title(BY_ID[coupling.following]),
        lag_s=(at - longest) * GRID_S,
        correlation=float(r[at]),
        pairs=int(pairs[at]),
        expected_s=gate,
        expected_sign=coupling.sign,
        p_value=_chance(float(abs(z[at])), int((pairs >= FEWEST_PAIRS).sum())),
        q_value=1.0,
        holds=False,
        words="",
        lag_95_s=lag_interval(r, pairs, at),
    )


def lag_interval(r: Array, pairs: Array, at: int) -> tuple[float, float]:
    """Central 95 % interval of the lag, s: one lag of the sign found is true, all equally likely
    before, and the series are white and normal. Half a bin is left on either side.

    Args:
        r: correlation by lag from -longest to +longest bins.
        pairs: pairs of values at each.
        at: where they agree most.
    """
    able = (pairs >= FEWEST_PAIRS) & (np.sign(r) == np.sign(r[at]))
    gain = -0.5 * pairs * np.log1p(-np.minimum(r**2, _LARGEST_R2))
    weight = np.where(able, np.exp(gain - gain[able].max()), 0.0)
    below = np.cumsum(weight) / weight.sum()
    low, high = (int(np.searchsorted(below, tail)) for tail in (0.025, 0.975))
    longest = (r.size - 1) // 2
    return (low - longest - 0.5) * GRID_S, (high - longest + 0.5) * GRID_S


def _chance(z: float, lags: int) -> float:
    """Of a largest |z| as large over so many lags of unrelated white series (Sidak)."""
    from scipy.special import ndtr

    one = 2.0 * float(ndtr(-z))
    return float(-np.expm1(lags * np.log1p(-min(one, 1.0 - 1e-16))))


def false_discovery_rates(p_values: Sequence[float]) -> list[float]:
    """q-values of Benjamini and Hochberg, in the order of the p-values."""
    n = len(p_values)
    order = sorted(range(n), key=lambda i: p_values[i])
    q, least = [1.0] * n, 1.0
    for rank in range(n, 0, -1):
        i = order[rank - 1]
        least = min(least, p_values[i] * n / rank)
        q[i] = least
    return q


def _after_all(found: list[LeadLag]) -> tuple[LeadLag, ...]:
    rates = false_discovery_rates([f.p_value for f in found])
    judged = [_judged(f, q) for f, q in zip(found, rates, strict=True)]
    return tuple(sorted(judged, key=lambda f: (not f.holds, f.q_value, f.leading, f.following)))


def _judged(found: LeadLag, q: float) -> LeadLag:
    low, high = found.expected_s
    objections = []
    if q > FALSE_DISCOVERIES:
        objections.append(f"no more than chance gives (q = {q:.2g})")
    if not low <= found.lag_s <= high:
        objections.append(f"at a delay that the line does not allow ({low:.0f} s to {high:.0f} s)")
    if np.sign(found.correlation) != found.expected_sign:
        objections.append("against the sign that the physics gives")
    said = (
        f"{found.following_title} against {found.leading_title}: correlation "
        f"{found.correlation:+.2f} at {found.lag_s:+.0f} s over {found.pairs} pairs (q = {q:.2g})"
    )
    ending = f"; {', '.join(objections)}." if objections else ", as the residence time allows."
    return replace(found, q_value=q, holds=not objections, words=said + ending)
