"""Where a value lies on the slider beside its field, and which value a place of the slider is."""

from collections.abc import Callable
from dataclasses import dataclass

from investigator.desktop.view_models.own_finding import time_meant, time_said
from investigator.desktop.view_models.scenario_draft import Ground, number_meant, number_said
from investigator.domain.errors import UnusableRequest
from investigator.domain.quantities import decimals_for
from investigator.domain.scenario import SizeRange

STEPS = 200
"""Places of a slider."""
_GRID_MS = 10_000


@dataclass(frozen=True, slots=True)
class Scale:
    """`text_at`: the text at a share of the range, 0 to 1. `share_of`: where a text lies; None
    where it cannot be read."""

    text_at: Callable[[float], str]
    share_of: Callable[[str], float | None]


def size_scale(allowed: SizeRange) -> Scale:
    """From the lowest to the highest size, in steps that are round."""
    width = allowed.high - allowed.low
    decimals = decimals_for(width / STEPS)

    def text_at(share: float) -> str:
        value = round(allowed.low + share * width, decimals)
        return number_said(min(max(value, allowed.low), allowed.high))

    def share_of(text: str) -> float | None:
        value = number_meant(text)
        return None if value is None or not width else (value - allowed.low) / width

    return Scale(text_at, share_of)


def time_scale(ground: Ground) -> Scale:
    """From the begin to the end of the run, in steps of ten seconds."""
    start_ms, end_ms = ground.run.start_ms, ground.run.end_ms

    def text_at(share: float) -> str:
        t_ms = start_ms + share * (end_ms - start_ms)
        whole = round(t_ms / _GRID_MS) * _GRID_MS
        return time_said(min(max(whole, start_ms), end_ms), ground.zone)

    def share_of(text: str) -> float | None:
        try:
            t_ms = time_meant(text.strip(), ground.zone)
        except UnusableRequest:
            return None
        return (t_ms - start_ms) / max(end_ms - start_ms, 1)

    return Scale(text_at, share_of)
