"""`investigator compile` where what was compiled cannot be kept."""

from concurrent.futures.process import BrokenProcessPool

import pytest
from support.console import Console

from investigator.casework import kernels


@pytest.mark.requirement("CLI-096")
@pytest.mark.parametrize(
    "failure", [OSError(28, "No space left on device"), BrokenProcessPool("a process ended")]
)
def test_where_nothing_can_be_kept_nothing_is_amiss(
    monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fails() -> None:
        raise failure

    monkeypatch.setattr(kernels, "compile_kernels", fails)
    found = Console().run("compile")
    assert found.status == 0
    assert found.out == (
        f"The simulation is not compiled beforehand ({failure}): "
        "the first investigation compiles it.\n"
    )
