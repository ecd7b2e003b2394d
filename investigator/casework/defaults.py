"""What an unattended run takes by default where a person would have judged, in sentences."""

from collections.abc import Iterable, Mapping

from investigator.casework.findings import blocking_ids, critical_ids, finding_id
from investigator.domain.evidence import Evidence, Finding
from investigator.domain.quantities import count


def assumed_of_data(evidence: Evidence, tag_map: Mapping[str, str]) -> tuple[str, ...]:
    """What is assumed of findings and tags; of clocks the reading itself says it.

    Args:
        evidence: as read.
        tag_map: tag of every signal, as the package of the twin has it.
    """
    return (*_findings(evidence.findings), *_tags(evidence, tag_map))


def _findings(found: tuple[Finding, ...]) -> Iterable[str]:
    if not found:
        return
    named = len({finding_id(finding) for finding in found})
    critical = len(critical_ids(found))
    yield (
        f"{count(named, 'finding')} on data quality acted on as the reading says, {critical} of "
        "them critical; none was judged by a person."
    )


def _tags(evidence: Evidence, tag_map: Mapping[str, str]) -> Iterable[str]:
    yield "The tag map of the twin's package was taken as it is; no person reviewed it."
    blocking = set(blocking_ids(evidence.findings))
    doubtful = sorted({f.subject for f in evidence.findings if finding_id(f) in blocking})
    if doubtful:
        yield f"Numbers in a unit that differs were taken as they stand: {', '.join(doubtful)}."
    missing = sorted(tag for tag in tag_map.values() if tag not in evidence.trajectories)
    if missing:
        yield f"The export does not hold {', '.join(missing)}; the run did without."
