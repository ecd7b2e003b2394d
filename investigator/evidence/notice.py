"""The deviation notice as the quality system exports it (JSON)."""

import json
from collections.abc import Mapping
from typing import Any

from investigator.domain.deviation import DeviationNotice, Observation
from investigator.domain.errors import UnusableInput
from investigator.domain.instant import Span
from investigator.evidence.ledger import LossLedger
from investigator.evidence.sources.content import as_text
from investigator.evidence.times.instants import read_instant

KEYS = frozenset({"deviation_number", "batch_id"})


def parse_notice(content: bytes, file: str) -> Mapping[str, Any]:
    """The JSON object of a notice.

    Raises:
        UnusableInput: no well-formed JSON, or no object.
    """
    try:
        said = json.loads(as_text(content)[0])
    except json.JSONDecodeError as fault:
        raise UnusableInput(
            file,
            f"the JSON breaks off or is damaged at line {fault.lineno}",
            "export it again and copy it whole",
        ) from fault
    except RecursionError as fault:
        raise UnusableInput(
            file, "nests deeper than any notice does", "export the deviation notice again"
        ) from fault
    if not isinstance(said, dict):
        raise UnusableInput(file, "the JSON holds no object", "export the deviation notice")
    return said


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    return "" if value is None else str(value)


def _instant(said: Mapping[str, Any], key: str, zone: str, ledger: LossLedger) -> int | None:
    text = _text(said, key)
    if not text:
        return None
    try:
        return read_instant(text, zone)
    except ValueError as why:
        ledger.note(0, f"{key}: {text}", str(why), unusable=False)
        return None


def _containers(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


def _observation(said: Any, zone: str, ledger: LossLedger) -> Observation:
    said = said if isinstance(said, dict) else {"description": said}
    ledger.rows_read += 1
    return Observation(
        description=_text(said, "description"),
        detected_ms=_instant(said, "detected_at", zone, ledger),
        parameter=_text(said, "parameter"),
        observed_value=_text(said, "observed_value"),
        limit=_text(said, "limit"),
        source=_text(said, "source"),
        containers=_containers(said.get("containers_mentioned")),
    )


def _window(said: Mapping[str, Any], zone: str, ledger: LossLedger) -> Span | None:
    window = said.get("production_window")
    if not isinstance(window, list) or len(window) != 2:
        return None
    try:
        return Span(read_instant(str(window[0]), zone), read_instant(str(window[1]), zone))
    except ValueError as why:
        ledger.note(0, f"production_window: {window}", str(why), unusable=False)
        return None


def read_notice(content: bytes, file: str, *, site_zone: str) -> tuple[DeviationNotice, LossLedger]:
    """The deviation notice. Times without offset are local times of `site_zone`.

    Raises:
        UnusableInput: no well-formed JSON, or without deviation number.
    """
    said = parse_notice(content, file)
    ledger = LossLedger()
    if not _text(said, "deviation_number"):
        raise UnusableInput(file, "the notice has no deviation_number", "export the whole notice")
    further = said.get("further_observations") or []
    notice = DeviationNotice(
        number=_text(said, "deviation_number"),
        title=_text(said, "title"),
        site=_text(said, "site"),
        line=_text(said, "line"),
        product=_text(said, "product"),
        batch_id=_text(said, "batch_id"),
        opened_ms=_instant(said, "opened", site_zone, ledger),
        opened_by=_text(said, "opened_by"),
        status=_text(said, "status"),
        classification=_text(said, "preliminary_classification") or _text(said, "classification"),
        observation=_observation(said.get("observation") or {}, site_zone, ledger),
        further_observations=tuple(_observation(o, site_zone, ledger) for o in further),
        production_window=_window(said, site_zone, ledger),
        immediate_action=_text(said, "immediate_action"),
    )
    return notice, ledger
