"""Where all material of the batch is, and how much of it is affected."""

from reportlab.platypus import Flowable

from investigator.domain.dossier import Dossier
from investigator.domain.material_account import AffectedSample, MaterialAccount, MaterialAtPlace
from investigator.domain.quantities import UNKNOWN, fixed, moment, probability
from investigator.report.pages import Heading
from investigator.report.paper import grid, para


def account(dossier: Dossier) -> list[Flowable]:
    """The account, and the samples that were drawn from affected material."""
    found = dossier.account
    if found is None:
        return []
    heads = ["Place", "kg", "Affected (kg, 95 %)", "From"]
    rows = [_line(line) for line in found.lines]
    table = grid(heads, rows, [44, 16, 36, 74], right=frozenset({1, 2}))
    return [
        Heading("Where the material is", 1),
        para(_closing(found)),
        table,
        *_samples(found.samples, dossier.zone),
    ]


def _closing(found: MaterialAccount) -> str:
    if found.closes is None:
        return "Whether the places add up to what left the press cannot be told from the records."
    verdict = "add up to" if found.closes else "do not add up to"
    return f"The places {verdict} the {fixed(found.output_kg, 2)} kg that left the press."


def _line(line: MaterialAtPlace) -> list[str]:
    affected = UNKNOWN
    if line.affected_kg is not None:
        low, high = fixed(line.affected_kg_lo95, 2), fixed(line.affected_kg_hi95, 2)
        affected = f"{fixed(line.affected_kg, 2)} ({low} to {high})"
    return [str(line.place), fixed(line.kg, 2), affected, line.source]


def _samples(samples: tuple[AffectedSample, ...], zone: str) -> list[Flowable]:
    if not samples:
        return []
    rows = [
        [
            s.sample_id,
            moment(s.t_ms, zone),
            s.container_id or UNKNOWN,
            probability(s.share),
            "certain" if s.certain else "possible",
        ]
        for s in samples
    ]
    words = (
        "In-process samples by what left the press while they were drawn; samples of the "
        "laboratory by what is affected of their container, where the records do not say when "
        "they were drawn."
    )
    heads = ["Sample", "Drawn", "Container", "Affected share", ""]
    return [
        Heading("Samples of affected material", 1),
        para(words),
        grid(heads, rows, [42, 44, 40, 26, 18], right=frozenset({3})),
    ]
