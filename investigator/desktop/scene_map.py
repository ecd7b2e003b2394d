"""The tag map of the scene, worked out at the desk: again only when what it rests on has changed.

Runs in the desk lane.
"""

from investigator.casework.decisions import decisions_of
from investigator.casework.snapshot import Snapshot
from investigator.casework.tag_map import TagMap, map_of
from investigator.desktop.scene import Scene
from investigator.domain.errors import InvestigatorError


def tag_map_of(seen: Snapshot | None, before: Scene | None) -> TagMap | None:
    """The map in force; None while there is no evidence, or which twin is meant is not clear."""
    if seen is None or seen.evidence is None:
        return None
    if before is not None and before.seen is not None and _same(seen, before.seen):
        return before.tag_map
    try:
        return map_of(seen)
    except InvestigatorError:
        return None


def _same(seen: Snapshot, before: Snapshot) -> bool:
    """Whether the map rests on the same data, twin and decisions."""
    if seen.case.case_id != before.case.case_id or seen.evidence is not before.evidence:
        return False
    twins = [case.twin.act.twin_id if case.twin else None for case in (seen.case, before.case)]
    tags = [decisions_of(case).tags for case in (seen.case, before.case)]
    return twins[0] == twins[1] and tags[0] == tags[1]
