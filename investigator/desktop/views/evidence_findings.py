"""The findings on data quality as a tab of the evidence: judged singly, together, or all."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.findings import (
    FindingRow,
    acts_for,
    acts_for_all,
    findings,
    findings_note,
    inspected_finding,
    why_not_judge,
)
from investigator.desktop.views import evidence_forms
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.views.finding_list import FindingList
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.domain.acts.evidence import Judgement
from investigator.domain.quantities import count


class FindingsPart(EvidencePart):
    """All findings, those that need a person first."""

    word: ClassVar[str] = "Findings"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._rows: tuple[FindingRow, ...] = ()
        self._list = FindingList()
        self.table = self._list.table
        self._list.chosen.connect(self._choose)
        self._list.selection_changed.connect(self._follow_selection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)

    @property
    def title(self) -> str:
        """With how many wait for a judgement."""
        waiting = sum(row.is_open for row in self._rows)
        return f"{self.word}  ● {waiting}" if waiting else self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the findings as they stand."""
        self._scene, self._rows = scene, findings(scene)
        self._list.show_findings(self._rows, findings_note(self._rows))
        self._follow_selection()

    def inspect_current(self) -> None:
        """Tell of the finding that is gone to."""
        if (row := self.table.current_row()) is not None:
            self._choose(row)

    def commands(self) -> tuple[Command, ...]:
        """Accept or dismiss what is selected, accept all that remain."""
        return self._judging()

    def things(self) -> tuple[Thing, ...]:
        """The findings."""
        return tuple(
            Thing(f"{row.subject}: {row.kind}", "finding", partial(self._go_to, row.finding_id))
            for row in self._rows
        )

    def _judging(self, shown: FindingRow | None = None) -> tuple[Command, ...]:
        """On the findings that are selected; on `shown` alone where it is not among them."""
        waiting = tuple(row for row in self._rows if row.is_open)
        selected = self.table.selected_rows()
        chosen = selected if shown is None or shown in selected else (shown,)
        why_not = why_not_judge(self._scene) if self._scene else ""
        unselected = why_not or ("" if chosen else "Select one or more findings first.")
        left = acts_for_all(self._scene) if self._scene else ()
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
            Command("evidence.accept_all", words, self._accept_all, "", none_left),
        )

    def _judge(self, rows: tuple[FindingRow, ...]) -> None:
        if self._scene is not None and rows:
            self.view.act_requested.emit(Do(acts_for(self._scene, rows, Judgement.ACCEPTED)))

    def _accept_all(self) -> None:
        if self._scene is not None and (acts := acts_for_all(self._scene)):
            self.view.act_requested.emit(Do(acts))

    def _dismiss(self, rows: tuple[FindingRow, ...]) -> None:
        if self._scene is not None and rows:
            evidence_forms.ask_dismiss(self.view, self._scene, rows)

    def _follow_selection(self) -> None:
        self._list.show_commands(self._judging())
        self.view.commands_changed.emit()

    def _choose(self, row: FindingRow) -> None:
        if self._scene is None:
            return
        known = self._scene.seen.evidence if self._scene.seen else None
        is_tag = known is not None and row.subject in known.trajectories
        go = partial(self.view.go_requested.emit, Place.TIMELINE)
        tag = Thing(row.subject, "tag", go) if is_tag else None
        take = partial(ask_withdrawal, self.view)
        own = self._judging(row)[:2]
        self.view.inspected.emit(inspected_finding(self._scene, row, take, actions=own, tag=tag))

    def _go_to(self, finding_id: str) -> None:
        self.wanted.emit()
        self.table.choose(lambda row: row.finding_id == finding_id)
