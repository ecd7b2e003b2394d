"""Acts on what a site hands over: evidence and documents admitted, findings judged, remarks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from investigator.domain.acts.act import Act


class DocumentKind(StrEnum):
    """What kind of paper or file a document is."""

    MAINTENANCE = "maintenance entry"
    CALIBRATION = "calibration certificate"
    CLEANING = "cleaning record"
    LOGBOOK = "logbook page"
    CHANGE = "change record"
    INTERVIEW = "interview"
    PHOTO = "photo"
    EARLIER_DEVIATION = "earlier deviation"
    PROCEDURE = "procedure"
    LABORATORY_INVESTIGATION = "laboratory investigation"
    OTHER = "other document"


class Judgement(StrEnum):
    """What a person makes of a finding on data quality."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class AdmittedFile:
    """One table of the evidence as it was admitted: its bytes by digest and how it was read.

    `member`: the table inside the file, where the file holds several (archive, workbook).
    """

    name: str
    sha256: str
    size_bytes: int
    kind: str
    layout: str
    reader: str
    rows_read: int
    rows_reported: int
    member: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceAdmitted(Act):
    """A folder of evidence becomes part of the case, byte for byte.

    Attributes:
        folder: its name.
        files: every table of it.
        reading: digest of what the files were read as, among the stored bytes.
        samples: digest of the parsed samples.
        findings: how many doubts about the data the reading raised.
        critical: ids of those that are critical, each of which a person judges on its own.
        blocking: ids of those on tags and units that forbid a replay until the map is reviewed.
        clocks: sources whose offset to the historian was estimated.
        edited: tables whose import profile the person corrected before reading.
        without_twin: it was read for a line that no twin is of, without a tag list.
    """

    WORD: ClassVar[str] = "evidence admitted"

    folder: str
    files: tuple[AdmittedFile, ...]
    reading: str
    samples: str
    findings: int
    critical: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    without_twin: bool = False

    def about(self) -> str:
        """The evidence."""
        return "evidence"


@dataclass(frozen=True, slots=True)
class EarlierDeviation:
    """What a document says of an earlier deviation, as the search for recurrence needs it.

    `cause`: id of a failure mode where it is one, else in words. `conclusion`: what the earlier
    investigation came to. What the document does not say is empty.
    """

    number: str
    dated: date
    cause: str
    batch_id: str = ""
    equipment: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class DocumentAdmitted(Act):
    """A document of any kind becomes part of the case, byte for byte.

    `true_copy`: what the person states of the copy against its original; empty where the file is
    the original itself. `earlier`: the deviations that it tells of, where it is of that kind.
    """

    WORD: ClassVar[str] = "document admitted"

    document_id: str
    kind: DocumentKind
    title: str
    dated: date
    author: str
    file: str
    sha256: str
    size_bytes: int
    true_copy: str
    earlier: tuple[EarlierDeviation, ...] = ()

    def about(self) -> str:
        """The document."""
        return f"document {self.document_id}"


@dataclass(frozen=True, slots=True)
class FindingJudged(Act):
    """A finding on data quality is accepted, or dismissed with a reason.

    `finding_id`: id of the finding. `finding`: the finding in words.
    """

    WORD: ClassVar[str] = "finding judged"

    finding_id: str
    finding: str
    judgement: Judgement

    def about(self) -> str:
        """The finding."""
        return f"finding {self.finding_id}"

    def needs_reason(self) -> bool:
        """A dismissal does."""
        return self.judgement is Judgement.DISMISSED

    def changes_data(self) -> bool:
        """A dismissal does: what was read counts as it is."""
        return self.judgement is Judgement.DISMISSED


@dataclass(frozen=True, slots=True)
class AnnotationMade(Act):
    """A remark on a stretch of time of a signal. `tag` is empty for all signals."""

    WORD: ClassVar[str] = "annotation made"

    annotation_id: str
    tag: str
    start_ms: int
    end_ms: int
    text: str

    def about(self) -> str:
        """The annotation."""
        return f"annotation {self.annotation_id}"
