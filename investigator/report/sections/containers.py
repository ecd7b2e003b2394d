"""The containers: how much of each is affected, its quality, what remains to be tested.

- Figures of the impact beside those of the laboratory, which are never replaced.
- One table for each matter, a container a row: what a reader compares stands in one column.
"""

import math

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.conformance import Zone
from investigator.domain.dossier import Dossier
from investigator.domain.impact import (
    ContainerImpact,
    PredictedQuality,
    attribute_in_words,
    attribute_name,
    reason_in_words,
    short_ids,
)
from investigator.domain.quantities import (
    UNKNOWN,
    common_decimals,
    decimals_for,
    fixed,
    period,
    probability,
)
from investigator.report.figures.drums import drum_map
from investigator.report.pages import Heading
from investigator.report.paper import grid, para

_MOST_COLUMNS = 4
_UNIFORMITY = "cu_av"
_CONTAINER_MM = 30.0
_SURE = 0.999
_NO_BREAK = "\u00a0"


def containers(dossier: Dossier) -> list[Flowable]:
    """Drum map and table of the containers."""
    found = dossier.impact.containers
    if not found:
        return [Heading("Containers", 1), para("No container of this batch is on record.")]
    shared, _ = short_ids(tuple(c.container_id for c in found))
    named = f" Ids without their common beginning {shared}." if shared else ""
    words = (
        "Figure 10: drum map in order of filling. Width: net mass, or what a letter needs; shade "
        "and number beneath: lowest chance to conform among the attributes, in per cent, rounded "
        "down; hatched from below: affected share of the net mass, conservative; letter: "
        f"proposal.{named}"
    )
    figure = [Heading("Containers", 1), drum_map(found), para(words, "caption")]
    return [KeepTogether(figure), _container_table(found, dossier.zone)]


def _container_table(found: tuple[ContainerImpact, ...], zone: str) -> Flowable:
    places = common_decimals([c.affected_kg_hi95 - c.affected_kg for c in found])
    places = min(max(places, 2), 3)
    rows = [
        [
            c.container_id,
            period(c.filled, zone),
            fixed(c.net_kg, places),
            _kilograms(c, places),
            _tablets(c),
            _least_likely(c),
            "; ".join(map(reason_in_words, c.reasons)) or ("yes" if c.affected else UNKNOWN),
        ]
        for c in found
    ]
    heads = ["Container", "Filled", "Net (kg)", "Affected (kg, 95 %)"]
    heads += ["Affected tablets", "Least likely to conform", "Affected by"]
    hit = frozenset(n for n, c in enumerate(found) if c.affected)
    widths = [_CONTAINER_MM, 37, 11, 22, 21, 23, 26]
    return grid(heads, rows, widths, right=frozenset({2, 3, 4}), marked=hit)


def _kilograms(c: ContainerImpact, places: int) -> str:
    if not c.affected_kg_hi95 > 0.0:
        return fixed(0.0, places)
    central, high = fixed(c.affected_kg, places), fixed(c.affected_kg_hi95, places)
    if not c.affected_tablets_hi95:  # stored before there was a lower bound
        return f"{central} (at most {high})"
    return f"{central} ({fixed(c.affected_kg_lo95, places)} to {high})"


def _tablets(c: ContainerImpact) -> str:
    if not c.affected_tablets_hi95:
        return UNKNOWN if c.affected_kg_hi95 > 0.0 else "0"
    return f"{_thousands(c.affected_tablets)}, at most {_thousands(c.affected_tablets_hi95)}"


def _thousands(number: int) -> str:
    """To three digits, which is all that is known of it, in groups of three."""
    digits = max(0, len(str(abs(number))) - 3)
    return f"{round(number, -digits):,}".replace(",", " ")


def _least_likely(c: ContainerImpact) -> str:
    if c.worst is None:
        return UNKNOWN
    name, quality = c.worst
    chance = probability(quality.p_conform).replace(" ", _NO_BREAK)
    return f"{attribute_in_words(name)} {chance}{_zone(c, name)}"


def _zone(c: ContainerImpact, attribute: str) -> str:
    zone = next((g.zone for g in c.conformance if g.attribute == attribute), Zone.ACCEPT)
    return "" if zone is Zone.ACCEPT else f", {zone}"


def quality(dossier: Dossier) -> list[Flowable]:
    """The predicted quality of every container beside what the laboratory reports."""
    found = dossier.impact.containers
    seen = sorted({a: None for c in found for a in (*c.quality, *c.reported)})
    if any(c.content_uniformity for c in found):  # it has a table of its own
        seen = [a for a in seen if a != _UNIFORMITY]
    story: list[Flowable] = [Heading("Predicted quality", 1)]
    if not seen:
        return [*story, para("No attribute was predicted and none was reported.")]
    story.append(
        para(
            "The container's true mean with its 95 % interval; after the stroke the laboratory's "
            "mean as reported, where there is one; then the chance to conform where it is not "
            "above 99.9 %, and what the guarded limits say where that is not acceptance."
        )
    )
    size = math.ceil(len(seen) / math.ceil(len(seen) / _MOST_COLUMNS))
    groups = [seen[k : k + size] for k in range(0, len(seen), size)]
    return [*story, *(_quality_table(found, group) for group in groups)]


def _quality_table(found: tuple[ContainerImpact, ...], attributes: list[str]) -> Flowable:
    places = {a: _places(found, a) for a in attributes}
    rows = [[c.container_id, *(_cell(c, a, places[a]) for a in attributes)] for c in found]
    width = (170 - _CONTAINER_MM) / len(attributes)
    heads = ["Container", *(_title(found, a) for a in attributes)]
    outside = frozenset(
        n for n, c in enumerate(found) if any(_zone(c, attribute) for attribute in attributes)
    )
    return grid(heads, rows, [_CONTAINER_MM, *([width] * len(attributes))], marked=outside)


def _title(found: tuple[ContainerImpact, ...], attribute: str) -> str:
    unit = next((c.quality[attribute].unit for c in found if attribute in c.quality), "")
    name = attribute_name(attribute)
    return f"{name} ({unit})" if unit not in {"", "-", "1"} else name


def _places(found: tuple[ContainerImpact, ...], attribute: str) -> int:
    predicted = [c.quality[attribute] for c in found if attribute in c.quality]
    return common_decimals([(q.hi95 - q.lo95) / 4 for q in predicted])


def _cell(c: ContainerImpact, attribute: str, places: int) -> str:
    text = _predicted(c.quality.get(attribute), places)
    reported = c.reported.get(attribute)
    if reported is not None and math.isfinite(reported):
        text += f" / {fixed(reported, _reported_places(reported, places))}"
    found = c.quality.get(attribute)
    chance = found.p_conform if found else None
    if chance is not None and chance <= _SURE:
        text += f"; {probability(chance)}"
    return text + _zone(c, attribute)


def _predicted(found: PredictedQuality | None, places: int) -> str:
    if found is None:
        return UNKNOWN
    mean, low, high = (fixed(v, places) for v in (found.mean, found.lo95, found.hi95))
    return f"{mean} ({low} to {high})"


def _reported_places(value: float, places: int) -> int:
    return max(places, decimals_for(0.01 * abs(value) or 1.0) - 1)
