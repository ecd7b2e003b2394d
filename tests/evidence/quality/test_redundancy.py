"""Two signals that measure the same."""

from dataclasses import replace

import numpy as np
import pytest
from support.signals import FACTS, PEER, TAG, course, lively

from investigator.domain.evidence import Finding, Treatment
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.quality.redundancy import redundancy_findings

DECLARED = {**FACTS, TAG: replace(FACTS[TAG], redundant_with=PEER)}


def told(tags: dict[str, TagFacts], drift: float, *, wandering: float = 0.0) -> list[Finding]:
    (t_s, one), (_, other) = lively(1), lively(2)
    wave = wandering * np.sin(t_s / 600.0)
    drifting = drift * np.maximum(np.arange(600) - 200, 0) / 400.0
    return redundancy_findings(
        {TAG: course(TAG, t_s, one + wave + drifting), PEER: course(PEER, t_s, other + wave)}, tags
    )


@pytest.mark.requirement("EVD-269")
def test_a_declared_pair_that_drifts_apart_is_widened_on_both_sides() -> None:
    found = told(DECLARED, 8.0)
    assert {f.subject for f in found} == {TAG, PEER}
    assert {f.treatment for f in found} == {Treatment.WIDEN}
    assert all(f.sd_factor > 3.0 for f in found)
    assert all(f.span is not None and f.span.start_ms > 4_000_000 for f in found)


@pytest.mark.requirement("EVD-269")
def test_a_pair_that_agrees_is_not_mentioned() -> None:
    assert told(DECLARED, 0.5) == []


@pytest.mark.requirement("EVD-269")
def test_a_pair_guessed_from_its_courses_is_only_told() -> None:
    (found,) = told(FACTS, 12.0, wandering=8.0)
    assert (found.treatment, found.sd_factor) == (Treatment.IGNORE, 1.0)
    assert "only a guess" in found.action


def test_noise_alone_makes_no_pair() -> None:
    assert told(FACTS, 12.0) == []
