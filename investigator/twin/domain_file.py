"""The applicability domain of a package as its file `applicability.toml`.

- One table for each single limit, and `[joint]` for the limit of their combination.
- Written by the calibration in canonical form: same limits, same bytes.
"""

import json
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from investigator.domain.applicability import DomainLimit
from investigator.domain.errors import UnusableInput
from investigator.twin.domain import JOINT, ApplicabilityDomain, JointLimit

FILE = "applicability.toml"


def read_domain(folder: Path) -> ApplicabilityDomain:
    """The applicability domain of a package folder.

    Raises:
        UnusableInput: the file cannot be read, or a limit lacks a field or bounds nothing.
    """
    try:
        document = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        joint = document.pop("joint", None)
        return ApplicabilityDomain(
            tuple(_limit(name, table) for name, table in document.items()),
            None if joint is None else _joint(joint),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        wrong = f"cannot be read ({type(error).__name__}: {error})"
    except (TypeError, ValueError, RecursionError) as error:
        wrong = f"holds an unusable limit ({error})"
    raise UnusableInput(
        f"{folder.name}/{FILE}", wrong, "restore the twin package or calibrate it again"
    )


def domain_toml(domain: ApplicabilityDomain) -> str:
    """Canonical TOML text of a domain, six significant digits."""
    lines = ["# Within which bounds what this twin predicts rests on data. From its calibration."]
    for limit in domain.limits:
        lines += ["", f"[{limit.quantity}]", *_limit_lines(limit)]
    if domain.joint is not None:
        joint = domain.joint
        rows = ",\n".join(f"  [{_numbers(row)}]" for row in joint.covariance)
        lines += [
            "",
            "[joint]",
            *_limit_lines(joint.limit),
            f"quantities = {json.dumps(list(joint.quantities))}",
            f"mean = [{_numbers(joint.mean)}]",
            f"covariance = [\n{rows},\n]",
        ]
    return "\n".join(lines) + "\n"


def _limit(quantity: str, table: Mapping[str, Any]) -> DomainLimit:
    limit = DomainLimit(
        quantity=quantity,
        title=str(table["title"]),
        unit=str(table["unit"]),
        low=float(table["low"]),
        high=float(table["high"]),
        scale=float(table["scale"]),
        origin=str(table["origin"]),
    )
    finite = all(math.isfinite(v) for v in (limit.low, limit.high, limit.scale))
    if not (finite and limit.low < limit.high and limit.scale > 0.0):
        raise ValueError(f"{quantity} needs low < high and a scale above 0")
    return limit


def _joint(table: Mapping[str, Any]) -> JointLimit:
    quantities = tuple(str(q) for q in table["quantities"])
    mean = tuple(float(v) for v in table["mean"])
    covariance = tuple(tuple(float(v) for v in row) for row in table["covariance"])
    size = len(quantities)
    if len(mean) != size or [len(row) for row in covariance] != [size] * size:
        raise ValueError("mean and covariance of the joint limit do not fit its quantities")
    return JointLimit(_limit(JOINT, table), quantities, mean, covariance)


def _limit_lines(limit: DomainLimit) -> list[str]:
    return [
        f"title = {_text(limit.title)}",
        f"unit = {_text(limit.unit)}",
        *(f"{name} = {_number(getattr(limit, name))}" for name in ("low", "high", "scale")),
        f"origin = {_text(limit.origin)}",
    ]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _numbers(values: tuple[float, ...]) -> str:
    return ", ".join(_number(v) for v in values)


def _number(value: float) -> str:
    text = f"{value:.6g}"
    return text if any(mark in text for mark in ".en") else text + ".0"
