"""Requirements and tests name each other: none is unknown, none is without proof."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

DEFINITION = re.compile(r"^\| ([A-Z]{3}-\d{3}) \|", re.MULTILINE)


def defined(checkout: Path) -> list[str]:
    pages = sorted((checkout / "docs" / "requirements").glob("*.md"))
    return [name for page in pages for name in DEFINITION.findall(page.read_text("utf-8"))]


def named_by(test: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(test.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.requirement":
            yield from (str(ast.literal_eval(argument)) for argument in node.args)


def verified(checkout: Path) -> set[str]:
    tests = sorted((checkout / "tests").rglob("test_*.py"))
    return {name for test in tests for name in named_by(test)}


def test_an_id_is_given_once(checkout: Path) -> None:
    ids = defined(checkout)
    assert ids
    assert len(ids) == len(set(ids))


def test_every_id_that_a_test_names_is_a_requirement(checkout: Path) -> None:
    assert verified(checkout) - set(defined(checkout)) == set()


def test_every_requirement_is_verified_by_a_test(checkout: Path) -> None:
    assert set(defined(checkout)) - verified(checkout) == set()
