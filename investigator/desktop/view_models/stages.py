"""The disturbance from where it is to the press: the share of it behind each unit over time.

- Shares are in per cent of what is there at that time; the band holds 95 % of the draws of the
  residence times.
- When it leaves the press is told surely, centrally and possibly, as the trace tells it.
"""

from dataclasses import dataclass

import numpy as np

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import Floats, Ribbon, RibbonSpan, Times
from investigator.desktop.plots.readings import number
from investigator.desktop.plots.ticks import clock
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.impact_part import Facts, Go, told_part
from investigator.desktop.view_models.results import zone_of
from investigator.domain.instant import Span
from investigator.domain.quantities import UNKNOWN, duration, fixed, period
from investigator.domain.results import ImpactResult
from investigator.domain.tracing import StageCourse, Traced, TracedInterval

NOT_TRACED = "Followed before units were told one by one; follow the material again to see them."
NO_DISTURBANCE = "No disturbance was traced: no cause that leads acts where material passes."
_SEEN, _MARGIN, _LEAST_MARGIN_MS = 0.002, 0.15, 300_000
_INTERVAL = "interval/"
_WORDS = {
    "surely": ("Surely", "in 97.5 % of the draws of the residence times", Tone.BAD),
    "central": ("Centrally", "in half of the draws of the residence times", Tone.BAD),
    "possibly": ("Possibly", "in 2.5 % of the draws, the conservative one", Tone.WARN),
}


@dataclass(frozen=True, slots=True, eq=False)
class StageRow:
    """One row of the strip: the share behind a unit in per cent, shape (n,) each.

    `title`: e.g. "Behind the chute"; `unit`: the same as it stands beside the row. `peak`: the
    highest share with its interval; `highest`: without.
    """

    key: str
    title: str
    unit: str
    t_ms: Times
    low: Floats
    central: Floats
    high: Floats
    peak: str
    highest: str

    def at(self, t_ms: int) -> float:
        """The central share at an instant, in per cent; NaN where nothing was followed."""
        known = self.t_ms.size and self.t_ms[0] <= t_ms <= self.t_ms[-1]
        return float(np.interp(t_ms, self.t_ms, self.central)) if known else float("nan")


@dataclass(frozen=True, slots=True)
class Stages:
    """The strip. `cause`: when it was at work, with its name; `note`: why there are no rows."""

    cause: Span | None
    name: str
    rows: tuple[StageRow, ...]
    note: str


def stages(result: ImpactResult, name: str) -> Stages:
    """The strip of an impact; `name`: of the leading cause."""
    traced = result.traced
    if traced is None:
        return Stages(result.disturbance_window, name, (), NOT_TRACED)
    rows = tuple(_row(place, stage) for place, stage in enumerate(traced.stages))
    return Stages(result.disturbance_window, name, rows, "" if rows else NO_DISTURBANCE)


def focus(result: ImpactResult) -> Span | None:
    """Around the disturbance and all that is seen of it on its way; None where nothing is."""
    spans = [result.disturbance_window] if result.disturbance_window else []
    if result.traced is not None:
        seen = (_seen(stage) for stage in result.traced.stages)
        spans += [span for span in seen if span is not None]
        spans += [result.traced.interval.possibly] if result.traced.interval else []
    if not spans:
        return None
    first, last = min(s.start_ms for s in spans), max(s.end_ms for s in spans)
    spare = max(round(_MARGIN * (last - first)), _LEAST_MARGIN_MS)
    return Span(first - spare, last + spare)


def interval_ribbons(result: ImpactResult, zone: str) -> tuple[Ribbon, ...]:
    """When disturbed material leaves the press: three rows, none where nothing was traced."""
    found = result.traced.interval if result.traced else None
    if found is None:
        return ()
    return tuple(
        Ribbon(title, (_span(key, _of(found, key), found.possibly, how, tone, zone),))
        for key, (title, how, tone) in _WORDS.items()
    )


def is_interval(key: str) -> bool:
    """Whether a span of a ribbon is one of when disturbed material leaves the press."""
    return key.startswith(_INTERVAL)


