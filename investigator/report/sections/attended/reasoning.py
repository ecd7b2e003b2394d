"""The is/is-not table and the chains of whys as people stated them; nothing where there is none."""

from reportlab.platypus import Flowable

from investigator.domain.dossier import Dossier
from investigator.domain.quantities import UNKNOWN
from investigator.domain.reasoning_words import cell_in_words, links_in_words
from investigator.report.pages import Heading
from investigator.report.sections.attended.people import (
    ENTRY_BY,
    as_it_stands,
    by,
    record_of,
    title_of,
)
from investigator.report.whole import whole_grid


def is_is_not(dossier: Dossier) -> list[Flowable]:
    """What is affected, what is not, and what tells the two apart, each with its evidence."""
    case, zone = record_of(dossier).case, dossier.zone
    rows = [
        [
            as_it_stands(case, r, f"{r.act.dimension}: {r.act.subject}"),
            *(cell_in_words(cell, zone) for cell in r.act.cells()),
            by(r),
        ]
        for r in case.is_is_not
    ]
    if not rows:
        return []
    heads = ["Question", "Is", "Is not", "What distinguishes", ENTRY_BY]
    return [Heading("Is and is not", 1), whole_grid(heads, rows, [24, 42, 36, 42, 26])]


def whys(dossier: Dossier) -> list[Flowable]:
    """The chain of whys of each hypothesis, down to the category of its root cause."""
    case, zone = record_of(dossier).case, dossier.zone
    rows = [
        [
            *(title_of(case, r.act.cause), f"{r.act.step}"),
            *(as_it_stands(case, r, r.act.statement), links_in_words(r.act.evidence, zone)),
            *(UNKNOWN if r.act.root is None else r.act.root.value, by(r)),
        ]
        for r in case.whys
    ]
    if not rows:
        return []
    heads = ["Hypothesis", "Why", "Because", "Evidence", "Root cause in", ENTRY_BY]
    return [Heading("Whys", 1), whole_grid(heads, rows, [34, 10, 46, 38, 18, 24])]
