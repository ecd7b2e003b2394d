"""How a check of behaviour is written down: a figure against a bound, or a refusal."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.domain.quantities import significant
from investigator.domain.validation import Check

Floats = NDArray[np.float64]


def at_most(check_id: str, title: str, value: float, bound: float, unit: str = "") -> Check:
    """Passed where the value does not exceed the bound; a value that is no number does."""
    expected = f"at most {bound:.3g} {unit}".strip()
    passed = bool(value <= bound)
    return Check(check_id, title, expected, f"{significant(value)} {unit}".strip(), passed)


def rises(check_id: str, title: str, values: Floats, unit: str, *, falls: bool = False) -> Check:
    """Passed where every value exceeds the one before it (or lies below it, if it `falls`)."""
    steps = -np.diff(values) if falls else np.diff(values)
    found = f"{significant(float(values[0]))} to {significant(float(values[-1]))} {unit}".strip()
    wrong = int((~(steps > 0.0)).sum())
    told = f"{found}, n = {values.size}" + (f", {wrong} steps the wrong way" if wrong else "")
    return Check(
        check_id, title, "falls throughout" if falls else "rises throughout", told, not wrong
    )


def refused(check_id: str, title: str, attempt: Callable[[], object]) -> Check:
    """Passed where the attempt is refused in a sentence."""
    try:
        attempt()
    except (ValueError, UnusableInput) as refusal:
        return Check(check_id, title, "refused in a sentence", f"refused: {refusal}", passed=True)
    return Check(check_id, title, "refused in a sentence", "accepted", passed=False)
