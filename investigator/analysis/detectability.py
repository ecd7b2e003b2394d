"""How small a disturbance the line shows, where this deviation stands, and what to divert.

- One funnel for the API feeder, one for that of the lubricant: from which size and duration on a
  square pulse of its flow leaves the reporting limit at the press, and from which on each alarm of
  the line sees it. Below an alarm and above the reporting limit lies what the line does not notice.
- Residence times at the operating point as recorded while the cause was at work; bands by draws of
  their parameters.
- The deviation is the square pulse that the leading cause amounts to at the feeder. A cause that
  changes no composition at the feeders has no place in a funnel, and that is said.
- Diversion limits are judged by the deviation's pulse, else by a feeder that stands for two
  minutes. The lubricant is seen by no analyser.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.comparison import Comparison
from investigator.analysis.diversion import Pulse
from investigator.analysis.diversion_limits import (
    Judging,
    affected_kg,
    alarm_in_words,
    diversion_limit,
)
from investigator.analysis.equivalent_pulse import equivalent_pulse
from investigator.analysis.fitting import Fit
from investigator.analysis.funnel import (
    DURATIONS_S,
    Arrival,
    averaged_arrival,
    curve_of,
    flow_sizes,
    fraction_of_flow,
    sizes,
)
from investigator.analysis.line_paths import (
    OperatingPoint,
    Paths,
    paths_of,
)
from investigator.analysis.material import natural_inputs
from investigator.analysis.residence_at_event import point_of_event
from investigator.analysis.views import model_perturbation
from investigator.domain.detectability import Detectability, FunnelCurve, FunnelPoint
from investigator.domain.quantities import duration, fixed
from investigator.process.trace import Entry
from investigator.twin.diversion import CompositionAlarm, Sees
from investigator.twin.failure_mode import Shape
from investigator.twin.package import TwinPackage
from investigator.twin.predicted import Frame, perturbed_inputs
from investigator.twin.record_map import FEEDERS

DRAWS, SIZE_DRAWS = 24, 40
LEAST_SHARE = 0.1
"""A deviation is shown from a tenth of the reporting limit on."""
STANDING = (-1.0, 120.0)
"""Change of flow and seconds of the disturbance that stands in where there is no deviation."""

_ENTRIES = {"api": (Entry.BLENDER, "api_fraction"), "mgst": (Entry.PORT, "mgst_fraction")}
_NAMES = {"api": "API feeder", "mgst": "Lubricant feeder"}


def detectability(
    package: TwinPackage, c: Comparison, fits: tuple[Fit, ...], fine: Frame, *, seed: int
) -> tuple[Detectability, ...]:
    """The funnel of each entry whose composition has a reporting limit, the API feeder first.

    Args:
        package: for limits, alarms and parameters.
        c, fine: the run, and its frame on the grid of 10 s.
        fits: of the leading causes; empty where none is known.
        seed: of the draws.
    """
    point = point_of_event(c.record, fits)
    lines = [package.parameters.line()] + [
        package.parameters.line_with(drawn) for drawn in package.parameters.draw(seed, DRAWS)
    ]
    found = []
    for component, (entry, attribute) in _ENTRIES.items():
        limit_pct = _reporting_limit(package, attribute)
        if limit_pct is not None:
            paths = paths_of(lines, entry, point)
            case = _Case(package, c, fits, fine, component, limit_pct, point, paths)
            found.append(_of_entry(case, seed))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Case:
    """One entry of one run: what its funnel is made of."""

    package: TwinPackage
    c: Comparison
    fits: tuple[Fit, ...]
    fine: Frame
    component: str
    limit_pct: float
    point: OperatingPoint
    paths: Paths

    @property
    def share(self) -> float:
        """Of the component's feeder in the whole flow, as set."""
        feeds = self.fine.base.feed_kg_h[:, self.fine.running]
        total = float(feeds.sum())
        return float(feeds[FEEDERS.index(self.component)].sum()) / total if total else 0.0

    @property
    def alarms(self) -> tuple[CompositionAlarm, ...]:
        """Alarms that see this component; of an analyser only where it lies on the way."""
        return tuple(
            alarm
            for alarm in self.package.alarms
            if alarm.component == self.component
            and (alarm.sees is Sees.FLOW or bool(self.paths.onward))
        )


def _of_entry(case: _Case, seed: int) -> Detectability:
    feeder = case.c.record.named.feeder_units[case.component]
    pulse, deviation = _deviation(case, seed)
    own = pulse if pulse is not None and _affects(case, pulse) else None
    by = Judging(
        own or _standing(case.share),
        own is None or _shown_by_feeder(case),
        case.limit_pct,
        case.point.flow_kg_h,
    )
    return Detectability(
        entry=f"{_NAMES[case.component]} {feeder}",
        curves=tuple(_curves(case)),
        deviation=deviation,
        limits=tuple(diversion_limit(alarm, case.paths, by) for alarm in case.alarms),
        judged_by=_in_words(case, by, own=own is not None),
        operating=_operating_in_words(case.point),
        note=_note(case, deviation),
    )


