"""The twin packages at hand: list them, choose one, ask what it knows."""

from collections.abc import Mapping
from pathlib import Path

from investigator.casework.places import models_folder
from investigator.domain.acts.analysis import TwinUse
from investigator.domain.errors import UnusableRequest
from investigator.domain.twin_status import TwinStatus
from investigator.evidence.historian.facts import TagFacts, read_tag_list
from investigator.twin.manifest import HEAD
from investigator.twin.package import TwinPackage, load_package

TAGS = "tags.csv"


def twin_folders() -> dict[str, Path]:
    """The folder of every twin package by id, in order of id."""
    heads = sorted(models_folder().glob(f"*/{HEAD}"))
    return {head.parent.name: head.parent for head in heads}


def choose_twin(twin_id: str | None) -> TwinPackage:
    """Load the twin of that id, or with None the only one there is.

    Raises:
        UnusableRequest: there is no twin of that id, or several and none was named.
    """
    return load_package(folder_of(twin_id))


def folder_of(twin_id: str | None) -> Path:
    """The folder of the twin of that id, or with None of the only one there is.

    Raises:
        UnusableRequest: there is no twin of that id, or several and none was named.
    """
    folders = twin_folders()
    known = ", ".join(folders) or "none"
    if twin_id is None and len(folders) == 1:
        return next(iter(folders.values()))
    if twin_id is None:
        raise UnusableRequest(f"Which twin is not clear; name one with --twin (known: {known}).")
    if twin_id not in folders:
        raise UnusableRequest(f"{twin_id}: there is no such twin; name one of: {known}.")
    return folders[twin_id]


def require_known_causes(package: TwinPackage, causes: tuple[str, ...] | None) -> None:
    """Refuse a given cause that the twin cannot simulate."""
    known = [mode.cause for mode in package.failure_modes]
    for cause in causes or ():
        if cause not in known:
            raise UnusableRequest(
                f"{cause}: the twin {package.manifest.twin_id} knows no such failure mode; "
                f"name one of: {', '.join(known)}."
            )


def require_still_validated(package: TwinPackage, use: TwinUse) -> None:
    """Refuse a twin that was chosen for GxP decisions and is no longer validated.

    Its content is as it was; the equations of the program changed, or its validation cannot be
    read by this version.
    """
    if use is TwinUse.GXP and package.standing.status is TwinStatus.DRAFT:
        raise UnusableRequest(
            f"The twin {package.manifest.twin_id} was chosen for GxP decisions and is no longer "
            "validated; choose it again for information only, or one that is validated. "
            f"{package.standing.why}"
        )


def tag_list(package: TwinPackage) -> Mapping[str, TagFacts]:
    """The historian's tags as the site of the twin lists them."""
    return read_tag_list(package.folder / TAGS)
