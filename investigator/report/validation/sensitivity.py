"""What the quality depends on: Sobol indices of every output."""

from itertools import groupby

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.quantities import count
from investigator.domain.validation import SensitivityIndex, ValidationRecord
from investigator.report.figures.indices import index_bars, index_key
from investigator.report.pages import Heading
from investigator.report.paper import para
from investigator.report.validation.words import name

SHOWN = 8
LEAST = 0.01


def sensitivity(record: ValidationRecord) -> list[Flowable]:
    """Section 5."""
    story: list[Flowable] = [
        Heading("5 Sensitivity"),
        para(
            "Sobol indices: the share of an output's variance that a factor explains alone "
            "(first order), and with all its interactions (total). Inputs vary evenly over the "
            "range that stands with them, parameters normally with their standard uncertainty; "
            "those that were estimated together vary together and are one factor. Strokes: 95 % "
            "bootstrap interval; an estimate near zero can come out below it."
        ),
    ]
    if not record.sensitivity:
        return [*story, para("No sensitivity was computed.")]
    grouped = groupby(record.sensitivity, key=lambda i: i.output)
    blocks = [_one(output, tuple(indices)) for output, indices in grouped]
    blocks[0].insert(1, index_key())
    return [*story, *(KeepTogether(block) for block in blocks)]


def _one(output: str, indices: tuple[SensitivityIndex, ...]) -> list[Flowable]:
    ranked = sorted(indices, key=lambda i: -i.total.value)
    shown = tuple(i for i in ranked[:SHOWN] if i.total.value >= LEAST) or tuple(ranked[:1])
    rest = len(indices) - len(shown)
    largest = max((i.total.value for i in ranked[len(shown) :]), default=0.0)
    bound = f"below {LEAST:g}" if largest < LEAST else f"at most {largest:.2f}"
    told = f"; {count(rest, 'further factor')} with a total index {bound}"
    return [
        Heading(name(output), 1),
        index_bars(shown),
        para(
            f"{count(len(indices), 'factor')}, the largest first{told if rest else ''}.", "caption"
        ),
    ]
