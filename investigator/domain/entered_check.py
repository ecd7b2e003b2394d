"""The result of a check as a ranking takes it in."""

from dataclasses import dataclass

from investigator.domain.quantities import significant


@dataclass(frozen=True, slots=True)
class EnteredCheck:
    """What a check of the twin came to.

    Attributes:
        check_id, title: of the check in the twin.
        failed: whether an inspection failed; None for a measurement.
        value, sd: of a measurement, with its standard uncertainty, in `unit`; None for an
            inspection.
        unit: as the result was entered; empty for an inspection.
        place: container or lot that was measured; empty for an inspection.
    """

    check_id: str
    title: str
    failed: bool | None = None
    value: float | None = None
    sd: float | None = None
    unit: str = ""
    place: str = ""

    @property
    def words(self) -> str:
        """What was found, such as "Load-cell check weight: failed"."""
        where = f"{self.title} ({self.place})" if self.place else self.title
        if self.value is None or self.sd is None:
            return f"{where}: {'failed' if self.failed else 'passed'}"
        found = f"{significant(self.value, 4)} ± {significant(self.sd)} {self.unit}"
        return f"{where}: {found}"
