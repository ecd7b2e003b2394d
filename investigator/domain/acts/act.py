"""What every act of an investigation has in common, and how it stands once it is recorded.

- An act is a value; whoever performs it, when and why is told by the entry that records it.
- A later act on the same thing takes the place of the earlier one; both stay in the log.
- An act holds no floats: decimals are exact, so that one value has one digest.
"""

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar


@dataclass(frozen=True, slots=True)
class Act:
    """Base of all acts.

    `WORD`: what the log calls it. `DEMANDS_REASON`: it is not recorded without one.
    """

    WORD: ClassVar[str] = ""
    DEMANDS_REASON: ClassVar[bool] = False

    def about(self) -> str:
        """Which thing of the case it is about; empty for the case as a whole."""
        return ""

    def needs_reason(self) -> bool:
        """Whether this very act is not recorded without a reason."""
        return self.DEMANDS_REASON

    def changes_data(self) -> bool:
        """Whether the analyses see other data because of it, with the same evidence."""
        return False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: user id, full name as printed, and the role in which it was done."""

    user_id: str
    full_name: str
    role: str


A_co = TypeVar("A_co", bound=Act, covariant=True)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[A_co]):
    """An act as it stands in the log.

    `sequence`: number of the entry. `who`: the person. `t_ms`, `zone`: when, on the program's one
    clock. `act`: what was done. `why`: the reason given; empty where none was demanded.
    """

    sequence: int
    who: Actor
    t_ms: int
    zone: str
    act: A_co
    why: str
