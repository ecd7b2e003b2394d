"""Every kind of finding that the program raises stands in the page on data quality, and no other.

The kinds are read from the code: what is given as `kind` wherever a `Finding` is made. Where that
is a parameter of the function around it, its callers say it; where it is composed, the page must
name kinds of that pattern.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROW = re.compile(r"^\| `([a-z_]+)`", re.MULTILINE)
KIND_AT = 1
"""Place of `kind` among the arguments of `Finding`."""


def argument(call: ast.Call, name: str, place: int) -> ast.expr | None:
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    return named[0] if named else call.args[place] if len(call.args) > place else None


def calls(tree: ast.AST, function: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name == function:
                yield node


def constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def patterns(tree: ast.Module) -> Iterator[str]:
    """Of every kind of finding that a module raises, a pattern that it matches."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for made in calls(function, "Finding"):
            given = argument(made, "kind", KIND_AT)
            yield from said(given, function, tree)


def said(given: ast.expr | None, function: ast.FunctionDef, tree: ast.Module) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(p.value if isinstance(p, ast.Constant) else "[a-z]+" for p in parts)
        case ast.Name(id=name) if name in constants(tree):
            yield constants(tree)[name]
        case ast.Name(id=name):
            place = [arg.arg for arg in function.args.args].index(name)
            for call in calls(tree, function.name):
                yield from said(argument(call, name, place), function, tree)
        case _:
            pytest.fail(f"{function.name}: what kind of finding it makes cannot be read")


def raised(checkout: Path) -> set[str]:
    rooms = (checkout / "investigator" / room for room in ("evidence", "analysis"))
    modules = sorted(path for room in rooms for path in room.rglob("*.py"))
    return {kind for path in modules for kind in patterns(ast.parse(path.read_text("utf-8")))}


@pytest.mark.requirement("EVD-275")
def test_the_page_names_every_kind_of_finding_and_no_other(checkout: Path) -> None:
    page = (checkout / "docs" / "data-quality.md").read_text("utf-8")
    listed, kinds = ROW.findall(page), raised(checkout)
    assert len(listed) == len(set(listed)) > 40
    assert {kind for kind in kinds if not any(re.fullmatch(kind, name) for name in listed)} == set()
    assert {name for name in listed if not any(re.fullmatch(k, name) for k in kinds)} == set()