def _curves(case: _Case) -> Iterable[FunnelCurve]:
    for sign in (1, -1):
        title = f"affected at the press, beyond {case.limit_pct:g} %"
        yield _composition_curve(title, case.limit_pct, case.paths.press, case.share, sign)
        for alarm in case.alarms:
            named = alarm_in_words(alarm)
            if alarm.sees is Sees.FLOW:
                size = flow_sizes(alarm.limit_pct, alarm.mean_s, sign=sign)
                yield curve_of(named, alarm.limit_pct, size, size[np.newaxis], sign=sign)
            else:
                paths = [averaged_arrival(path, alarm.mean_s) for path in case.paths.probe]
                yield _composition_curve(named, alarm.limit_pct, paths, case.share, sign)


def _composition_curve(
    title: str, limit_pct: float, paths: list[Arrival], share: float, sign: int
) -> FunnelCurve:
    made = np.array([sizes(limit_pct, p.peaks(DURATIONS_S), share, sign=sign) for p in paths])
    return curve_of(title, limit_pct, made[0], made[1:], sign=sign)


def _deviation(case: _Case, seed: int) -> tuple[Pulse | None, FunnelPoint | None]:
    """The pulse of the leading causes, and its place with the 95 % interval of its size."""
    if not case.fits:
        return None, None
    pulse = _pulse(case, case.fits)
    if pulse is None or abs(100.0 * pulse.fraction) < LEAST_SHARE * case.limit_pct:
        return None, None
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn = [_pulse(case, _resized(case.fits, generator)) for _ in range(SIZE_DRAWS)]
    flows = [p.flow if p is not None else 0.0 for p in drawn]
    low, high = np.quantile(flows, [0.025, 0.975])
    title = " and ".join(fit.mode.title for fit in case.fits)
    return pulse, FunnelPoint(
        title,
        pulse.duration_s,
        100.0 * pulse.flow,
        100.0 * min(float(low), pulse.flow),
        100.0 * max(float(high), pulse.flow),
    )


def _resized(fits: tuple[Fit, ...], generator: np.random.Generator) -> tuple[Fit, ...]:
    return tuple(
        replace(
            fit,
            sizes=tuple(
                size + sd * float(generator.standard_normal())
                for size, sd in zip(fit.sizes, fit.sizes_sd, strict=True)
            ),
        )
        for fit in fits
    )


def _pulse(case: _Case, fits: tuple[Fit, ...]) -> Pulse | None:
    base = natural_inputs(case.c, case.fine, fits)
    natural = replace(case.fine, base=base)
    disturbed = perturbed_inputs(natural, model_perturbation(case.c, fits))
    mixing_s = float(np.interp(0.5, case.paths.press[0].cumulative, case.paths.press[0].age_s))
    return equivalent_pulse(
        disturbed, base, case.fine.running, case.component, share=case.share, mixing_s=mixing_s
    )


def _standing(share: float) -> Pulse:
    flow, duration_s = STANDING
    return Pulse(flow, float(fraction_of_flow(flow, share)), duration_s)


def _affects(case: _Case, pulse: Pulse) -> bool:
    peak = float(case.paths.press[0].peaks((pulse.duration_s,))[0])
    return 100.0 * abs(pulse.fraction) * peak > case.limit_pct


def _shown_by_feeder(case: _Case) -> bool:
    """Whether the feeder's own flow shows the causes: it does not while it is filled up, nor where
    its reading is what is wrong, nor where the powder is."""
    effects = {e.quantity for fit in case.fits for m in fit.mode.magnitudes for e in m.effects}
    refilling = any(fit.mode.shape is Shape.REFILL for fit in case.fits)
    return (
        f"feed.{case.component}" in effects
        and f"reading.feed_{case.component}" not in effects
        and not refilling
    )


def _reporting_limit(package: TwinPackage, attribute: str) -> float | None:
    """By how many per cent of nominal the composition may be off, the closer side."""
    for row in package.specifications:
        if row.attribute == attribute and row.low is not None and row.high is not None:
            return min(100.0 - row.low, row.high - 100.0)
    return None


def _in_words(case: _Case, by: Judging, *, own: bool) -> str:
    pulse = by.pulse
    whose = "this deviation as a pulse" if own else "in its place"
    return (
        f"{whose}: {fixed(100 * pulse.flow, 0)} % of the flow for {duration(pulse.duration_s)},"
        f" {affected_kg(case.paths, by):.1f} kg affected"
    )


def _operating_in_words(point: OperatingPoint) -> str:
    return (
        f"{point.flow_kg_h:.1f} kg/h, blender {point.blender_rpm:.0f} rpm, chute"
        f" {point.level_pct:.0f} %"
    )


def _note(case: _Case, deviation: FunnelPoint | None) -> str:
    if deviation is not None:
        return ""
    if not case.fits:
        return "No listed cause leads, so no deviation stands in the funnel."
    titles = " and ".join(fit.mode.title for fit in case.fits)
    return (
        f"{titles}: changes this composition at the feeders by less than"
        f" {LEAST_SHARE * case.limit_pct:g} %, so it has no place in the funnel."
    )
