"""Cover and executive summary: what a reader who stops after one page must know."""

import hashlib

from reportlab.platypus import Flowable, PageBreak

from investigator.domain.dossier import Dossier
from investigator.domain.estimate_words import ended_in_words, onset_in_words
from investigator.domain.quantities import UNKNOWN, count, moment, period
from investigator.domain.ranking_words import group_in_words
from investigator.report.pages import Heading, contents
from investigator.report.paper import bullets, clipped, facts, gap, para
from investigator.report.words import (
    PROGRAM,
    affected_words,
    lacking,
    leading,
    most_probable,
    proposal_words,
    unaffected_words,
    worth_a_block,
)

_SUMMARY_LIMIT = 600


def cover(dossier: Dossier) -> list[Flowable]:
    """The cover with its digests, and the contents."""
    notice, batch = dossier.deviation, dossier.batch
    return [
        gap(30),
        para("Deviation investigation report", "note"),
        para(notice.number if notice else "No deviation number", "title"),
        para(notice.title if notice else f"Batch {batch.batch_id}: no deviation notice handed in"),
        gap(8),
        para(f"Status of this report: {dossier.marking}.", "strong"),
        gap(4),
        facts(
            [
                ("Batch", batch.batch_id),
                ("Line", batch.line_id),
                ("Product", notice.product if notice else batch.product_id),
                ("Site", notice.site if notice else UNKNOWN),
                ("Production", period(batch.span, dossier.zone)),
                ("Status of the notice", notice.status if notice else UNKNOWN),
                ("Classification (as notified)", _classification(dossier)),
                ("Evidence", f"{count(len(dossier.files), 'file')}, see appendix A"),
                ("Digest of the evidence list", f"sha256:{evidence_digest(dossier)}"),
                ("Twin", f"{dossier.twin.twin_id} {dossier.twin.version}, {dossier.twin.status}"),
                ("Digest of the twin", dossier.twin.digest),
                ("Software, seed", f"{PROGRAM} {dossier.software}, seed {dossier.seed}"),
            ]
        ),
        para(
            "Times are on the historian's clock in the zone "
            f"{dossier.zone} with their offset from UTC, unless another clock is named. "
            "Appendix E says how to check the digests.",
            "note",
        ),
        PageBreak(),
        para("Contents", "strong"),
        contents(),
        PageBreak(),
    ]


def evidence_digest(dossier: Dossier) -> str:
    """SHA-256 over the lines `<sha256>  <file>` of the evidence, each ended by a line feed."""
    lines = "".join(f"{item.sha256}  {item.file}\n" for item in dossier.files)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def summary(dossier: Dossier) -> list[Flowable]:
    """Section 1."""
    return [
        Heading("1 Executive summary"),
        *_labelled("What happened", [happened(dossier)]),
        *_labelled("Cause", _causes(dossier)),
        *_labelled("Product", product(dossier)),
        *_labelled("Proposal", proposal_words(dossier.impact) or ["None: no container on record."]),
        *_labelled(
            "Standing of this report",
            [
                f'It is marked "{dossier.marking}". Every value is an estimate from the evidence '
                "through a digital twin; no cause is confirmed and no container is decided here."
            ],
        ),
    ]


def _labelled(label: str, texts: list[str]) -> list[Flowable]:
    return [Heading(label, 1), *(bullets(texts) if len(texts) > 1 else [para(t) for t in texts])]


def _classification(dossier: Dossier) -> str:
    given = dossier.deviation.classification if dossier.deviation else ""
    return given or UNKNOWN


def happened(dossier: Dossier) -> str:
    """What was observed, by the notice."""
    notice = dossier.deviation
    if notice is None:
        return f"No deviation notice was handed in for batch {dossier.batch.batch_id}."
    seen = notice.observation
    when = f", detected {moment(seen.detected_ms, dossier.zone)}" if seen.detected_ms else ""
    more = len(notice.further_observations)
    stand = "stands" if more == 1 else "stand"
    rest = f" {count(more, 'further observation')} {stand} in section 2." if more else ""
    value = f" Observed {seen.observed_value}, limit {seen.limit}." if seen.observed_value else ""
    what = clipped(seen.description, _SUMMARY_LIMIT)
    return f"{what} (source: {seen.source or UNKNOWN}{when}).{value}{rest}"


def product(dossier: Dossier) -> list[str]:
    """Which containers are affected and which are not, in sentences."""
    found = dossier.impact
    texts = [affected_words(found)]
    if found.containers:
        texts.append(unaffected_words(found))
    texts.extend(
        f"Affected at the press outlet: {period(span, dossier.zone)}."
        for span in found.affected_intervals
    )
    return texts


def _causes(dossier: Dossier) -> list[str]:
    ranking, zone = dossier.ranking, dossier.zone
    texts = [f"Not determined by this draft; {most_probable(ranking)}."]
    lead = leading(ranking).hypothesis
    if lead is not None and lead.onset_ms is not None:
        ended = f", {ended_in_words(lead, zone)}" if lead.end_ms is not None else ""
        sure = ", 95 % intervals in brackets" if lead.onset_interval is not None else ""
        texts.append(f"Estimated onset {onset_in_words(lead, zone)}{ended}{sure}. {lead.why}")
    elif lead is not None:
        texts.append(lead.why)
    others = len(worth_a_block(ranking)) - (lead is not None)
    if others > 0:
        texts.append(
            f"{count(others, 'other hypothesis', 'other hypotheses')} above 1 %, section 9."
        )
    texts.extend(group_in_words(ranking, group) for group in ranking.indistinguishable)
    return [*texts, *lacking(ranking)]
