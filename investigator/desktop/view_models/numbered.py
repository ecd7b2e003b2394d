"""Ids that the window gives: a prefix and the next number, used by nothing in the case before."""

from collections.abc import Iterable

from investigator.domain.acts.act import Act
from investigator.domain.investigation import Investigation


def next_number(prefix: str, ids: Iterable[str]) -> str:
    """The id after the highest of those that have the prefix and a number, e.g. "O-3"."""
    endings = (one.removeprefix(prefix) for one in ids if one.startswith(prefix))
    numbers = [int(ending) for ending in endings if ending.isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1}"


def ever_recorded(case: Investigation) -> tuple[Act, ...]:
    """Every act of the case, replaced and withdrawn ones included."""
    return tuple(r.act for r in (*case.history, *(w.withdrawn for w in case.withdrawals)))
