"""Clean batches of line CDC-3, made: the twin's own line, instruments with noise, a historian that
compresses as the tag list says. Nothing is wrong with any sample.

Every batch has the refills, the start, the run-down and the drum changes of a run of three hours;
the seed moves the refills, the slow wandering of every signal and the doors of the room.
"""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from numba import njit

from investigator.domain.trajectory import Interpolation, Quality, Trajectory
from investigator.evidence.historian.facts import TagFacts, read_tag_list
from investigator.twin.predicted import frame, predict
from investigator.twin.record import Array
from investigator.twin.scenario import UNPERTURBED
from support.line_run import (
    DRUM_MIN,
    FEEDERS_OFF_MIN,
    MINUTES,
    PRESS_OFF_MIN,
    PRESS_ON_MIN,
    SHIPPED,
    START_MS,
    package,
    record,
    reference,
)

PREFIX = "NF.CDC3."
LONGEST_S = 600.0
FEEDERS = {
    "LW311": (4.032, 3.2, 1.5, 25.0, 50.0),
    "LW312": (9.768, 5.3, 2.2, 18.0, 60.0),
    "LW313": (6.0, 5.1, 2.0, 30.0, 45.0),
    "LW314": (0.2, 0.38, 0.16, 60.0, 28.0),
}
"""Flow, kg/h; upper and lower hopper weight, kg; minutes between refills; screw speed, rpm."""

REST = {"NIR331.API.PV": 10.0}
"""What an instrument shows that sees nothing; the others show 0."""

COARSE = {"RM114.TEMP.PV": 0.1, "TP351.BEDTEMP.PV": 0.1}
NOISE, WANDER, WANDER_S = 1.5, 1.5, 300.0
"""White noise and slow wandering, in compression deviations; its time constant, s."""


@cache
def tag_list() -> dict[str, TagFacts]:
    """The tag list of the shipped twin."""
    return read_tag_list(SHIPPED / "tags.csv")


@cache
def _twin_outputs() -> dict[str, Array]:
    ready = frame(record(), (), reference().nominals, coarse=False)
    out = predict(ready, UNPERTURBED, package().parameters.line(), reference().nominals).outputs
    return {
        "BL321.HOLDUP.PV": out.blender_holdup_kg,
        "NIR331.API.PV": out.nir_api_pct,
        "NIR331.H2O.PV": out.nir_water_pct,
        "TP351.FILLDEPTH.PV": out.fill_depth_mm,
        "TP351.PREF.PV": out.pre_force_kn,
        "TP351.EJECTF.PV": out.ejection_n,
    }


@njit(cache=True)
def _kept(t_s: Array, value: Array, deviation: float, longest_s: float) -> Array:
    """Which samples a swinging door keeps."""
    keep = np.zeros(t_s.size, dtype=np.bool_)
    keep[0] = keep[-1] = True
    last, high, low = 0, np.inf, -np.inf
    for i in range(1, t_s.size):
        apart = t_s[i] - t_s[last]
        high = min(high, (value[i] + deviation - value[last]) / apart)
        low = max(low, (value[i] - deviation - value[last]) / apart)
        if low > high or apart > longest_s:
            last = i - 1 if i - 1 > last else i
            keep[last] = True
            if last < i:
                apart = t_s[i] - t_s[last]
                high = (value[i] + deviation - value[last]) / apart
                low = (value[i] - deviation - value[last]) / apart
            else:
                high, low = np.inf, -np.inf
    return keep


def compressed(t_ms: Array, value: Array, deviation: float) -> Array:
    """Positions of the samples that a historian keeps, at least one every ten minutes."""
    return np.flatnonzero(_kept(t_ms / 1000.0, value, deviation, LONGEST_S))


