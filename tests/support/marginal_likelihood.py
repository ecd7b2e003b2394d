"""The marginal likelihood of a fitted failure mode: as the program has it, and by nested sampling.

    python -m support.marginal_likelihood DATA MODELS [CASE ...]

- The likelihood is the program's own (`channel_gains`: Student-t innovations with discrepancy, not
  saturated, not tempered); responses are the twin's, between the points of a grid linear.
- Sizes: at the fitted window, against half-normal priors where a size has a sign. The program takes
  the whole normal distribution; its evidence lacks ln 2 for each such size, which is added here.
- Window: onset uniform over the run, length uniform over what the mode may last, sizes in their
  proportion. The program charges a constant for this; it is compared with the evidence lost.

Nested sampling is that of dynesty (Speagle 2020, MNRAS 493, 3132-3158).
"""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import dynesty
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RegularGridInterpolator
from scipy.stats import halfnorm, norm

from investigator.analysis.comparison import Comparison, Innovations, channel_gains, signature
from investigator.analysis.diagnosis import Diagnosis, diagnose, replay
from investigator.analysis.fitting import DISCREPANCY, Fit, as_vector
from investigator.analysis.occam import mode_costs, shape_cost
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder
from investigator.evidence.historian.facts import read_tag_list
from investigator.twin.failure_mode import Anchor, Shape
from investigator.twin.package import TwinPackage, load_package
from investigator.twin.scenario import Window, perturbation

Floats = NDArray[np.float64]
LogLikelihood = Callable[[Floats], float]
LIVE, REMAINING, SEED = 200, 0.05, 1
FAR_SD = 5.0
AROUND_SD = (-8.0, -5.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0)
REACHES_MIN = (2.0, 4.0, 8.0, 16.0, 32.0)
STEPS = 13
NEGLIGIBLE = 6.0


@dataclass(frozen=True, slots=True)
class Nested:
    """Log evidence with its standard error, and the largest log likelihood that was met."""

    log_z: float
    error: float
    largest: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One fitted mode: log evidence over "nothing" of its sizes, and what its window costs.

    `laplace`: of the program. `missed`: by how much the fit stays below the largest likelihood at
    its window. `charged`, `lost`: cost of the window in the program, and evidence lost by its
    freedom; `off`: by how much the fitted window stays below the best one. None where the window is
    recorded.
    """

    case: str
    cause: str
    sizes: int
    laplace: float
    nested: Nested
    missed: float
    charged: float | None = None
    lost: float | None = None
    off: float | None = None

    @property
    def difference(self) -> float:
        """Laplace above nested sampling."""
        return self.laplace - self.nested.log_z


def nested(log_likelihood: LogLikelihood, prior: Callable[[Floats], Floats], dims: int) -> Nested:
    """The evidence by nested sampling; `prior` maps the unit cube to the parameters."""
    sampler = dynesty.NestedSampler(
        log_likelihood,
        prior,
        dims,
        nlive=LIVE,
        bound="multi",
        sample="unif",
        bootstrap=0,
        rstate=np.random.default_rng(SEED),
    )
    sampler.run_nested(dlogz=REMAINING, print_progress=False)
    found = sampler.results
    return Nested(float(found.logz[-1]), float(found.logzerr[-1]), float(np.max(found.logl)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is compared with responses: innovations that were measured, as one row."""

    known: NDArray[np.bool_]
    residual: Floats

    def gain(self, response: Floats) -> float:
        """Log likelihood of a response (as a vector of what is known) over none."""
        row = np.ones((1, self.residual.size), dtype=np.bool_)
        gains = channel_gains(self.residual[None, :], response[None, :], row, DISCREPANCY)
        return float(gains[0])


def _seen(c: Comparison) -> _Seen:
    known = np.concatenate([c.series_known.ravel(), c.points_known.ravel()])
    return _Seen(known, as_vector(c.residual)[known])


