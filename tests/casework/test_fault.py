"""A fault of the program leaves its details in a file, and a sentence that names it."""

import re
from pathlib import Path

from investigator.casework.fault import fault_sentence


def test_the_sentence_names_the_file_with_the_traceback() -> None:
    try:
        raise ZeroDivisionError("somewhere deep")
    except ZeroDivisionError as fault:
        said = fault_sentence(fault)
    assert said.startswith("an internal fault (ZeroDivisionError) stopped the work; ")
    found = re.search(r"details are in (\S+),", said)
    assert found is not None
    details = Path(found[1])
    assert "ZeroDivisionError: somewhere deep" in details.read_text(encoding="utf-8")
    assert "test_fault.py" in details.read_text(encoding="utf-8")
    details.unlink()
