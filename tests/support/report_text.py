"""The words of a report, as a reader of the PDF finds them."""

import re

import pypdfium2

from investigator.domain.dossier import Dossier
from investigator.report.build import build_report


def text_of(dossier: Dossier) -> str:
    """All pages in one line, with single spaces."""
    document = pypdfium2.PdfDocument(build_report(dossier))
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages))
