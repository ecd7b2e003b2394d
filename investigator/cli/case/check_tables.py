"""Checks as the console lists them: those of the twin, and what was entered."""

from collections.abc import Sequence
from typing import Any

from investigator.casework.checks import KnownCheck
from investigator.casework.plain_values import instant_text
from investigator.cli.table import table
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.checks import ON_SITE, OnSite
from investigator.domain.investigation import Investigation
from investigator.domain.on_site_words import on_site_in_words
from investigator.domain.quantities import UNKNOWN

Json = dict[str, Any]


def known_lines(known: Sequence[KnownCheck]) -> list[str]:
    """The checks of the twin: what each gives, on what, what it takes."""
    rows: list[tuple[str, ...]] = [("Check", "Gives", "On", "Effort", "What")]
    for check in known:
        gives = check.unit or "passed or failed"
        rows.append((check.check_id, gives, check.place or UNKNOWN, check.effort, check.title))
    return table(rows) if known else ["No twin with checks was chosen yet."]


def known_document(check: KnownCheck) -> Json:
    """One of them as values."""
    return {
        "check": check.check_id,
        "title": check.title,
        "reads": check.reads,
        "effort": check.effort,
        "unit": check.unit or None,
        "uncertainty": check.uncertainty or None,
        "on": check.place or None,
        "causes": list(check.causes),
    }


def entered_lines(case: Investigation) -> list[str]:
    """What was looked at on site, in the order of the log, and how it stands."""
    zone = case.opened.act.zone
    rows: list[tuple[str, ...]] = [("Entry", "Entered", "Standing", "Speaks of", "What was found")]
    for r in _on_site(case):
        standing = "stale" if case.is_stale(r) else "counts"
        spoken_of = ", ".join(r.act.spoken_of()) or "every hypothesis"
        entered = instant_text(r.t_ms, zone) or UNKNOWN
        rows.append((str(r.sequence), entered, standing, spoken_of, on_site_in_words(r.act)))
    return table(rows) if len(rows) > 1 else ["Nothing was entered yet."]


def entered_documents(case: Investigation) -> list[Json]:
    """The same as values."""
    zone = case.opened.act.zone
    return [
        {
            "entry": r.sequence,
            "act": r.act.WORD,
            "about": r.act.about(),
            "found": on_site_in_words(r.act),
            "causes": list(r.act.spoken_of()),
            "confirms": [cause for cause in r.act.spoken_of() if r.act.confirms(cause)],
            "document": r.act.document_id or None,
            "entered": instant_text(r.t_ms, zone),
            "stale": case.is_stale(r),
        }
        for r in _on_site(case)
    ]


def _on_site(case: Investigation) -> list[Recorded[OnSite]]:
    found = [r for kind in ON_SITE for r in case.all_standing(kind)]
    return sorted(found, key=lambda r: r.sequence)
