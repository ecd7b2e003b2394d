"""What the console says and where: results on standard output, progress on standard error."""

import sys


def tell(text: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def report_progress(step: str) -> None:
    """Write one line of progress to standard error at once."""
    sys.stderr.write(f"{step}\n")
    sys.stderr.flush()


def complain(sentence: str) -> None:
    """Write the one sentence that explains a failure to standard error."""
    sys.stderr.write(f"investigator: {sentence}\n")
