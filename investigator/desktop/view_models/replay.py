"""The replay: which signals left the band of the twin, when, and how well each is replayed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from investigator.desktop.plots.content import Band, Curve, Heat, MarkedInstant, Plot
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import stale_said
from investigator.desktop.view_models.results import standing_said
from investigator.domain.departures import Z95, Departure, departures, on_one_grid
from investigator.domain.instant import to_datetime
from investigator.domain.panel import Panel, ReplayRow
from investigator.domain.quantities import UNKNOWN, count, decimals_for, fixed
from investigator.domain.ranking import HypothesisAssessment, Ranking
from investigator.domain.replayed import Replayed
from investigator.domain.results import ReplayResult

NO_REPLAY = "The batch is not replayed yet"
NEXT = "Replay it through the twin; measured and predicted are then compared signal by signal."
AS_DOTS = 120
_Z50 = 0.674490
_REMEDY = "replay the batch again"


@dataclass(frozen=True, slots=True, eq=False)
class SignalRow:
    """One signal of the table; texts as they are to be read.

    `title`: of its panel. `figures`: as the replay recorded them; None where it did not. `left`:
    time of day when it left the band. `bias`, `rmse`, `sd`: in the unit of the signal. `coverage`:
    of the 95 % band, in per cent.
    """

    title: str
    unit: str
    departure: Departure
    figures: ReplayRow | None
    left: str
    samples: str
    bias: str
    rmse: str
    sd: str
    coverage: str
    farthest: str


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """A replay as it is shown, apart from how it stands.

    `bounds`: from and to, in ms. `replayed`: from the recorded inputs; None in an old result.
    """

    rows: tuple[SignalRow, ...]
    heat: Heat | None
    bounds: tuple[int, int]
    replayed: Replayed | None = None

    def row(self, title: str) -> SignalRow | None:
        """The row of a signal."""
        return next((row for row in self.rows if row.title == title), None)


def replay_of(result: ReplayResult, zone: str) -> Replay:
    """The signals of a replay, those that left the band first above."""
    found = departures(result.panels)
    figures = {_title(row): row for row in result.rows}
    rows = tuple(_row(d, figures, zone) for d in found)
    times = [d.panel.measured.t_ms for d in found if d.panel.measured.t_ms.size]
    bounds = (min(int(t[0]) for t in times), max(int(t[-1]) for t in times)) if times else (0, 1)
    return Replay(rows, heat_of(found), bounds, result.replayed)


def heat_of(found: Sequence[Departure]) -> Heat | None:
    """The residuals of all signals over time; None for no signal."""
    made = on_one_grid(found)
    return None if made is None else Heat(tuple(d.panel.title for d in found), *made)


def plot_of(panel: Panel, *, fitted: Curve | None = None) -> Plot:
    """Measured, predicted and the bands of the twin; single results as dots.

    `fitted`: what a hypothesis predicts; only the 95 % band then stands behind it, else the 50 %
    band as well.
    """
    t_ms, middle = panel.measured.t_ms, panel.predicted.value
    inner = (panel.upper - panel.lower) / 2 * (_Z50 / Z95)
    outer_band = Band("95 %", t_ms, panel.lower, panel.upper, opacity=0.14)
    inner_band = Band("50 %", t_ms, middle - inner, middle + inner, opacity=0.22)
    bands = (outer_band,) if fitted is not None else (outer_band, inner_band)
    curves = (
        Curve("measured", t_ms, panel.measured.value, dots=t_ms.size <= AS_DOTS),
        Curve("nothing wrong", panel.predicted.t_ms, middle, colour=0),
        *((fitted,) if fitted is not None else ()),
    )
    unit = "" if panel.unit == "-" else panel.unit
    return Plot(panel.title, panel.title, unit, curves, bands)


def leading(ranking: Ranking) -> HypothesisAssessment | None:
    """The hypothesis that is more probable than every other outcome; None where there is none."""
    first = next(iter(ranking.hypotheses), None)
    other = max(ranking.none_of_the_above, ranking.no_deviation)
    return first if first is not None and first.probability > other else None


def onset(scene: Scene) -> MarkedInstant | None:
    """The onset of the leading hypothesis with its 95 % interval, where one was estimated."""
    if scene.seen is None or scene.seen.ranking is None or scene.case is None:
        return None
    lead = leading(scene.seen.ranking.ranking)
    if lead is None or lead.onset_ms is None:
        return None
    interval = lead.onset_interval
    lower, upper = (
        (interval.start_ms, interval.end_ms) if interval else (lead.onset_ms, lead.onset_ms)
    )
    words, recorded = f"onset: {lead.title}", scene.case.ranking
    stale = recorded is not None and scene.case.is_stale(recorded)
    return MarkedInstant(lead.onset_ms, lower, upper, stale_said(words) if stale else words)


def note(scene: Scene, shown: Replay) -> str:
    """How many signals left the band; before that where the twin extrapolates, and what made the
    replay stale, where it is.
    """
    left = sum(row.departure.left_ms is not None for row in shown.rows)
    counted = f"{left} of {count(len(shown.rows), 'signal')} left the band"
    words = (*_extrapolating(shown.replayed), counted)
    recorded = scene.case.replay if scene.case else None
    stale = scene.case is not None and recorded is not None and scene.case.is_stale(recorded)
    return "  ·  ".join((standing_said(scene, recorded, _REMEDY), *words) if stale else words)


def origin(scene: Scene) -> str:
    """Who recorded the replay and when, or what made it stale; empty for none."""
    return standing_said(scene, scene.case.replay if scene.case else None, _REMEDY)


def _extrapolating(replayed: Replayed | None) -> tuple[str, ...]:
    left = replayed.excursions if replayed else ()
    titles = ", ".join(dict.fromkeys(e.limit.title for e in left))
    return (Tone.WARN.said(f"extrapolating: {titles}"),) if left else ()


def _row(found: Departure, figures: Mapping[str, ReplayRow], zone: str) -> SignalRow:
    title, left = found.panel.title, found.left_ms
    known = figures.get(title)
    places = decimals_for(known.sd_predicted) if known else 0
    return SignalRow(
        title=title,
        unit="" if found.panel.unit == "-" else found.panel.unit,
        departure=found,
        figures=known,
        left=UNKNOWN if left is None else to_datetime(left, zone).strftime("%H:%M"),
        samples=str(known.samples) if known else UNKNOWN,
        bias=fixed(known.bias, places) if known else UNKNOWN,
        rmse=fixed(known.rmse, places) if known else UNKNOWN,
        sd=fixed(known.sd_predicted, places) if known else UNKNOWN,
        coverage=fixed(100 * known.coverage95, 0) if known else UNKNOWN,
        farthest=fixed(found.farthest, 1),
    )


def _title(row: ReplayRow) -> str:
    """The title of a channel's panel, which shows a logarithm against its usual level."""
    name, logarithm, _ = row.channel.partition(" (log")
    return f"{name} against its usual level" if logarithm and row.unit == "%" else row.channel
