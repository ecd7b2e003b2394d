"""What stands in place of the tabs while a folder is looked at: its preview, or the editor."""

from dataclasses import replace

from PySide6.QtWidgets import QStackedLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.frame.view import View
from investigator.desktop.requests import (
    AdmitEvidence,
    DiscardReading,
    LoadProfile,
    ReadEvidence,
    SaveProfile,
    TryProfile,
)
from investigator.desktop.scene import Scene, TriedProfile
from investigator.desktop.view_models.evidence import why_not_read
from investigator.desktop.view_models.folder_preview import (
    TableRow,
    inspected_table,
    other_batch,
    preview,
)
from investigator.desktop.views.evidence_forms import ask_other_batch, ask_profile_file
from investigator.desktop.views.evidence_preview import EvidencePreview
from investigator.desktop.views.profile_editor import ProfileEditor, suggested_file
from investigator.desktop.views.saving import ask_file
from investigator.domain.import_profile import ImportProfile


class PreviewStage(QWidget):
    """The preview with the editor behind it; it speaks through the view that it is in."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._scene: Scene | None = None
        self._told: TriedProfile | None = None
        self.preview, self.editor = EvidencePreview(), ProfileEditor()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.editor)
        self._connect()

    def show_scene(self, scene: Scene) -> bool:
        """Show the folder that is looked at; whether there is one."""
        self._scene, found = scene, preview(scene)
        if found is None:
            self._leave()
            return False
        self.preview.show_preview(found, why_not_read(scene))
        if scene.tried is not None and scene.tried is not self._told:
            self.editor.show_tried(scene.tried)
        self._told = scene.tried
        return True

    def inspect_current(self) -> None:
        """Tell of the table that is gone to."""
        if (row := self.preview.table.current_row()) is not None:
            self._view.inspected.emit(inspected_table(row))

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the folder that is looked at."""
        seen = self._scene is not None and self._scene.preview is not None
        return self.preview.commands() if seen else ()

    def _connect(self) -> None:
        tell = self._view.inspected.emit
        self.preview.chosen.connect(lambda row: tell(inspected_table(row)))
        self.preview.admitted.connect(self._admit)
        self.preview.discarded.connect(lambda: self._view.act_requested.emit(DiscardReading()))
        self.preview.read_again.connect(self._read_again)
        self.preview.editing.connect(self._edit)
        self.editor.tried.connect(self._try)
        self.editor.used.connect(self._use)
        self.editor.put_away.connect(self._leave)
        self.editor.load_wanted.connect(self._load)
        self.editor.save_wanted.connect(self._save)

    def _admit(self) -> None:
        seen = self._scene.preview if self._scene else None
        if self._scene is None or seen is None or seen.read is None:
            return
        if note := other_batch(self._scene):
            ask_other_batch(self._view, seen.read, note)
        else:
            self._view.act_requested.emit(AdmitEvidence(seen.read))

    def _read_again(self) -> None:
        seen = self._scene.preview if self._scene else None
        if seen is None:
            return
        profiles = {**seen.choices.profiles, **dict(self.preview.edits)}
        self._view.act_requested.emit(
            ReadEvidence(
                seen.folder,
                tuple(sorted(profiles.items())),
                self.preview.batch.batch_id or seen.choices.batch_id,
                seen.choices.without_twin,
            )
        )

    def _edit(self, row: TableRow) -> None:
        profile = self.preview.profile_of(row)
        if profile is not None:
            self.editor.edit(row, profile)
            self._stack.setCurrentWidget(self.editor)

    def _try(self, profile: ImportProfile) -> None:
        seen = self._scene.preview if self._scene else None
        if seen is not None:
            asked = TryProfile(seen.folder, self.editor.table, profile)
            self._view.act_requested.emit(replace(asked, refused=self.editor.refuse))

    def _use(self, table: str, profile: ImportProfile) -> None:
        self.preview.correct(table, profile)
        self._leave()

    def _leave(self) -> None:
        self._stack.setCurrentWidget(self.preview)

    def _load(self) -> None:
        seen = self._scene.preview if self._scene else None
        if seen is not None:
            table, folder = self.editor.table, seen.folder
            ask_profile_file(self._view, lambda file: LoadProfile(folder, table, file))

    def _save(self) -> None:
        profile = self.editor.profile
        if profile is not None:
            ask_file(
                self._view,
                "Save the import profile",
                lambda file: SaveProfile(profile, file),
                suggested=suggested_file(self.editor.table),
            )
