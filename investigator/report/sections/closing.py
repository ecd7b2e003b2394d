"""Uncertainty and open points, and the approvals that are still to come."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.quantities import count, fixed, probability, significant
from investigator.report.pages import Heading
from investigator.report.paper import bullets, grid, para
from investigator.report.words import NO_CAUSE, NONE_OF_THESE, leading

_POOR_COVERAGE = 0.80


def uncertainty(dossier: Dossier) -> list[Flowable]:
    """Section 13."""
    return [
        Heading("13 Uncertainty, limits and open points"),
        *bullets([*_limits(dossier), *_open_points(dossier)]),
    ]


def approvals(dossier: Dossier) -> list[Flowable]:
    """Section 14."""
    rows = [[role, "", "", "", "not signed"] for role in ("Author", "Reviewer", "Approver")]
    heads = ["Role", "Name", "Meaning of the signature", "Date and time", "Signature"]
    return [
        KeepTogether(
            [
                Heading("14 Approvals"),
                para(f'This report is marked "{dossier.marking}"; nobody has signed it.'),
                grid(heads, rows, [24, 42, 40, 36, 28], row_mm=11),
                para("Author, reviewer and approver are three people, in this order.", "note"),
            ]
        )
    ]


def _limits(dossier: Dossier) -> list[str]:
    ranking, lead = dossier.ranking, leading(dossier.ranking).hypothesis
    texts = [
        f"The twin {dossier.twin.twin_id} {dossier.twin.version} has the status "
        f'"{dossier.twin.status}"; its estimates are worth as much as that status.',
        f"Probability of {NONE_OF_THESE}: {probability(ranking.none_of_the_above)}; of {NO_CAUSE}: "
        f"{probability(ranking.no_deviation)}.",
        "Affected amounts are given as central estimate and as a bound that holds with 95 %; the "
        "verdict per container rests on the bound.",
        "Predicted quality speaks of a container's true mean, not of single tablets and not of a "
        "laboratory's reading.",
    ]
    if lead is not None and lead.contradictions:
        worst = lead.contradictions[0]
        texts.append(
            f"The leading hypothesis leaves {count(len(lead.contradictions), 'channel')} "
            f"unexplained, worst {worst.channel} by {fixed(worst.sigma, 1)} σ."
        )
    poor = [r.channel for r in dossier.replay if r.coverage95 < _POOR_COVERAGE]
    if poor:
        texts.append(f"Fewer than 80 % of the samples lie in the 95 % band of: {', '.join(poor)}.")
    return texts


def _open_points(dossier: Dossier) -> list[str]:
    reported = sum(i.rows_reported for i in dossier.items)
    texts = [
        f"{count(len(dossier.findings), 'finding')} on data quality, "
        f"{count(reported, 'reported row')} and {count(len(dossier.assumptions), 'assumption')} "
        "await a person's judgement (section 6, appendix B)."
    ]
    if dossier.clock_offsets:
        worst = max(dossier.clock_offsets, key=lambda o: o.uncertainty_s)
        texts.append(
            f"The least certain clock is that of {worst.source}: standard uncertainty "
            f"{significant(worst.uncertainty_s, 2)} s."
        )
    if dossier.ranking.next_checks:
        texts.append(f"First check to be made: {dossier.ranking.next_checks[0].check}")
    texts.append("What section 4 lists as not part of an unattended draft is open.")
    return texts
