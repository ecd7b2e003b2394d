"""What an unattended run assumes of the data is said, each time it assumes something."""

from dataclasses import replace

import pytest
from support.scenes import TAGS, an_evidence

from investigator.casework.defaults import assumed_of_data
from investigator.domain.evidence import Finding, Severity

FLOW, NIR = TAGS
PACKAGED = "The tag map of the twin's package was taken as it is; no person reviewed it."


@pytest.mark.requirement("CAS-134")
def test_findings_and_map_are_said_to_be_unreviewed() -> None:
    evidence = an_evidence()
    freeze = Finding(FLOW, "freeze", None, "left out", severity=Severity.CRITICAL)
    doubled = replace(evidence, findings=(*evidence.findings, *evidence.findings, freeze))
    assert assumed_of_data(doubled, {"api.flow": FLOW}) == (
        "3 findings on data quality acted on as the reading says, 1 of them critical; none was "
        "judged by a person.",
        PACKAGED,
    )


@pytest.mark.requirement("CAS-134")
def test_a_unit_that_differs_and_a_missing_tag_are_named() -> None:
    differs = Finding(NIR, "unit_differs", None, "as it stands", severity=Severity.CRITICAL)
    evidence = replace(an_evidence(), findings=(differs,))
    _, *told = assumed_of_data(evidence, {"nir.api": NIR, "nir.water": "NIR-331.H2O"})
    assert told == [
        PACKAGED,
        f"Numbers in a unit that differs were taken as they stand: {NIR}.",
        "The export does not hold NIR-331.H2O; the run did without.",
    ]


@pytest.mark.requirement("CAS-134")
def test_where_nothing_was_found_nothing_is_said_of_findings() -> None:
    evidence = replace(an_evidence(), findings=())
    assert assumed_of_data(evidence, {"nir.api": NIR}) == (PACKAGED,)
