"""The reference of the shipped package with one of its files changed, to see it refused."""

import json
from collections.abc import Callable
from typing import Any

from support.line_run import package


def torn(file: str, change: Callable[[Any], object]) -> dict[str, Any]:
    """The reference with nothing but this file in it, and this changed in it."""
    document = json.loads(json.dumps(package().reference[file]))
    change(document)
    return {file: document}
