"""What is known of a line before its evidence is read: by its twin, or only the zone of its times.

Data of a line that no twin is of are read as they are: no tag list says what a tag is, and no
record is refused for its line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from investigator.casework.stored import encoded
from investigator.casework.twins import choose_twin, tag_list
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import known_zone
from investigator.domain.reconciliation import USUAL_LIMITS, ReconciliationLimits
from investigator.evidence.historian.facts import TagFacts
from investigator.trust.digest import digest_of_bytes
from investigator.twin.specification import reconciliation_limits


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line as evidence is read for it.

    Attributes:
        zone: IANA zone of times without offset.
        line_id: its id as the batch record names it; empty for any line.
        tags: its tag list; empty where there is none.
        limits: of the balances of a batch.
    """

    zone: str
    line_id: str = ""
    tags: Mapping[str, TagFacts] = field(default_factory=dict)
    limits: ReconciliationLimits = USUAL_LIMITS

    @property
    def digest(self) -> str:
        """Of all of it: evidence that is read for another digest may be read otherwise."""
        return digest_of_bytes(encoded(self))


def known_line(twin_id: str | None, *, without_twin: str | None = None) -> KnownLine:
    """The line of a twin, or any line.

    Args:
        twin_id: the twin; None for the only one.
        without_twin: for a line that no twin is of, the IANA zone of its times without offset.

    Raises:
        UnusableRequest: the twin cannot be chosen, there is no such zone, or both are given.
    """
    if without_twin is None:
        package = choose_twin(twin_id)
        limits = reconciliation_limits(package.specifications)
        manifest = package.manifest
        return KnownLine(manifest.site_zone, manifest.line_id, tag_list(package), limits)
    if twin_id is not None:
        raise UnusableRequest("Evidence is read for a twin or without one; give one of both.")
    if not known_zone(without_twin):
        raise UnusableRequest(f"{without_twin!r} is no IANA zone; name one such as Europe/Berlin.")
    return KnownLine(without_twin)
