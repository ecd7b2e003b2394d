"""Appendices of an attended report: settings, glossary, how to verify, audit trail, checkpoint."""

import base64
import binascii
from typing import Any

from reportlab.platypus import Flowable

from investigator.domain.acts.act import Recorded
from investigator.domain.case_record import TrailRow
from investigator.domain.dossier import Dossier
from investigator.domain.quantities import UNKNOWN, count, moment
from investigator.report.pages import Heading
from investigator.report.paper import bullets, facts, gap, para
from investigator.report.sections.appendices import (
    GLOSSARY,
    raw_data,
    row_problems,
    settings,
)
from investigator.report.sections.attended.people import ENTRY_BY, as_it_stands, by, record_of
from investigator.report.whole import prose, whole_grid

TERMS = (
    ("Audit trail", "Entries of the log: who did what, when and why; none is changed or removed."),
    ("Checkpoint", "Signed statement of how long the log was and what its root was."),
    ("Recipe", "Digest of all that a result depends on: inputs, twin, settings, seed, software."),
    ("Root", "One digest over all entries of the log; a change of any entry changes it."),
    ("Stale", "No longer current: something that it rests on changed after it."),
    ("Verdict", "A person's judgement on a hypothesis, with a rationale."),
    (
        "Withdrawn",
        "Counts as never done; the entry stays in the log, with who withdrew it and why.",
    ),
)


def appendices(dossier: Dossier) -> list[Flowable]:
    """Appendices A to F."""
    return [
        *raw_data(dossier),
        *row_problems(dossier),
        *settings(dossier),
        *_results(dossier),
        Heading("Appendix D Glossary"),
        facts(sorted([*GLOSSARY, *TERMS], key=lambda term: term[0].casefold())),
        *_verification(),
        *_trail(dossier),
        *_checkpoint(dossier),
    ]


def _results(dossier: Dossier) -> list[Flowable]:
    case = record_of(dossier).case
    found: list[tuple[str, Recorded[Any] | None]] = [
        ("replay", case.replay),
        ("ranking", case.ranking),
        ("impact", case.impact),
        ("remedies", case.remedies),
        *((f"run of {r.act.scenario_id}", r) for r in case.scenario_runs),
    ]
    rows = [
        [as_it_stands(case, r, name), r.act.recipe, r.act.result, by(r)]
        for name, r in found
        if r is not None
    ]
    title = Heading("Results as recorded", 1)
    if not rows:
        return [title, para("No result is recorded.")]
    heads = ["Result", "Recipe (SHA-256)", "Stored bytes (SHA-256)", ENTRY_BY]
    return [title, whole_grid(heads, rows, [22, 58, 58, 32])]


def _verification() -> list[Flowable]:
    return [
        Heading("Appendix E How to verify"),
        *bullets(
            [
                "This report: investigator verify report.pdf says, for each signature, who gave "
                "it, in which role and meaning, when, and whether the file is as it was signed.",
                "The twin: the file twin-approval.json, which this PDF carries, holds its "
                "approval as it was signed; the same command says who approved which digest, and "
                "that must be the one on the cover. That it was in force then, the log tells.",
                "The log: investigator verify WORKSPACE recomputes every entry, the root, the "
                "signed checkpoints and the digests of all stored files; the checkpoint of "
                "appendix F must be one of that log.",
                "A file: compute its SHA-256 (for instance sha256sum FILE) and compare it with "
                "appendix A, or with section 6 for a document.",
                "The evidence list: write one line for each file of appendix A, in its order: "
                "digest, two blanks, file name, line feed; the SHA-256 of these lines stands on "
                "the cover.",
            ]
        ),
    ]


def _trail(dossier: Dossier) -> list[Flowable]:
    record = record_of(dossier)
    rows = [_row(row, record.case_id) for row in record.trail]
    story: list[Flowable] = [
        Heading("Appendix F Audit trail and checkpoint"),
        para(
            f"{count(len(rows), 'entry', 'entries')} of the log: those of this case up to this "
            "revision, and those with the approval and the end of its twin. Objects are named "
            "without the number of the case. Old and new values of each entry stand in the log."
        ),
    ]
    if not rows:
        return story
    heads = ["Entry", "UTC", "Local time", "Who, role", "Act", "Object", "Reason"]
    return [*story, whole_grid(heads, rows, [11, 17, 23, 31, 24, 28, 36])]


def _row(row: TrailRow, case_id: str) -> list[str]:
    who = f"{row.who.full_name} ({row.who.user_id}), {row.who.role}"
    utc = moment(row.t_ms, "UTC").removesuffix("+00:00")
    local = moment(row.t_ms, row.zone)
    thing = row.object.removeprefix(f"{case_id}/")
    return [f"{row.sequence}", utc, local, who, row.act, thing, row.why or UNKNOWN]


def _checkpoint(dossier: Dossier) -> list[Flowable]:
    noted = record_of(dossier).checkpoint
    return [
        Heading("Checkpoint of the log", 1),
        facts(
            [
                ("Origin", noted.origin),
                ("Entries", f"{noted.size}"),
                ("Root (base64)", noted.root),
                ("Root (hexadecimal)", _hexadecimal(noted.root)),
            ]
        ),
        para("The signed note, line by line:"),
        *prose(noted.note, "cell"),
        gap(4),
        para(
            "Keep this page: a log that does not hold these entries under this root is not the one "
            "that this report was made from. investigator verify report.pdf checks the file; "
            "investigator verify WORKSPACE checks the log against its checkpoints.",
            "note",
        ),
    ]


def _hexadecimal(root: str) -> str:
    try:
        return base64.b64decode(root, validate=True).hex()
    except binascii.Error:
        return UNKNOWN
