"""Earlier deviations of a case: told by its documents, and the cases of the workspace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.desks import desk_at, person
from support.investigations import CASE, EVIDENCE, FILTER, OPENED, WHY
from support.stored_cases import case_at

from investigator.casework.desk import Desk
from investigator.casework.installation import HOME
from investigator.casework.intake import DocumentFacts, admit_document
from investigator.casework.recurrence import recurrence_of
from investigator.casework.snapshot import snapshot
from investigator.domain.acts.act import Act
from investigator.domain.acts.evidence import DocumentKind, EarlierDeviation
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.recurrence import Likeness

TOLD = EarlierDeviation("DEV-2025-9", date(2025, 9, 1), FILTER, "B-77", conclusion="changed")


def facts(
    *earlier: EarlierDeviation, kind: DocumentKind = DocumentKind.EARLIER_DEVIATION
) -> DocumentFacts:
    return DocumentFacts(kind, "Earlier deviation", date(2025, 10, 1), "QA", "", earlier)


@pytest.mark.requirement("CAS-130")
def test_documents_and_other_cases_are_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    page = tmp_path / "page.txt"
    page.write_text("DEV-2025-9", "utf-8")
    with desk_at(case_at(tmp_path, "conclusion")) as desk:
        person(desk, "ann")
        evidence = desk.case(CASE).evidence
        assert evidence is not None
        desk.do("DEV-0", replace(OPENED, number="DEV-0"), evidence.act, why=WHY)
        admit_document(desk, CASE, page, facts(TOLD))
        found = recurrence_of(desk, snapshot(desk, CASE))
        by_id = {one.subject.subject_id: one for one in found}
        assert [e.number for e in by_id[FILTER].earlier] == ["DEV-2025-9"]
        assert by_id[FILTER].earlier[0].known_from == "document DOC-01"
        assert (by_id[FILTER].within_12, by_id[FILTER].within_24) == (1, 1)
        kinds = [one.subject.likeness for one in found]
        assert kinds == sorted(kinds, key=list(Likeness).index)
        # the other case is of the same batch, so of the same day: not an earlier one
        assert all(e.number != "DEV-0" for one in found for e in one.earlier)


@pytest.mark.requirement("CAS-131")
def test_a_list_of_earlier_deviations_is_read_when_it_is_admitted(
    desk_before: Callable[[Act | None], Desk], tmp_path: Path
) -> None:
    desk = person(desk_before(EVIDENCE), "ann")
    listed = tmp_path / "earlier.csv"
    listed.write_text("number,date,cause\nDEV-7,2025-05-06,filter_blocked\n", "utf-8")
    case = admit_document(desk, CASE, listed, facts())
    (document,) = case.documents
    assert document.act.earlier == (EarlierDeviation("DEV-7", date(2025, 5, 6), FILTER),)
    listed.write_text("nothing,of,it\n1,2,3\n", "utf-8")
    with pytest.raises(UnusableInput, match="has no column"):
        admit_document(desk, CASE, listed, facts())


@pytest.mark.requirement("CAS-131")
def test_only_an_earlier_deviation_tells_of_one(
    desk_before: Callable[[Act | None], Desk], tmp_path: Path
) -> None:
    desk = person(desk_before(EVIDENCE), "ann")
    page = tmp_path / "page.txt"
    page.write_text("x", "utf-8")
    with pytest.raises(UnusableRequest, match='of kind "earlier deviation", not "photo"'):
        admit_document(desk, CASE, page, facts(TOLD, kind=DocumentKind.PHOTO))
