"""A fault of the program: its details go into a file, the person gets a sentence."""

import os
import tempfile
import traceback


def fault_sentence(fault: BaseException) -> str:
    """Write the details of a fault to a file of its own; the sentence says which one."""
    return (
        f"an internal fault ({type(fault).__name__}) stopped the work; "
        f"the details are in {fault_file(fault)}, please send them with your report of the fault."
    )


def fault_file(fault: BaseException) -> str:
    """Write the details of a fault, with its notes, to a file of its own; the file's name."""
    details = "".join(traceback.format_exception(fault))
    handle, path = tempfile.mkstemp(prefix="investigator-fault-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(details)
    return path
