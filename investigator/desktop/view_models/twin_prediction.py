"""How well a twin predicts: quality of containers and measured tags, each batch without itself."""

from investigator.casework.twin_details import figure, name
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.tone import Tone
from investigator.domain.quantities import (
    UNKNOWN,
    count,
    decimals_for,
    estimate,
    fixed,
    significant,
)
from investigator.domain.validation import (
    AttributeFigures,
    Coverage,
    PredictedContainer,
    TagFigures,
    ValidationRecord,
)

_LEVEL95 = 0.95
_NOT_PREDICTABLE = (
    "Not predictable beyond the mean: it varies less between batches than its method repeats."
)


def titled(title: str, unit: str) -> str:
    """What is predicted, with its unit."""
    return title if unit in {"", "-"} else f"{title} [{unit}]"


def attribute_title(row: AttributeFigures) -> str:
    """An attribute with its unit."""
    return titled(name(row.attribute), row.unit)


def ratio(row: AttributeFigures) -> str:
    """RMSEP over that of the mean of the other batches."""
    return fixed(row.rmsep / row.rmsep_of_mean, 2) if row.rmsep_of_mean else UNKNOWN


def inside95(coverage: tuple[Coverage, ...]) -> str:
    """Share of values inside the 95 % interval in per cent, with its own interval."""
    found = [_share(c) for c in coverage if abs(c.level - _LEVEL95) < 1e-9]
    return found[0] if found else UNKNOWN


def containers_of(record: ValidationRecord, attribute: str) -> tuple[PredictedContainer, ...]:
    """The containers of an attribute, in the order of the record."""
    return tuple(c for c in record.containers if c.attribute == attribute)


def is_inside(container: PredictedContainer) -> bool:
    """Whether the laboratory's value lies in the 95 % interval."""
    return container.low95 <= container.measured <= container.high95


def plot_note(row: AttributeFigures, containers: tuple[PredictedContainer, ...]) -> str:
    """What the plot shows, and how many values lie outside their interval."""
    batches = count(len({c.batch_id for c in containers}), "batch", "batches")
    outside = sum(not is_inside(c) for c in containers)
    said = (
        f"{count(len(containers), 'container')} of {batches}, each predicted without its batch; "
        f"{outside} outside the 95 % interval."
    )
    return said if row.predictable else f"{said} {_NOT_PREDICTABLE}"


def container_said(container: PredictedContainer, unit: str) -> str:
    """A container in three lines: which, measured, predicted."""
    places = decimals_for((container.high95 - container.low95) / 4)
    unit_said = "" if unit == "-" else f" {unit}"
    predicted = estimate(container.predicted, container.low95, container.high95, unit)
    return (
        f"{container.container_id} of batch {container.batch_id}\n"
        f"measured {fixed(container.measured, places)}{unit_said}\npredicted {predicted}"
    )


def about_container(container: PredictedContainer, unit: str, source: str) -> Inspected:
    """A container with its measured and its predicted value."""
    _which, measured, predicted = container_said(container, unit).split("\n")
    facts = (
        ("Batch", container.batch_id),
        ("Measured", measured.removeprefix("measured ")),
        ("Predicted (95 %)", predicted.removeprefix("predicted ")),
        ("Off by", significant(container.predicted - container.measured)),
    )
    remark = Remark("Inside its 95 % interval.", Tone.GOOD)
    if not is_inside(container):
        remark = Remark("Outside its 95 % interval.")
    title = f"{container.container_id}, {name(container.attribute).lower()}"
    return Inspected(title, "validated container", facts, source, findings=(remark,))


def about_attribute(row: AttributeFigures, source: str) -> Inspected:
    """All figures of an attribute."""
    facts = (
        ("Containers", f"{row.containers} of {count(row.batches, 'batch', 'batches')}"),
        ("RMSEP", f"{significant(row.rmsep)} {row.unit}"),
        ("RMSEP of the mean", f"{significant(row.rmsep_of_mean)} {row.unit}"),
        ("Bias (95 %)", figure(row.bias, row.unit)),
        ("R²pred", fixed(row.r2_pred, 2)),
        *_coverage_facts(row.coverage),
        ("Width of 95 %", f"{significant(row.width95)} {row.unit}"),
        ("sd of history", f"{significant(row.history_sd)} {row.unit}"),
        ("sd of the method", f"{significant(row.repeatability_sd)} {row.unit}"),
    )
    remarks = () if row.predictable else (Remark(_NOT_PREDICTABLE),)
    return Inspected(name(row.attribute), "quality attribute", facts, source, findings=remarks)


def tags(record: ValidationRecord) -> tuple[TagFigures, ...]:
    """The tags; those outside their band first."""
    return tuple(sorted(record.tags, key=in_band))


def in_band(row: TagFigures) -> bool:
    """Whether its NIS lies inside its 95 % band."""
    return row.nis_low <= row.nis <= row.nis_high


def band_said(row: TagFigures) -> str:
    """Whether its noise is what the twin takes it for, in words."""
    if in_band(row):
        return "inside"
    return "below" if row.nis < row.nis_low else "above"


def about_tag(row: TagFigures, source: str) -> Inspected:
    """All figures of a measured tag."""
    band = f"{fixed(row.nis_low, 2)} to {fixed(row.nis_high, 2)}"
    facts = (
        ("NIS", fixed(row.nis, 2)),
        ("95 % band of NIS", band),
        ("Values", f"{row.values} of {count(row.batches, 'batch', 'batches')}"),
        ("RMSEP", f"{significant(row.rmsep)} {row.unit}"),
        ("Bias (95 %)", figure(row.bias, row.unit)),
        ("R²pred", fixed(row.r2_pred, 2)),
        *_coverage_facts(row.coverage),
        ("Channel", row.channel),
    )
    said = {
        "below": "Its noise is overstated: a fault can hide in it.",
        "above": "Its noise is understated: false alarms follow.",
    }
    remarks = () if in_band(row) else (Remark(said[band_said(row)], Tone.BAD),)
    return Inspected(row.title, "measured tag", facts, source, findings=remarks)


def _coverage_facts(coverage: tuple[Coverage, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((f"Inside {100 * c.level:g} %", f"{_share(c)} %") for c in coverage)


def _share(coverage: Coverage) -> str:
    low, value, high = (
        fixed(100.0 * v, 1) for v in (coverage.share.low, coverage.share.value, coverage.share.high)
    )
    return f"{value} ({low} to {high})"
