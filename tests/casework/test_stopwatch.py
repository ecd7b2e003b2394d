"""Run times add up by step and keep the order in which the steps were begun."""

import pytest

from investigator.casework import stopwatch
from investigator.casework.stopwatch import Stopwatch


def test_times_add_up_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 1.0, 5.0, 7.0, 10.0, 10.5])
    monkeypatch.setattr(stopwatch.time, "perf_counter", lambda: next(ticks))
    watch = Stopwatch()
    for name in ("read", "fit", "read"):
        with watch.step(name):
            pass
    assert watch.seconds == {"read": 1.5, "fit": 2.0}
    assert list(watch.seconds) == ["read", "fit"]
