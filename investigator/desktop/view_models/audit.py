"""The audit trail: who did what to which object, when and why, with old and new values."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from investigator.casework.audit import AuditRow, Query
from investigator.desktop.commands import Command
from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.act_facts import in_words
from investigator.domain.instant import to_datetime
from investigator.domain.quantities import count

NOTHING = "No entry matches; take away a word or a filter."
ANYBODY, ANYTHING = ("", "anybody"), ("", "any act")
_LONG, _WORD = 160, 20
_LONG_WORD = re.compile(rf"\S{{{_WORD + 6},}}")
_FAULT, _PROVEN = "FAULT: ", "Proven: "


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One entry as it is listed."""

    sequence: int
    when: str
    who: str
    role: str
    act: str
    object: str
    why: str
    withdrawn: bool
    entry: AuditRow

    @property
    def tone(self) -> Tone:
        """A warning where the entry no longer counts."""
        return Tone.WARN if self.withdrawn else Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, as the fields of the view say; empty where it does not matter."""

    words: str = ""
    user_id: str = ""
    act: str = ""

    def query(self) -> Query:
        """As the audit trail is asked."""
        return Query(words=self.words.strip(), user_id=self.user_id or None, act=self.act or None)


def trail(scene: Scene) -> tuple[TrailRow, ...]:
    """The entries that were found, the latest first."""
    return tuple(_row(entry) for entry in reversed(scene.trail))


def note(scene: Scene, rows: Iterable[TrailRow]) -> str:
    """How many entries are listed, of how many."""
    listed = sum(1 for _ in rows)
    size = scene.log.size if scene.log else listed
    return f"{count(listed, 'entry', 'entries')} of {size}"


def users(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Whom entries can be of, for a choice."""
    return (ANYBODY, *((a.user_id, f"{a.full_name} ({a.user_id})") for a in scene.accounts))


def acts(rows: Iterable[TrailRow], known: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """What entries can be of: the words that were seen so far, for a choice."""
    return (ANYTHING, *((word, word) for word in sorted({*known, *(row.act for row in rows)})))


def outcome(scene: Scene) -> tuple[tuple[str, Tone], ...]:
    """The sentences of the latest verification, faults first; nothing before one."""
    if scene.verified is None:
        return ()
    sound, sentences = scene.verified
    head = "No fault was found." if sound else "The workspace is not what was written."
    said = [(head, Tone.GOOD if sound else Tone.BAD)]
    return (*said, *((sentence, _tone(sentence)) for sentence in sentences))


def verify_command(scene: Scene | None, command: Command) -> Command:
    """The command as it stands: it waits while a verification runs."""
    running = scene is not None and "verification" in scene.running
    why_not = "The verification is running; wait for it, or cancel it." if running else ""
    return Command(command.id, command.title, command.run, command.shortcut, why_not)


def inspected(row: TrailRow) -> Inspected:
    """One entry in full: what it was before, what it is, why, and its hash."""
    entry = row.entry
    facts = [("By", f"{entry.full_name} ({entry.user_id}), {entry.role}"), ("At", _in_full(entry))]
    facts += [("Object", entry.object)]
    facts += [("Reason", entry.why)] if entry.why else []
    facts += [(f"New: {name}", value) for name, value in _values(entry.new)]
    facts += [(f"Old: {name}", value) for name, value in _values(entry.old)]
    remarks = (Remark("It was withdrawn and no longer counts."),) if row.withdrawn else ()
    return Inspected(
        title=entry.act,
        kind=f"entry {entry.sequence}",
        facts=tuple(facts),
        findings=remarks,
        source=f"Written by {entry.software}; the digest is that of the entry.",
        digest=entry.hash,
    )


def _row(entry: AuditRow) -> TrailRow:
    return TrailRow(
        sequence=entry.sequence,
        when=f"{to_datetime(entry.t_ms, entry.zone):%Y-%m-%d %H:%M:%S}",
        who=entry.full_name,
        role=entry.role,
        act=entry.act,
        object=entry.object,
        why=entry.why,
        withdrawn=entry.withdrawn,
        entry=entry,
    )


def _in_full(entry: AuditRow) -> str:
    return f"{to_datetime(entry.t_ms, entry.zone):%Y-%m-%d %H:%M:%S %z} ({entry.zone})"


def _values(text: str) -> list[tuple[str, str]]:
    """The fields of a recorded value, each with its text; long ones are cut."""
    if not text:
        return []
    value = json.loads(text)
    if not isinstance(value, dict):
        return [("value", _short(value))]
    return [(in_words(name).lower(), _short(found)) for name, found in value.items()]


def _short(value: Any) -> str:
    """No longer than there is room for, and no word wider than the inspector."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    cut = text if len(text) <= _LONG else f"{text[:_LONG]}…"
    return _LONG_WORD.sub(lambda word: f"{word[0][:_WORD]}…", cut)


def _tone(sentence: str) -> Tone:
    if sentence.startswith(_FAULT):
        return Tone.BAD
    return Tone.GOOD if sentence.startswith(_PROVEN) else Tone.PLAIN