def _response(c: Comparison, fit: Fit, window: Window, sizes: Sequence[float]) -> Innovations:
    own = perturbation(fit.mode, window, tuple(map(float, sizes)), c.record, c.departures)
    return signature(c, own)


def laplace(fit: Fit) -> float:
    """Log evidence of the sizes at the fitted window over "nothing", as the program has it."""
    signed = sum(1 for m in fit.mode.magnitudes if m.sign)
    of_sizes = fit.cost - sum(mode_costs(fit.mode))
    return float(fit.gains.sum()) - of_sizes + signed * float(np.log(2.0))


def over_sizes(c: Comparison, fit: Fit) -> tuple[Nested, float]:
    """Nested evidence of the sizes at the fitted window, and by how much the fit misses the top."""
    seen = _seen(c)
    axes = [_axis(fit, k) for k in range(len(fit.sizes))]
    table = [
        as_vector(_response(c, fit, fit.window, sizes))[seen.known] for sizes in product(*axes)
    ]
    moved = np.any(np.abs(table) > 1e-9, axis=0)
    part = _Seen(moved, seen.residual[moved])
    shape = (*(axis.size for axis in axes), int(moved.sum()))
    between = RegularGridInterpolator(axes, np.array(table)[:, moved].reshape(shape))

    def log_likelihood(sizes: Floats) -> float:
        return part.gain(between(sizes)[0])

    found = nested(log_likelihood, lambda u: _sizes_of(fit, u), len(axes))
    return found, max(found.largest - float(fit.gains.sum()), 0.0)


def _axis(fit: Fit, k: int) -> Floats:
    """Grid of one size: over its prior, and close around the fit."""
    m, size, sd = fit.mode.magnitudes[k], fit.sizes[k], fit.sizes_sd[k]
    far = FAR_SD * m.prior_sd
    low, high = (0.0, far) if m.sign == 1 else (-far, 0.0) if m.sign == -1 else (-far, far)
    coarse = np.linspace(low, high, 25 if len(fit.sizes) == 1 else 9)
    close = size + sd * np.array(AROUND_SD if len(fit.sizes) == 1 else AROUND_SD[::2])
    return np.unique(np.concatenate([coarse, close[(close > low) & (close < high)]]))


def _sizes_of(fit: Fit, u: Floats) -> Floats:
    """Sizes of a point of the unit cube: half-normal by their sign, normal without; within 5 sd."""
    found = []
    for m, share in zip(fit.mode.magnitudes, u, strict=True):
        size = m.sign * halfnorm.ppf(share) if m.sign else norm.ppf(share)
        found.append(m.prior_sd * float(np.clip(size, -FAR_SD, FAR_SD)))
    return np.array(found)


def over_window(c: Comparison, fit: Fit) -> Nested:
    """Evidence of window and sizes together, sizes in their proportion, by nested sampling.

    Sampled is the box around the fitted window outside of which the likelihood is negligible.
    """
    seen = _seen(c)

    def at(onset_min: float, end_min: float) -> Floats:
        window = replace(
            fit.window,
            onset_ms=fit.window.onset_ms + round(onset_min * 60_000),
            end_ms=fit.window.end_ms + round(end_min * 60_000),
        )
        return as_vector(_response(c, fit, window, fit.sizes))[seen.known]

    reach = [_reach(lambda x: seen.gain(at(x, 0.0))), _reach(lambda x: seen.gain(at(0.0, x)))]
    axes = [np.linspace(-r, r, STEPS) for r in reach]
    table = np.array([at(*place) for place in product(*axes)]).reshape(STEPS, STEPS, -1)
    moved = np.any(np.abs(table) > 1e-9, axis=(0, 1))
    part, between = (
        _Seen(moved, seen.residual[moved]),
        RegularGridInterpolator(axes, table[:, :, moved]),
    )
    first = fit.mode.magnitudes[0]

    def log_likelihood(x: Floats) -> float:
        return part.gain(between(x[:2])[0] * x[2] / abs(fit.sizes[0]))

    def prior(u: Floats) -> Floats:
        size = first.prior_sd * min(float(halfnorm.ppf(u[2])), FAR_SD)
        return np.array([(2 * u[0] - 1) * reach[0], (2 * u[1] - 1) * reach[1], size])

    shortest, longest = fit.mode.length_min
    run = c.record.span.seconds / 60.0
    share = np.log(4 * reach[0] * reach[1] / (run * (min(longest, run) - shortest)))
    found = nested(log_likelihood, prior, 3)
    return replace(found, log_z=found.log_z + float(share))


