"""Other batches from the console: found, decided on, where they are, and lots that reach them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support.console import Console
from support.investigations import CASE, EVIDENCE, RELATED
from support.other_batches import bring_others_to

from investigator.cli.at_desk import WORKSPACE
from investigator.domain.acts.act import Act

ConsoleBefore = Callable[[Act | None], Console]
DECIDE = ("--shares", "material-lot", "--decision", "not-affected", "--why", "another load cell")


@pytest.fixture
def informed(console_before: ConsoleBefore) -> Console:
    """A console at a workspace that knows of other batches."""
    made = console_before(EVIDENCE)
    bring_others_to(Path(os.environ[WORKSPACE]))
    return made


@pytest.mark.requirement("CLI-006")
def test_where_nothing_is_shared_the_site_is_to_be_asked(
    console_before: ConsoleBefore,
) -> None:
    console = console_before(RELATED)
    assert "look in the site's systems" in console.done("ann", "case", "related", CASE)


@pytest.mark.requirement("CLI-006", "CLI-076", "CAS-163")
def test_batches_are_listed_with_decision_and_where_they_are(informed: Console) -> None:
    informed.done("ann", "case", "scope", CASE, "B-X", *DECIDE)
    informed.done("ann", "case", "scope", CASE, "B-T", *DECIDE, "--status", "released-on-site")
    lines = informed.done("ann", "case", "related", CASE).splitlines()
    assert lines[0].split() == ["Batch", "Case", "Decision", "Where", "it", "is", "Shares"]
    by_batch = {line.split()[0]: line for line in lines[1:]}
    assert list(by_batch) == ["B-OTHER", "B-T", "B-X", "B-101"]
    assert "to be decided" in by_batch["B-OTHER"]
    assert "not known (open)" in by_batch["B-X"]
    assert "released on site" in by_batch["B-T"]
    assert "in quarantine" in by_batch["B-101"]
    rows = {row["batch"]: row for row in informed.by("ann", "case", "related", CASE, "--json").json}
    assert (rows["B-OTHER"]["case"], rows["B-OTHER"]["decision"]) == ("DEV-0", None)
    assert rows["B-OTHER"]["shares"] == ["material-lot", "equipment", "tooling", "time-window"]
    assert (rows["B-T"]["decision"], rows["B-T"]["status"]) == ("not-affected", "released-on-site")
    assert (rows["B-101"]["case"], rows["B-101"]["status"]) == (None, "in-quarantine")


@pytest.mark.requirement("CLI-076", "CAS-166", "CAS-168")
def test_the_scope_is_completed_when_all_that_were_found_are_decided(informed: Console) -> None:
    complete = ("case", "scope-complete", CASE, "--why", "where-used list")
    assert "A decision is missing on B-OTHER, B-T, B-X" in informed.refused("ann", *complete)
    informed.done("ann", "case", "scope", CASE, "B-OTHER", "B-T", "B-X", *DECIDE)
    informed.done("ann", *complete)
    entry = informed.by("aud", "audit", CASE, "--json").json[-1]
    assert entry["new"] == {"found": ["B-OTHER", "B-T", "B-X"]}
    assert "find out where the product is of B-OTHER" in informed.done("ann", "case", "show", CASE)


@pytest.mark.requirement("CLI-075", "CAS-169")
def test_a_lot_is_followed_to_batches_and_drums(informed: Console) -> None:
    lots = ("case", "lots", CASE)
    assert "name one with --lot" in informed.done("ann", *lots)
    lines = informed.done("ann", *lots, "--lot", "A-1").splitlines()
    assert lines[0] == "Lot A-1 (RM-1 API): named by a person"
    other = next(line for line in lines if line.startswith("B-OTHER"))
    assert "certain" in other and "1 of 2: D01" in other and "1 of 2: D02" in other
    assert "to be decided" in other
    extract = next(line for line in lines if line.startswith("B-X"))
    assert "possible" in extract and "no record here" in extract and "order 4711" in extract
    (lot,) = informed.by("ann", *lots, "--lot", "A-1", "--json").json
    drums = {b["batch"]: [d["certain"] for d in b["drums"]] for b in lot["batches"]}
    assert drums == {"B-OTHER": [True, False], "B-OWN": [True, True], "B-T": [], "B-X": []}
    assert 'names a lot "A-404"' in informed.refused("ann", *lots, "--lot", "A-404")
