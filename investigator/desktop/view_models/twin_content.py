"""Limits, parameters and failure modes of a twin package, as the window shows them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from investigator.casework.twin_details import (
    Determined,
    FailureMode,
    Parameter,
    TimeShape,
    TwinDetails,
)
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.tone import Tone
from investigator.domain.applicability import DomainLimit
from investigator.domain.quantities import UNKNOWN, fixed, significant

_DETERMINED = "determined"
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter by its name; `said` None where no calibration estimated it."""

    name: str
    parameter: Parameter
    said: Determined | None

    @property
    def verdict(self) -> str:
        """How far the data determine it."""
        return self.said.verdict if self.said else UNKNOWN

    @property
    def tone(self) -> Tone:
        """A warning where the data do not determine it."""
        told = self.said is not None and self.said.verdict != _DETERMINED
        return Tone.WARN if told else Tone.PLAIN


def limit_value(value: float) -> str:
    """A bound, to four digits."""
    return f"{value:.4g}".replace("-", "−")


def about_limit(limit: DomainLimit, details: TwinDetails) -> Inspected:
    """A limit with the evidence that it comes from."""
    unit = "" if limit.unit == "-" else f" {limit.unit}"
    facts = (
        ("From", f"{_plain(limit.low)}{unit}"),
        ("To", f"{_plain(limit.high)}{unit}"),
        ("One unit of distance", f"{_plain(limit.scale)}{unit}"),
        ("Origin", limit.origin),
    )
    return Inspected(limit.title, "limit of the domain", facts, _file(details, "applicability"))


def parameters(details: TwinDetails) -> tuple[ParameterRow, ...]:
    """All parameters, in order of name."""
    return tuple(
        ParameterRow(name, parameter, details.determined.get(name))
        for name, parameter in details.parameters.items()
    )


def found(rows: Iterable[ParameterRow], search: str) -> tuple[ParameterRow, ...]:
    """The rows that have every word of the search in name, unit, origin or verdict."""
    words = search.casefold().split()
    return tuple(row for row in rows if all(word in _text(row) for word in words))


def doubtful(rows: Iterable[ParameterRow]) -> int:
    """How many parameters the data do not determine well."""
    return sum(row.tone is Tone.WARN for row in rows)


def value_said(row: ParameterRow) -> str:
    """The value, to two digits of its uncertainty; as it was set where it has none."""
    value, sd = row.parameter.value, row.parameter.sd
    if sd <= 0.0:
        return _plain(value)
    places = 1 - math.floor(math.log10(sd))
    if places <= _MOST_PLACES:
        return fixed(value, max(places, 0))
    digits = math.floor(math.log10(abs(value))) + places + 1 if value else 2
    return significant(value, max(digits, 2))


def sd_said(row: ParameterRow) -> str:
    """The standard uncertainty, to two digits; a dash for what was set."""
    return significant(row.parameter.sd, 2) if row.parameter.sd > 0.0 else UNKNOWN


def bounds_said(row: ParameterRow) -> str:
    """Within which bounds it may lie."""
    low, high = row.parameter.lower, row.parameter.upper
    if math.isinf(low) and math.isinf(high):
        return UNKNOWN
    if math.isinf(high):
        return f"from {_plain(low)}"
    return f"to {_plain(high)}" if math.isinf(low) else f"{_plain(low)} to {_plain(high)}"


def about_parameter(row: ParameterRow, details: TwinDetails) -> Inspected:
    """A parameter with where it comes from and what the data say of it."""
    unit = "" if row.parameter.unit == "-" else f" {row.parameter.unit}"
    facts = [("Value", f"{value_said(row)}{unit}")]
    if row.parameter.sd > 0.0:
        facts.append(("Standard uncertainty", f"{sd_said(row)}{unit}"))
    facts += [("Bounds", bounds_said(row)), ("Origin", row.parameter.origin)]
    if row.said is not None:
        facts.append(("Identifiability", row.said.verdict))
        facts.append(("Estimated from", ", ".join(row.said.experiments)))
        if row.said.profile95 is not None:
            facts.append(("Profile likelihood, 95 %", _profile(row.said.profile95)))
    remarks = (Remark(f"By its data it is {row.verdict}."),) if row.tone is Tone.WARN else ()
    source = f"Parameters of the package {details.twin_id} {details.manifest.version}"
    return Inspected(row.name, "parameter", tuple(facts), source, findings=remarks)


def prior_share(mode: FailureMode, modes: Iterable[FailureMode]) -> float:
    """Its prior as a share of those of all failure modes, in per cent."""
    return 100.0 * mode.prior / sum(each.prior for each in modes)


def about_mode(mode: FailureMode, details: TwinDetails) -> Inspected:
    """A failure mode with what it does, its prior and how it is confirmed."""
    sizes = [
        f"{m.name}: {_plain(m.prior_sd)} {m.unit} (prior sd), from {_plain(m.least)}. {m.why}"
        for m in mode.magnitudes
    ]
    share = significant(prior_share(mode, details.failure_modes), 2)
    facts = (
        ("What happens", mode.description),
        ("Category", mode.category.value),
        ("Equipment", mode.unit),
        ("Prior", f"{share} % of the failure modes. {mode.why_prior}"),
        ("Size", "\n".join(sizes)),
        ("Lasts", f"{_plain(mode.length_min[0])} to {_plain(mode.length_min[1])} min"),
        ("Onset and length", mode.why_window),
        ("Time shapes", "\n".join(f"{_shape(each)}: {each.why}" for each in mode.shapes)),
        ("Confirm by", mode.confirm_by),
        ("Product affected", "yes" if mode.product_affected else "no"),
        ("Id", mode.cause),
    )
    return Inspected(mode.title, "failure mode", facts, _file(details, "failure_modes"))


def _file(details: TwinDetails, stem: str) -> str:
    return f"{stem}.toml of the package {details.twin_id} {details.manifest.version}"


def _profile(interval: tuple[float | None, float | None]) -> str:
    low, high = (("flat to its bound" if v is None else significant(v)) for v in interval)
    return f"{low} to {high}"


def _shape(shape: TimeShape) -> str:
    """A time shape with the time constants or periods that are tried, where it has any."""
    times = ", ".join(_plain(tau_s) for tau_s in shape.tau_s if tau_s > 0.0)
    return f"{shape.shape} ({times} s)" if times else shape.shape.value


def _plain(value: float) -> str:
    """A number as it was set, to six digits."""
    return f"{value:.6g}".replace("-", "−")


def _text(row: ParameterRow) -> str:
    parts = (row.name, row.parameter.unit, row.parameter.origin, row.verdict)
    return " ".join(parts).casefold()
