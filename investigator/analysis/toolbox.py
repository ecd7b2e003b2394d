"""The classical toolbox for one run: change points, leads and lags, the golden envelope."""

from investigator.analysis.batch_comparison import batch_comparisons
from investigator.analysis.change_points import change_points
from investigator.analysis.comparison import Comparison
from investigator.analysis.hypotheses import Searches, prepare_searches
from investigator.analysis.lead_lag import lead_lags
from investigator.domain.evidence import Evidence
from investigator.domain.toolbox import BatchComparison, Toolbox
from investigator.twin.package import TwinPackage


def toolbox(
    c: Comparison, evidence: Evidence, package: TwinPackage, *, searches: Searches | None = None
) -> Toolbox:
    """What the classical tools find in a run.

    Args:
        c: the run against the unperturbed twin.
        evidence: that the run was made from.
        package: the twin, with its tags and its envelope of normal batches.
        searches: of `prepare_searches` for the run; made anew where not given.

    Raises:
        UnusableInput: the envelope of the package is incomplete.
    """
    comparisons = batch_comparisons(c, package.reference)
    return Toolbox(
        change_points(c, searches or prepare_searches(c), evidence, package.tag_map),
        lead_lags(c),
        comparisons,
        _assumed(comparisons),
    )


def _assumed(comparisons: tuple[BatchComparison, ...]) -> tuple[str, ...]:
    if not comparisons:
        return (
            "The twin keeps no envelope of normal batches, so this batch is not laid beside them; "
            "estimate it with `investigator twin reference`.",
        )
    return tuple(
        f"On {shown.axis}, {shown.beyond} positions of this batch were reached by too few normal "
        "batches to be judged."
        for shown in comparisons
        if shown.beyond
    )
