"""What can be wrong with a request or with what was handed in, said to a person.

- Every message is one sentence: which thing, what is wrong, what to do.
- `UnusableInput` and `UnusableRequest` end a command with exit status 2.
- Anything else that is raised is an internal fault (exit status 3).
"""


class InvestigatorError(Exception):
    """A fault that a person can do something about; its text is one sentence."""


class UnusableRequest(InvestigatorError):
    """What was asked for cannot be done as asked (unknown id, missing folder, empty prior)."""


class UnusableInput(InvestigatorError):
    """A file that was handed in cannot be used.

    Args:
        file: name of the file, as the person knows it.
        wrong: what is wrong, with the line or tag where there is one.
        remedy: what to do about it.
    """

    def __init__(self, file: str, wrong: str, remedy: str) -> None:
        super().__init__(f"{file}: {wrong}; {remedy}.")
        self.file = file
        self.wrong = wrong
        self.remedy = remedy


class SeveralBatches(UnusableInput):
    """A file holds several batches and none was chosen; `batches` are those that it holds."""

    def __init__(self, file: str, batches: tuple[str, ...]) -> None:
        shown = ", ".join(batch[:40] for batch in batches[:12])
        shown += ", …" if len(batches) > 12 else ""
        super().__init__(file, f"holds {len(batches)} batches ({shown})", "choose one of them")
        self.batches = batches


class AccessRefused(UnusableRequest):
    """Who asks has not shown who they are, or holds no right to what was asked for."""


class AlteredRecord(InvestigatorError):
    """Something that was recorded is not, or is no longer, what was written."""
