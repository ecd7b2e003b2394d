"""How a part of the comparison with normal batches is told: a symptom, and what it rests on."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place, Sight
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import stale_said, told
from investigator.desktop.view_models.results import stale_because, standing_said, zone_of
from investigator.domain.instant import Span, to_datetime
from investigator.domain.panel import Panel
from investigator.domain.results import ReplayResult

Go = Callable[[Place | Sight], None]
Facts = tuple[tuple[str, str], ...]
SYMPTOM = "A symptom, not a cause; no probability rests on it."
AGAIN = "It was made before there was one; replay the batch again."


def replay_of_case(scene: Scene) -> ReplayResult | None:
    """The recorded replay, which the comparison is a part of; None before there is one."""
    return scene.seen.replay if scene.seen else None


def standing(scene: Scene) -> str:
    """That symptoms are shown, and before that what made the replay stale, where it is."""
    recorded = scene.case.replay if scene.case else None
    stale = scene.case is not None and recorded is not None and scene.case.is_stale(recorded)
    said = standing_said(scene, recorded, "replay the batch again") if stale else ""
    return "  ·  ".join(filter(None, (said, SYMPTOM)))


def told_comparison(
    scene: Scene,
    title: str,
    kind: str,
    facts: Facts,
    go: Go,
    *,
    evidence: tuple[Thing, ...] = (),
    remarks: Sequence[str] = (),
) -> Inspected:
    """A part with its figures and the replay that it is of.

    `evidence`: what it rests on besides the replay. `remarks`: sentences besides that it is a
    symptom.
    """
    case, recorded = scene.case, scene.case.replay if scene.case else None
    because = stale_because(case, recorded) if case and recorded else ""
    stale = (Remark(stale_said(because)),) if because else ()
    plain = tuple(Remark(words, Tone.PLAIN) for words in (SYMPTOM, *remarks))
    return Inspected(
        title=title,
        kind=kind,
        facts=facts,
        source=f"Replay. {told(recorded, zone_of(scene))}" if recorded else "",
        digest=recorded.act.result if recorded else "",
        findings=(*stale, *plain),
        rests_on=(
            *evidence,
            Thing(Place.REPLAY.label, "step", partial(go, Place.REPLAY)),
        ),
    )


def on_the_timeline(
    signals: Sequence[str], span: Span, zone: str, go: Go, *, kind: str = "signal"
) -> tuple[Thing, ...]:
    """Each signal over a stretch of time, to be gone to; the stretch alone where there is none."""
    when = clocks(span, zone)
    if not signals:
        sight = Sight(Place.TIMELINE, span)
        return (Thing(f"Timeline, {when}", "stretch of time", partial(go, sight)),)
    return tuple(
        Thing(f"{tag}, {when}", kind, partial(go, Sight(Place.TIMELINE, span, (tag,))))
        for tag in signals
    )


def signals_by_channel(result: ReplayResult) -> Mapping[str, tuple[str, ...]]:
    """Historian tags by channel, as far as the replay names them."""
    charted = result.control_chart.channels if result.control_chart else ()
    changed = result.toolbox.changes if result.toolbox else ()
    named = {change.channel: change.signals for change in changed if change.signals}
    return {**named, **{one.channel: one.tags for one in charted}}


def panel_of(result: ReplayResult, title: str) -> Panel | None:
    """The panel of a channel: that of a logarithm shows it against its usual level."""
    name, logarithm, _ = title.partition(" (log)")
    wanted = f"{name} against its usual level" if logarithm else title
    return next((p for p in result.panels if p.title in (title, wanted)), None)


def whole_span(result: ReplayResult) -> Span:
    """From the first to the last value of the replay."""
    times = [p.measured.t_ms for p in result.panels if p.measured.t_ms.size]
    if not times:
        return Span(0, 1)
    return Span(min(int(t[0]) for t in times), max(int(t[-1]) for t in times) + 1)


def clock(t_ms: int, zone: str) -> str:
    """Hour and minute."""
    return to_datetime(t_ms, zone).strftime("%H:%M")


def clocks(span: Span, zone: str) -> str:
    """Hours and minutes from and to."""
    return f"{clock(span.start_ms, zone)}–{clock(span.end_ms, zone)}"
