"""The toolbox of a whole run: what stands in it, and that it is stored as it was."""

from dataclasses import replace

import pytest
from support.line_run import evidence, noisy, package

from investigator.analysis.toolbox import toolbox
from investigator.casework.stored import decoded, encoded
from investigator.domain.toolbox import Axis, Toolbox


@pytest.mark.requirement("DIA-026")
def test_a_run_gives_the_same_toolbox_again_and_it_is_stored_whole() -> None:
    found = toolbox(noisy(4), evidence(), package())
    stored = encoded(found)
    assert encoded(toolbox(noisy(4), evidence(), package())) == stored
    assert encoded(decoded(stored, Toolbox)) == stored
    assert [shown.axis for shown in found.comparisons] == list(Axis)
    assert found.leads


@pytest.mark.requirement("DIA-025", "DIA-026")
def test_without_an_envelope_it_says_so_and_gives_the_rest() -> None:
    twin = package()
    kept = {name: known for name, known in twin.reference.items() if name != "golden_batches"}
    found = toolbox(noisy(4), evidence(), replace(twin, reference=kept))
    assert found.comparisons == ()
    assert "keeps no envelope of normal batches" in found.assumptions[0]
    assert found.leads
