"""A judge of another make: poppler's `pdfsig`, with its own certificates.

Its exit status is 0 whatever it finds, so its text is read.
"""

import re
import subprocess
from pathlib import Path

from support.programs import needed


def judged_by_pdfsig(folder: Path, pdf: bytes, authority: bytes) -> str:
    """What pdfsig says, when it knows this authority (a certificate, DER) and nobody else."""
    pdfsig = needed("pdfsig", "poppler-utils")
    certutil = needed("certutil", "libnss3-tools")
    (folder / "report.pdf").write_bytes(pdf)
    (folder / "authority.der").write_bytes(authority)
    trusted = f"sql:{folder}"
    create = [certutil, "-N", "-d", trusted, "--empty-password"]
    add = [certutil, "-A", "-d", trusted, "-n", "site", "-t", "CT,C,C"]
    for command in (create, [*add, "-i", str(folder / "authority.der")]):
        subprocess.run(command, check=True, capture_output=True)
    command = [pdfsig, "-nssdir", trusted, str(folder / "report.pdf")]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def values(said: str, label: str) -> list[str]:
    """What pdfsig says under a label, of each signature."""
    return re.findall(rf"- {label}: (.*)", said)
