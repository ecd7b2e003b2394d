"""Programs of the system that judge what the product made."""

import os
import shutil

import pytest


def needed(program: str, package: str) -> str:
    """Where the program is; without it the test skips, and fails in CI."""
    if found := shutil.which(program):
        return found
    message = f"{program} is not installed (Debian: {package})"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{message}; CI must have it", pytrace=False)
    pytest.skip(message)
