"""The findings on data quality as a tab of the evidence: judged singly, together, or all."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.finding_lines import FindingLine
from investigator.desktop.view_models.finding_plot import finding_plot
from investigator.desktop.view_models.findings import (
    NO_EVIDENCE,
    NO_FINDINGS,
    FindingRow,
    acts_for,
    findings,
    findings_note,
    inspected_finding,
    together,
    why_not_judge,
)
from investigator.desktop.view_models.own_finding import why_not_add
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.views import evidence_forms
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.views.finding_form import ask_finding
from investigator.desktop.views.finding_list import FindingList
from investigator.desktop.views.finding_pane import FindingPane
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.empty import EmptyState
from investigator.domain.acts.evidence import Judgement
from investigator.domain.evidence import Severity
from investigator.domain.quantities import count


class FindingsPart(EvidencePart):
    """All findings, those that need a person first."""

    word: ClassVar[str] = "Findings"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._rows: tuple[FindingRow, ...] = ()
        self._shown: tuple[str, tuple[FindingRow, ...]] | None = None
        self._list = FindingList()
        self.table = self._list.table
        self._list.chosen.connect(self._choose)
        self._list.selection_changed.connect(self._follow_selection)
        self.pane = FindingPane()
        self.pane.brushed.connect(self._follow_selection)
        self.pane.span_chosen.connect(self._list.go_to)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self._list)
        parts.addWidget(self.pane)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        parts.setChildrenCollapsible(False)
        self._empty = EmptyState(*NO_EVIDENCE)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(parts)
        self._pages.addWidget(self._empty)

    @property
    def title(self) -> str:
        """With how many wait for a judgement."""
        waiting = sum(row.is_open for row in self._rows)
        return f"{self.word}  ● {waiting}" if waiting else self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the findings as they stand."""
        self._scene, self._rows = scene, findings(scene)
        self._list.show_findings(self._rows, findings_note(self._rows))
        if self.table.current_row() is None:
            self._shown = None
            self.pane.show_plot(None, zone_of(scene), selected="")
        has_evidence = scene.seen is not None and scene.seen.evidence is not None
        said = (*NO_FINDINGS, self._adding()) if has_evidence else NO_EVIDENCE
        self._empty.show_empty(*said)
        self._pages.setCurrentIndex(0 if self._rows else 1)
        self._follow_selection()

    def inspect_current(self) -> None:
        """Tell of the finding that is gone to, and show its signal as it stands now."""
        if (line := self.table.current_row()) is not None:
            self._choose(line)

    def commands(self) -> tuple[Command, ...]:
        """Accept or dismiss what is selected, accept all that remain, add one's own."""
        return (*self._judging(), self._adding())

    def things(self) -> tuple[Thing, ...]:
        """The findings."""
        return tuple(
            Thing(
                f"{row.subject}: {row.kind}",
                "finding",
                partial(self._go_to, row.finding_id),
                row.finding_id,
            )
            for row in self._rows
        )

    def _judging(self, shown: FindingLine | None = None) -> tuple[Command, ...]:
        """On the findings that are selected; on `shown` alone where it is not among them."""
        waiting = tuple(row for row in self._rows if row.is_open)
        selected = self._list.selected()
        chosen = selected if shown is None or shown.first in selected else shown.rows
        why_not = why_not_judge(self._scene) if self._scene else ""
        unselected = why_not or _why_not_chosen(chosen)
        left = together(self._scene, waiting) if self._scene else ()
        by_itself = "A critical finding is judged on its own." if waiting else ""
        none_left = why_not or ("" if left else by_itself or "Every finding is judged.")
        words = f"Accept all {len(left)} remaining" if left else "Accept all remaining"
        return (
            Command(
                "evidence.accept",
                f"Accept {count(len(chosen), 'finding')}" if len(chosen) > 1 else "Accept",
                lambda: self._judge(chosen),
                "",
                unselected,
            ),
            Command("evidence.dismiss", "Dismiss…", lambda: self._dismiss(chosen), "", unselected),
            Command("evidence.accept_all", words, lambda: self._judge(left), "", none_left),
        )

    def _adding(self) -> Command:
        """About the signal that is seen, over the stretch that is brushed."""

        def run() -> None:
            if self._scene is not None:
                ask_finding(self.view, self._scene, tag=self.pane.tag, span=self.pane.span)

        why_not = why_not_add(self._scene) if self._scene else "Open a case first."
        return Command("evidence.add_finding", "Add a finding…", run, "", why_not)

    def _judge(self, rows: tuple[FindingRow, ...]) -> None:
        if self._scene is not None and rows:
            self.view.act_requested.emit(Do(acts_for(self._scene, rows, Judgement.ACCEPTED)))

    def _dismiss(self, rows: tuple[FindingRow, ...]) -> None:
        if self._scene is not None and rows:
            evidence_forms.ask_dismiss(self.view, self._scene, rows)

    def _follow_selection(self) -> None:
        self._list.show_commands(self.commands())
        self.view.commands_changed.emit()

    def _choose(self, line: FindingLine) -> None:
        if self._scene is None:
            return
        row, scene = line.first, self._scene
        known = scene.seen.evidence if scene.seen else None
        is_tag = known is not None and row.subject in known.trajectories
        go = partial(self.view.go_requested.emit, Place.TIMELINE)
        tag = Thing(row.subject, "tag", go) if is_tag else None
        take = partial(ask_withdrawal, self.view)
        own = () if row.is_own else self._judging(line)[:2]
        self._show_signal(row)
        self.view.inspected.emit(inspected_finding(scene, row, take, actions=own, tag=tag))

    def _show_signal(self, row: FindingRow) -> None:
        """Once for each state of the findings, so that a stretch that is brushed stays."""
        shown = (row.finding_id, self._rows)
        if self._scene is not None and shown != self._shown:
            self._shown = shown
            made = finding_plot(self._scene, self._rows, row)
            self.pane.show_plot(made, zone_of(self._scene), selected=row.finding_id)
            self._follow_selection()

    def _go_to(self, finding_id: str) -> None:
        self.wanted.emit()
        self._list.go_to(finding_id)


def _why_not_chosen(rows: tuple[FindingRow, ...]) -> str:
    """Why these findings cannot be judged together; empty if they can."""
    if not rows:
        return "Select one or more findings first."
    if any(row.is_own for row in rows):
        return "A finding that a person added is withdrawn, not judged."
    if len(rows) > 1 and any(row.severity is Severity.CRITICAL for row in rows):
        return "A critical finding is judged on its own."
    return ""
