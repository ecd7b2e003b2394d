"""The timeline: signals above each other over one time axis, ribbons beneath, tags at the left.

Which signals are shown is the person's; other evidence starts anew from what tells most.
"""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place, Sight
from investigator.desktop.frame.view import View
from investigator.desktop.plots.content import Plot, RibbonSpan
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import CURSORS, TimeWindow
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.doubtful_samples import doubted
from investigator.desktop.view_models.findings import FindingRow, findings
from investigator.desktop.view_models.own_finding import known_tags
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.ribbons import Ribbons, ribbons
from investigator.desktop.view_models.tags import Tag, TagTree, tag_tree
from investigator.desktop.view_models.timeline import (
    NO_EVIDENCE,
    about_span,
    about_tag,
    bounds,
    plot_of,
    why_not_annotated,
    why_not_doubted,
)
from investigator.desktop.views.annotation_form import ask_annotation
from investigator.desktop.views.finding_form import ask_finding
from investigator.desktop.views.gradual import GradualPlots
from investigator.desktop.views.tag_panel import TagPanel
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel, line_label
from investigator.domain.evidence import Evidence
from investigator.domain.instant import Span
from investigator.domain.quantities import count

GUTTER_PX = 88
_TAGS_PX = 272
_LEAST_AROUND_MS = 600_000
_ROLES = {"timeline.annotate": "", "timeline.doubt": ""}
_NOTHING = Ribbons((), {})
_GESTURES = """Drag: brush a span
Click, Shift+click: cursors A, B
Wheel: zoom
Double click: all time"""


