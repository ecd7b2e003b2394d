"""A finding of one's own, from the fields of a form to the act."""

import pytest
from support import dossiers
from support.investigations import EVIDENCE, walked
from support.scenes import AUDITOR, TAGS, a_scene

from investigator.desktop.view_models.own_finding import (
    known_tags,
    own_finding,
    time_meant,
    time_said,
    why_not_add,
)
from investigator.domain.errors import UnusableRequest

ENTERED = {
    "tag": TAGS[0],
    "kind": "fouled probe",
    "start": "2026-03-04 10:05:00",
    "end": "2026-03-04 10:06:00",
    "treatment": "widen",
    "factor": "3",
    "words": "film on the window",
}


@pytest.mark.requirement("WIN-101")
def test_what_was_entered_becomes_the_act() -> None:
    act = own_finding(a_scene(walked(until=EVIDENCE)), ENTERED)
    span = dossiers.a_span(5, 6)
    assert (act.start_ms, act.end_ms, act.sd_factor) == (span.start_ms, span.end_ms, "3")


@pytest.mark.requirement("WIN-101")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"start": "ten past six"}, "is no time"),
        ({"end": "2026-03-04 10:04:00"}, "ends before it begins"),
        ({"factor": "1"}, "above 1"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(UnusableRequest, match=said):
        own_finding(a_scene(walked(until=EVIDENCE)), {**ENTERED, **wrong})


def test_a_time_is_read_back_as_it_was_written() -> None:
    t_ms = dossiers.START + 1234
    assert time_meant(time_said(t_ms, "Europe/Berlin"), "Europe/Berlin") == t_ms
    assert (
        time_meant("2026-03-04T09:05:00+00:00", "Europe/Berlin") == dossiers.a_span(5, 6).start_ms
    )


def test_who_may_not_add_is_told_why() -> None:
    scene = a_scene(walked(until=EVIDENCE), person=AUDITOR)
    assert "auditor" in why_not_add(scene)
    assert known_tags(scene) == TAGS
