"""Name and version of the program, as records and reports state them."""

from importlib.metadata import version


def software() -> str:
    """For example "investigator 0.1.0"."""
    return f"investigator {version('deviation-investigator')}"
