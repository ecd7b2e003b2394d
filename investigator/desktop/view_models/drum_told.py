"""A drum as the impact tells it: as in the disposition, with its risks and where it came from."""

from collections.abc import Callable
from dataclasses import replace

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.container_told import inspected
from investigator.desktop.view_models.disposition import ContainerRow
from investigator.desktop.view_models.origins import DrumOrigin, drum_origins
from investigator.desktop.view_models.recorded import Take
from investigator.domain.impact import ContainerImpact, attribute_name
from investigator.domain.quantities import probability

Facts = list[tuple[str, str]]
_BEFORE = "Proposal"


def about_drum(
    scene: Scene, row: ContainerRow, *, go: Callable[[Place], None], take: Take
) -> Inspected:
    """The drum; risks and origin stand before what is proposed."""
    told = inspected(scene, row, go=go, take=take)
    found = (d for d in drum_origins(scene) if d.container_id == row.container_id)
    more = [*_risks(row.container), *_origin(next(found, None))]
    names = [name for name, _ in told.facts]
    at = names.index(_BEFORE) if _BEFORE in names else len(names)
    return replace(told, facts=(*told.facts[:at], *more, *told.facts[at:]))


def _risks(container: ContainerImpact) -> Facts:
    """Of the attribute that is least likely to conform."""
    name = container.worst[0] if container.worst else ""
    return [
        (
            "Risks",
            f"{attribute_name(name)}, zone {c.zone.value}: consumer's "
            f"{probability(c.consumer_risk)}, producer's {probability(c.producer_risk)}",
        )
        for c in container.conformance
        if c.attribute == name
    ]


def _origin(drum: DrumOrigin | None) -> Facts:
    if drum is None:
        return []
    lots = [f"{row.origin.material} {row.name} {row.share} %".strip() for row in drum.lots]
    return [("Fed", drum.fed_in_full), *([("Lots", "; ".join(lots))] if lots else [])]
