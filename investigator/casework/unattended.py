"""An unattended run in a workspace: recorded as such, its report sealed and signed by nobody.

The seal is the workspace's own certificate, which names no person. The originals, the report and
the result are stored; the entry names them.
"""

import getpass
from dataclasses import dataclass
from pathlib import Path

from investigator.casework import installation
from investigator.casework.software import software
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Evidence
from investigator.records.database import NAME
from investigator.records.entry import Draft, Person
from investigator.records.workspace import Workspace, identity_found, open_workspace
from investigator.trust.canonical import Canonical
from investigator.trust.clock import Clock

RECORDED = "unattended run recorded"
NO_ROLE = "no role"


@dataclass(frozen=True, slots=True)
class UnattendedRun:
    """What a run was made from and came to: the folder, what it was read as, pages and result."""

    folder: Path
    evidence: Evidence
    pdf: bytes
    result: bytes


def is_workspace(folder: Path | None) -> bool:
    """Whether a folder is a workspace."""
    return folder is not None and (folder / NAME).is_file()


def record_run(workspace: Path, run: UnattendedRun) -> bytes:
    """Seal the report of a run, record the run, and return the sealed report.

    Raises:
        UnusableInput: a file of the evidence has changed, or the workspace cannot be read.
        UnusableRequest: the workspace is in use, or this installation has not its secret.
    """
    identity = identity_found(workspace)
    kept = installation.kept(identity)
    clock = Clock(identity.zone)
    with open_workspace(
        workspace,
        secret=kept.secret,
        clock=clock,
        software=software(),
        outside_anchor=kept.anchor,
    ) as opened:
        sealed = _sealed(opened, run.pdf, clock)
        _record(opened, run, sealed)
    return sealed


def _sealed(workspace: Workspace, pdf: bytes, clock: Clock) -> bytes:
    from investigator.report.signing.sign import sealed
    from investigator.report.signing.signer import PdfSigner

    now, identity = clock.read(), workspace.identity
    signer = PdfSigner(identity.seal, identity.authority, workspace.seal.sign)
    return sealed(pdf, signer=signer, t_ms=now.t_ms, zone=now.zone)


def _record(workspace: Workspace, run: UnattendedRun, sealed: bytes) -> None:
    blobs, files = workspace.blobs, dict[str, str]()
    for file, sha256 in run.evidence.digests.items():
        files[file] = blobs.keep_file(run.folder / file)
        if files[file] != sha256:
            raise UnusableInput(
                file, "changed while it was read", "close the program that writes it"
            )
    report, result = blobs.keep(sealed), blobs.keep(run.result)
    new: Canonical = {"files": files, "report": report, "result": result}
    name = f"unattended run of {run.evidence.name}"
    draft = Draft(RECORDED, name, new, blobs=(*files.values(), report, result))
    workspace.append([draft], by=_nobody())


def _nobody() -> Person:
    """No account acts; the entry says on whose behalf the machine was running."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "unknown"
    return Person("unattended", f"unattended run by the system user {user}", NO_ROLE)