def about_stage(scene: Scene, row: StageRow, cursor_ms: int | None, go: Go) -> Inspected:
    """The share behind a unit: how high, when, and at cursor A."""
    zone = zone_of(scene)
    traced = _traced(scene)
    facts = [
        ("Highest share", row.peak),
        ("More than half", _where(row, 50.0, zone)),
        ("More than 1 %", _where(row, 1.0, zone)),
        *([("Draws", str(traced.draws))] if traced else []),
    ]
    if cursor_ms is not None:
        facts.insert(0, (f"At A, {clock(cursor_ms, zone)}", _at_cursor(row, cursor_ms)))
    return told_part(scene, row.title, "share of disturbed material", tuple(facts), go)


def about_interval(scene: Scene, key: str, go: Go) -> Inspected | None:
    """When disturbed material leaves the press, all three ways."""
    traced = _traced(scene)
    found = traced.interval if traced else None
    if found is None:
        return None
    title, how, _ = _WORDS[key.removeprefix(_INTERVAL)]
    facts: Facts = tuple(
        (words, _lasting(_of(found, other), zone_of(scene)))
        for other, (words, _, _) in _WORDS.items()
    )
    return told_part(
        scene, f"{title} at the press outlet", "interval", (("Means", how), *facts), go
    )


def _traced(scene: Scene) -> Traced | None:
    result = scene.seen.impact if scene.seen else None
    return result.traced if result else None


def _row(place: int, stage: StageCourse) -> StageRow:
    low, central, high = (100.0 * c.value for c in (stage.low, stage.central, stage.high))
    known = np.isfinite(central)
    top = int(np.argmax(np.where(known, central, -1.0))) if known.any() else -1
    peak = highest = UNKNOWN
    if top >= 0:
        around = " to ".join(fixed(float(v[top]), 0) for v in (low, high))
        highest = f"{fixed(float(central[top]), 0)} %"
        peak = f"{highest.removesuffix(' %')} ({around}) %"
    unit = stage.stage.removeprefix("the ")
    title, beside = f"Behind the {unit}", unit[:1].upper() + unit[1:]
    return StageRow(
        f"stage/{place}", title, beside, stage.central.t_ms, low, central, high, peak, highest
    )


def _seen(stage: StageCourse) -> Span | None:
    at = np.flatnonzero(np.nan_to_num(stage.high.value) > _SEEN)
    return Span(int(stage.high.t_ms[at[0]]), int(stage.high.t_ms[at[-1]])) if at.size else None


def _of(found: TracedInterval, key: str) -> Span | None:
    return {"surely": found.surely, "central": found.central, "possibly": found.possibly}[key]


def _span(key: str, span: Span | None, whole: Span, how: str, tone: Tone, zone: str) -> RibbonSpan:
    if span is None:
        words = f"at no time {how}"
        return RibbonSpan(_INTERVAL + key, whole.start_ms, whole.end_ms, words, Tone.PLAIN, words)
    tip = f"Disturbed material leaves the press, {how}: {period(span, zone)}"
    label = duration(span.seconds)
    return RibbonSpan(_INTERVAL + key, span.start_ms, span.end_ms, label, tone, tip)


def _where(row: StageRow, above_pct: float, zone: str) -> str:
    inside = np.flatnonzero(np.nan_to_num(row.central) > above_pct)
    if not inside.size:
        return "at no time"
    return _lasting(Span(int(row.t_ms[inside[0]]), int(row.t_ms[inside[-1]])), zone)


def _lasting(span: Span | None, zone: str) -> str:
    return "at no time" if span is None else f"{period(span, zone)}, {duration(span.seconds)}"


def _at_cursor(row: StageRow, t_ms: int) -> str:
    if not row.t_ms.size or not row.t_ms[0] <= t_ms <= row.t_ms[-1]:
        return "not followed then"
    low, high = (float(np.interp(t_ms, row.t_ms, v)) for v in (row.low, row.high))
    return f"{number(row.at(t_ms))} ({number(low)} to {number(high)}) %"
