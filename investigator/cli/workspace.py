"""`investigator workspace create | show`: a new workspace; what one says of itself."""

import argparse
import json
from pathlib import Path

from investigator.cli.at_desk import workspace_of
from investigator.cli.console import tell
from investigator.cli.passwords import add_password_options, passwords_of
from investigator.cli.sentence_parser import Commands, command, group
from investigator.cli.table import table


def add_commands(commands: Commands) -> None:
    """Add the commands to the command line."""
    parts = group(commands, "workspace", "the folder of the cases")
    make = command(parts, "create", "make a workspace with its first administrator", create)
    make.add_argument("folder", type=Path, metavar="DIR", help="new or empty")
    make.add_argument("--site", required=True, metavar="NAME", help="name of the site")
    make.add_argument("--zone", required=True, help="time zone of the site: Europe/Berlin")
    make.add_argument("--admin", required=True, metavar="ID", help="user id of the administrator")
    make.add_argument("--name", required=True, help="full name of the administrator")
    add_password_options(make)
    said = command(parts, "show", "tell what a workspace says of itself; no password", show)
    said.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="(default: as for case)")
    said.add_argument("--json", action="store_true", help="print the result as JSON")


def create(request: argparse.Namespace) -> int:
    """Make a workspace."""
    from investigator.casework import workspaces

    password = passwords_of(request).new(request.admin)
    workspaces.create(
        request.folder,
        site=request.site,
        zone=request.zone,
        first=workspaces.FirstAdministrator(request.admin, request.name, password),
    )
    made = workspaces.found(request.folder)
    tell(
        f"Workspace {made.name} made in {request.folder}; {request.admin} keeps its accounts.\n"
        f"Its public key, to be kept elsewhere and handed in when it is verified: {made.log_key}"
    )
    return 0


def show(request: argparse.Namespace) -> int:
    """Tell name, key, zone and size; nothing of it is verified here."""
    from investigator.casework.workspaces import found
    from investigator.domain.quantities import moment

    said = found(workspace_of(request.folder))
    document = {
        "workspace": str(said.folder),
        "name": said.name,
        "zone": said.zone,
        "log_key": said.log_key,
        "entries": said.entries,
        "first": moment(said.first_ms, said.zone),
        "last": moment(said.last_ms, said.zone),
        "opened_here": said.held_here,
    }
    if request.json:
        tell(json.dumps(document, indent=2, ensure_ascii=False))
        return 0
    here = "yes" if said.held_here else "no: this installation has not its secret"
    rows = [(key.replace("_", " ").capitalize(), str(value)) for key, value in document.items()]
    tell("\n".join(table([*rows[:-1], ("Opened here", here)])))
    return 0
