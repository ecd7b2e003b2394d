"""What had to be assumed to read a column of times, counted and said."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class TimesAssumed:
    """How many times could only be read with an assumption.

    Attributes:
        short_years: their year has two digits.
        without_clock: they have no clock and are read as midnight.
        without_day: of these, they name a month only and are read as its first day.
        told_apart: they lie in an hour that comes twice; the order of the rows told which pass.
    """

    short_years: int = 0
    without_clock: int = 0
    without_day: int = 0
    told_apart: int = 0

    def __add__(self, other: "TimesAssumed") -> "TimesAssumed":
        names = (field.name for field in fields(self))
        return TimesAssumed(*(getattr(self, name) + getattr(other, name) for name in names))

    def sentences(self) -> tuple[str, ...]:
        """What was assumed, a sentence each."""
        said = (
            (self.short_years, "times have a year of two digits, taken to be 1969 to 2068"),
            (self.without_clock - self.without_day, "times have no clock and are read as midnight"),
            (
                self.without_day,
                "times name a month only and are read as the start of its first day",
            ),
            (
                self.told_apart,
                "times lie in the hour that comes twice when clocks are set back; the step back in"
                " the order of the rows tells its two passes apart",
            ),
        )
        return tuple(f"{count} {words}" for count, words in said if count)


NOTHING_ASSUMED = TimesAssumed()
"""Of a column that says all."""
