"""The ribbons of the replay: applicability domain, quality of the data, bridged inputs, containers.

- A stretch outside the domain says the variable, its farthest value and how far beyond it lies.
- The quality is that of one signal, the selected one; inputs are those of the whole replay.
"""

from collections.abc import Sequence

from investigator.desktop.frame.inspected import Remark
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.replay_told import Facts, ReplayTeller
from investigator.desktop.view_models.ribbon_marks import (
    Marked,
    Row,
    in_lanes,
    in_one_row,
    marked,
)
from investigator.domain.applicability import DomainLimit, Excursion
from investigator.domain.instant import Span
from investigator.domain.quantities import count, duration, period, significant
from investigator.domain.replayed import QualityStretch, Replayed, Shortcoming

EXCURSION = "domain/"
_DOMAIN, _QUALITY, _INPUTS = "Domain", "Data quality", "Inputs bridged"
_NO_DOMAIN = "The twin states no applicability domain."
_EXTRAPOLATES = "The twin is extrapolating here: its bands are wider, and so they stay as long as "
_LATER = "material of this stretch comes. Nothing is excluded on its word alone."
_DONE = {
    Shortcoming.MISSING: "The signal says nothing here.",
    Shortcoming.DOUBTFUL: "The value counts less: its standard deviation is taken larger.",
    Shortcoming.BRIDGED: "Set-point or usual level stands in; the bands are wider for it.",
}


def domain_rows(replayed: Replayed, whole: Span, teller: ReplayTeller) -> list[Row]:
    """Where the run left the domain, over what lies inside; `whole`: the time that is shown."""
    rows = in_lanes(_DOMAIN, [_excursion(e, n, teller) for n, e in enumerate(replayed.excursions)])
    title, first = rows[0] if rows else (_DOMAIN, [])
    return [(title, [_inside(replayed, whole, teller), *first]), *rows[1:]]


def quality_rows(
    replayed: Replayed, signal: str, *, judged: bool, whole: Span, teller: ReplayTeller
) -> list[Row]:
    """What a signal lacks.

    Args:
        replayed: the replay.
        signal: title of its channel.
        judged: whether it is a course in time; single results are not judged so.
        whole: the time that is shown.
        teller: tells a stretch.
    """
    found = [s for s in replayed.quality if signal in s.signals]
    if found:
        return in_one_row(_QUALITY, _stretches(found, "quality", teller))
    words = "nothing missing or in doubt" if judged else "single results: see Evidence"
    told = teller.told(signal, "data quality", (("While the press turned", words),))
    return [(_QUALITY, [marked("quality", whole, words, Tone.PLAIN, "", told)])]


def input_rows(replayed: Replayed, teller: ReplayTeller) -> list[Row]:
    """Where an input of the replay was not recorded; no row where none was missing."""
    bridged = [s for s in replayed.quality if s.shortcoming is Shortcoming.BRIDGED]
    return in_one_row(_INPUTS, _stretches(bridged, "input", teller))


def beyond_said(excursion: Excursion) -> str:
    """The farthest value and its distance from the limit, e.g. "77.5 %RH, 7.5 beyond 70"."""
    limit = excursion.limit
    bound = limit.high if excursion.farthest > limit.high else limit.low
    off = significant(excursion.distance * limit.scale, 2)
    return f"{significant(excursion.farthest)}{_unit(limit)}, {off} beyond {significant(bound)}"


def _inside(replayed: Replayed, whole: Span, teller: ReplayTeller) -> Marked:
    if not replayed.limits:
        told = teller.told("No domain", "applicability domain", (), remarks=(Remark(_NO_DOMAIN),))
        return marked("domain", whole, "none stated", Tone.WARN, _NO_DOMAIN, told)
    titles = {e.limit.title for e in replayed.excursions}
    facts: Facts = tuple(
        (
            limit.title,
            f"{_limits(limit)}: {'left' if limit.title in titles else 'kept'}",
        )
        for limit in replayed.limits
    )
    words = f"inside {count(len(replayed.limits), 'limit')}"
    told = teller.told("Applicability domain", "applicability domain", facts)
    return marked("domain", whole, words, Tone.PLAIN, "", told)


def _excursion(excursion: Excursion, place: int, teller: ReplayTeller) -> Marked:
    limit, beyond = excursion.limit, beyond_said(excursion)
    facts: Facts = (
        ("From, to", period(excursion.span, teller.zone)),
        ("Length", duration(excursion.span.seconds)),
        ("Limits", _limits(limit)),
        ("Farthest", beyond),
        ("Distance", f"{significant(excursion.distance, 2)} × {_scale(limit)}"),
        ("Origin of the limits", limit.origin),
    )
    remark = Remark(_EXTRAPOLATES + _LATER)
    told = teller.told(
        f"{limit.title} outside the domain", "applicability domain", facts, remarks=(remark,)
    )
    label, tip = f"extrapolating: {limit.title}", f"{limit.title} {beyond}"
    return marked(f"{EXCURSION}{place}", excursion.span, label, Tone.WARN, tip, told)


def _stretches(found: Sequence[QualityStretch], kind: str, teller: ReplayTeller) -> list[Marked]:
    return [_stretch(s, f"{kind}/{n}", teller) for n, s in enumerate(found)]


def _stretch(stretch: QualityStretch, key: str, teller: ReplayTeller) -> Marked:
    said = stretch.shortcoming
    facts: Facts = (
        ("From, to", period(stretch.span, teller.zone)),
        ("Length", duration(stretch.span.seconds)),
        *((("Signals", ", ".join(stretch.signals)),) if stretch.signals else ()),
        ("What is done", _DONE[said]),
    )
    told = teller.told(f"{stretch.tag}: {said}", "data quality", facts)
    tip = f"{stretch.tag}: {_DONE[said]}"
    label = stretch.tag if key.startswith("input") else said.value
    return marked(key, stretch.span, label, Tone.WARN, tip, told)


def _limits(limit: DomainLimit) -> str:
    return f"{significant(limit.low)} to {significant(limit.high)}{_unit(limit)}"


def _scale(limit: DomainLimit) -> str:
    return f"{significant(limit.scale)}{_unit(limit)}"


def _unit(limit: DomainLimit) -> str:
    return "" if limit.unit == "-" else f" {limit.unit}"
