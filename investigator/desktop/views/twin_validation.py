"""The validation of a twin as a tab with tabs of its own: criteria, plots, tags, report."""

from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedLayout, QTabWidget, QWidget

from investigator.casework.twin_choice import TwinStanding
from investigator.casework.twin_details import TwinDetails
from investigator.desktop.commands import Command
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin_prediction import about_tag, in_band, tags
from investigator.desktop.view_models.twin_validation import (
    CheckRow,
    about_batch,
    about_check,
    about_criterion,
    about_deviation,
    checks,
    checks_said,
    criteria,
    judged,
    nothing_said,
    open_said,
    source_of,
    standing_said,
)
from investigator.desktop.views import twin_columns
from investigator.desktop.views.report_reading import ReportReading
from investigator.desktop.views.twin_part import TwinPart, page
from investigator.desktop.views.twin_prediction import ContainersPart, SensitivityPart
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import label, set_tone
from investigator.desktop.widgets.table import Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.validation import (
    CriterionResult,
    DeviationFigures,
    TagFigures,
    ValidationBatch,
)

REPORT = "Report"
_NO_PAGES = ("No pages", "The package holds the record of its validation, and no report.pdf.")


class ValidationPart(TwinPart):
    """The outcome in two lines over the tabs; the pages are rendered once they are gone to."""

    word: ClassVar[str] = "Validation"

    def __init__(self, save: Command) -> None:
        super().__init__()
        self._verdict, self._standing = label("", "strong"), label("", "soft")
        self.criteria: Table[CriterionResult] = Table(twin_columns.CRITERIA)
        self.tags: Table[TagFigures] = Table(twin_columns.TAGS)
        self.deviations: Table[DeviationFigures] = Table(twin_columns.DEVIATIONS)
        self.checks: Table[CheckRow] = Table(twin_columns.CHECKS)
        self.batches: Table[ValidationBatch] = Table(twin_columns.BATCHES)
        self.containers, self.sensitivity = ContainersPart(), SensitivityPart()
        self.save = CommandButton(save)
        self.save.setObjectName("twin.save_report")
        self.reading = ReportReading(self.save)
        self._pages, self._empty = QStackedLayout(), EmptyState("", "")
        self.tabs = QTabWidget()
        for table in (self.criteria, self.deviations, self.checks):
            TwoLines.give_to(table)
        self._connect()
        self._lay_out()

    def show_details(self, details: TwinDetails, standing: TwinStanding) -> None:
        """Show the record; what to do where there is none."""
        record = details.validation
        self._empty.show_empty(*nothing_said(details))
        self._stack.setCurrentIndex(1 if record is None else 0)
        self._standing.setText(standing_said(details, standing))
        if record is None or details is self.details:
            self.details = details
            return
        self.details = details
        words, tone = judged(record)
        self._verdict.setText(tone.said(words))
        set_tone(self._verdict, tone)
        self.criteria.show_rows(criteria(record))
        self.tags.show_rows(tags(record))
        self.deviations.show_rows(record.deviations)
        self.checks.show_rows(checks(record))
        self.batches.show_rows(record.batches)
        self.containers.show_details(details, standing)
        self.sensitivity.show_details(details, standing)
        self._pages.setCurrentIndex(1 if details.report is None else 0)
        self._show_pages()
        self._title_tabs()

    def _connect(self) -> None:
        for table, about, named in (
            (self.criteria, about_criterion, "criteria"),
            (self.tags, about_tag, "tags"),
            (self.deviations, about_deviation, "deviations"),
            (self.checks, about_check, "checks"),
            (self.batches, about_batch, "batches"),
        ):
            self.tell(table, _with_source(about), f"twin.{named}")
        for part in (self.containers, self.sensitivity):
            part.inspected.connect(self.inspected)
        self.tabs.currentChanged.connect(lambda _place: self._show_pages())

    def _lay_out(self) -> None:
        pages = QWidget()
        pages.setLayout(self._pages)
        self._pages.addWidget(self.reading)
        self._pages.addWidget(EmptyState(*_NO_PAGES))
        nis = "NIS: mean normalised innovation squared; inside its 95 % band the noise is right."
        cause = "Share of the values of affected channels inside the 95 % band, by replay."
        for part, word in (
            (page(self.criteria), "Criteria"),
            (self.containers, self.containers.word),
            (page(label(nis, "soft"), self.tags, stretch=1), "Tags"),
            (page(label(cause, "soft"), self.deviations, stretch=1), "Deviations"),
            (self.sensitivity, self.sensitivity.word),
            (page(self.checks), "Checks"),
            (page(self.batches), "Batches"),
            (page(pages), REPORT),
        ):
            self.tabs.addTab(part, word)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page(self._verdict, self._standing, self.tabs, stretch=2))
        self._stack.addWidget(self._empty)

    def _show_pages(self) -> None:
        if self.details is not None and self.tabs.tabText(self.tabs.currentIndex()) == REPORT:
            self.reading.show_pdf(self.details.report)

    def _title_tabs(self) -> None:
        """What failed is said on the tab."""
        record = self.details.validation if self.details else None
        if record is None:
            return
        outside = sum(not in_band(tag) for tag in record.tags)
        for place, word, sign in (
            (0, "Criteria", open_said(record)),
            (2, "Tags", Tone.BAD.said(str(outside)) if outside else ""),
            (5, "Checks", checks_said(checks(record))),
        ):
            self.tabs.setTabText(place, f"{word}  {sign}".rstrip())


def _with_source(about: Any) -> Any:
    return lambda row, details: about(row, source_of(details))
