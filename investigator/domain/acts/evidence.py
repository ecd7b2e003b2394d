"""Acts on what a site hands over: evidence admitted, documents admitted, findings judged."""

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
    OTHER = "other document"


class Judgement(StrEnum):
    """What a person makes of a finding on data quality."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class AdmittedFile:
    """One file of the evidence as it was admitted: its bytes by digest and how it was read."""

    name: str
    sha256: str
    size_bytes: int
    kind: str
    layout: str
    reader: str
    rows_read: int
    rows_reported: int


@dataclass(frozen=True, slots=True)
class EvidenceAdmitted(Act):
    """A folder of evidence becomes part of the case, byte for byte.

    `reading`: digest of what the files were read as, among the stored bytes. `samples`: digest of
    the parsed samples. `findings`: how many doubts about the data the reading raised.
    """

    WORD: ClassVar[str] = "evidence admitted"

    folder: str
    files: tuple[AdmittedFile, ...]
    reading: str
    samples: str
    findings: int

    def about(self) -> str:
        """The evidence."""
        return "evidence"


@dataclass(frozen=True, slots=True)
class DocumentAdmitted(Act):
    """A document of any kind becomes part of the case, byte for byte.

    `true_copy`: what the person states of the copy against its original; empty where the file is
    the original itself.
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
