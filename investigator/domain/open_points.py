"""What of a case still waits for a person: tags to map, findings, clocks, hypotheses, containers.

What is stale waits like what was never judged.
"""

from investigator.domain.investigation import Investigation


def mapping_due(case: Investigation) -> bool:
    """Whether the tag map must be reviewed before a replay, and was not for this twin."""
    if case.evidence is None or not case.evidence.act.blocking:
        return False
    reviewed = case.tag_map
    if reviewed is None or case.is_stale(reviewed):
        return True
    return case.twin is not None and reviewed.act.twin_id != case.twin.act.twin_id


def open_findings(case: Investigation) -> int:
    """How many findings on the data of the evidence have no judgement that is not stale."""
    if case.evidence is None:
        return 0
    judged = sum(not case.is_stale(r) for r in case.judged_findings.values())
    return max(0, case.evidence.act.findings - judged)


def open_clocks(case: Investigation) -> tuple[str, ...]:
    """Sources whose clock was estimated and has no judgement that is not stale."""
    if case.evidence is None:
        return ()
    judged = {source for source, r in case.clocks.items() if not case.is_stale(r)}
    return tuple(source for source in case.evidence.act.clocks if source not in judged)


def open_verdicts(case: Investigation) -> tuple[str, ...]:
    """Ids of the hypotheses without a verdict that is not stale."""
    given = {cause for cause, r in case.verdicts.items() if not case.is_stale(r)}
    return tuple(r.act.cause for r in case.hypotheses if r.act.cause not in given)


def open_dispositions(case: Investigation) -> tuple[str, ...]:
    """Ids of the containers of the impact without a decision that is not stale."""
    decided = {name for name, r in case.dispositions.items() if not case.is_stale(r)}
    return tuple(name for name in case.containers if name not in decided)
