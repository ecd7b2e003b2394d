"""What the calibration of a package says of each parameter it estimated, from `calibration.json`.

- A package without the file was not calibrated: nothing is said of any parameter.
- A parameter that is known otherwise (set, or told by normal batches) is not in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput

FILE = "calibration.json"


@dataclass(frozen=True, slots=True)
class Determined:
    """How far the data determine a parameter.

    Attributes:
        verdict: in words, such as "determined" or "weakly determined".
        profile95: 95 % interval by profile likelihood, in the unit of the parameter; a side that is
            None is flat up to its bound; None where no profile was needed.
        experiments: files of the characterisation that it was estimated from.
    """

    verdict: str
    profile95: tuple[float | None, float | None] | None
    experiments: tuple[str, ...]


def read_determined(folder: Path) -> dict[str, Determined]:
    """What is said of every estimated parameter of a package folder, by name.

    Raises:
        UnusableInput: the file cannot be read, or is incomplete.
    """
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(folder, error) from None
    try:
        fits = json.loads(text)["fits"]
        return {str(p["name"]): _determined(fit, p) for fit in fits for p in fit["parameters"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unusable(folder, error) from None


def _determined(fit: Mapping[str, Any], parameter: Mapping[str, Any]) -> Determined:
    profile = parameter["profile95"]
    low, high = profile or (None, None)
    return Determined(
        verdict=str(parameter["verdict"]),
        profile95=None if profile is None else (_side(low), _side(high)),
        experiments=tuple(dict.fromkeys(str(r["experiment"]) for r in fit["responses"])),
    )


def _side(value: float | None) -> float | None:
    return None if value is None else float(value)


def _unusable(folder: Path, error: Exception) -> UnusableInput:
    return UnusableInput(
        f"{folder.name}/{FILE}",
        f"cannot be read ({type(error).__name__}: {error})",
        "restore the twin package or calibrate it again",
    )
