"""Drift and bias of instruments against the twin: doubts about data that only a model can have.

- Of every channel that one instrument measures: does measured minus predicted stand off over the
  run, or drift from some time on to its end, by more than the channel does in normal batches? By
  generalised least squares under the channel's noise model (the shape is filtered as the data are).
- A deviation does the same to the channels that it moves. So nothing is dropped or widened for it:
  the finding says which hypothesis explains it, a fault of the sensor or one of the process, or
  that none does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.fitting import Fit
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import Posterior
from investigator.analysis.views import leading_model
from investigator.domain.evidence import Finding, Severity
from investigator.domain.instant import Span
from investigator.domain.ranking import CauseCategory
from investigator.twin.channels import SERIES
from investigator.twin.measured import roles_of
from investigator.twin.noise import innovations
from investigator.twin.record import Array

MARGIN = 3.0
"""So much more log-likelihood than any change of the channel gains in normal batches."""

EXPLAINED = 0.5
"""A hypothesis explains a drift where it leaves less than this share of its gain."""

SHAPES = (("bias", 0.0), ("drift", 0.0), ("drift", 0.25), ("drift", 0.5), ("drift", 0.75))
"""What is looked for, and after which share of the run it begins."""

FEWEST = 60


@dataclass(frozen=True, slots=True)
class Departure:
    """How a channel departs from the twin: its row, `drift` or `bias`, its size over the run in the
    channel's stored unit, its log-likelihood gain, and its filtered course (bins,) of size one.
    """

    row: int
    kind: str
    size: float
    gain: float
    course: Array


def data_findings(
    c: Comparison,
    tag_map: Mapping[str, str],
    hypotheses: Hypotheses | None = None,
    believed: Posterior | None = None,
) -> tuple[Finding, ...]:
    """A finding for every instrument that departs from the twin.

    Args:
        c: the run compared with the unperturbed twin.
        tag_map: historian tag by role.
        hypotheses, believed: of the ranking; without them nothing is said of what explains it.
    """
    fits: tuple[Fit, ...] | None = None
    if hypotheses is not None and believed is not None:
        fits = hypotheses.fits.get(leading_model(hypotheses, believed), ())
    return tuple(_finding(c, departure, tag_map, fits) for departure in departures(c))


def departures(c: Comparison) -> tuple[Departure, ...]:
    """The channels of single instruments that depart from the twin, in order of the channels."""
    found = []
    for row, channel in enumerate(SERIES):
        if len(roles_of(channel.channel)) == 1 and int(c.series_known[row].sum()) >= FEWEST:
            best = max((_departure(c, row, *shape) for shape in SHAPES), key=lambda d: d.gain)
            if best.gain > float(c.usual_gains[row]) + MARGIN:
                found.append(best)
    return tuple(found)


def _departure(c: Comparison, row: int, kind: str, begins: float) -> Departure:
    known = np.flatnonzero(c.series_known[row])
    unit = np.zeros(c.series_known.shape[1])
    along = (known - known[0]) / float(known[-1] - known[0])
    ramp = np.maximum(along - begins, 0.0) / (1.0 - begins)
    unit[known] = ramp if kind == "drift" else 1.0
    one = slice(row, row + 1)
    course = innovations(
        unit[None, :], c.series_known[one], c.series_gains[one], c.series_noise[one]
    )[0]
    power = max(float(course @ course), 1e-12)
    seen = float(course @ c.residual.series[row])
    return Departure(row, kind, seen / power, 0.5 * seen * seen / power, course)


def _finding(
    c: Comparison,
    departure: Departure,
    tag_map: Mapping[str, str],
    fits: Sequence[Fit] | None,
) -> Finding:
    channel = SERIES[departure.row]
    (role,) = roles_of(channel.channel)
    bins = c.measured.bin_ms[np.flatnonzero(c.series_known[departure.row])]
    size = departure.size * channel.to_unit
    verb = "drifts by" if departure.kind == "drift" else "stands off by"
    explained, words = _explanation(departure, fits)
    return Finding(
        subject=tag_map[role],
        kind=f"{departure.kind}_against_twin",
        span=Span(int(bins[0]), int(bins[-1]) + 1),
        action="kept: it is what the hypotheses are ranked by",
        severity=Severity.MINOR if explained else Severity.MAJOR,
        detail=f"{c.record.named.title(channel)} {verb} {size:+.3g} {channel.unit} against the twin"
        f" by the end of the run{words}",
    )


def _explanation(departure: Departure, fits: Sequence[Fit] | None) -> tuple[bool, str]:
    """Whether a fitted hypothesis explains the departure, and how that is said."""
    if fits is None:
        return False, ""
    for fit in fits:
        left = _gain_left(departure, fit)
        if left < EXPLAINED * departure.gain:
            what = (
                "a fault of the sensor"
                if fit.mode.category is CauseCategory.MEASUREMENT
                else "the process"
            )
            return True, f"; explained by {fit.mode.title} ({what})"
    return False, "; no leading hypothesis explains it: sensor and process are both to be looked at"


def _gain_left(departure: Departure, fit: Fit) -> float:
    """Gain of the departure's own course after what the hypothesis adds to it is taken off."""
    power = max(float(departure.course @ departure.course), 1e-12)
    seen = departure.size * power
    added = float(departure.course @ fit.added.series[departure.row])
    return 0.5 * (seen - added) ** 2 / power
