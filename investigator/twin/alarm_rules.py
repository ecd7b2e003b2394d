"""The process alarms of a line, and the operator actions that speak of a cause, as data.

- Read from `alarms.toml` of the package; a line without such a file expects no alarms.
- An alarm is tied to a channel of the twin: it comes where the mean of the channel passes its
  limit. How often it comes when nothing is wrong was counted in normal batches.
- Strict: an unknown key, channel, cause or word, or a number that cannot be, is refused.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from investigator.twin.channels import SERIES_INDEX
from investigator.twin.strict_fields import (
    above_zero,
    chance,
    count,
    entries_of,
    finite,
    inner,
    no_other_keys,
    none_twice,
    number,
    one_of,
    rows,
    texts,
    texts_among,
    words,
)

ALARMS = "alarms.toml"
FORMAT = 1


class Side(StrEnum):
    """To which side of its limit a channel passes when the alarm comes."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """A process alarm.

    Attributes:
        tag, message: as the journal names it.
        channel: of the twin. side, limit: where the alarm comes, in the channel's stored unit.
        mean_s: the limit is on the mean over so long. delay_s: it may stand so much later.
        nuisance: how often it came in the normal batches.
        origin: of limit and mean.
    """

    tag: str
    message: str
    channel: str
    side: Side
    limit: float
    mean_s: float
    delay_s: float
    nuisance: int
    origin: str


@dataclass(frozen=True, slots=True)
class ActionRule:
    """An operator's action or comment that speaks of causes.

    `words`: all of them stand in its text, in any case. `chance`: that it is done and written where
    such a cause is at work. `usual`: how often it stood in the records of the normal batches.
    """

    words: tuple[str, ...]
    speaks_of: tuple[str, ...]
    chance: float
    usual: int
    origin: str

    def matches(self, text: str) -> bool:
        """Whether a text of the record is this action."""
        return all(word.casefold() in text.casefold() for word in self.words)


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """Alarms and actions of a line; `batches`, `hours` of press time that they were counted in.

    `tags_begin`: how the tags of its journal begin; a journal without any such tag is named
    otherwise, and of what is not in it nothing can be said.
    """

    alarms: tuple[AlarmRule, ...]
    actions: tuple[ActionRule, ...]
    batches: int
    hours: float
    source: str
    tags_begin: str

    def nuisance_per_h(self, alarm: AlarmRule) -> float:
        """Rate of an alarm when nothing is wrong (Jeffreys' estimate of a Poisson rate)."""
        return (alarm.nuisance + 0.5) / self.hours

    def usual_chance(self, action: ActionRule) -> float:
        """Chance that an action stands in the record of a batch when nothing is wrong."""
        return 1.0 - math.exp(-(action.usual + 0.5) / self.batches)


NO_RULES = AlarmRules((), (), 1, 1.0, "none", "")


def read_alarm_rules(folder: Path, causes: Collection[str]) -> AlarmRules:
    """The alarms and actions of a package folder; `NO_RULES` where it has no such file.

    Args:
        folder: of the package. causes: ids of its failure modes.

    Raises:
        UnusableInput: the file is no TOML, of another format, or has an entry that cannot be used.
    """
    return entries_of(folder, ALARMS, FORMAT, lambda found: _rules(found, causes), NO_RULES)


def _rules(document: Mapping[str, Any], causes: Collection[str]) -> AlarmRules:
    no_other_keys(document, {"format", "tags_begin", "learned", "alarm", "action"}, "the file")
    learned = inner(document, "learned", "the file")
    no_other_keys(learned, {"batches", "hours", "source"}, "learned")
    alarms = rows({"alarm": [], **document}, "alarm", "the file", "alarm")
    actions = rows({"action": [], **document}, "action", "the file", "action")
    batches = count(learned, "batches", "learned")
    if batches == 0:
        raise ValueError("learned: batches must be above 0")
    found = AlarmRules(
        tuple(_alarm(row, where) for row, where in alarms),
        tuple(_action(row, where, causes) for row, where in actions),
        batches,
        above_zero(learned, "hours", "learned"),
        words(learned, "source", "learned"),
        words(document, "tags_begin", "the file"),
    )
    none_twice((f"{a.message} ({a.tag}, {a.side})" for a in found.alarms), "alarm")
    return found


def _alarm(row: Mapping[str, Any], where: str) -> AlarmRule:
    no_other_keys(row, set(AlarmRule.__dataclass_fields__), where)
    channel = words(row, "channel", where)
    if channel not in SERIES_INDEX:
        raise ValueError(f"{where}: channel {channel} is no series channel of the twin")
    return AlarmRule(
        tag=words(row, "tag", where),
        message=words(row, "message", where),
        channel=channel,
        side=Side(one_of(row, "side", where, Side)),
        limit=finite(row, "limit", where),
        mean_s=above_zero(row, "mean_s", where),
        delay_s=number(row, "delay_s", where),
        nuisance=count(row, "nuisance", where),
        origin=words(row, "origin", where),
    )


def _action(row: Mapping[str, Any], where: str, causes: Collection[str]) -> ActionRule:
    no_other_keys(row, set(ActionRule.__dataclass_fields__), where)
    return ActionRule(
        words=texts(row, "words", where),
        speaks_of=texts_among(row, "speaks_of", where, causes, "failure mode of the package"),
        chance=chance(row, "chance", where),
        usual=count(row, "usual", where),
        origin=words(row, "origin", where),
    )
