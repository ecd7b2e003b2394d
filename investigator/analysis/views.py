"""What a person looks at: plant against twin, channel by channel, with the band of the twin."""

from dataclasses import replace

import numpy as np

from investigator.analysis.comparison import POINT_ROW, Comparison
from investigator.analysis.fitting import Fit, perturbation_of
from investigator.analysis.hypotheses import Hypotheses
from investigator.analysis.posterior import Posterior
from investigator.analysis.preference import chosen_model, leading_hypothesis
from investigator.domain.panel import Curve, Panel, ReplayRow
from investigator.domain.results import HypothesisFit
from investigator.twin.channels import BY_ID, POINTS, SERIES, SERIES_INDEX, Channel
from investigator.twin.noise import lasting_variance
from investigator.twin.predicted import Predicted, predict
from investigator.twin.record import Array, Mask
from investigator.twin.record_map import RecordMap
from investigator.twin.scenario import UNPERTURBED, Perturbation

ALWAYS_SHOWN = ("nir_api", "ipc_hardness", "ipc_weight", "lab_assay")
PANELS = 9


def leading_model(hypotheses: Hypotheses, believed: Posterior) -> tuple[str, ...]:
    """The most probable model of the leading cause, as the ranking has it.

    Empty where "nothing" or "none of these" leads.
    """
    return chosen_model(leading_hypothesis(believed), hypotheses, believed) or ()


def model_perturbation(c: Comparison, fits: tuple[Fit, ...]) -> Perturbation:
    """All fitted modes of a model at work together."""
    together = UNPERTURBED
    for fit in fits:
        together = together + perturbation_of(fit, c)
    return together


def channel_sd(noise: Array) -> float:
    """Standard deviation of plant minus twin for one value of a channel, from its noise model."""
    return float(np.sqrt(lasting_variance(noise) + noise[5] ** 2))


def replay_rows(c: Comparison) -> tuple[ReplayRow, ...]:
    """Bias, rms residual and coverage of the 95 % band for every channel that was measured.

    A value in doubt weighs by the inverse square of its factor, and its band is as much wider.
    """
    rows = []
    for channel in SERIES + POINTS:
        measured, predicted, noise, _ = course(c, channel.channel, c.null)
        left = (measured - predicted) * channel.to_unit
        known = np.isfinite(left)
        if not known.any():
            continue
        sd = channel_sd(noise) * channel.to_unit
        off = left[known] - float(noise[0]) * channel.to_unit
        factor = _sd_factor(c, channel.channel, known)
        weight = factor**-2.0
        rows.append(
            ReplayRow(
                channel=c.record.named.title(channel),
                unit=channel.unit,
                samples=int(off.size),
                bias=float((weight * off).sum() / weight.sum()),
                rmse=float(np.sqrt((weight * off**2).sum() / weight.sum())),
                sd_predicted=sd,
                coverage95=float((np.abs(off) <= 1.96 * sd * factor).mean()),
            )
        )
    return tuple(rows)


def _sd_factor(c: Comparison, channel: str, known: Mask) -> Array:
    """Of the known values of a channel; a single result has no doubt of its own."""
    if channel not in SERIES_INDEX:
        return np.ones(int(known.sum()))
    return np.asarray(c.measured.sd_factor[SERIES_INDEX[channel]][known])


def course(c: Comparison, channel: str, predicted: Predicted) -> tuple[Array, Array, Array, Array]:
    """Measured, predicted, noise row and times (ms) of one channel, in its stored unit."""
    if channel in SERIES_INDEX:
        row = SERIES_INDEX[channel]
        times = c.measured.bin_ms.astype(np.float64)
        return c.measured.series[row], predicted.series[row], c.series_noise[row], times
    chosen = sorted(
        (q.span.start_ms + q.span.end_ms, i)
        for i, q in enumerate(c.measured.points)
        if q.channel == channel
    )
    index = [i for _, i in chosen]
    measured = np.array([c.measured.points[i].value for i in index])
    times = np.array([middle / 2 for middle, _ in chosen], dtype=np.float64)
    return measured, predicted.points[index], c.points_noise[POINT_ROW[channel]], times


