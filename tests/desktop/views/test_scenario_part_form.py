"""One change of a scenario as it is entered: what shows follows from its course."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from support.scenario_scenes import GROUND, MODE

from investigator.desktop.view_models.scenario_draft import Ground, new_part
from investigator.desktop.views.scenario_part_form import PartForm
from investigator.domain.scenario import Course

COURSES = (Course.RAMP, Course.STEP, Course.PULSES, Course.WHOLE_BATCH)
OF_SEVERAL = replace(MODE, courses=COURSES, times_s=(120.0, 0.0, 900.0, 0.0))
ON: Ground = replace(GROUND, targets=(OF_SEVERAL,))


@pytest.fixture
def form(qtbot: QtBot) -> PartForm:
    """The form at a failure mode of four courses."""
    made = PartForm(0)
    qtbot.addWidget(made)
    made.show_part(new_part(OF_SEVERAL, ON), ON, removable=False)
    made.show()
    return made


def pick(form: PartForm, course: Course) -> None:
    box = form.findChild(QComboBox, "course-0")
    box.setCurrentIndex(box.findData(course))
    box.activated.emit(box.currentIndex())


@pytest.mark.requirement("WIN-204")
def test_each_course_of_a_failure_mode_asks_for_what_it_needs(form: PartForm) -> None:
    box, tau = form.findChild(QComboBox, "course-0"), form.findChild(QLineEdit, "tau-0")
    assert [box.itemData(k) for k in range(box.count())] == list(COURSES)
    assert (box.currentData(), tau.text(), tau.isVisible()) == (Course.RAMP, "120", True)
    pick(form, Course.PULSES)
    assert (form.entered.course, form.entered.tau) == (Course.PULSES, "900")
    pick(form, Course.STEP)
    assert (form.entered.tau, tau.isVisible()) == ("", False)
    assert form.onset.isVisible()
    pick(form, Course.WHOLE_BATCH)
    assert not form.onset.isVisible()
    assert not form.end.isVisible()
    pick(form, Course.RAMP)
    assert (form.entered.tau, form.onset.isVisible()) == ("120", True)


@pytest.mark.requirement("WIN-204")
def test_of_a_course_that_the_mode_has_no_more_one_is_to_be_picked(form: PartForm) -> None:
    gone = replace(new_part(OF_SEVERAL, ON), course=Course.DRIFT)
    form.show_part(gone, ON, removable=False)
    box = form.findChild(QComboBox, "course-0")
    assert box.currentIndex() == -1
    pick(form, Course.STEP)
    assert form.entered.course is Course.STEP
