"""The beginning of a twin of another line: a package that is valid as a draft, to be filled in.

- The form - flowsheet, tag map, limits, failure modes, criteria - is taken over from a twin that is
  there; what identifies the line and states its use is left open in words.
- Every number that was taken over says in its origin that it is still to be determined.
- Data of the other line - characterisation, calibration, normal batches, validation - stay there.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from investigator.domain.validation import Criterion
from investigator.twin.digests import LIST, seal
from investigator.twin.manifest import FORMAT, HEAD, OPEN, Manifest
from investigator.twin.package import REFERENCE, TwinPackage

FIRST_VERSION = "0.1.0"
_CHARACTERISATION = "characterisation"
_FORMS = (".toml", ".csv", ".json")
_OF_ITS_OWN = frozenset({HEAD, LIST, "calibration.json"})
_ORIGIN = re.compile(r'(\borigin = ")')
_READ_ME = {
    _CHARACTERISATION: "Characterisation data of the line, as the dossier of the equipment lists "
    "them; `investigator twin calibrate` estimates the parameters from them.\n",
    REFERENCE: "Statistics of normal batches of the line; `investigator twin reference` writes "
    "them.\n",
}


def write_skeleton(folder: Path, twin_id: str, pattern: TwinPackage) -> None:
    """Write the package of a new twin into an empty folder and seal it.

    Args:
        folder: there, and empty.
        twin_id: of the new twin.
        pattern: the twin whose form is taken over.
    """
    named = f"{pattern.manifest.twin_id} {pattern.manifest.version}"
    for path in sorted(pattern.folder.iterdir()):
        if path.is_file() and path.suffix in _FORMS and path.name not in _OF_ITS_OWN:
            text = path.read_text(encoding="utf-8")
            _write(folder / path.name, _still_open(text, named) if ".toml" in path.name else text)
    _write(folder / HEAD, _head(twin_id, pattern.manifest, named))
    for name, words in _READ_ME.items():
        (folder / name).mkdir()
        _write(folder / name / "README.md", words)
    seal(folder)


def _still_open(text: str, named: str) -> str:
    return _ORIGIN.sub(rf"\1to be determined for this line; {named} has: ", text)


def _head(twin_id: str, pattern: Manifest, named: str) -> str:
    lines = [
        "# Head of a twin package, begun as a draft. To be done, in this order:",
        f'# 1. Replace every "{OPEN}" below; change what the line has otherwise than {named}.',
        "# 2. Adapt the flowsheet, tag_map.toml, record_map.toml, tags.csv, specifications.csv,",
        "#    failure_modes.toml, checks.toml.",
        "#    After every edit: twin seal.",
        "# 3. Put the characterisation data into characterisation/, then: twin calibrate.",
        "# 4. From a folder of normal batches: twin reference.",
        "# 5. Review the criteria below with QA before, not after: twin validate.",
        "# 6. A twin approver signs it in the workspace: twin sign.",
        f"format = {FORMAT}",
        "",
        "[twin]",
        f"id = {_quoted(twin_id)}",
        f"title = {_quoted(OPEN)}",
        f"version = {_quoted(FIRST_VERSION)}",
        *(f"{name} = {_quoted(OPEN)}" for name in ("line_id", "site", "product_id", "product")),
        "# IANA name of the zone in which the site writes its times",
        f"site_zone = {_quoted(pattern.site_zone)}",
        "",
        "[use]",
        "# what decisions it supports, and beside which other evidence",
        f"context_of_use = {_quoted(OPEN)}",
        f"excluded_uses = [{_quoted(OPEN)}]",
        f"limitations = [{_quoted(OPEN)}]",
        "# low, medium or high, and why: how much a wrong prediction could do",
        f"risk_class = {_quoted(OPEN)}",
        "",
        "[equipment]",
        *(f"{unit} = {_quoted(OPEN)}" for unit in pattern.equipment),
        "",
        "[set_points]",
        *_set_points(pattern, named),
        *(line for criterion in pattern.acceptance for line in _criterion(criterion)),
    ]
    return "\n".join(lines) + "\n"


def _set_points(pattern: Manifest, named: str) -> Iterator[str]:
    for name, point in pattern.set_points.items():
        origin = f"to be determined for this line; {named} has: {point.origin}"
        yield (
            f"{name} = {{ value = {float(point.value)}, unit = {_quoted(point.unit)}, "
            f"origin = {_quoted(origin)} }}"
        )


def _criterion(criterion: Criterion) -> list[str]:
    return [
        "",
        "[[acceptance]]",
        f"id = {_quoted(criterion.criterion_id)}",
        f"title = {_quoted(criterion.title)}",
        f"relation = {_quoted(criterion.relation.value)}",
        f"limit = {float(criterion.limit)}",
        f"unit = {_quoted(criterion.unit)}",
        f"why = {_quoted(criterion.why)}",
    ]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