class _Run:
    """What happens in one batch, and the courses that follow from it."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.phase_min = {unit: self.random.uniform(0.0, 4.0) for unit in FEEDERS}
        self.doors_min = np.sort(self.random.uniform(0.0, MINUTES, 3))

    def fed(self, minute: Array) -> Array:
        return (minute >= 2) & (minute < FEEDERS_OFF_MIN)

    def turning(self, minute: Array) -> Array:
        return (minute >= PRESS_ON_MIN) & (minute < PRESS_OFF_MIN)

    def mode(self, unit: str, minute: Array) -> Array:
        every, phase = FEEDERS[unit][3], self.phase_min[unit]
        since = np.where(minute - phase >= every, (minute - phase) % every, 99.0)
        refill = np.where(since < 1 / 3, 2.0, np.where(since < 2 / 3, 3.0, 1.0))
        return np.where(self.fed(minute), refill, 0.0)

    def weight(self, unit: str, minute: Array) -> Array:
        _, high, low, every, phase = (*FEEDERS[unit][:4], self.phase_min[unit])
        since = (minute - phase) % every
        rising = low + (high - low) * since / (1 / 3)
        falling = high - (high - low) * (since - 1 / 3) / (every - 1 / 3)
        first = high - (high - low) * (minute - phase + 4.0) / (every + 4.0)
        course = np.where(since < 1 / 3, rising, falling)
        course = np.where(minute - phase < every, first, course)
        fed = self.fed(minute)
        begin, end = np.flatnonzero(fed)[[0, -1]]
        return np.where(fed, course, np.where(minute < minute[begin], course[begin], course[end]))

    def analog(self, tag: str, minute: Array) -> Array:
        """The course of a measured quantity without noise, at rest where the line rests."""
        unit, _, what = tag.partition(".")
        fed, turning = self.fed(minute), self.turning(minute)
        if unit in FEEDERS:
            flow, speed = FEEDERS[unit][0], FEEDERS[unit][4]
            return {
                "NETWT.PV": self.weight(unit, minute),
                "MASSFLOW.PV": flow * fed,
                "MASSFLOW.SP": flow * fed,
                "SCREWSPD.PV": speed * fed,
                "MOTTRQ.PV": 18.0 * fed,
            }[what]
        if tag in _twin_outputs():
            grid = np.arange(record().grid_ms.size) / 6.0
            course = np.interp(minute, grid, _twin_outputs()[tag])
            on = np.ones(minute.size, bool) if "HOLDUP" in tag or "FILL" in tag else turning
            return np.where(on, course, 0.0)
        opened = np.min(np.abs(minute[:, None] - self.doors_min[None, :] - 0.3), axis=1) < 0.3
        made: dict[str, Callable[[], Array]] = {
            "BL321.SPEED.PV": lambda: 220.0 * fed,
            "BL321.TORQUE.PV": lambda: 4.0 * fed,
            "NIR331.QRES.PV": lambda: np.ones(minute.size),
            "NIR331.T2.PV": lambda: 3.0 + 4.0 * turning,
            "LT341.LEVEL.PV": lambda: 60.0 * np.clip((minute - 2.0) / 4.0, 0.0, 1.0) * fed,
            "FF352.PADDLE.PV": lambda: 40.0 * turning,
            "FF352.TORQUE.PV": lambda: 2.0 * turning,
            "TP351.TURRET.PV": lambda: 37.04 * turning,
            "TP351.MAINF.PV": lambda: 10.35 * turning,
            "TP351.MAINF.SP": lambda: 10.35 + 0.05 * np.floor(minute / 40.0),
            "TP351.MAINF.SREL": lambda: 2.5 * turning,
            "TP351.MAINF.MIN": lambda: 9.8 * turning,
            "TP351.MAINF.MAX": lambda: 10.9 * turning,
            "TP351.MAINGAP.PV": lambda: np.full(minute.size, 2.8),
            "TP351.BEDTEMP.PV": lambda: 29.0 - 6.0 * np.exp(-minute / 60.0),
            "TP351.GOODCNT": lambda: np.floor(
                np.cumsum(turning) * 1300.0 * minute[-1] / minute.size
            ),
            "TP351.REJCNT": lambda: np.floor(np.cumsum(turning & (minute < 8))) * 20.0,
            "DF371.NETWT.PV": lambda: np.where(turning, minute % DRUM_MIN, 0.0) / 3.0,
            "RM114.TEMP.PV": lambda: 21.0 + 0.4 * np.sin(minute / 50.0),
            "RM114.RH.PV": lambda: 40.0 + 1.5 * np.sin(minute / 70.0),
            "RM114.DP.PV": lambda: np.where(opened, 2.0, 12.0),
            "DX381.VACUUM.PV": lambda: np.full(minute.size, 32.0),
        }
        return np.asarray(made[tag](), dtype=np.float64)

    def held(self, tag: str, minute: Array) -> Array:
        unit, _, what = tag.partition(".")
        turning = self.turning(minute)
        if what == "MODE":
            return self.mode(unit, minute)
        rejecting = np.where(turning & (minute >= 8), 0.0, 1.0)
        made: dict[str, Callable[[], Array]] = {
            "NIR331.STATUS": lambda: np.where(turning, 1.0, 0.0),
            "TP351.MAINF.MINSTN": lambda: np.where(
                turning, self.random.integers(1, 37, minute.size), 1.0
            ),
            "TP351.GATE.CMD": lambda: rejecting,
            "TP351.GATE.FB": lambda: rejecting,
            "DF371.DRUMNO": lambda: 1.0 + np.floor(minute / DRUM_MIN),
            "LINE.STATE": lambda: np.where(turning, 1.0, 0.0),
        }
        return np.asarray(made[tag](), dtype=np.float64)

    def noisy(self, tag: str, course: Array, scan_s: float, deviation: float) -> Array:
        """The course as its instrument shows it; nothing moves where the value is zero."""
        quiet = tag.endswith((".SP", "CNT"))
        if quiet:
            return course
        keep = np.exp(-scan_s / WANDER_S)
        white, kicks = self.random.standard_normal((2, course.size))
        wander = np.zeros(course.size)
        for i in range(1, course.size):
            wander[i] = keep * wander[i - 1] + np.sqrt(1 - keep * keep) * kicks[i]
        shown = course + deviation * (NOISE * white + WANDER * wander)
        digit = COARSE.get(tag, 10.0 ** np.floor(np.log10(deviation)))
        facts = tag_list()[PREFIX + tag]
        shown = np.clip(np.round(shown / digit) * digit, facts.range_low, facts.range_high)
        return np.where(course == 0.0, REST.get(tag, 0.0), shown)


@cache
def clean_batch(seed: int) -> Mapping[str, Trajectory]:
    """All tags of a batch in which nothing is wrong, as a historian stores them."""
    run = _Run(seed)
    curves = {}
    for tag, facts in tag_list().items():
        name, scan_s = tag.removeprefix(PREFIX), facts.scan_s or 1.0
        minute = np.arange(0.0, MINUTES, scan_s / 60.0)
        t_ms = START_MS + np.round(minute * 60_000.0).astype(np.int64)
        if facts.signal.interpolation is Interpolation.STEP:
            value = run.held(name, minute)
            kept = np.flatnonzero(np.r_[True, np.diff(value) != 0])
        else:
            deviation = facts.compression_deviation or 0.0
            value = run.noisy(name, run.analog(name, minute), scan_s, deviation)
            kept = compressed(t_ms, value, deviation)
        good = np.full(kept.size, Quality.GOOD, dtype=np.uint8)
        curves[tag] = Trajectory(facts.signal, t_ms[kept], value[kept], good)
    return curves


def on_grid(
    curves: Mapping[str, Trajectory], tags: Mapping[str, TagFacts], *, only: str = ""
) -> dict[str, Trajectory]:
    """The same batch as an interpolated export with a row every 10 s; of one tag if it is named."""
    first = min(int(t.t_ms[0]) for t in curves.values())
    last = max(int(t.t_ms[-1]) for t in curves.values())
    grid = np.arange(first, last + 1, 10_000, dtype=np.int64)
    gridded = {}
    for tag in [only] if only else curves:
        t = curves[tag]
        held = t.signal.interpolation is Interpolation.STEP
        value = t.at(grid, max_gap_s=1e9)
        if not held:
            deviation = tags[tag].compression_deviation or 1.0
            digit = 10.0 ** np.floor(np.log10(deviation)) / 10.0
            value = np.round(value / digit) * digit
        quality = np.where(np.isfinite(value), Quality.GOOD, Quality.BAD).astype(np.uint8)
        gridded[tag] = Trajectory(t.signal, grid, value, quality)
    return gridded
