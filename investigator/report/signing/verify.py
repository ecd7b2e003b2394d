"""Is the report what was signed? The file is compared with everything that its signatures say.

The comparisons, in this order:

1. the file is a PDF with exactly the fields of a report;
2. each filled field: digest, value, certificate, names, meaning, stamp, limits, later changes;
3. the container of each is exactly what its signer made, so no byte of it is left unchecked;
4. the signatures were added one by one in the order of the fields, by different people;
5. the last one covers the file to its end;
6. where the log's digests are handed in: the file is the last revision on record;
7. the approval of the twin that it carries: over exactly the content that the report names.

Only the authority that is handed in is believed, never the operating system's; nothing is fetched.
"""

from collections import Counter
from collections.abc import Sequence

from investigator.domain.errors import AlteredRecord
from investigator.report.signing.container import certificates_in
from investigator.report.signing.document import BROKEN, FormField, ReportPdf, read_report
from investigator.report.signing.facts import FieldFacts, PdfSignature, SignedPdfFacts
from investigator.report.signing.field_signature import field_signature
from investigator.trust.carried_approval import carried_from
from investigator.trust.certificates import authority_name
from investigator.trust.digest import digest_of_bytes


def signed_pdf_facts(
    pdf: bytes, *, authority: bytes | None, known: Sequence[str] = ()
) -> SignedPdfFacts:
    """What is true of a report's PDF.

    Args:
        pdf: the file.
        authority: certificate of the workspace's authority, DER, as it is known from elsewhere;
            None takes the one in the file, and the facts say so.
        known: SHA-256 of every revision on record, from the report as issued to the last signature.

    Raises:
        AlteredRecord: what was handed in as `authority` is not the certificate of one.
    """
    printed = _printed(authority) if authority is not None else ""
    digest = digest_of_bytes(pdf)
    revision = known.index(digest) + 1 if digest in known else None
    try:
        report = read_report(pdf)
    except AlteredRecord as fault:
        report, unreadable = ReportPdf(pdf, len(pdf), (), ()), str(fault)
    else:
        unreadable = ""
    believed = authority if authority is not None else _authority_in(report)
    fields = tuple(_field_facts(report, name, believed) for name in report.expected)
    twin_faults, twin_proven = _twin(report, believed, known=authority is not None)
    return SignedPdfFacts(
        digest=digest,
        issued=digest_of_bytes(pdf[: report.issued]),
        authority=printed or (_printed(believed) if believed else ""),
        authority_handed_in=authority is not None,
        fields=fields,
        missing=tuple(name for name in report.expected if report.field(name) is None),
        extra=_extra(report),
        in_order=_in_order(report, fields),
        different_people=_different_people(fields),
        uncovered=_uncovered(report),
        known=len(known),
        revision=revision,
        unreadable=unreadable,
        twin_faults=twin_faults,
        twin_proven=twin_proven,
    )


def _twin(
    report: ReportPdf, authority: bytes, *, known: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Faults of the approval of the twin that the file carries, and what it shows without any."""
    if not report.carried:
        return (), ()
    try:
        carried = carried_from(report.carried)
        faults = carried.faults(authority)
    except AlteredRecord as fault:
        return (str(fault),), ()
    return faults, () if faults else carried.proven(authority_known=known)


def _printed(authority: bytes) -> str:
    return f"{authority_name(authority)} (SHA-256 {digest_of_bytes(authority)})"


def _authority_in(report: ReportPdf) -> bytes:
    """The first certificate of an authority that a signature brings along; empty without one."""
    for field in report.fields:
        try:
            _, authority = certificates_in(_container(field))
            authority_name(authority)
        except BROKEN:
            continue
        return authority
    return b""


def _container(field: FormField) -> bytes:
    if field.embedded is None:
        raise ValueError(f"nothing to be read in {field.name}")
    container: bytes = field.embedded.pkcs7_content
    return container


def _field_facts(report: ReportPdf, name: str, authority: bytes) -> FieldFacts:
    field = report.field(name)
    if field is None or not field.filled:
        return FieldFacts(name, filled=False, signature=None)
    return FieldFacts(name, filled=True, signature=_signature(report, field, authority))


def _signature(report: ReportPdf, field: FormField, authority: bytes) -> PdfSignature | None:
    if field.embedded is None:
        return None
    try:
        return field_signature(report.data, field.embedded, name=field.name, authority=authority)
    except BROKEN:
        return None


def _extra(report: ReportPdf) -> tuple[str, ...]:
    found = Counter(field.name for field in report.fields)
    found.subtract(name for name in report.expected if name in found)
    return tuple(sorted(found.elements()))


def _in_order(report: ReportPdf, facts: Sequence[FieldFacts]) -> bool:
    """Whether the filled fields come first, each in the next revision and at no earlier time."""
    filled = [field for name in report.expected if (field := report.field(name)) and field.filled]
    names = tuple(field.name for field in filled)
    times = [field.signature.t_ms for field in facts if field.signature]
    return (
        names == report.expected[: len(names)]
        and times == sorted(times)
        and all(
            field.embedded is None or field.embedded.signed_revision == n
            for n, field in enumerate(filled, 1)
        )
    )


def _different_people(facts: Sequence[FieldFacts]) -> bool:
    people = [field.signature.user_id for field in facts if field.signature]
    return len(set(people)) == len(people)


def _uncovered(report: ReportPdf) -> int:
    """Bytes behind the end of the last signature; 0 where an end cannot be told."""
    filled = [field for field in report.fields if field.filled]
    if not filled or not all(field.embedded for field in filled):
        return 0
    return len(report.data) - max(field.end for field in filled)
