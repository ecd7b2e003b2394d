"""Appendices: raw data, rows that could not be used, settings, glossary, how to verify."""

from reportlab.platypus import Flowable

from investigator.domain.dossier import Dossier
from investigator.domain.evidence import EvidenceItem
from investigator.domain.quantities import count
from investigator.report.pages import Heading
from investigator.report.paper import bullets, facts, grid, para
from investigator.report.sections.witness import runs_of_the_twin
from investigator.report.words import PROGRAM

_PROBLEMS_PER_FILE = 25

GLOSSARY = (
    ("95 % band, 95 % interval", "Range that holds the true value with a probability of 95 %."),
    ("Affected", "Product that departs by the reporting rule of the line, because of the cause."),
    ("Bayes factor B", "How much better one hypothesis predicts the evidence than another does."),
    ("bit", "Information of one fair yes-or-no answer."),
    ("Central, conservative", "Best estimate; bound that is exceeded with a probability of 5 %."),
    ("Digest (SHA-256)", "Fingerprint of a file; any change of the file changes it."),
    (
        "Kass-Raftery words",
        "2 ln B up to 2 not worth more than a mention, to 6 positive, to 10 strong, above very "
        "strong.",
    ),
    ("Onset", "When the cause began to act at its unit, not when it was noticed."),
    (
        "PCA, PLS",
        "Principal components, along which signals of normal batches vary most; partial least "
        "squares, along which they tell in-process checks.",
    ),
    ("Press outlet", "Where a tablet leaves the press; affected intervals refer to it."),
    ("Residence time", "How long material takes through the line; a distribution, not one number."),
    ("RMS residual", "Root of the mean square of measured minus predicted."),
    ("sd, σ", "Standard deviation."),
    (
        "Time shape",
        "Course of a cause from onset to end: step, ramp, drift, pulse train, periodic, whole "
        "batch, or as a record gives it.",
    ),
    ("Twin", "Mathematical model of the line, its parameters estimated from its own data."),
)
UNATTENDED_DRAFT = (
    "Unattended draft",
    "Made without a person's judgement on evidence, cause or disposition.",
)


def appendices(dossier: Dossier) -> list[Flowable]:
    """Appendices A to E."""
    return [
        *raw_data(dossier),
        *row_problems(dossier),
        *settings(dossier),
        Heading("Appendix D Glossary"),
        facts([*GLOSSARY, UNATTENDED_DRAFT]),
        *_verification(dossier),
    ]


def raw_data(dossier: Dossier) -> list[Flowable]:
    """Appendix A."""
    title = Heading("Appendix A Raw data")
    if not dossier.items:
        return [title, para("No file is on record.")]
    rows = [[i.file, f"{i.size_bytes}", i.reader, i.sha256] for i in dossier.files]
    heads = ["File", "Size (byte)", "Reader", "SHA-256"]
    return [title, grid(heads, rows, [33, 16, 24, 97], right=frozenset({1}))]


def table_name(item: EvidenceItem) -> str:
    """The file, and the table in it where it holds several."""
    return f"{item.file}, {item.member}" if item.member else item.file


def row_problems(dossier: Dossier) -> list[Flowable]:
    """Appendix B."""
    story: list[Flowable] = [Heading("Appendix B Reported rows")]
    reported = [i for i in dossier.items if i.rows_reported or i.problems]
    if not reported:
        return [*story, para("Every row of every file was used without reservation.")]
    for item in reported:
        story += _problems_of(item)
    return story


def _problems_of(item: EvidenceItem) -> list[Flowable]:
    shown = item.problems[:_PROBLEMS_PER_FILE]
    words = f"{item.rows_reported} of {count(item.rows_read, 'row')} reported; "
    title = Heading(table_name(item), 1)
    if not shown:
        return [title, para(f"{words}none is listed.")]
    rows = [[f"{p.line}", p.text, p.reason] for p in shown]
    table = grid(["Line", "Text", "Reason"], rows, [16, 84, 70], right=frozenset({0}))
    return [title, para(f"{words}the first {len(shown)}:"), table]


def settings(dossier: Dossier) -> list[Flowable]:
    """Appendix C."""
    return [
        Heading("Appendix C Settings"),
        facts(
            [
                ("Case", dossier.case),
                ("Software", f"{PROGRAM} {dossier.software}"),
                ("Seed of random draws", f"{dossier.seed}"),
                ("Twin", f"{dossier.twin.twin_id} {dossier.twin.version} ({dossier.twin.status})"),
                ("Digest of the twin", dossier.twin.digest),
                ("Zone of printed times", dossier.zone),
                ("Batch record", dossier.batch.record_id or "none"),
            ]
        ),
        *runs_of_the_twin(dossier),
    ]


def _verification(dossier: Dossier) -> list[Flowable]:
    return [
        Heading("Appendix E How to verify and reproduce"),
        *bullets(
            [
                "A file: compute its SHA-256 (for instance sha256sum FILE) and compare it with "
                "appendix A.",
                "The evidence list: write one line for each file of appendix A, in its order: "
                "digest, two blanks, file name, line feed; the SHA-256 of these lines stands on "
                "the cover.",
                f"The result: investigator investigate FOLDER --out DIR --twin "
                f"{dossier.twin.twin_id} --seed {dossier.seed} --no-timings, run on the same "
                "folder with the same software and twin, gives the same bytes.",
            ]
        ),
    ]
