"""Fixtures that every room's tests share.

The plant data lie beside the checkout and are not part of it. A test that needs them is marked
`@pytest.mark.data` and takes `plant_data`: on a developer's machine it skips where the folder is
absent, in CI (`CI=true`) it fails, so that nothing is left unmeasured in silence.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A timing is never what a test passes or fails by; CI draws the same examples at every run.
settings.register_profile("steady", deadline=None)
settings.register_profile("same every time", deadline=None, derandomize=True)
settings.load_profile("same every time" if os.environ.get("CI", "").lower() == "true" else "steady")

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"


def _needed(folder: Path) -> Path:
    if folder.is_dir():
        return folder
    message = f"{folder.name} is not in ../shared beside the checkout"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{message}; CI must have it", pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top of the checkout."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """All data sets beside the checkout (`../shared/data`)."""
    return _needed(SHARED / "data")


@pytest.fixture(scope="session")
def plant_data() -> Path:
    """The data of line CDC-3 (`../shared/data/cdc_line_3`)."""
    return _needed(SHARED / "data" / "cdc_line_3")


@pytest.fixture(scope="session")
def shared_tools() -> Path:
    """The scripts beside the checkout (`../shared/tools`)."""
    return _needed(SHARED / "tools")


@pytest.fixture(scope="session")
def example() -> Path:
    """The deviation that ships with the program."""
    return CHECKOUT / "resources" / "examples" / "DEV-OPEN-02"
