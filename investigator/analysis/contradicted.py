"""Rejected hypotheses over the data: the prediction of the channel that speaks worst against each.

Nothing is simulated anew: what a fit adds to the undisturbed line was kept with it.
"""

from collections.abc import Mapping

import numpy as np

from investigator.analysis.comparison import CHANNELS, Comparison, Innovations
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.views import course, read_from
from investigator.domain.panel import Curve
from investigator.domain.ranking import Ranking
from investigator.domain.results import HypothesisFit
from investigator.twin.channels import BY_ID, SERIES
from investigator.twin.record import Array


def effect_of(c: Comparison, channel: str, added: Innovations) -> Array:
    """What a signature adds to a channel, in its order of time as `course` has it."""
    row = CHANNELS.index(channel)
    if row < len(SERIES):
        return np.asarray(added.raw_series[row])
    count = sum(p.channel == channel for p in c.measured.points)
    return np.asarray(added.raw_points[row - len(SERIES)][:count])


def contradicted_fits(
    c: Comparison, hypotheses: Hypotheses, ranking: Ranking
) -> tuple[HypothesisFit, ...]:
    """Of each rejected cause, the prediction of the channel that speaks worst against it.

    Curves are labelled and read as the panels of the replay are.
    """
    titles = _titles(c)
    fits = []
    for rejected in ranking.hypotheses:
        if rejected.elimination is None:
            continue
        channel, origin = titles[rejected.elimination.channel]
        (fit,) = hypotheses.fits[(rejected.cause,)]
        measured, undisturbed, noise, times = course(c, channel, c.null)
        value = undisturbed + float(noise[0]) + effect_of(c, channel, fit.added) - origin
        drawn = np.where(np.isfinite(measured), value * BY_ID[channel].to_unit, np.nan)
        curve = Curve(rejected.elimination.channel, times.astype(np.int64), drawn)
        fits.append(HypothesisFit(rejected.cause, (curve,)))
    return tuple(fits)


def _titles(c: Comparison) -> Mapping[str, tuple[str, float]]:
    """Channel and origin by the title that is read."""
    found = {}
    for channel in CHANNELS:
        measured, undisturbed, noise, _ = course(c, channel, c.null)
        usual = undisturbed + float(noise[0])
        title, origin = read_from(c.record.named, BY_ID[channel], usual[np.isfinite(measured)])
        found[title] = (channel, origin)
    return found
