"""The origin: the drums traced back, and the lots and times of feeding of the one gone to."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from investigator.desktop.scene import Scene
from investigator.desktop.view_models.impact_part import Go
from investigator.desktop.view_models.origins import (
    NO_ORIGIN,
    DrumOrigin,
    OriginRow,
    about_drum_origin,
    about_origin,
    drum_origins,
)
from investigator.desktop.views.impact_part import ImpactPart, page_of
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.tracing import Traced


def _share(row: OriginRow) -> Cell:
    return Cell(row.share, row.origin.share)


_DRUMS: tuple[Column[DrumOrigin], ...] = (
    Column("Container", lambda r: Cell(r.name, r.start_ms, tip=r.container_id), width=80),
    Column("Fed", lambda r: Cell(r.fed, r.start_ms, tip=r.fed_in_full), width=112),
    Column(
        "Lots",
        lambda r: r.mixed or "one of each",
        width=-1,
    ),
)
_SHARE: tuple[Column[OriginRow], ...] = (
    Column("Share", _share, "%", numeric=True, width=76),
    Column(
        "95 % interval", lambda r: Cell(r.interval, r.origin.low95), "%", numeric=True, width=128
    ),
)
_LOTS: tuple[Column[OriginRow], ...] = (
    Column("Material", lambda r: Cell(r.origin.material, r.order), width=132),
    Column("Lot", lambda r: Cell(r.name, tip=r.name), width=-1),
    *_SHARE,
)
_TIMES: tuple[Column[OriginRow], ...] = (
    Column("Fed", lambda r: Cell(r.name, r.order), width=-1),
    *_SHARE,
)


class OriginPart(ImpactPart):
    """Drums at the left; lots and times of feeding at the right."""

    word: ClassVar[str] = "Origin"
    none: ClassVar[str] = NO_ORIGIN

    def __init__(self, go: Go) -> None:
        super().__init__(go)
        self._traced: Traced | None = None
        self._told: OriginRow | None = None
        self.drums, self.lots, self.times = Table(_DRUMS), Table(_LOTS), Table(_TIMES)
        self._of_lots, self._of_times = (ElidedLabel("", "strong") for _ in range(2))
        for table, name, words in (
            (self.drums, "drums", "Origin of the containers"),
            (self.lots, "lots", "Lots of the container"),
            (self.times, "times", "Times of feeding of the container"),
        ):
            table.setObjectName(f"origin.{name}")
            table.setAccessibleName(words)
        self.drums.chosen.connect(self._show_drum)
        for table in (self.lots, self.times):
            table.chosen.connect(self._tell_origin)
        self._lay_out()

    def show_scene(self, scene: Scene) -> None:
        """Show where the drums of the impact came from."""
        result = scene.seen.impact if scene.seen else None
        traced = result.traced if result else None
        self.scene = scene
        self.show_something(traced is not None and bool(traced.origins))
        if traced is not self._traced:
            self._traced = traced
            self.drums.show_rows(drum_origins(scene), keep=lambda row: row.container_id)
            if self.drums.current_row() is None:
                self.drums.choose(lambda _row: True, tell=False)
            self._show_origins()

    def select(self, container_id: str) -> None:
        """Go to a container, in silence."""
        if self.drums.choose(lambda row: row.container_id == container_id, tell=False):
            self._show_origins()

    def tell_selected(self) -> None:
        """The lot or time that was gone to last, or the drum."""
        drum = self.drums.current_row()
        if self._told is not None:
            self._tell_origin(self._told)
        elif drum is not None and self.scene is not None:
            self.inspected.emit(about_drum_origin(self.scene, drum, self.go))

    def _show_drum(self, _row: DrumOrigin) -> None:
        self._show_origins()
        self.tell_selected()

    def _show_origins(self) -> None:
        self._told, drum = None, self.drums.current_row()
        self.lots.show_rows(drum.lots if drum else ())
        self.times.show_rows(drum.times if drum else ())
        name = f" of {drum.name}" if drum else ""
        self._of_lots.setText(f"Lots{name}")
        self._of_times.setText(f"Times of feeding{name}")

    def _tell_origin(self, row: OriginRow) -> None:
        self._told, drum = row, self.drums.current_row()
        if self.scene is not None and drum is not None:
            self.inspected.emit(about_origin(self.scene, drum, row, self.go))

    def _lay_out(self) -> None:
        right, split = QSplitter(Qt.Orientation.Vertical), QSplitter(Qt.Orientation.Horizontal)
        right.addWidget(page_of((self._of_lots, 0), (self.lots, 1)))
        right.addWidget(page_of((self._of_times, 0), (self.times, 1)))
        split.addWidget(page_of((self.drums, 1)))
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([330, 470])
        for part in (right, split):
            part.setChildrenCollapsible(False)
        self.hold(split)
