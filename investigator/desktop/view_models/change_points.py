"""Change points: which signal changed when, by how much, and how well the time is known."""

from dataclasses import dataclass

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import MarkedInstant, Plot, Ribbon, RibbonSpan
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.comparison_part import (
    Facts,
    Go,
    clock,
    clocks,
    on_the_timeline,
    panel_of,
    told_comparison,
)
from investigator.desktop.view_models.hypotheses import minus_signs
from investigator.desktop.view_models.replay import plot_of
from investigator.desktop.view_models.results import zone_of
from investigator.domain.instant import Span
from investigator.domain.quantities import duration, fixed, moment, period
from investigator.domain.results import ReplayResult
from investigator.domain.toolbox import ChangePoint
from investigator.domain.toolbox_words import change_in_words

NO_CHANGES = "This replay tells no change points"
NONE_FOUND = "No channel changed by more than normal batches do."


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as it is read. `key`: its channel and onset."""

    key: str
    change: ChangePoint
    onset: str
    interval: str
    back: str
    size: str
    gain: str


def change_rows(result: ReplayResult, zone: str) -> tuple[ChangeRow, ...]:
    """The changes of a replay, the earliest first."""
    changes = result.toolbox.changes if result.toolbox else ()
    return tuple(_row(c, zone) for c in sorted(changes, key=lambda c: c.onset_ms))


def change_plot(result: ReplayResult, change: ChangePoint) -> Plot | None:
    """The signal against the undisturbed twin; None where the replay has no course of it."""
    panel = panel_of(result, change.title)
    return plot_of(panel) if panel else None


def change_mark(change: ChangePoint) -> MarkedInstant:
    """The onset with its interval, to be drawn through the plot."""
    spread = change.onset_95
    return MarkedInstant(change.onset_ms, spread.start_ms, spread.end_ms, f"change {_size(change)}")


def change_ribbon(row: ChangeRow, whole: Span) -> Ribbon:
    """From the onset to where the level went back."""
    change = row.change
    lasts = RibbonSpan(
        row.key,
        change.onset_ms,
        _end(change, whole),
        row.size,
        Tone.WARN,
        minus_signs(change.words),
    )
    return Ribbon("Changed", (lasts,))


def about_change(scene: Scene, row: ChangeRow, whole: Span, go: Go) -> Inspected:
    """A change with what its interval is made of."""
    change, zone = row.change, zone_of(scene)
    facts: Facts = (
        ("Changed at", moment(change.onset_ms, zone)),
        ("95 % interval", period(change.onset_95, zone)),
        (
            "Went back",
            moment(change.end_ms, zone) if change.end_ms is not None else "not in this record",
        ),
        ("Size", f"{row.size} against the undisturbed twin"),
        ("Log-likelihood gain", f"{fixed(change.gain, 1)}; normal batches {_usual(change)}"),
        *_uncertainty(change),
    )
    stretch = Span(change.onset_95.start_ms, max(_end(change, whole), change.onset_95.end_ms))
    return told_comparison(
        scene,
        change.title,
        "change point",
        facts,
        go,
        evidence=on_the_timeline(change.signals, stretch, zone, go),
        remarks=(minus_signs(change.words),),
    )


def _row(change: ChangePoint, zone: str) -> ChangeRow:
    return ChangeRow(
        key=f"{change.channel}/{change.onset_ms}",
        change=change,
        onset=clock(change.onset_ms, zone),
        interval=clocks(change.onset_95, zone),
        back=clock(change.end_ms, zone) if change.end_ms is not None else "lasts",
        size=_size(change),
        gain=f"{fixed(change.gain, 1)} / {_usual(change)}",
    )


def _usual(change: ChangePoint) -> str:
    return fixed(change.usual_gain, 1)


def _size(change: ChangePoint) -> str:
    return change_in_words(change.size, change.unit)


def _end(change: ChangePoint, whole: Span) -> int:
    return change.end_ms if change.end_ms is not None else whole.end_ms


def _uncertainty(change: ChangePoint) -> Facts:
    found = change.uncertainty
    parts = (
        ("search", found.search_s),
        ("sampling", found.sampling_s),
        ("storage", found.storage_s),
        ("clock", found.clock_s),
    )
    return tuple((f"Uncertainty by {name}", duration(value)) for name, value in parts if value > 0)