def _reach(gain: Callable[[float], float]) -> float:
    """How far a limit of the window may move, in minutes, until the likelihood is negligible."""
    top = gain(0.0)
    for reach in REACHES_MIN:
        if max(gain(-reach), gain(reach)) < top - NEGLIGIBLE:
            return reach
    return REACHES_MIN[-1]


def compare_evidence(case: str, c: Comparison, fit: Fit, *, windows: bool = True) -> Compared:
    """Laplace beside nested sampling for one fitted mode."""
    found, missed = over_sizes(c, fit)
    compared = Compared(case, fit.mode.cause, len(fit.sizes), laplace(fit), found, missed)
    free = fit.mode.anchor is Anchor.ANY and fit.mode.shape in {Shape.STEP, Shape.RAMP}
    if not (windows and free and len(fit.sizes) == 1):
        return compared
    signed = 0.0 if fit.mode.magnitudes[0].sign else float(np.log(2.0))
    free_window = over_window(c, fit)
    at_best = free_window.largest - (found.largest - found.log_z)
    return replace(
        compared,
        charged=mode_costs(fit.mode)[0] - shape_cost(fit.mode),
        lost=at_best - free_window.log_z + signed,
        off=max(free_window.largest - found.largest, 0.0),
    )


def leading_fit(found: Diagnosis) -> Fit:
    """The fit, alone, of the cause that scores best alone."""
    alone = [m for m in found.hypotheses.fits if len(m) == 1]
    return found.hypotheses.fits[max(alone, key=lambda m: found.hypotheses.scores[m])][0]


def diagnosed_case(folder: Path, package: TwinPackage, tags: Path) -> Diagnosis:
    """The diagnosis of a folder of evidence, a standstill fitted like any other course: how rare
    one is caps what it tells, and is no likelihood of a size."""
    site = package.manifest
    read = read_folder(
        folder, tags=read_tag_list(tags), line_id=site.line_id, site_zone=site.site_zone
    )
    replayed = replay(decided(read), package)
    uncapped = replace(replayed.comparison, stop_log_rarity=np.inf)
    with ThreadPoolExecutor(2) as executor:
        return diagnose(replace(replayed, comparison=uncapped), package, executor=executor)


def told(rows: Sequence[Compared]) -> str:
    """The comparisons as a table of text."""
    head = "case     cause                     Laplace   nested  +/-   diff  missed"
    lines = [f"{head}  charged  lost   off"]
    for r in rows:
        window = "" if r.lost is None else f"{r.charged:8.1f} {r.lost:5.1f} {r.off:5.1f}"
        lines.append(
            f"{r.case:8} {r.cause:24} {r.laplace:8.2f} {r.nested.log_z:8.2f} {r.nested.error:4.2f} "
            f"{r.difference:+6.2f} {r.missed:7.2f} {window}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Compare the leading mode of each case and write the table."""
    data, models, *cases = arguments
    package = load_package(Path(models) / "cdc_line_3")
    rows = []
    for case in cases:
        folder = "past_deviations" if case.startswith("PAST") else "deviations"
        found = diagnosed_case(Path(data) / folder / case, package, Path(data) / "tags.csv")
        rows.append(compare_evidence(case, found.replay.comparison, leading_fit(found)))
        sys.stdout.write(f"{told(rows[-1:]).splitlines()[-1]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{told(rows)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
