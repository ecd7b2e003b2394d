"""One change of a scenario as it is entered: what, in which course, when, how much."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.hypotheses import capital
from investigator.desktop.view_models.scenario_draft import (
    Ground,
    PartEntered,
    new_part,
    with_course,
)
from investigator.desktop.view_models.scenario_reading import Fault, Field
from investigator.desktop.view_models.scenario_scales import size_scale, time_scale
from investigator.desktop.views.scenario_fields import FieldGrid, SliderField, TargetField
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import line_label
from investigator.domain.quantities import significant
from investigator.domain.scenario import Course, SizeRange, Target, TargetKind
from investigator.domain.scenario_rules import needs_time_constant

_MOST_SIZES = 3


class PartForm(QWidget):
    """The fields of one change.

    Signals:
        changed(): the person entered something; `entered` is it.
        removed(): the person wants this change out of the scenario.
        gone_to(): one of its fields has the keyboard.
    """

    changed = Signal()
    removed = Signal()
    gone_to = Signal()

    def __init__(self, place: int) -> None:
        super().__init__()
        self._entered: PartEntered | None = None
        self._ground: Ground | None = None
        self.target, self.course = TargetField(f"target-{place}"), QComboBox()
        self.onset, self.end = SliderField(f"onset-{place}"), SliderField(f"end-{place}")
        self.tau = QLineEdit()
        self.sizes = [SliderField(f"size-{place}-{n}") for n in range(_MOST_SIZES)]
        self.remove = button("Remove", "link", tip="Take this change out of the scenario")
        self.fields = FieldGrid()
        self._lay_out(place)
        self._connect()

    @property
    def entered(self) -> PartEntered | None:
        """What is entered; None before anything was shown."""
        return self._entered

    def show_part(self, part: PartEntered, ground: Ground, *, removable: bool) -> None:
        """Show a change over the ground that it is made on."""
        self._entered, self._ground = part, ground
        self.remove.setVisible(removable)
        self._show_target(part, ground)
        self._show_times(part, ground)
        self._show_sizes(part, ground)

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Say beside each field what is wrong with it."""
        said = {_key(fault): fault.sentence for fault in reversed(faults)}
        for key in self.fields.keys:
            self.fields.show_fault(key, said.get(key, ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Whichever field has the keyboard, the change is gone to."""
        if event.type() == QEvent.Type.FocusIn:
            self.gone_to.emit()
        return super().eventFilter(watched, event)

    def _show_target(self, part: PartEntered, ground: Ground) -> None:
        target = ground.target(part)
        self.target.show_targets(ground.targets, target, part.target)
        courses = target.courses if target else (part.course,)
        was = self.course.blockSignals(True)
        self.course.clear()
        for course in courses:
            self.course.addItem(course.value, course)
        self.course.setCurrentIndex(self.course.findData(part.course))
        self.course.blockSignals(was)
        own = part.kind is TargetKind.FAILURE_MODE
        self.course.setEnabled(len(courses) > 1)
        self.course.setToolTip("A failure mode has courses of its own" if own else "")

    def _show_times(self, part: PartEntered, ground: Ground) -> None:
        whole = part.course is Course.WHOLE_BATCH
        scale = time_scale(ground)
        for field, text in ((self.onset, part.onset), (self.end, part.end)):
            field.show_value(text, scale.text_at, scale.share_of)
            field.setToolTip(f"In {ground.zone}; brush a span in the plots to set both")
        for key in (Field.ONSET.value, Field.END.value):
            self.fields.show_field(key, shown=not whole)
        target = ground.target(part)
        needs = needs_time_constant(part.course, target) if target else bool(part.tau)
        self.fields.show_field(Field.TAU.value, shown=needs)
        if self.tau.text() != part.tau:
            self.tau.setText(part.tau)

    def _show_sizes(self, part: PartEntered, ground: Ground) -> None:
        target = ground.target(part)
        ranges: tuple[SizeRange, ...] = target.ranges() if target else ()
        for n, field in enumerate(self.sizes):
            shown = n < len(part.sizes)
            self.fields.show_field(f"{Field.SIZE.value}-{n}", shown=shown)
            if shown and n < len(ranges):
                self._show_size(n, field, part.sizes[n], ranges[n])
            elif shown:
                field.show_value(part.sizes[n], lambda _share: "", lambda _text: None)

    def _show_size(self, n: int, field: SliderField, text: str, allowed: SizeRange) -> None:
        scale = size_scale(allowed)
        field.show_value(text, scale.text_at, scale.share_of)
        unit = "" if allowed.unit in ("", "-") else f", {allowed.unit}"
        bounds = f"{significant(allowed.low)} to {significant(allowed.high)}"
        self.fields.rename(f"{Field.SIZE.value}-{n}", f"{capital(allowed.name)}{unit} ({bounds})")

    def _changed(self) -> None:
        if self._entered is None:
            return
        kept = len(self._entered.sizes)
        self._entered = replace(
            self._entered,
            onset=self.onset.edit.text(),
            end=self.end.edit.text(),
            tau=self.tau.text(),
            sizes=tuple(field.edit.text() for field in self.sizes[:kept]),
        )
        self.changed.emit()

    def _pick_target(self, target: Target) -> None:
        """Another target keeps the times where it has a course in time."""
        if self._ground is None or self._entered is None:
            return
        before, made = self._entered, new_part(target, self._ground)
        if Course.WHOLE_BATCH not in (before.course, made.course):
            made = replace(made, onset=before.onset, end=before.end)
        self._take(made)

    def _pick_course(self, place: int) -> None:
        if self._ground is not None and self._entered is not None:
            course = self.course.itemData(place)
            self._take(with_course(self._entered, Course(course), self._ground))

    def _take(self, part: PartEntered) -> None:
        if self._ground is not None:
            self.show_part(part, self._ground, removable=not self.remove.isHidden())
            self.changed.emit()

    def _connect(self) -> None:
        for field in (self.onset, self.end, *self.sizes):
            field.changed.connect(self._changed)
        self.tau.textEdited.connect(self._changed)
        self.target.picked.connect(self._pick_target)
        self.course.activated.connect(self._pick_course)
        self.remove.clicked.connect(self.removed)
        watched = [self.target, self.course, self.tau]
        for slid in (self.onset, self.end, *self.sizes):
            watched += [slid.edit, slid.slider]
        for widget in watched:
            widget.installEventFilter(self)

    def _lay_out(self, place: int) -> None:
        self.course.setObjectName(f"course-{place}")
        self.tau.setObjectName(f"tau-{place}")
        self.remove.setObjectName(f"remove-{place}")
        head = QHBoxLayout()
        head.addWidget(line_label("Change" if not place else f"Change {place + 1}", "strong"), 1)
        head.addWidget(self.remove)
        for key, title, field in (
            (Field.TARGET, "Of", self.target),
            (Field.COURSE, "Course", self.course),
            (Field.ONSET, "From", self.onset),
            (Field.END, "To", self.end),
        ):
            self.fields.add(key.value, title, field)
        self.fields.add(Field.TAU.value, "Time constant or period, s", self.tau, above=True)
        for n, slid in enumerate(self.sizes):
            self.fields.add(f"{Field.SIZE.value}-{n}", "Size", slid, above=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self.fields)


def _key(fault: Fault) -> str:
    return f"{fault.field.value}-{fault.size}" if fault.field is Field.SIZE else fault.field.value
