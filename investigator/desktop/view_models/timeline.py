"""The timeline: what is plotted of each signal, and what a stretch of time or a signal comes to."""

from collections.abc import Iterable

from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.plots.content import Curve, Limit, Plot
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models import recorded
from investigator.desktop.view_models.findings import findings
from investigator.desktop.view_models.own_finding import why_not_add
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.span_statistics import in_words, statistics
from investigator.desktop.view_models.tags import FILE_KINDS, Tag
from investigator.domain.acts.evidence import AnnotationMade
from investigator.domain.evidence import Evidence
from investigator.domain.instant import Span
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import count, duration, period, significant

ALL_SIGNALS = ""
NO_EVIDENCE = (
    "No evidence is admitted yet",
    "Admit a folder of evidence; its signals are then shown here over time.",
)


def bounds(evidence: Evidence) -> tuple[int, int]:
    """From the first to the last instant of batch and historian, in ms."""
    spans = [evidence.batch.span, *(c.filled for c in evidence.batch.containers)]
    first, last = min(s.start_ms for s in spans), max(s.end_ms for s in spans)
    edges = [t.t_ms[[0, -1]] for t in evidence.trajectories.values() if t.t_ms.size]
    return (
        min([first, *(int(e[0]) for e in edges)]),
        max([last, *(int(e[1]) for e in edges)]),
    )


def plot_of(tag: Tag, doubtful: tuple[Curve, ...] = ()) -> Plot:
    """The plot of a signal; bad samples are gaps.

    `doubtful`: dots on samples that are left out or widened.
    """
    name = "used" if doubtful else tag.short
    curve = Curve(name, tag.t_ms, tag.value, held=tag.held, dots=tag.single)
    limits = tuple(Limit(value, "specification") for value in tag.limits)
    return Plot(tag.key, _title(tag), tag.unit, (curve, *doubtful), limits=limits)


def _title(tag: Tag) -> str:
    states = " · ".join(f"{code} {name}" for code, name in tag.states)
    return "  ".join(part for part in (tag.short, tag.words, states) if part)


def annotation(case: Investigation, tag: str, span: Span, text: str) -> AnnotationMade:
    """The act of a remark on a stretch of time of a signal, or of all of them.

    `tag`: key of the signal; `ALL_SIGNALS` for all.
    """
    made = [r.act for r in case.history if isinstance(r.act, AnnotationMade)]
    gone = [w.withdrawn.act for w in case.withdrawals]
    used = len(made) + sum(isinstance(act, AnnotationMade) for act in gone)
    return AnnotationMade(f"A-{used + 1}", tag, span.start_ms, span.end_ms, text)


def why_not_annotated(scene: Scene, span: Span | None) -> str:
    """Why no annotation can be made now; empty if one can."""
    refused = scene.why_not(AnnotationMade("", "", 0, 0, ""))
    if refused:
        return refused
    return "" if span is not None else "Brush a span of time first: drag across a plot."


def why_not_doubted(scene: Scene | None, span: Span | None) -> str:
    """Why no finding can be added now; empty if one can."""
    if scene is None:
        return "Open a case first."
    refused = why_not_add(scene)
    if refused:
        return refused
    return "" if span is not None else "Brush a span of time first: drag across a plot."


def about_tag(scene: Scene, tag: Tag, span: Span) -> Inspected:
    """A signal, with its figures in the stretch of time that is seen."""
    evidence = scene.seen.evidence if scene.seen else None
    unit = tag.unit or ("state" if tag.states else "1")
    facts = [
        ("Unit", unit),
        ("Samples", f"{count(tag.t_ms.size, 'sample')}, {int(tag.bad.sum())} bad"),
        ("Between them", "held" if tag.held else "single results" if tag.single else "linear"),
        ("Time seen", in_words(statistics(tag, span))),
        *(("Limit", f"{significant(limit, 4)} {tag.unit}") for limit in tag.limits),
    ]
    return Inspected(
        title=tag.words if tag.words and not tag.single else tag.name,
        kind=tag.kind.value,
        facts=(("Name", tag.key), *facts),
        source=_source(scene, tag),
        digest=_digest(evidence, tag),
        findings=_doubts(scene, tag.key),
    )


def about_span(
    scene: Scene, tags: Iterable[Tag], span: Span, actions: tuple[Command, ...]
) -> Inspected:
    """A stretch of time: the figures of the signals shown, and what can be said of it."""
    zone = zone_of(scene)
    facts = [
        ("From, to", period(span, zone)),
        ("Length", duration(span.seconds)),
        *((_breakable(tag), in_words(statistics(tag, span))) for tag in tags),
    ]
    return Inspected("Brushed span", "span of time", tuple(facts), actions=actions)


def about_annotation(scene: Scene, annotation_id: str, take: recorded.Take) -> Inspected | None:
    """An annotation with the entry behind it; None where there is none of that id."""
    case, zone = scene.case, zone_of(scene)
    made = case.annotations if case else ()
    found = next((r for r in made if r.act.annotation_id == annotation_id), None)
    if found is None:
        return None
    span = Span(found.act.start_ms, found.act.end_ms)
    return Inspected(
        title=found.act.text,
        kind=f"annotation {annotation_id}",
        facts=(
            ("On", found.act.tag or "all signals"),
            ("From, to", period(span, zone)),
            *recorded.facts_of(found, zone),
        ),
        source=recorded.told(found, zone),
        actions=(recorded.withdrawal(scene, found, take),),
    )


def _breakable(tag: Tag) -> str:
    """Name and unit, to be broken into lines after each part."""
    name = tag.short.replace(".", ".\u200b")
    return f"{name} [{tag.unit}]" if tag.unit else name


def _source(scene: Scene, tag: Tag) -> str:
    evidence = scene.seen.evidence if scene.seen else None
    if evidence is None or scene.case is None or scene.case.evidence is None:
        return ""
    files = [item.file for item in evidence.items if item.kind == FILE_KINDS[tag.kind]]
    entry = recorded.told(scene.case.evidence, zone_of(scene))
    return f"{', '.join(files)}. {entry}" if files else entry


def _digest(evidence: Evidence | None, tag: Tag) -> str:
    """Of the file that the signal is in, where that is clear."""
    items = evidence.items if evidence else ()
    digests = [item.sha256 for item in items if item.kind == FILE_KINDS[tag.kind]]
    return digests[0] if len(digests) == 1 else ""


def _doubts(scene: Scene, key: str) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            f"{row.treatment}: {row.kind}, {row.detail or row.done}",
            Tone.WARN if row.is_open else Tone.PLAIN,
        )
        for row in findings(scene)
        if row.subject == key
    )
