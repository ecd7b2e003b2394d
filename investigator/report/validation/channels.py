"""How measured tags are predicted, and earlier deviations with their cause."""

from reportlab.platypus import Flowable

from investigator.domain.quantities import UNKNOWN, count, fixed, significant
from investigator.domain.validation import DeviationFigures, TagFigures, ValidationRecord
from investigator.report.pages import Heading
from investigator.report.paper import grid, para
from investigator.report.validation.words import figure, with_unit
from investigator.report.whole import whole_grid


def tags(record: ValidationRecord) -> list[Flowable]:
    """Section 3."""
    story: list[Flowable] = [
        Heading("3 Measured tags in normal production"),
        para(
            "NIS: mean normalised innovation squared; 1 where the noise of a channel is what "
            "the twin takes it for. Below its 95 % band the noise is overstated and hides faults, "
            "above it false alarms follow. Shaded: outside the band."
        ),
    ]
    if not record.tags:
        return [*story, para("No tag was assessed.")]
    outside = {n for n, t in enumerate(record.tags) if not t.nis_low <= t.nis <= t.nis_high}
    heads = ["Channel", "n (batches)", "RMSEP", "Bias (95 %)", "R²pred", "in 50/80/95 %", "NIS"]
    heads.append("its 95 % band")
    rows = [_tag(tag) for tag in record.tags]
    widths = [38, 17, 14, 40, 12, 20, 11, 18]
    table = grid(
        heads,
        rows,
        widths,
        right=frozenset({1, 2, 3, 4, 5, 6, 7}),
        marked=frozenset(outside),
    )
    inside = len(record.tags) - len(outside)
    return [*story, table, para(f"Inside the band: {inside} of {count(len(record.tags), 'tag')}.")]


def _tag(tag: TagFigures) -> list[str]:
    shares = " / ".join(fixed(100.0 * c.share.value, 0) for c in tag.coverage)
    return [
        with_unit(tag.title, f"({tag.unit})" if tag.unit not in {"", "-"} else ""),
        f"{tag.values} ({tag.batches})",
        significant(tag.rmsep),
        figure(tag.bias),
        fixed(tag.r2_pred, 2),
        shares or UNKNOWN,
        fixed(tag.nis, 2),
        f"{fixed(tag.nis_low, 2)} to {fixed(tag.nis_high, 2)}",
    ]


def deviations(record: ValidationRecord) -> list[Flowable]:
    """Section 4."""
    story: list[Flowable] = [
        Heading("4 Earlier deviations with their confirmed cause"),
        para(
            "Each case was replayed from its recorded inputs, and with what its confirmed cause "
            "does that no input shows. Share of the values of the affected channels inside the "
            "95 % band, with the cause and without it. Channels that drive the replay (in brackets)"
            " are no prediction of the twin; they are not counted."
        ),
    ]
    if not record.deviations:
        return [*story, para("No earlier deviation was assessed.")]
    heads = ["Case", "Cause", "Affected channels", "n", "with the cause", "without"]
    rows = [
        [
            each.case,
            each.cause.replace("_", " "),
            _affected(each),
            f"{each.values}",
            f"{fixed(100.0 * each.inside95, 1)} %",
            f"{fixed(100.0 * each.inside95_without, 1)} %",
        ]
        for each in record.deviations
    ]
    return [*story, whole_grid(heads, rows, [22, 38, 64, 12, 18, 16])]


def _affected(each: DeviationFigures) -> str:
    """The channels that a cause moves, those that drive the replay in brackets."""
    counted = ", ".join(each.channels) or UNKNOWN
    driving = f" ({', '.join(each.driving)})" if each.driving else ""
    return f"{counted}{driving}".replace("_", " ")
