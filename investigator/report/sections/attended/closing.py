"""What was taken back, what remains uncertain, and what is still open."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import Enum

from reportlab.platypus import Flowable

from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import Verdict
from investigator.domain.case_record import CaseRecord
from investigator.domain.dossier import Dossier
from investigator.domain.quantities import count, moment, significant
from investigator.domain.scope_rules import unknown_distribution
from investigator.report.pages import Heading
from investigator.report.paper import bullets, para
from investigator.report.sections.attended.basis import judgements_in_words, no_basis_in_words
from investigator.report.sections.attended.people import by, record_of, title_of
from investigator.report.sections.closing import limits
from investigator.report.whole import whole_grid

_DIGEST_LENGTH = 64


def uncertainty(dossier: Dossier) -> list[Flowable]:
    """Section 13."""
    return [
        Heading("13 Withdrawals, uncertainty, limits and open points"),
        *_withdrawals(dossier),
        Heading("Uncertainty and limits", 1),
        *bullets([*_standing(record_of(dossier)), *limits(dossier)]),
        Heading("Open points", 1),
        *bullets(_open_points(dossier)),
    ]


def act_in_words(act: Act) -> str:
    """What an act said, field by field; digests and long lists are left to the log."""
    said = "; ".join(_fields(act))
    return f"{act.WORD}: {said}" if said else act.WORD


def _fields(act: Act) -> Iterator[str]:
    for field in fields(act):
        value = getattr(act, field.name)
        if isinstance(value, str) and len(value) == _DIGEST_LENGTH and value.isalnum():
            continue
        if isinstance(value, tuple):
            value = ", ".join(v for v in value if isinstance(v, str)) or count(len(value), "entry")
        if isinstance(value, str | int | date | Enum) and value != "":
            shown = value.value if isinstance(value, Enum) else value
            yield f"{field.name.replace('_', ' ')} {shown}"


def _withdrawals(dossier: Dossier) -> list[Flowable]:
    title = Heading("Withdrawals", 1)
    rows = [
        [
            *(by(w.withdrawn), act_in_words(w.withdrawn.act), by(w)),
            *(moment(w.t_ms, dossier.zone), w.why),
        ]
        for w in record_of(dossier).withdrawals
    ]
    if not rows:
        return [title, para("Nothing was withdrawn.")]
    heads = ["Recorded · by", "What it said", "Withdrawn · by", "When", "Reason"]
    return [
        title,
        para("What is withdrawn counts as never done; it stays in the log where it was."),
        whole_grid(heads, rows, [26, 54, 28, 24, 38]),
    ]


def _standing(record: CaseRecord) -> list[str]:
    return [no_basis_in_words(record)] if record.for_information_only else []


def _open_points(dossier: Dossier) -> list[str]:
    record = record_of(dossier)
    case = record.case
    open_causes = [
        title_of(case, cause)
        for cause, r in case.verdicts.items()
        if r.act.verdict is Verdict.NOT_DETERMINED
    ]
    texts = [
        judgements_in_words(record),
        f'Hypotheses whose verdict is "not determined": {"; ".join(open_causes) or "none"}.',
        f"{count(len(dossier.assumptions), 'assumption')} of the analysis stand in section 6.",
    ]
    if unknown := unknown_distribution(case):
        texts.append(f"Batches of which it is not known where they are: {', '.join(unknown)}.")
    if dossier.clock_offsets:
        worst = max(dossier.clock_offsets, key=lambda o: o.uncertainty_s)
        texts.append(
            f"The least certain clock is that of {worst.source}: standard uncertainty "
            f"{significant(worst.uncertainty_s, 2)} s."
        )
    if dossier.ranking.next_checks:
        texts.append(f"The most telling further check: {dossier.ranking.next_checks[0].check}")
    return texts
