"""How a model of normal batches is kept in a package: as JSON with six significant digits.

It is read strictly: what is missing, unknown, of another kind or cannot be is refused.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np

from investigator.analysis.multivariate.pca import Array
from investigator.domain.errors import UnusableInput

M = TypeVar("M")


def rounded(value: float) -> float:
    """A number to six significant digits."""
    return float(f"{value:.6g}")


def digits(values: Array) -> Any:
    """An array as nested lists of numbers of six significant digits."""
    if values.ndim > 1:
        return [digits(row) for row in values]
    return [rounded(v) for v in values.tolist()]


def read_kept(
    statistics: Mapping[str, Any],
    file: str,
    words: str,
    *,
    fault: Callable[[Mapping[str, Any]], str | None],
    read: Callable[[Mapping[str, Any]], M],
) -> M:
    """A model from the package's parsed JSON files.

    Args:
        statistics: the files by name. file: that of the model. words: what the model is.
        fault: what is wrong with its document, None where nothing is. read: the document as model.

    Raises:
        UnusableInput: it is missing, incomplete, or `fault` finds something.
    """
    try:
        document = statistics[file]
        found = fault(document)
        if found is None:
            return read(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found = f"is incomplete ({error})"
    raise UnusableInput(
        f"reference/{file}.json",
        f"the {words} {found}",
        "estimate it again with `investigator twin reference`",
    )


def fault_in_shapes(
    document: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]]
) -> str | None:
    """Which entry has not as many numbers as it must; None where all have.

    Raises:
        KeyError, TypeError, ValueError: something is missing or of another kind.
    """
    for key, shape in shapes.items():
        values = np.array(document[key], dtype=np.float64)
        if values.shape != shape or not np.isfinite(values).all():
            return f"has not {' x '.join(map(str, shape))} numbers as {key}"
    return None


def impossible(possible: Mapping[str, bool]) -> str | None:
    """That the first entry which cannot be is impossible; None where all can be."""
    return next((f"has impossible {key}" for key, can_be in possible.items() if not can_be), None)
