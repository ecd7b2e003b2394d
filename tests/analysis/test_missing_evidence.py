"""What the evidence lacks is said, with the causes that cannot be judged without it."""

from dataclasses import replace

import pytest
from support.line_run import evidence, package

from investigator.analysis.diagnosis import replay
from investigator.analysis.missing_evidence import SOURCES
from investigator.domain.evidence import Evidence
from investigator.twin.channels import POINTS, SERIES


def told(given: Evidence) -> tuple[str, ...]:
    return replay(given, package()).missing


def without_roles(given: Evidence, *begins: str) -> Evidence:
    silent = {tag for role, tag in package().tag_map.items() if role.startswith(begins)}
    kept = {t: c for t, c in given.trajectories.items() if t not in silent}
    return replace(given, trajectories=kept)


def title_of(cause: str) -> str:
    return next(m.title for m in package().failure_modes if m.cause == cause)


def sentence(given: Evidence, begins: str) -> str:
    (found,) = [text for text in told(given) if text.startswith(begins)]
    return found


@pytest.mark.requirement("DIA-050")
def test_without_the_laboratory_its_error_cannot_be_judged():
    text = sentence(replace(evidence(), laboratory=()), "No laboratory results")
    assert text == (
        "No laboratory results of recorded containers. Cannot be judged, for they are looked for "
        f"there only: {title_of('lab_analytical_error')}."
    )


@pytest.mark.requirement("DIA-050")
def test_without_nir_what_shows_elsewhere_too_is_only_less_sure():
    text = sentence(without_roles(evidence(), "nir."), "No NIR signals")
    lost, weaker = text.split("Less sure")
    assert title_of("nir_fouling") in lost
    assert title_of("mcc_lot_moisture") in lost
    assert title_of("api_loadcell_drift") in weaker
    assert title_of("humidity_excursion") in weaker


@pytest.mark.requirement("DIA-050")
def test_a_single_missing_signal_is_named_beside_those_that_are_there():
    text = sentence(without_roles(evidence(), "paddle.speed"), "Not measured")
    assert text.startswith("Not measured: Feed-frame paddle speed against set-point. Cannot be")
    assert title_of("paddle_overspeed") in text


@pytest.mark.requirement("DIA-050")
def test_sources_that_are_not_compared_are_said_too():
    bare = replace(
        evidence(),
        alarms=(),
        environment={},
        batch=replace(evidence().batch, record_id="", samples=(), lots=(), containers=()),
    )
    found = told(bare)
    for begins in ("No batch record:", "No alarms:", "No environmental monitoring:"):
        assert any(text.startswith(begins) for text in found), begins
    assert any(text.startswith("No in-process samples") for text in found)
    assert any(text.startswith("No laboratory results") for text in found)


def test_every_source_has_channels_and_none_is_in_two():
    for channel in (c.channel for c in SERIES + POINTS):
        assert sum(source.holds(channel) for source in SOURCES) <= 1, channel
    for source in SOURCES:
        assert any(source.holds(c.channel) for c in SERIES + POINTS), source.absent