class TimelineView(View):
    """Tags, plots and ribbons."""

    place: ClassVar[Place] = Place.TIMELINE

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._evidence: Evidence | None = None
        self._tree: TagTree = TagTree((), ())
        self._tags: dict[str, Tag] = {}
        self._plots: dict[str, Plot] = {}
        self._keys: list[str] = []
        self._ribbons = _NOTHING
        self._told = ""
        self._judged: tuple[Any, ...] = ()
        self._findings: tuple[FindingRow, ...] = ()
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.panel, self.stack = TagPanel(), PlotStack(self.time)
        self.plots = GradualPlots(self.stack)
        self._head = line_label("Timeline", "strong")
        self._note = ElidedLabel("", "soft")
        self._buttons = {c.id: CommandButton(c, _ROLES.get(c.id, "quiet")) for c in self.commands()}
        self._lay_out()
        self._connect()

    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of the signals that are plotted, from above."""
        return tuple(self._keys)

    @property
    def brushed(self) -> Span | None:
        """The span of time that is brushed, or that lies between the cursors; None for none."""
        if self.time.brush is not None:
            return Span(*self.time.brush)
        a_ms, b_ms = self.time.cursor("A"), self.time.cursor("B")
        if a_ms is None or b_ms is None:
            return None
        return Span(min(a_ms, b_ms), max(a_ms, b_ms))

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the evidence of the case, and what was remarked on it."""
        self._scene = snapshot
        evidence = snapshot.seen.evidence if snapshot.seen else None
        self._pages.setCurrentIndex(0 if evidence else 1)
        self._judge_anew(snapshot, other=evidence is not self._evidence)
        if evidence is not self._evidence:
            self._evidence = evidence
            self._take(evidence)
        self._show_ribbons()
        self._offer()

    def commands(self) -> tuple[Command, ...]:
        """Fold the tags, doubt samples, annotate, show all time, drop cursors and brush."""
        why_not = why_not_annotated(self._scene, self.brushed) if self._scene else "Open a case."
        none = "" if self._keys else "No signal is plotted."
        return (
            Command("timeline.tags", "Signals", self._fold, "Ctrl+T"),
            self._doubting(),
            Command("timeline.annotate", "Annotate…", self._annotate, "Ctrl+N", why_not),
            Command("timeline.all", "All time", self.time.show_all, "Ctrl+0", none),
            Command("timeline.clear", "Clear cursors", self._clear, why_not=none),
        )

    def things(self) -> tuple[Thing, ...]:
        """The signals of the evidence."""
        return tuple(
            Thing(f"{tag.short} {tag.words}", "signal", partial(self._go_to, key), key)
            for key, tag in self._tags.items()
        )

    def show_sight(self, sight: Sight) -> None:
        """Brush the stretch, with as much before and after it, and plot its signals at the top."""
        if self._evidence is None:
            return
        asked = [key for key in sight.signals if key in self._tags]
        self._keys = [*asked, *(key for key in self._keys if key not in asked)]
        self.panel.show_ticked(self._keys)
        self._show_plots()
        start, end = sight.span.start_ms, sight.span.end_ms
        around = max(end - start, _LEAST_AROUND_MS)
        self.time.show_range(start - around, end + around)
        self.time.draw_brush((start, end), done=True)

    def plot(self, key: str, wanted: bool = True) -> None:
        """Plot a signal below the others, or plot it no longer."""
        if wanted and key not in self._keys:
            self._keys.append(key)
        elif not wanted and key in self._keys:
            self._keys.remove(key)
        self.panel.show_ticked(self._keys)
        self._show_plots()
        self._show_ribbons()
        self._offer()

    def _judge_anew(self, scene: Scene, *, other: bool) -> None:
        """The findings, worked out only where evidence or judgements are others."""
        case = scene.case
        judged = (case.judged_findings, case.added_findings) if case else ()
        if other or judged != self._judged:
            self._judged, self._findings = judged, findings(scene)

    def _take(self, evidence: Evidence | None) -> None:
        """Other evidence: its signals, those still there that were shown before, its time."""
        self._tree = tag_tree(evidence) if evidence else TagTree((), ())
        self._tags, self._plots = dict(self._tree.tags), {}
        kept = [key for key in self._keys if key in self._tags]
        self._keys = kept or list(self._tree.first)
        if self._scene is not None:
            self.time.zone = zone_of(self._scene)
        self._drop(done=False)
        if evidence is not None:
            self.time.show_bounds(*bounds(evidence))
        self.panel.show_tree(self._tree, self._keys)
        self._show_plots()

    def _show_plots(self) -> None:
        for key in self._keys:
            if key not in self._plots and self._scene is not None:
                doubtful = doubted(self._scene, self._findings, key)
                self._plots[key] = plot_of(self._tags[key], doubtful)
        self._note.setText(f"{count(len(self._keys), 'signal')} of {len(self._tags)}")
        self._note.setToolTip(_GESTURES)
        self.plots.show_plots([self._plots[key] for key in self._keys])

    def _show_ribbons(self) -> None:
        made = _NOTHING
        if self._scene is not None and self._evidence is not None:
            made = ribbons(self._scene, self._evidence, self._findings, self._keys, self._take_back)
        if made.rows != self._ribbons.rows:
            self.stack.show_ribbons(made.rows)
        self._ribbons = made

    def _take_back(self, recorded: Any) -> None:
        ask_withdrawal(self, recorded)

    def _annotate(self) -> None:
        if self.brushed is not None and self._scene is not None:
            titles = {key: self._plots[key].title for key in self._keys}
            ask_annotation(self, self._scene, self.brushed, titles)

    def _tell_span(self) -> None:
        span = self.brushed
        if span is not None and self._scene is not None:
            tags = [self._tags[key] for key in self._keys]
            can = {command.id: command for command in self.commands()}
            actions = (can["timeline.annotate"], can["timeline.doubt"])
            self.inspected.emit(about_span(self._scene, tags, span, actions))
        self._offer()

    def _doubting(self) -> Command:
        """A finding on the signal that was gone to last, in the brushed span."""
        span, scene = self.brushed, self._scene

        def run() -> None:
            if scene is not None:
                sampled = self._told if self._told in known_tags(scene) else ""
                ask_finding(self, scene, tag=sampled, span=span)

        why_not = why_not_doubted(scene, span)
        return Command("timeline.doubt", "Add finding…", run, why_not=why_not)

    def _tell_tag(self, key: str) -> None:
        self._told = key
        if self._scene is not None:
            self.inspected.emit(about_tag(self._scene, self._tags[key], Span(*self.time.range)))

    def _tell_thing(self, span: RibbonSpan) -> None:
        self.stack.show_ribbons(self._ribbons.rows, selected=span.key)
        self.inspected.emit(self._ribbons.things.get(span.key))

    def _go_to(self, key: str) -> None:
        self.plot(key)
        self._tell_tag(key)

    def _fold(self) -> None:
        self.panel.setVisible(self.panel.isHidden())
        if not self.panel.isHidden():
            self.panel.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clear(self) -> None:
        self._drop(done=True)

    def _drop(self, *, done: bool) -> None:
        for name in CURSORS:
            self.time.put_cursor(name, None)
        self.time.draw_brush(None, done=done)

    def _offer(self) -> None:
        for command in self.commands():
            self._buttons[command.id].show_command(command)
        self.commands_changed.emit()

    def _connect(self) -> None:
        self.panel.ticked.connect(self.plot)
        self.panel.chosen.connect(self._tell_tag)
        self.stack.plot_chosen.connect(lambda plot: self._tell_tag(plot.key))
        self.stack.span_chosen.connect(self._tell_thing)
        self.time.brushed.connect(self._tell_span)
        self.time.cursors_changed.connect(self._offer_remarks)

    def _offer_remarks(self) -> None:
        for command in self.commands():
            if command.id in _ROLES:
                self._buttons[command.id].show_command(command)

    def _lay_out(self) -> None:
        for name, button in self._buttons.items():
            button.setObjectName(name)
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        bar.setSpacing(GRID)
        bar.addWidget(self._head)
        bar.addWidget(self._note, 1)
        for button in self._buttons.values():
            bar.addWidget(button)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.panel)
        split.addWidget(self.stack)
        split.setStretchFactor(1, 1)
        split.setSizes([_TAGS_PX, 4 * _TAGS_PX])
        split.setChildrenCollapsible(False)
        page, self._pages = QWidget(), QStackedLayout(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(split, 1)
        go = Command(
            "timeline.evidence", "Go to Evidence", lambda: self.go_requested.emit(Place.EVIDENCE)
        )
        self._pages.addWidget(page)
        self._pages.addWidget(EmptyState(*NO_EVIDENCE, go))
