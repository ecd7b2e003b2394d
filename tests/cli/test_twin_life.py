"""How the twins stand, told and changed from the console."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.console import Console, one_sentence
from support.investigations import CASE, EVIDENCE
from support.trust import PASSWORD
from support.validated_twins import copied, used_here, validated

from investigator.domain.acts.act import Act
from investigator.twin.digests import LIST

ConsoleBefore = Callable[[Act | None], Console]
LINE, OPEN_TITLE = "cdc_line_3", 'title = "to be filled in"'


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    used_here(monkeypatch, folder)
    return folder


@pytest.mark.requirement("CLI-071", "CLI-072")
def test_a_twin_is_approved_and_retired_and_the_list_tells_it(
    console_before: ConsoleBefore, models: Path
) -> None:
    validated(models, version="1.1")
    console = console_before(EVIDENCE)
    told = console.done("tom", "twin", "sign", LINE, "--why", "read", more=(PASSWORD,))
    assert told.endswith(f"the twin {LINE} is approved by tom.\n")
    assert console.run("twin", "list").lines[1].split()[:3] == [LINE, "1.1", "approved"]
    shown = console.run("twin", "show", LINE).out
    assert "Criteria         24 passed" in shown
    assert "Decision rules   version 2: affected from 20 g" in shown
    assert "May be used for  GxP decisions" in shown
    assert "superseded by cdc_line_3 1.1  Tom of Testing (tom)" in shown
    refused = console.refused("ann", "twin", "retire", LINE, "--why", "not liked")
    assert "holds no right" in refused
    assert "needs a reason" in console.refused("tom", "twin", "retire", LINE)
    done = console.done("tom", "twin", "retire", LINE, "--why", "the press was replaced")
    assert done == f"The twin {LINE} 1.1 is retired.\n"
    document = console.run("twin", "show", LINE, "--json").json
    assert (document["status"], document["use"]) == ("retired", "information only")
    assert [step["step"] for step in document["history"]] == [
        "approved",
        "approved",
        "validated",
        "superseded",
        "retired",
    ]
    assert document["history"][-1]["why"] == "the press was replaced"
    said = console.refused("tom", "twin", "sign", LINE, more=(PASSWORD,))
    assert "only a new version can take its place" in said


@pytest.mark.requirement("CLI-072")
def test_another_twin_takes_the_place_of_one(console_before: ConsoleBefore, models: Path) -> None:
    validated(models, version="1.0", twin_id="cdc_line_3b")
    console = console_before(EVIDENCE)
    words = ("twin", "supersede", LINE, "--by", "cdc_line_3b", "--why", "the line was rebuilt")
    assert "No version of a twin cdc_line_3b is approved" in console.refused("tom", *words)
    console.done("tom", "twin", "sign", "cdc_line_3b", more=(PASSWORD,))
    assert console.done("tom", *words) == f"The twin {LINE} 1.0 is superseded by cdc_line_3b.\n"


@pytest.mark.requirement("CLI-071")
def test_without_a_workspace_the_package_alone_is_told(console: Console, models: Path) -> None:
    copied(models)
    copied(models, twin_id="broken")
    (models / "broken" / LIST).unlink()
    told = console.run("twin", "list")
    assert told.status == 0
    assert told.lines[1].split() == ["broken", "unusable"]
    assert told.lines[2].split()[:3] == [LINE, "0.1.0", "draft"]
    assert any(line.startswith("broken: digests.json: cannot be read") for line in told.lines)
    document = console.run("twin", "list", "--json").json
    assert [one["status"] for one in document] == ["unusable", "draft"]
    assert document[1]["why"] == "It was not validated: the package holds no validation."


@pytest.mark.requirement("CLI-073", "CLI-074")
def test_a_new_twin_is_begun(console: Console, models: Path) -> None:
    copied(models)
    told = console.run("twin", "new", "line_7")
    assert told.status == 0
    assert str(models / "line_7") in told.out
    assert console.run("twin", "show", "line_7").status == 0
    head = models / "line_7" / "twin.toml"
    head.write_text(head.read_text("utf-8").replace(OPEN_TITLE, 'title = "Line 7"', 1), "utf-8")
    assert "or seal it with twin seal" in one_sentence(console.run("twin", "show", "line_7"))
    assert ": draft. It was not validated" in console.run("twin", "seal", "line_7").out
    assert "Title            Line 7" in console.run("twin", "show", "line_7").out
    assert "is there already" in one_sentence(console.run("twin", "new", "line_7", "--like", LINE))


@pytest.mark.requirement("CAS-154")
def test_a_case_tells_that_its_twin_ended_after_it_was_chosen(
    console_at: Callable[[str], Console], models: Path
) -> None:
    validated(models, version="1.1")
    console = console_at("findings")
    assert "needs a reason; say why. It is not approved here." in console.refused(
        "ann", "case", "twin", CASE
    )
    console.done("tom", "twin", "sign", LINE, more=(PASSWORD,))
    console.done("ann", "case", "twin", CASE)
    console.done("tom", "twin", "retire", LINE, "--why", "the press was replaced")
    told = console.done("ann", "case", "show", CASE)
    assert "Remark  After it was chosen (entry" in told
    assert "the twin cdc_line_3 1.1 was retired" in told
