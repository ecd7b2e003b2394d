"""What the console says after an act: the entries that now hold it."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from investigator.cli.console import tell
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.closing import SignaturesVoided
from investigator.domain.investigation import Investigation


def tell_recorded(
    case: Investigation, since: int, *, as_json: bool, also: dict[str, Any] | None = None
) -> None:
    """Tell the acts and withdrawals of a case from the entry `since` on; `also`: more, as JSON."""
    if as_json:
        document = {"case": case.case_id, "recorded": _documents(case, since), **(also or {})}
        tell(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        tell("\n".join(_lines(case, since)))


def _lines(case: Investigation, since: int) -> Iterator[str]:
    for w in case.withdrawals:
        if w.sequence >= since:
            gone = w.withdrawn
            yield f'Entry {w.sequence}: entry {gone.sequence} ("{gone.act.WORD}") withdrawn.'
    new = [r for r in case.history if r.sequence >= since]
    for _, alike in groupby(new, key=lambda r: type(r.act)):
        yield _line(tuple(alike))


def _line(alike: Sequence[Recorded[Act]]) -> str:
    first, last = alike[0], alike[-1]
    if len(alike) > 1:
        where = f"Entries {first.sequence} to {last.sequence}"
        return f"{where}: {first.act.WORD}, {len(alike)} times."
    return f"Entry {first.sequence}: {_what(first.act)}."


def _what(act: Act) -> str:
    if isinstance(act, SignaturesVoided):
        return f"{act.WORD} ({', '.join(act.fields)}), because: {act.because}"
    about = act.about()
    return act.WORD if not about or act.WORD.startswith(about) else f"{act.WORD} ({about})"


def _documents(case: Investigation, since: int) -> list[dict[str, Any]]:
    acts = [
        {"entry": r.sequence, "act": r.act.WORD, "about": r.act.about()}
        for r in case.history
        if r.sequence >= since
    ]
    withdrawals = [
        {"entry": w.sequence, "act": "withdrawn", "about": f"entry {w.withdrawn.sequence}"}
        for w in case.withdrawals
        if w.sequence >= since
    ]
    return sorted([*acts, *withdrawals], key=lambda row: int(str(row["entry"])))
