"""Uncertainty and open points, and the page on which the report is signed or sealed."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.quantities import count, fixed, probability, significant
from investigator.domain.ranking import NO_CAUSE, NONE_OF_THESE
from investigator.report.pages import Heading
from investigator.report.paper import bullets, facts, para
from investigator.report.signing.fields import PERSONS, SEAL, EmptyField
from investigator.report.words import lacking, leading

_POOR_COVERAGE = 0.80
_LABEL_MM = 28
_UNATTENDED = (
    "It was made unattended and is not signed by anybody. A seal says in which workspace this file "
    "was made; it stands for no person and for no review."
)
_FOR_SIGNATURE = (
    "Author, reviewer and approver are three people and sign in this order; each signature covers "
    "the whole report. A field that names nobody is not signed."
)
_VERIFY = (
    'What the fields prove, and what they do not, is told by "investigator verify" on this file.'
)


def uncertainty(dossier: Dossier) -> list[Flowable]:
    """Section 13."""
    return [
        Heading("13 Uncertainty, limits and open points"),
        *bullets([*limits(dossier), *_open_points(dossier)]),
    ]


def approvals(dossier: Dossier) -> list[Flowable]:
    """Section 14: the fields that take the signatures, or the seal of an unattended report."""
    unattended = dossier.record is None
    says = _UNATTENDED if unattended else _FOR_SIGNATURE
    fields = (SEAL,) if unattended else PERSONS
    empty = "not sealed" if unattended else "not signed"
    return [
        KeepTogether(
            [
                Heading("14 Approvals"),
                para(f'This report is marked "{dossier.marking}". {says}'),
                facts([(name, EmptyField(name, empty)) for name in fields], _LABEL_MM),
                para(_VERIFY, "note"),
            ]
        )
    ]


def limits(dossier: Dossier) -> list[str]:
    """What the estimates are worth and where they end, in sentences."""
    ranking, lead = dossier.ranking, leading(dossier.ranking).hypothesis
    texts = [
        f"The twin {dossier.twin.twin_id} {dossier.twin.version} has the status "
        f'"{dossier.twin.status}"; its estimates are worth as much as that status.',
        f"Probability of {NONE_OF_THESE}: {probability(ranking.none_of_the_above)}; of {NO_CAUSE}: "
        f"{probability(ranking.no_deviation)}.",
        *lacking(ranking),
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
