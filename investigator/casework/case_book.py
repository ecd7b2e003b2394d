"""All cases of a log, read entry by entry from its start."""

from investigator.casework.act_record import case_of, recorded
from investigator.domain.acts.act import Actor
from investigator.domain.investigation import Investigation, Withdrawal, folded
from investigator.records import acts as words
from investigator.records.entry import Entry
from investigator.records.log import withdrawn_number


class CaseBook:
    """The cases as the entries taken in so far make them."""

    def __init__(self) -> None:
        self._cases: dict[str, Investigation] = {}
        self._case_of_act: dict[int, str] = {}

    def cases(self) -> tuple[Investigation, ...]:
        """All cases in the order in which they were opened."""
        return tuple(self._cases.values())

    def case(self, case_id: str) -> Investigation:
        """One case; an empty one where none of this number was opened."""
        return self._cases.get(case_id) or folded(case_id)

    def case_of(self, entry: Entry) -> str | None:
        """The case that an entry changes; None if it changes none."""
        if entry.act == words.WITHDRAWN:
            return self._case_of_act.get(withdrawn_number(entry))
        return case_of(entry)

    def take_in(self, entry: Entry) -> None:
        """Read the next entry of the log.

        Raises:
            AlteredRecord: it holds no act of this program.
        """
        case_id = self.case_of(entry)
        if case_id is None:
            return
        case = self.case(case_id)
        if entry.act == words.WITHDRAWN:
            self._cases[case_id] = _without(case, entry)
            return
        self._cases[case_id] = case.after(recorded(entry))
        self._case_of_act[entry.sequence] = case_id


def _without(case: Investigation, entry: Entry) -> Investigation:
    sequence = withdrawn_number(entry)
    gone = next((r for r in case.history if r.sequence == sequence), None)
    if gone is None:
        return case
    who = Actor(entry.who.user_id, entry.who.full_name, entry.who.role)
    return case.without(
        Withdrawal(gone, entry.sequence, who, entry.when.t_ms, entry.when.zone, entry.why)
    )
