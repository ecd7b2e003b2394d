"""The account: where the material of the batch is, and the samples of affected material."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from investigator.desktop.scene import Scene
from investigator.desktop.view_models.impact_part import Go
from investigator.desktop.view_models.material_account import (
    NO_ACCOUNT,
    PlaceRow,
    SampleRow,
    about_place,
    about_sample,
    account_of,
    closing,
    place_rows,
    sample_rows,
)
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.views.impact_part import ImpactPart, page_of
from investigator.desktop.widgets.labels import ElidedLabel, label, set_tone
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.material_account import MaterialAccount

_PLACES: tuple[Column[PlaceRow], ...] = (
    Column("Place", lambda r: Cell(r.place, tip=r.place), width=232),
    Column("Mass", lambda r: Cell(r.kg, r.line.kg), "kg", numeric=True, width=80),
    Column(
        "Affected",
        lambda r: Cell(f"{r.affected}\n{r.interval}", r.line.affected_kg),
        "kg",
        numeric=True,
        width=120,
        tip="Central estimate; beneath it the 95 % interval",
    ),
    Column("From", lambda r: Cell(r.line.source, tip=r.line.source), width=-1),
)
_SAMPLES: tuple[Column[SampleRow], ...] = (
    Column("Sample", lambda r: Cell(r.sample.sample_id, tip=r.sample.words)),
    Column("Drawn", lambda r: Cell(r.drawn, r.sample.t_ms), width=160),
    Column("Container", lambda r: r.sample.container_id),
    Column("Affected share", lambda r: Cell(r.share, r.sample.share), "%", numeric=True, width=132),
    Column("Certainty", lambda r: r.certain, width=84),
    Column("Why", lambda r: Cell(r.sample.words, tip=r.sample.words), width=-1),
)


class AccountPart(ImpactPart):
    """Places, and samples beneath."""

    word: ClassVar[str] = "Account"
    none: ClassVar[str] = NO_ACCOUNT

    def __init__(self, go: Go) -> None:
        super().__init__(go)
        self._account: MaterialAccount | None = None
        self.places, self.samples = Table(_PLACES), Table(_SAMPLES)
        self._closing, self._drawn = label(""), ElidedLabel("", "soft")
        self._place_told = True
        TwoLines.give_to(self.places)
        for table, name in ((self.places, "places"), (self.samples, "samples")):
            table.setObjectName(f"account.{name}")
        self.places.setAccessibleName("Account of the material")
        self.samples.setAccessibleName("Samples of affected material")
        self.places.chosen.connect(self._tell_place)
        self.samples.chosen.connect(self._tell_sample)
        self._lay_out()

    def show_scene(self, scene: Scene) -> None:
        """Show the account of the impact."""
        self.scene, account = scene, account_of(scene)
        self.show_something(account is not None)
        if account is None or account is self._account:
            self._account = account
            return
        self._account = account
        words, tone = closing(account)
        self._closing.setText(tone.said(words))
        set_tone(self._closing, tone)
        rows = sample_rows(account, zone_of(scene))
        self.places.show_rows(place_rows(account), keep=lambda row: row.place)
        self.samples.show_rows(rows, keep=lambda row: row.sample.sample_id)
        said = (
            f"{len(rows)} samples of affected material"
            if rows
            else "No sample of affected material"
        )
        self._drawn.setText(said)

    def tell_selected(self) -> None:
        """The place or the sample that was gone to last."""
        table = self.places if self._place_told else self.samples
        row = table.current_row()
        if row is not None:
            (self._tell_place if self._place_told else self._tell_sample)(row)

    def _tell_place(self, row: PlaceRow) -> None:
        self._place_told = True
        if self.scene is not None:
            self.inspected.emit(about_place(self.scene, row, self.go))

    def _tell_sample(self, row: SampleRow) -> None:
        self._place_told = False
        if self.scene is not None:
            self.inspected.emit(about_sample(self.scene, row, self.go))

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.places)
        split.addWidget(page_of((self._drawn, 0), (self.samples, 1), inner=True))
        split.setChildrenCollapsible(False)
        split.setSizes([400, 200])
        self.hold(page_of((self._closing, 0), (split, 1)))
