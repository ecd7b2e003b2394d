"""What a newcomer finds in the checkout is true: commands, links, licence, locks, contracts."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

LINK = re.compile(r"\]\(([^)\s]+)\)")
PIN = re.compile(r"^[a-z0-9._-]+==\S+", re.MULTILINE)


def pages(checkout: Path) -> list[Path]:
    return [checkout / "README.md", *sorted((checkout / "docs").rglob("*.md"))]


def anchor_free(target: str) -> str:
    return target.split("#", 1)[0]


@pytest.mark.requirement("SET-001")
def test_every_make_command_of_the_readme_exists(checkout: Path) -> None:
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    makefile = (checkout / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make ([a-z-]+)", readme, re.MULTILINE))
    assert {"demo", "test"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_ci_runs_what_a_developer_runs(checkout: Path) -> None:
    script = checkout / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").rstrip().endswith("exec make test")


def test_every_link_of_the_documentation_leads_somewhere(checkout: Path) -> None:
    broken = [
        f"{page.relative_to(checkout)}: {target}"
        for page in pages(checkout)
        for target in map(anchor_free, LINK.findall(page.read_text(encoding="utf-8")))
        if target and "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_page_is_reached_from_the_index(checkout: Path) -> None:
    docs = checkout / "docs"
    reached: set[Path] = set()
    waiting = [docs / "index.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        waiting += [page.parent / t for t in LINK.findall(page.read_text(encoding="utf-8"))]
    assert {page.resolve() for page in docs.rglob("*.md")} <= reached


def test_the_licence_is_the_one_that_the_package_states(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    text = (checkout / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "9. Accepting Warranty or Additional Liability" in text


@pytest.mark.requirement("SET-001")
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_pins_by_hash_and_names_no_address(checkout: Path, lock: str) -> None:
    text = (checkout / lock).read_text(encoding="utf-8")
    pins = PIN.findall(text)
    assert pins
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert len(entries) == len(pins)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


@pytest.mark.requirement("SET-001")
def test_the_locks_pin_what_the_package_needs(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "requirements.lock": project["dependencies"] + extras["build"],
        "requirements-test.lock": project["dependencies"] + extras["build"] + extras["test"],
    }
    for lock, needs in wanted.items():
        pinned = re.findall(
            r"^([a-z0-9._-]+)==", (checkout / lock).read_text(encoding="utf-8"), re.MULTILINE
        )
        assert {re.split(r"[<>=~!\[; ]", need)[0].lower() for need in needs} <= set(pinned)


def test_every_dependency_is_accounted_for(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    page = (checkout / "docs" / "dependencies.md").read_text(encoding="utf-8")
    names = {re.split(r"[<>=~!\[; ]", need)[0] for need in needs}
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", page)} == set()


@pytest.mark.requirement("SET-003")
def test_the_contracts_of_the_house_hold() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout


NEEDS_DATA = """
def test_needs_the_plant_data(plant_data):
    assert plant_data.is_dir()
"""


@pytest.mark.requirement("SET-002")
@pytest.mark.parametrize(("ci", "outcome"), [("true", "1 error"), ("", "1 skipped")])
def test_absent_data_fail_in_ci_and_skip_elsewhere(
    checkout: Path, tmp_path: Path, ci: str, outcome: str
) -> None:
    tests = tmp_path / "checkout" / "tests"
    tests.mkdir(parents=True)
    (tests / "conftest.py").write_bytes((checkout / "tests" / "conftest.py").read_bytes())
    (tests / "test_data.py").write_text(NEEDS_DATA, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        check=False,
        capture_output=True,
        text=True,
        cwd=tests.parent,
        env={**os.environ, "CI": ci},
    )
    assert outcome in ran.stdout


@pytest.mark.requirement("TWN-172")
def test_an_installation_compiles_the_simulation_and_does_not_depend_on_it(checkout: Path) -> None:
    makefile = (checkout / "Makefile").read_text(encoding="utf-8")
    rule = makefile.split("\n$(venv)/.runtime:")[1].split("\n\n")[0].splitlines()[1:]
    assert rule[-2:] == ["\t-$(bin)/investigator compile", "\t@touch $@"]
