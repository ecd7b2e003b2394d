"""Where the program finds what ships with it: the twin packages and the example deviation."""

import os
from pathlib import Path

from investigator.domain.errors import UnusableRequest

TOP = Path(__file__).resolve().parents[2]
EXAMPLE = "DEV-OPEN-02"


def models_folder() -> Path:
    """The folder of twin packages: INVESTIGATOR_MODELS where set, else that of the installation.

    Raises:
        UnusableRequest: there is no such folder.
    """
    named = os.environ.get("INVESTIGATOR_MODELS")
    folder = Path(named) if named else TOP / "models"
    if not folder.is_dir():
        raise UnusableRequest(
            f"{folder}: there is no folder of twin packages; "
            "name one with the environment variable INVESTIGATOR_MODELS."
        )
    return folder


def example_folder() -> Path:
    """The evidence of the example deviation.

    Raises:
        UnusableRequest: the installation lacks it.
    """
    folder = TOP / "resources" / "examples" / EXAMPLE
    if not folder.is_dir():
        raise UnusableRequest(f"{folder}: the example is missing; run the demo from a checkout.")
    return folder
