"""How the quality of containers is predicted: figures, plots, residuals by batch."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.quantities import UNKNOWN, count, fixed, significant
from investigator.domain.validation import AttributeFigures, PredictedContainer, ValidationRecord
from investigator.report.figures.agreement import agreement, batch_key
from investigator.report.pages import Heading
from investigator.report.paper import grid, para
from investigator.report.validation.words import figure, name, with_unit

_LEVELS = (0.5, 0.8, 0.95)


def attributes(record: ValidationRecord) -> list[Flowable]:
    """Section 2."""
    story: list[Flowable] = [
        Heading("2 Quality of containers"),
        para(
            "Each batch was predicted by the twin without that batch; a value is the mean of one "
            "container. RMSEP: root mean square of predicted minus measured; bias: their mean; "
            "R²pred: 1 − PRESS over the sum of squares about the mean of the other batches. "
            "Intervals come from a bootstrap of whole batches."
        ),
    ]
    if not record.attributes:
        return [*story, para("No attribute was assessed.")]
    story += [_error_table(record.attributes), _interval_table(record.attributes)]
    batches = tuple(sorted({c.batch_id for c in record.containers}))
    if batches:
        story.append(
            KeepTogether(
                [
                    batch_key(batches),
                    para("Figure 1: the batches, with the marks of the figures below.", "caption"),
                ]
            )
        )
    for number, each in enumerate(record.attributes, start=2):
        story += _one(each, record.containers, batches, number)
    return story


def _error_table(rows: tuple[AttributeFigures, ...]) -> Flowable:
    heads = ["Attribute", "n (batches)", "RMSEP", "of the mean", "ratio", "Bias (95 %)", "R²pred"]
    heads += ["sd of history", "sd of method"]
    cells = [
        [
            with_unit(name(r.attribute), f"({r.unit})"),
            f"{r.containers} ({r.batches})",
            significant(r.rmsep),
            significant(r.rmsep_of_mean),
            _ratio(r.rmsep, r.rmsep_of_mean),
            figure(r.bias),
            fixed(r.r2_pred, 2),
            significant(r.history_sd),
            significant(r.repeatability_sd),
        ]
        for r in rows
    ]
    widths = [27, 18, 15, 17, 13, 34, 14, 16, 16]
    return grid(heads, cells, widths, right=frozenset({1, 2, 3, 4, 5, 6, 7, 8}))


def _ratio(value: float, of: float) -> str:
    return fixed(value / of if of else None, 2)


def _interval_table(rows: tuple[AttributeFigures, ...]) -> Flowable:
    heads = ["Attribute", *(f"inside the {100 * level:g} % interval" for level in _LEVELS)]
    heads += ["mean full width of the 95 % interval"]
    cells = [
        [
            name(r.attribute),
            *(_share(r, level) for level in _LEVELS),
            with_unit(significant(r.width95), r.unit),
        ]
        for r in rows
    ]
    return grid(heads, cells, [27, 36, 36, 36, 35], right=frozenset({1, 2, 3, 4}))


def _share(row: AttributeFigures, level: float) -> str:
    """Coverage in per cent with its interval."""
    at = [c.share for c in row.coverage if abs(c.level - level) < 1e-9]
    if not at:
        return UNKNOWN
    low, value, high = (fixed(100.0 * v, 1) for v in (at[0].low, at[0].value, at[0].high))
    return f"{value} ({low} to {high}) %"


def _one(
    row: AttributeFigures,
    containers: tuple[PredictedContainer, ...],
    batches: tuple[str, ...],
    number: int,
) -> list[Flowable]:
    own = tuple(c for c in containers if c.attribute == row.attribute)
    head: list[Flowable] = [Heading(name(row.attribute), 1)]
    if not row.predictable:
        head.append(para(_not_predictable(row)))
    if not own:
        return [*head, para("No container was predicted.")]
    caption = (
        f"Figure {number}: {row.attribute} in {row.unit}, n = {count(len(own), 'container')} of "
        f"{count(len({c.batch_id for c in own}), 'batch', 'batches')}. Left: predicted with its "
        "95 % interval against measured, line: equal. Right: predicted minus measured by batch; "
        "shaded: ± the repeatability of the method (1 sd), long stroke: mean of the batch."
    )
    drawing = agreement(own, batches, row.unit, repeatability_sd=row.repeatability_sd)
    return [KeepTogether([*head, drawing, para(caption, "caption")])]


def _not_predictable(row: AttributeFigures) -> str:
    sd, method = (
        with_unit(significant(v), row.unit) for v in (row.history_sd, row.repeatability_sd)
    )
    return (
        f"Not predictable beyond the mean: container means vary by {sd} (sd) over the batches, the "
        f"method repeats to {method} (sd). What is left to predict is smaller than the "
        "measurement can show."
    )
