"""How long the GUI thread answers nothing: a heartbeat on it, measured from inside.

- A beat that comes late was held up by whatever the thread did meanwhile; by how much is measured
  in wall time, and in processor time of the thread, which tells work from waiting.
- It starts no thread. What a test does itself between two turns of the event loop counts as well.
"""

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS = 4
_NOTED_MS = 10.0


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch without an answer.

    Attributes:
        step: what the person did, as named by `step`.
        wall_ms: how long.
        busy_ms: how much of it the GUI thread computed.
    """

    step: str
    wall_ms: float
    busy_ms: float


class Responsiveness(QObject):
    """Measures from `begin` to `end`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocks: list[Block] = []
        self._step = ""
        self._wall_s = self._busy_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    @property
    def worst_ms(self) -> float:
        """The longest stretch without an answer; 0 where none was noted."""
        return max((block.wall_ms for block in self.blocks), default=0.0)

    def begin(self) -> None:
        """Measure from now on."""
        self._wall_s, self._busy_s = time.perf_counter(), time.thread_time()
        self._timer.start(_BEAT_MS)

    def step(self, name: str) -> None:
        """Name what the person does now; blocks from here on are filed under it."""
        self._beat()
        self._step = name

    def end(self) -> None:
        """Measure no more; a stretch that has not ended counts."""
        self._timer.stop()
        self._beat()

    def said(self, *, over_ms: float) -> list[str]:
        """The blocks longer than that, worst first, e.g. "sign: 83 ms, 80 ms of it computing"."""
        long = sorted((b for b in self.blocks if b.wall_ms > over_ms), key=lambda b: -b.wall_ms)
        return [f"{b.step}: {b.wall_ms:.0f} ms, {b.busy_ms:.0f} ms of it computing" for b in long]

    def _beat(self) -> None:
        wall_s, busy_s = time.perf_counter(), time.thread_time()
        late_ms = (wall_s - self._wall_s) * 1000 - _BEAT_MS
        if late_ms > _NOTED_MS:
            self.blocks.append(Block(self._step, late_ms, (busy_s - self._busy_s) * 1000))
        self._wall_s, self._busy_s = wall_s, busy_s
