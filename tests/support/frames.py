"""A window full of dummy content, as full as a case can make it; it knows no case."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import FrameState, Mark, Place, SignedIn, Status, StepState
from investigator.desktop.frame.view import View
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import JobRunner
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import Chip, SectionHeader
from investigator.desktop.widgets.table import Cell, Column, Table

Drum = tuple[str, float, float, Tone]
DRUMS: tuple[Drum, ...] = tuple(
    (f"DRM-{k:04d}", 22.4 + 0.13 * k, 0.5 + 0.033 * k, tuple(Tone)[1 + k % 3]) for k in range(14)
)
WORDS = {Tone.GOOD: "release", Tone.WARN: "test", Tone.BAD: "reject"}
MARKS = (
    Mark.DONE, Mark.DONE, Mark.DONE, Mark.RUNNING, Mark.OPEN, Mark.STALE, Mark.NONE, Mark.SIGNED,
)  # fmt: skip
STATE = FrameState(
    title=("DEV-2026-0147", "TA50-26-0413", "CDC-3"),
    status=Status("draft"),
    user=SignedIn("op", "Oda Petersen", "investigator"),
    steps=tuple(StepState(place, mark) for place, mark in zip(Place, MARKS, strict=False)),
    log_entries=412,
    saved_at="10:41:07",
)


def nothing() -> None:
    """Do nothing."""


def drum_columns() -> list[Column[Drum]]:
    """The columns of a table of drums."""
    return [
        Column("Drum", lambda drum: drum[0]),
        Column("Mass", lambda drum: Cell(f"{drum[1]:.1f}", drum[1]), unit="kg", numeric=True),
        Column("Conformance", lambda drum: Cell(f"{drum[2]:.2f} ± 0.03", drum[2]), numeric=True),
        Column("Proposal", lambda drum: Cell(WORDS[drum[3]], tone=drum[3])),
        Column("Reason", lambda _drum: "Hardness is below its limit in 12 % of the drum", width=-1),
    ]


class FullView(View):
    """A view with a table, a form, an empty state and chips."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place  # type: ignore[misc]
        self.snapshots: list[Any] = []
        self.table: Table[Drum] = Table(drum_columns())
        self.table.show_rows(DRUMS)
        self.form = Form()
        self.form.text("title", "Title", required=True, value="Hardness is low")
        self.form.choice("class", "Classification", [("major", "major")], value="major")
        self.form.reason()
        self.empty = EmptyState(
            "No hypothesis yet", "Raise one.", Command("raise", "Raise one", nothing)
        )
        self.offered: tuple[Command, ...] = ()
        self.selected: Inspected | None = None
        self._lay_out()

    def show_snapshot(self, snapshot: Any) -> None:
        """Keep it."""
        self.snapshots.append(snapshot)

    def inspect_selected(self) -> None:
        """What the test has selected."""
        self.inspected.emit(self.selected)

    def commands(self) -> tuple[Command, ...]:
        """What the test has put there."""
        return self.offered

    def things(self) -> tuple[Thing, ...]:
        """The drums."""
        return tuple(Thing(drum[0], "container", nothing) for drum in DRUMS)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        header = SectionHeader("Containers", "9 of 14 drums", button("Accept", "primary"))
        column.addWidget(header)
        column.addWidget(self.table, 1)
        row, chips = QHBoxLayout(), QHBoxLayout()
        row.addWidget(self.form, 1)
        row.addWidget(self.empty, 1)
        column.addLayout(row)
        for tone in Tone:
            chips.addWidget(Chip(tone.value, tone))
        chips.addStretch(1)
        column.addLayout(chips)


def full_window(jobs: JobRunner, *, act: Callable[[], None] = nothing) -> MainWindow:
    """A window with a view for each place and commands of every kind; `act` is "Start"."""
    window = MainWindow(jobs)
    for place in Place:
        window.add_view(place, lambda place=place: FullView(place))  # type: ignore[misc]
    window.show_state(STATE)
    window.show_commands(
        [
            Command("replay.start", "Start the replay", act, "Ctrl+R"),
            Command(
                "report.issue",
                "Issue the report",
                nothing,
                "Ctrl+Shift+R",
                why_not="A verdict is missing for 2 hypotheses.",
                group="status",
            ),
        ]
    )
    return window


INSPECTED = Inspected(
    title="DRM-0105",
    kind="container",
    facts=(
        ("Filled", "11:00 to 11:20"),
        ("Mass", "22.8 ± 0.1 kg"),
        ("Conforms", "0.60 [0.5, 0.7]"),
    ),
    source="batch_record.xml, lines 412 to 431",
    digest="3f9a22c1d07e4b5a" * 4,
    findings=(Remark("Hardness 96 N is below its limit of 105 N."), Remark("No sample.", Tone.BAD)),
    rests_on=(Thing("Replay of 10:38", "result", nothing),),
    actions=(
        Command("link", "Link as evidence", nothing),
        Command("why", "Why?", nothing, why_not="The replay is stale."),
    ),
)