def read_from(named: RecordMap, channel: Channel, usual: Array) -> tuple[str, float]:
    """Title of a channel and the value that is read as zero.

    A logarithm is read as the departure from its usual level, everything else as it is.
    """
    title = title_read(named, channel)
    if not _relative(channel):
        return title, 0.0
    known = usual[np.isfinite(usual)]
    return title, float(np.median(known)) if known.size else 0.0


def title_read(named: RecordMap, channel: Channel) -> str:
    """The title of a channel wherever its values, or sentences on them, are read."""
    if _relative(channel):
        return channel.title.split(" (log")[0] + " against its usual level"
    return named.title(channel)


def _relative(channel: Channel) -> bool:
    return "(log" in channel.title and channel.unit == "%"


def panels(c: Comparison, hypotheses: Hypotheses, believed: Posterior) -> tuple[Panel, ...]:
    """The channels that speak most for the leading hypothesis, and those always shown."""
    model = leading_model(hypotheses, believed)
    fits = hypotheses.fits.get(model, ())
    fitted = None
    order = list(ALWAYS_SHOWN)
    if fits:
        fitted = predict(c.frame, model_perturbation(c, fits), c.parameters, c.nominals, c.null)
        gains = np.sum([fit.gains for fit in fits], axis=0)
    else:
        gains = hypotheses.unexplained[()] - c.usual_gains
    ids = [channel.channel for channel in SERIES + POINTS]
    loudest = [ids[i] for i in np.argsort(-gains, kind="stable") if gains[i] > 3.0]
    chosen = list(dict.fromkeys(loudest[: PANELS - 3] + order))[:PANELS]
    return tuple(p for p in (_panel(c, channel, fitted) for channel in chosen) if p is not None)


def replay_panels(c: Comparison) -> tuple[Panel, ...]:
    """Every channel that was measured against the twin with nothing wrong."""
    shown = (_panel(c, channel.channel, None) for channel in SERIES + POINTS)
    return tuple(panel for panel in shown if panel is not None)


def hypothesis_fits(c: Comparison, hypotheses: Hypotheses) -> tuple[HypothesisFit, ...]:
    """What the twin predicts of every measured channel under each hypothesis fitted alone."""
    found = []
    for model in sorted(m for m in hypotheses.fits if len(m) == 1):
        perturbation = model_perturbation(c, hypotheses.fits[model])
        fitted = predict(c.frame, perturbation, c.parameters, c.nominals, c.null)
        found.append(HypothesisFit(model[0], curves_under(c, fitted)))
    return tuple(found)


def curves_under(c: Comparison, fitted: Predicted) -> tuple[Curve, ...]:
    """A prediction of every measured channel, each labelled as its panel of the replay."""
    panels_under = (_panel(c, channel.channel, fitted) for channel in SERIES + POINTS)
    return tuple(
        replace(panel.fitted, label=panel.title)
        for panel in panels_under
        if panel is not None and panel.fitted is not None
    )


def _panel(c: Comparison, channel: str, fitted: Predicted | None) -> Panel | None:
    measured, predicted, noise, times = course(c, channel, c.null)
    if not np.isfinite(measured).any():
        return None
    unit = BY_ID[channel]
    t_ms = times.astype(np.int64)
    shown = np.isfinite(measured)
    usual = predicted + float(noise[0])
    title, origin = read_from(c.record.named, unit, usual[shown])

    def drawn(values: Array) -> Array:
        return np.where(shown, (values - origin) * unit.to_unit, np.nan)

    expected = drawn(usual)
    half = 1.96 * channel_sd(noise) * unit.to_unit
    under = None
    if fitted is not None:
        _, alternative, _, _ = course(c, channel, fitted)
        under = Curve("twin, leading hypothesis", t_ms, drawn(alternative + float(noise[0])))
    return Panel(
        title=title,
        unit=unit.unit,
        measured=Curve("measured", t_ms, drawn(measured)),
        predicted=Curve("twin, nothing wrong", t_ms, expected),
        lower=expected - half,
        upper=expected + half,
        fitted=under,
    )
