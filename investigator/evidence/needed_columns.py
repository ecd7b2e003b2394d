"""Columns that a table must have to be read as its kind, where a person says what they are.

What recognition proposes has them; an import profile that was given may leave one out. Readers of
the kinds that are not named here say by themselves what they miss.
"""

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Arrangement, ImportProfile, Kind
from investigator.evidence.laboratory import columns as laboratory_columns
from investigator.evidence.monitoring import alarm_words, environment_columns


def refuse_without_needed(profile: ImportProfile, name: str) -> None:
    """Refuse a profile that gives no column to what its kind cannot be read without.

    Args:
        profile: as a person gave it.
        name: of the table, for the sentence.

    Raises:
        UnusableInput: a role is missing; the sentence names it.
    """
    held = {use.role for use in profile.columns}
    usual, *others = _needed(profile)
    missing = [role for role in usual if role not in held]
    if missing and not any(held.issuperset(other) for other in others):
        raise UnusableInput(
            name,
            f"cannot be read as {profile.kind.replace('_', ' ')} without a column for"
            f" {' and '.join(missing)}",
            "say in its import profile which column holds it",
        )


def _needed(profile: ImportProfile) -> tuple[tuple[str, ...], ...]:
    """Sets of roles, of which one must be there, the usual one first."""
    match profile.kind:
        case Kind.ALARMS:
            return alarm_words.NEEDED, alarm_words.NEEDED_OF_ALARMS
        case Kind.ENVIRONMENT:
            return (environment_columns.NEEDED,)
        case Kind.LABORATORY if profile.arrangement is Arrangement.WIDE:
            return ("result",), ("lot",)
        case Kind.LABORATORY:
            return laboratory_columns.NEEDED, ("lot",)
        case _:
            return ((),)
